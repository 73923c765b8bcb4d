/**
 * What went wrong, in what a run of clan printed: errors of Nix with the places they name, tracebacks of Python, and what clan,
 * its argument parser and ssh say themselves. Pure.
 *
 *   printedErrors("error: undefined variable 'x'\n       at /nix/store/…-source/web.nix:3:5:\n …")
 *     ->   [{ message: "undefined variable 'x'", prefix: undefined, places: [{ path: "/nix/store/…-source/web.nix", line: 3, … }] }]
 */
import { type PrintedPlace, placesInLine } from "../terminal-links.ts";

export interface PrintedError {
  /** One line or more. */
  readonly message: string;
  /** What clan writes in brackets before what it prints of one machine: its name, of a long one the first 20 letters. */
  readonly prefix: string | undefined;
  /** What it names, the nearest to the mistake first. */
  readonly places: readonly PrintedPlace[];
}

/** In the order in which they were printed; `text` as a terminal gets it. */
export function printedErrors(text: string): readonly PrintedError[] {
  const found: Found[] = [];
  for (const [prefix, lines] of linesByPrefix(text)) found.push(...errorsIn(lines, prefix));
  found.sort((one, other) => one.at - other.at);
  const errors = found.map(({ error }) => error);
  return errors.length > 0 ? errors : redMessage(text);
}

/** The prefixes of the machines that clan itself says failed, in order. It goes on with the others. */
export function failedPrefixes(text: string): readonly string[] {
  const named = [...linesByPrefix(text)].filter(([, lines]) => lines.some(({ says }) => failure.test(says)));
  return named.flatMap(([prefix]) => (prefix === undefined ? [] : [prefix]));
}

interface Line {
  /** Without what a terminal draws it with, and without the prefix. */
  readonly says: string;
  readonly at: number;
}

interface Found {
  readonly error: PrintedError;
  readonly at: number;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a terminal is told to draw with
const drawing = /\x1b(?:\][^\x07\x1b]*(?:\x07|\x1b\\)|\[[0-?]*[ -/]*[@-~]|[@-Z\\-_])/g;

/** clan writes of several machines at a time: what it says of one is read by itself. */
function linesByPrefix(text: string): Map<string | undefined, Line[]> {
  const lines = new Map<string | undefined, Line[]>();
  text.split("\n").forEach((raw, at) => {
    // Of a line that is drawn again and again, the last.
    const drawn = raw.replace(drawing, "").replace(/\r+$/, "").split("\r").at(-1) ?? "";
    const [, prefix, rest = drawn] = /^\[([\w.-]+)\] ?(.*)$/.exec(drawn) ?? [];
    const own = lines.get(prefix) ?? [];
    own.push({ says: rest, at });
    lines.set(prefix, own);
  });
  return lines;
}

/** `error: …` of Nix; alone, where a trace stands before the message. */
const nixError = /^\s*error:(?:\s+(.*))?$/;
const traceback = /^\s*Traceback \(most recent call last\):$/;
/** "clan machines update: error: unrecognized arguments: --x" */
const usage = /^clan(?: [\w-]+)*: error: (.+)$/;
/** What ssh says, of itself or of where it was to go. */
const ssh = /^(?:ssh: .+|.*: Permission denied \(.+|Host key verification failed\..*)$/;
/** What clan says of one machine of several. */
const failure = /^failed with error: ?(.*)$/;

function errorsIn(lines: readonly Line[], prefix: string | undefined): Found[] {
  const found: Found[] = [];
  const saidByClan: Found[] = [];
  for (let index = 0; index < lines.length; index++) {
    const { says, at } = lines[index] as Line;
    const body = () => lines.slice(index + 1, endOfIndented(lines, index + 1)).map((line) => line.says);
    if (nixError.test(says)) {
      const block = [says, ...body()];
      found.push({ at, error: { ...nixErrorIn(block), prefix } });
      index += block.length - 1;
    } else if (traceback.test(says)) {
      index = endOfIndented(lines, index + 1);
      const message = lines[index]?.says;
      if (message) found.push({ at, error: { message, prefix, places: [] } });
    } else if (usage.test(says) || ssh.test(says)) {
      found.push({ at, error: { message: usage.exec(says)?.[1] ?? says, prefix, places: [] } });
    } else {
      const message = failure.exec(says)?.[1];
      if (message) saidByClan.push({ at, error: { message, prefix, places: [] } });
    }
  }
  // That a machine failed is no news where it is said of what.
  return found.length > 0 ? found : saidByClan;
}

function endOfIndented(lines: readonly Line[], from: number): number {
  let end = from;
  while (end < lines.length && /^(?:\s|$|\(use '--show-trace')/.test((lines[end] as Line).says)) end++;
  return end;
}

const shownSource = /^\s*(?:\d+\s*)?\|/;
const at = /^\s*at (?:\/|«|<)/;

/** The message is the last one in its block, the places of its own come before those of the trace, whose last is the nearest. */
function nixErrorIn(block: readonly string[]): Omit<PrintedError, "prefix"> {
  const start = block.findLastIndex((line) => nixError.test(line) && nixError.exec(line)?.[1]);
  const [first = "", ...rest] = block.slice(Math.max(start, 0));
  const placed = rest.findIndex((line) => at.test(line));
  const continued = (placed === -1 ? rest : rest.slice(0, placed)).filter(
    (line) => !shownSource.test(line) && !/^\(use '--show-trace'/.test(line),
  );
  const message = [nixError.exec(first)?.[1] ?? "", ...continued.map((line) => line.replace(/^ {1,7}/, ""))];
  const trace = block.slice(0, Math.max(start, 0));
  return {
    message: message.join("\n").trim(),
    places: [...[first, ...rest].flatMap(placesOf), ...trace.flatMap(placesOf).reverse()],
  };
}

function placesOf(line: string): PrintedPlace[] {
  return shownSource.test(line) ? [] : placesInLine(line);
}

/** Where nothing else says what is wrong: what clan wrote in red at last, as it writes its own errors, and nothing else. */
function redMessage(text: string): PrintedError[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the colour is all that marks them
  const red = [...text.matchAll(/\x1b\[31m([^\x1b]*)\x1b\[0m/g)];
  const message = (red.at(-1)?.[1] ?? "").replaceAll("\r", "").trim();
  // With the whole command and what it printed, which is in the terminal.
  return message === "" || message.startsWith("==") ? [] : [{ message, prefix: undefined, places: [] }];
}
