/**
 * Matches POSIX extended regular expressions as libstdc++ does, which is what `builtins.match` and
 * `builtins.split` show: the longest match among alternatives, groups keeping their last text.
 *
 *   new PosixRegex("(a|ab)(c|bcd)(d*)").matchWhole("abcd")  ->  ["a", "bcd", ""]
 *
 * The search keeps its own stack, so long texts are safe; a search that takes too many steps throws
 * RegexLimit.
 */
import { listRoom } from "../limits.ts";
import { fromBytes, toBytes } from "./byte-string.ts";
import { compilePattern, type Program } from "./posix-pattern.ts";

export { PatternError } from "./posix-pattern.ts";

export class RegexLimit extends Error {}

/** A group that took no part is undefined. */
export type Groups = readonly (string | undefined)[];

/** Steps allowed for any text, and for each byte of it: enough for patterns that do not explode. */
const MAX_STEPS = 2_000_000;
const MAX_STEPS_PER_BYTE = 100;
const MOST_STEPS = 20_000_000;

interface Choice {
  readonly pc: number;
  readonly position: number;
  readonly registers: readonly number[];
  /** The other side of a `|`: to be tried even after a match was found. */
  readonly either: boolean;
}

interface Flags {
  readonly whole?: boolean;
  /** An empty match does not count. */
  readonly notEmpty?: boolean;
  /** `^` does not match at the start position. */
  readonly notFirst?: boolean;
}

interface Match {
  readonly start: number;
  readonly end: number;
  readonly registers: readonly number[];
}

export class PosixRegex {
  private readonly program: Program;
  private readonly unset: readonly number[];
  private stepsLeft = 0;

  /** Throws PatternError. */
  constructor(pattern: string) {
    this.program = compilePattern(toBytes(pattern));
    this.unset = Array.from({ length: this.program.registers }, () => -1);
  }

  /** The groups if the whole text matches. */
  matchWhole(text: string): Groups | undefined {
    const bytes = this.begin(text);
    const match = this.matchAt(bytes, 0, { whole: true });
    return match && this.groups(bytes, match);
  }

  /** What `builtins.split` gives: the text between matches, and the groups of each match, in turn. */
  split(text: string): (string | Groups)[] {
    const bytes = this.begin(text);
    const parts: (string | Groups)[] = [];
    let rest = 0;
    for (let match = this.search(bytes, 0, false); match !== undefined; match = this.after(bytes, match)) {
      listRoom(parts.length + 3);
      parts.push(fromBytes(bytes.slice(rest, match.start)), this.groups(bytes, match));
      rest = match.end;
    }
    parts.push(fromBytes(bytes.slice(rest)));
    return parts;
  }

  private begin(text: string): string {
    const bytes = toBytes(text);
    this.stepsLeft = Math.min(MOST_STEPS, MAX_STEPS + MAX_STEPS_PER_BYTE * bytes.length);
    return bytes;
  }

  /** The next match. After an empty one, one that is not empty is first sought at the same place. */
  private after(bytes: string, last: Match): Match | undefined {
    if (last.start !== last.end) return this.search(bytes, last.end, true);
    if (last.end === bytes.length) return undefined;
    const notFirst = last.end > 0;
    return (
      this.matchAt(bytes, last.end, { notEmpty: true, notFirst }) ?? this.search(bytes, last.end + 1, true)
    );
  }

  private search(bytes: string, from: number, notFirst: boolean): Match | undefined {
    for (let start = from; start <= bytes.length; start++) {
      const match = this.matchAt(bytes, start, { notFirst: notFirst || start > from });
      if (match !== undefined) return match;
    }
    return undefined;
  }

  private groups(bytes: string, match: Match): Groups {
    return Array.from({ length: this.program.groups }, (_, index) => {
      const end = match.registers[2 * index + 1] as number;
      return end < 0 ? undefined : fromBytes(bytes.slice(match.registers[2 * index], end));
    });
  }

  private matchAt(bytes: string, start: number, flags: Flags): Match | undefined {
    const { instructions } = this.program;
    let choices: Choice[] = [];
    let best: Match | undefined;
    let state: Choice | undefined = {
      pc: this.program.start,
      position: start,
      registers: this.unset,
      either: false,
    };
    for (; state !== undefined; state = choices.pop()) {
      const end = this.advance(state, bytes, start, flags, choices, instructions);
      if (end === undefined) continue;
      if (best === undefined || end.position > best.end)
        best = { start, end: end.position, registers: end.registers };
      // Nothing can be longer, and the first of equal length wins.
      if (end.position === bytes.length) break;
      choices = choices.filter((choice) => choice.either);
    }
    return best;
  }

  /** Runs one thread to acceptance or failure, leaving the other ways it could go in `choices`. */
  private advance(
    from: Choice,
    bytes: string,
    start: number,
    flags: Flags,
    choices: Choice[],
    instructions: Program["instructions"],
  ): Choice | undefined {
    let { pc, position, registers } = from;
    for (;;) {
      if (--this.stepsLeft < 0) throw new RegexLimit("the regular expression takes too long to match");
      const instruction = instructions[pc] as Program["instructions"][number];
      switch (instruction.op) {
        case "byte":
          if (position >= bytes.length || instruction.set[bytes.charCodeAt(position)] !== true)
            return undefined;
          position++;
          pc = instruction.next;
          break;
        case "save":
          registers = registers.with(instruction.register, position);
          pc = instruction.next;
          break;
        case "begin":
          if (position !== start || flags.notFirst) return undefined;
          pc = instruction.next;
          break;
        case "end":
          if (position !== bytes.length) return undefined;
          pc = instruction.next;
          break;
        case "either":
          choices.push({ pc: instruction.second, position, registers, either: true });
          pc = instruction.first;
          break;
        case "repeat": {
          const { guard } = instruction;
          if (guard !== undefined) {
            const again = registers[guard] === position;
            const count: number = again ? (registers[guard + 1] as number) + 1 : 1;
            // libstdc++ lets a loop that takes nothing go round twice.
            if (count > 2) {
              pc = instruction.less;
              break;
            }
            choices.push({ pc: instruction.less, position, registers, either: false });
            registers = registers.with(guard, position).with(guard + 1, count);
          } else {
            choices.push({ pc: instruction.less, position, registers, either: false });
          }
          pc = instruction.more;
          break;
        }
        case "accept":
          if (flags.whole && position !== bytes.length) return undefined;
          if (flags.notEmpty && position === start) return undefined;
          return { pc, position, registers, either: false };
      }
    }
  }
}
