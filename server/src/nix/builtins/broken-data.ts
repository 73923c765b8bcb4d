/**
 * Where the text of a data file is wrong, for failures of `fromJSON` and `fromTOML`.
 *
 *   ports = [80, 81          in hosts.toml   ->   at the `[`, which is never closed
 */
import type { TomlError } from "smol-toml";
import type { Failure, StringValue } from "../value.ts";

type DataPlace = NonNullable<Failure["inData"]>;

/** The first problem of the JSON file whose whole text it is. */
export function findJsonProblem({ origins, value }: StringValue): DataPlace | undefined {
  const source = origins?.find(
    ({ source: { language, text } }) => language === "json" && text === value,
  )?.source;
  const [problem] = source?.problems ?? [];
  return source && problem && { path: source.path, ...problem };
}

/** The message without the excerpt that smol-toml puts below it, and a list that is open where it gave up. */
export function findTomlProblem({ file, value }: StringValue, error: TomlError): DataPlace | undefined {
  if (file === undefined) return undefined;
  const offset = offsetOf(value, error.line, error.column);
  const open = findOpenBracket(value, offset);
  if (open !== undefined)
    return { path: file, start: open, end: open + 1, message: `This \`${value[open]}\` is never closed.` };
  const end = value[offset] === undefined || value[offset] === "\n" ? offset : offset + 1;
  return { path: file, start: offset, end, message: `${tomlMessage(error)}.` };
}

export function tomlMessage({ message }: TomlError): string {
  const [first = ""] = message.split("\n");
  return first.replace(/^Invalid TOML document: /, "").replace(/\.$/, "");
}

/** Lines and columns from 1. */
function offsetOf(text: string, line: number, column: number): number {
  const before = text.split("\n").slice(0, line - 1);
  const start = before.reduce((sum, one) => sum + one.length + 1, 0);
  return Math.min(start + column - 1, text.length);
}

/** Comments, strings, and what opens or closes a list or table in a value. */
const TOKEN = /#[^\n]*|"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[[\]{}]/g;

/** The innermost list or table that is a value and not closed before `end`. */
function findOpenBracket(text: string, end: number): number | undefined {
  const open: number[] = [];
  for (const { 0: token, index } of text.slice(0, end).matchAll(TOKEN)) {
    // At the beginning of a line, outside of values, brackets are headings: `[people.finn]`.
    const isHeading = open.length === 0 && /^\s*\[?$/.test(lineBefore(text, index));
    if ((token === "[" || token === "{") && !isHeading) open.push(index);
    else if (token === "]" || token === "}") open.pop();
  }
  return open.at(-1);
}

function lineBefore(text: string, index: number): string {
  return text.slice(text.lastIndexOf("\n", index - 1) + 1, index);
}
