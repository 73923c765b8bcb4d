/**
 * Whatever was thrown, in words for a log: not everything that is thrown is an `Error`.
 *
 *   describeThrown(new NixError({ message: "attribute 'a' missing", … }))   ->   "NixError: attribute 'a' missing"
 */
import { NixError, Undecided } from "./errors.ts";

export function describeThrown(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.stack ?? thrown.message;
  if (thrown instanceof NixError) return `NixError: ${thrown.message}`;
  if (thrown instanceof Undecided) return `Undecided: ${thrown.unknown.reason}`;
  return String(thrown);
}

/** The same in a line, for a person. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : describeThrown(thrown);
}
