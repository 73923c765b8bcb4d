/**
 * What became of a run that failed, machine by machine. Pure.
 *
 *   outcomeOf("[db] error: disk full\n[db] failed with error: …", ["db", "web"])
 *     ->   { failures: [{ machine: "db", error: { message: "disk full", … } }], done: ["web"] }
 */
import { failedPrefixes, type PrintedError, printedErrors } from "./printed-errors.ts";

export interface Outcome {
  /** In the order they were printed; none where it is not known what went wrong. */
  readonly failures: readonly Failure[];
  /** Machines of which clan says that they are done, as it goes on when one of several fails. */
  readonly done: readonly string[];
}

export interface Failure {
  /** Undefined where it is about several, or none. */
  readonly machine: string | undefined;
  readonly error: PrintedError;
}

/** `named`: the machines that the run named, none where it was for all. `all`: those of the clan. */
export function outcomeOf(text: string, named: readonly string[], all: readonly string[] = named): Outcome {
  const machines = named.length > 0 ? named : all;
  const errors = printedErrors(text);
  const failed = failedPrefixes(text).flatMap((prefix) => machineOf(prefix, machines) ?? []);
  const failures = failed.flatMap((machine): Failure[] => {
    const error = errors.find(({ prefix }) => machineOf(prefix, machines) === machine);
    return error === undefined ? [] : [{ machine, error }];
  });
  // Of all machines clan leaves some out that ask for that.
  if (failures.length > 0) return { failures, done: named.filter((name) => !failed.includes(name)) };
  const [first] = errors;
  if (first === undefined) return { failures: [], done: [] };
  const only = machines.length === 1 ? machines[0] : undefined;
  return { failures: [{ machine: machineOf(first.prefix, machines) ?? only, error: first }], done: [] };
}

/** clan cuts long names in what it prints. */
function machineOf(prefix: string | undefined, machines: readonly string[]): string | undefined {
  return machines.find((name) => name === prefix) ?? machines.find((name) => name.slice(0, 20) === prefix);
}

/** So many letters of an error are told in a message. */
const longest = 200;

/** In one line, without a full stop: the second line too, where the first only leads to it. */
export function shortMessage({ message }: PrintedError): string {
  const lines = message.split("\n").map((line) => line.trim());
  const [first = "", second] = lines.filter((line) => line !== "");
  const line = first.endsWith(":") && second !== undefined ? `${first} ${second}` : first;
  return line.length > longest ? `${line.slice(0, longest)}…` : line.replace(/[.:]$/, "");
}
