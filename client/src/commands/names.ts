/**
 * What may be typed for a command. Each `…Problem` says why not, a sentence for a person, or undefined where it may. Pure.
 *
 *   newMachineProblem("web", ["db", "web"])   ->   "There is a machine web already."
 */

/**
 * Whether it is one text that stays what it is in a task: not empty, no lines, and without a variable (`${…}`) that VS
 * Code would put something in the place of.
 */
export function isText(value: string): boolean {
  return value !== "" && !/\p{Cc}/u.test(value) && !value.includes("${");
}

/** Whether it is moreover no option where it stands alone on a command line. */
export function isPlain(name: string): boolean {
  return isText(name) && !name.startsWith("-");
}

/** Of a machine that cannot be seen from here. */
export function machineProblem(name: string): string | undefined {
  return isPlain(name) ? undefined : "This is not the name of a machine.";
}

/** A hostname that no machine has: what clan takes as the name of a new machine. */
export function newMachineProblem(name: string, existing: readonly string[]): string | undefined {
  if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/i.test(name))
    return "A hostname has letters, digits and dashes, and neither begins nor ends with a dash.";
  if (name.length > 63) return "A hostname has at most 63 characters.";
  return existing.includes(name) ? `There is a machine ${name} already.` : undefined;
}

/** `[USER@]HOST[:PORT]`, or nothing. ssh would take a part that begins with a dash for an option. */
export function hostProblem(host: string): string | undefined {
  return host === "" || /^(ssh:\/\/)?([\w.][\w.-]*@)?[\w[][\w.:%[\]-]*(\?[\w.=&%-]+)?$/.test(host)
    ? undefined
    : "A host is written as USER@HOST:PORT; user and port can be left out.";
}

/** `NAME` or `FLAKE#NAME`. */
export function templateProblem(template: string): string | undefined {
  return isPlain(template) && !/\s/.test(template)
    ? undefined
    : "A template is written as NAME or FLAKE#NAME, without spaces.";
}

/** `GENERATOR/FILE`. */
export function varProblem(name: string): string | undefined {
  return isPlain(name) && /^[^/]+\/[^/]+$/.test(name) ? undefined : "A var is written as GENERATOR/FILE.";
}

export function generatorProblem(name: string): string | undefined {
  return isPlain(name) && !name.includes("/") ? undefined : "This is not the name of a generator.";
}

/** As clan takes one. */
export function secretProblem(name: string): string | undefined {
  return /^[\w.][\w.-]*$/.test(name)
    ? undefined
    : "A secret's name has letters, digits, dots, dashes and underscores.";
}

/** Of a user or a group, as clan takes one. */
export function memberProblem(name: string): string | undefined {
  return /^[a-z_][a-z0-9_-]{0,31}$/.test(name)
    ? undefined
    : "This name has at most 32 small letters, digits, dashes and underscores, and begins with a letter.";
}

/** A private one would stand in the terminal and its history. */
export function ageKeyProblem(key: string): string | undefined {
  return /^age1[a-z0-9]+$/.test(key) ? undefined : "A public age key begins with age1.";
}

/** Of a provider of backups, or a backup. */
export function plainProblem(name: string): string | undefined {
  return isPlain(name) ? undefined : "This is not a name that clan can be handed.";
}
