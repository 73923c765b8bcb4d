/**
 * The argument vectors handed to the `clan` program. Pure, and the only place that knows its command line.
 *
 *   clanArguments({ command: ["machines", "update"], machines: ["web"], options: ["--debug"] })
 *     -> { arguments: ["machines", "update", "web", "--debug"] }
 */

/**
 * The leaf commands of `clan` that take any number of machines, none meaning all of them. Others take other
 * arguments, or ask before they destroy, and have no place in a task.
 */
export const machineCommandLines = [
  ["machines", "update"],
  ["machines", "build"],
  ["machines", "generations"],
  ["vars", "generate"],
  ["vars", "check"],
  ["vars", "fix"],
] as const;

export interface ClanInvocation {
  /** One of `machineCommandLines`; from a tasks.json it may be anything. */
  readonly command: readonly string[];
  /** Empty: all machines. */
  readonly machines: readonly string[];
  /** Options with their values, such as `["--option", "cores", "2"]`. */
  readonly options?: readonly string[];
}

/** The options of `vars generate` for one generator; `again` makes anew what is there. */
export function generatorOptions(generator: string, again: boolean): readonly string[] {
  // With `=`, a name that begins with a dash is none the less a name.
  const only = generator.startsWith("-") ? [`--generator=${generator}`] : ["--generator", generator];
  return again ? [...only, "--regenerate"] : only;
}

export type ArgumentVector =
  | { readonly arguments: readonly string[] }
  /** Why this would not say what was meant; a sentence for a person. */
  | { readonly refused: string };

/**
 * What follows the program's name. `clan` knows `--debug`, `--option` and `--flake` after the leaf command
 * only, and an option such as `--tags a b` would swallow machines written behind it: so options come last.
 */
export function clanArguments({ command, machines, options = [] }: ClanInvocation): ArgumentVector {
  if (!machineCommandLines.some((known) => known.join(" ") === command.join(" "))) {
    const known = machineCommandLines.map((line) => `\`${line.join(" ")}\``).join(", ");
    return { refused: `\`clan ${command.join(" ")}\` cannot run as a task. There are: ${known}.` };
  }
  const misnamed = machines.find((name) => name === "" || name.startsWith("-"));
  if (misnamed !== undefined) {
    return { refused: `\`clan\` would not read \`${misnamed}\` as the name of a machine.` };
  }
  const [first] = options;
  if (first !== undefined && !first.startsWith("-")) {
    return { refused: `\`clan\` would read the option \`${first}\` as a machine: options begin with \`-\`.` };
  }
  return { arguments: [...command, ...machines, ...options] };
}
