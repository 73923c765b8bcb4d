/**
 * The argument vectors handed to the `clan` program. Pure, and the only place that knows its command line.
 *
 *   clanArguments({ command: ["machines", "update"], machines: ["web"], options: ["--debug"] })
 *     -> { arguments: ["machines", "update", "web", "--debug"] }
 */
import { clanCommands } from "./clan-commands.ts";
import { type ClanCommand, type Subject, subjects, type Target } from "./command.ts";
import { isPlain, isText } from "./names.ts";

/** What a task says; of one in a tasks.json, each part may be anything. */
export interface ClanInvocation {
  /** The words of a command of `clanCommands`. */
  readonly command: readonly string[];
  /** Empty: all machines, for a command that takes any number. */
  readonly machines?: readonly string[];
  /** `GENERATOR/FILE`. */
  readonly var?: string;
  /** Other operands, in the order of the command: a secret, a user, a group, a provider and a backup. */
  readonly names?: readonly string[];
  /** Options with their values, such as `["--option", "cores", "2"]`. */
  readonly options?: readonly string[];
}

/** Why this would not say what was meant; a sentence for a person. */
export interface Refused {
  readonly refused: string;
}

export type ArgumentVector = { readonly arguments: readonly string[] } | Refused;

/** What the command is run with for `target`, or why it cannot be. */
export function invocationOf(command: ClanCommand, target: Target): ClanInvocation | Refused {
  const options: string[] = [];
  for (const subject of Object.values(subjects)) {
    const value = "option" in subject ? target[subject.field] : undefined;
    if (!("option" in subject) || value === undefined) continue;
    if (!isText(value)) return { refused: `“${value}” cannot be handed to clan.` };
    options.push(...optionWords(subject.option, value));
  }
  options.push(...(command.options ?? []));
  const names = command.asks.filter(isName).map((subject) => String(target[subjects[subject].field] ?? ""));
  return {
    command: command.words,
    machines: target.machines,
    ...(target.var === undefined ? {} : { var: target.var }),
    ...(names.length === 0 ? {} : { names }),
    ...(options.length === 0 ? {} : { options }),
  };
}

/** Whether it is an operand that has no field of its own in an invocation. */
function isName(subject: Subject): boolean {
  const declared = subjects[subject];
  return !("option" in declared) && declared.field !== "machines" && declared.field !== "var";
}

/** With `=`, a value that begins with a dash is none the less a value. */
function optionWords(option: string, value: string): readonly string[] {
  return value.startsWith("-") ? [`${option}=${value}`] : [option, value];
}

/**
 * What follows the program's name. `clan` knows `--debug`, `--option` and `--flake` after the leaf command
 * only, and an option such as `--tags a b` would swallow machines written behind it: so options come last.
 */
export function clanArguments(invocation: ClanInvocation): ArgumentVector {
  const { command, machines = [], options = [] } = invocation;
  const line = command.join(" ");
  const declared = findCommand(command);
  if (declared === undefined) return { refused: `There is no command “clan ${line}” that runs from here.` };
  const takes = (...names: readonly Subject[]) => declared.asks.some((subject) => names.includes(subject));
  const takesOne = takes("machine", "newMachine");
  if (takesOne ? machines.length !== 1 : machines.length > 0 && !takes("machines")) {
    return { refused: `“clan ${line}” takes ${takesOne ? "one machine" : "no machine"}.` };
  }
  const variables = invocation.var === undefined ? [] : [invocation.var];
  if (takes("var", "publicVar") !== (variables.length === 1)) {
    return { refused: `“clan ${line}” takes ${variables.length === 1 ? "no var" : "a var"}.` };
  }
  const { names = [] } = invocation;
  const named = declared.asks.filter(isName);
  if (names.length !== named.length) {
    const shown = named.map((subject) => subjects[subject].shown).join(" ");
    return { refused: `“clan ${line}” takes ${shown === "" ? "no names" : shown}.` };
  }
  const operands = operandsOf(declared, { machines, variables, names });
  const misnamed = operands.find((name) => !isPlain(name));
  if (misnamed !== undefined) {
    return { refused: `clan would not read “${misnamed}” as a name.` };
  }
  const [first] = options;
  if (first !== undefined && !first.startsWith("-")) {
    return { refused: `clan would read the option “${first}” as a machine: options begin with a dash.` };
  }
  return { arguments: [...command, ...operands, ...options] };
}

/** In the order in which clan takes them. */
function operandsOf(
  { asks }: ClanCommand,
  { machines, variables, names }: Readonly<Record<"machines" | "variables" | "names", readonly string[]>>,
): readonly string[] {
  const left = [...names];
  return asks.flatMap((subject) => {
    if (isName(subject)) return left.splice(0, 1);
    const { field } = subjects[subject];
    return field === "machines" ? machines : field === "var" ? variables : [];
  });
}

/** The command line for `target` as a person types it in a shell; undefined where it cannot be run. Nothing of ours runs it. */
export function shellLine(command: ClanCommand, target: Target): string | undefined {
  const invocation = invocationOf(command, target);
  const vector = "refused" in invocation ? invocation : clanArguments(invocation);
  if ("refused" in vector) return undefined;
  const quoted = (word: string) =>
    /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
  return ["clan", ...vector.arguments.map(quoted)].join(" ");
}

/** Why a tasks.json cannot have this run, a sentence for a person: nobody is asked before a task. Undefined where it may. */
export function taskRefusal({ command, options = [] }: ClanInvocation): string | undefined {
  const limit = findCommand(command)?.taskLimit;
  const isRefused =
    limit?.options === undefined || options.some((option) => limit.options?.pattern.test(option));
  if (limit === undefined || !isRefused) return undefined;
  return `“${["clan", ...command, ...options].join(" ")}” cannot run as a task: ${limit.because}. Run it from the command palette.`;
}

/** The first one with these words says which operands they take; others with them only ask for more options. */
function findCommand(words: readonly string[]): ClanCommand | undefined {
  return clanCommands.find((declared) => declared.words.join(" ") === words.join(" "));
}
