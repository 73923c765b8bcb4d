/** What all formats of a report are made from. */
import type { UnknownPart } from "../../clan/model.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import type { Finding } from "../../rules/finding.ts";
import { LineIndex, type LinePosition } from "../../syntax/line-index.ts";

export interface Report {
  /** The folder that was checked, absolute with `/`. */
  readonly root: string;
  readonly snapshot: Snapshot;
  /** By file, range and code. */
  readonly findings: readonly Finding[];
  /** How many files were read. */
  readonly files: number;
  /** The parts of the clans that are not known, so that nothing is said about names in them. */
  readonly unknown: readonly UnknownPart[];
  readonly cwd: string;
  readonly color: boolean;
  readonly version: string;
  /** URL of the folder of our documentation, with a slash. */
  readonly documentation: string | undefined;
}

export interface Place {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** 0-based lines and UTF-16 columns of places, each file's lines found once. */
export class Positions {
  private readonly known = new Map<string, LineIndex>();

  constructor(private readonly snapshot: Snapshot) {}

  lines(path: string): LineIndex {
    let lines = this.known.get(path);
    if (lines === undefined) {
      lines = new LineIndex(this.snapshot.readFile(path) ?? "");
      this.known.set(path, lines);
    }
    return lines;
  }

  range({ path, start, end }: Place): { readonly start: LinePosition; readonly end: LinePosition } {
    const lines = this.lines(path);
    return { start: lines.position(start), end: lines.position(end) };
  }
}

/** A range as JSON shows it. */
export function jsonRange(place: Place, positions: Positions) {
  const { start, end } = positions.range(place);
  return {
    start: { line: start.line, character: start.column },
    end: { line: end.line, character: end.column },
  };
}
