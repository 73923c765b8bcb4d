/**
 * Comments that silence findings.
 *
 *   roles.sever = { };   # clan-ls: ignore unknown-role        this line
 *   # clan-ls: ignore unknown-role, unknown-machine            alone on its line: the next line
 *   # clan-ls: ignore-file unknown-role                        the whole file
 *
 * Without a code, every finding is meant.
 */
import type { Finding } from "../finding.ts";

/** Groups: what is before it on its line, which kind it is, its codes. */
export const silenceComment = /^(.*?)#\s*clan-ls:\s*(ignore|ignore-file)(?:\s+([\w\s,-]+))?\s*$/;

interface Silence {
  /** 0-based line it holds for; undefined: the file. */
  readonly line: number | undefined;
  /** Undefined: all. */
  readonly codes: ReadonlySet<string> | undefined;
}

/** The findings no comment in `text`, the text of their file, silences. */
export function removeSilenced(findings: readonly Finding[], text: string): readonly Finding[] {
  const silences = parseSilences(text);
  if (silences.length === 0) return findings;
  return findings.filter((finding) => {
    const line = lineOf(text, finding.start);
    return !silences.some(
      (silence) =>
        (silence.line === undefined || silence.line === line) && (silence.codes?.has(finding.code) ?? true),
    );
  });
}

function parseSilences(text: string): Silence[] {
  if (!text.includes("clan-ls:")) return [];
  return text.split("\n").flatMap((written, line): Silence[] => {
    const found = silenceComment.exec(written.trimEnd());
    if (found === null) return [];
    const [, before = "", kind, names] = found;
    const codes =
      names === undefined ? undefined : new Set(names.split(/[\s,]+/).filter((code) => code !== ""));
    if (kind === "ignore-file") return [{ line: undefined, codes }];
    return [{ line: before.trim() === "" ? line + 1 : line, codes }];
  });
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length - 1;
}
