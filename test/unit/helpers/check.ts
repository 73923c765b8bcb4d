/**
 * Expected findings as carets below the line they are in; one that is missing fails as well as one too many.
 *
 *   await checkFindings(`
 *     { inventory.instances.zerotier.roles.per.machines.web = { }; inventory.machines.web = { }; }
 *     #                                    ^^^ error[unknown-role]: …has no role `per`…
 *   `);
 *
 * The message may be left out, or be a part of the real one, with `…` for the rest. Lines with carets are
 * not part of the files. A finding of several lines has carets to the end of its first.
 */
import { expect } from "vitest";
import { evaluateClans } from "../../../server/src/clan/evaluate.ts";
import type { Snapshot } from "../../../server/src/project/snapshot.ts";
import type { Finding } from "../../../server/src/rules/finding.ts";
import { checkClan, checkSource } from "../../../server/src/rules/index.ts";
import { LineIndex } from "../../../server/src/syntax/line-index.ts";
import { fixtureRoot, snapshotOf } from "./clan.ts";
import { applyEdits } from "./edits.ts";
import { parseFixture } from "./fixture.ts";

interface Caret {
  /** "/clan.nix:1:38-41 error[unknown-role]", lines and columns from 1. */
  readonly place: string;
  readonly message: string;
}

/** Checks all files of a fixture as `clan-ls check` does: the clans in it, and files no clan uses. */
export async function checkFindings(text: string): Promise<void> {
  const { files, expected } = splitCarets(parseFixture(text).files);
  const actual = (await findingsOf(files)).map(({ finding, snapshot }) => toCaret(finding, snapshot));
  const shown = actual.map((caret) => {
    const wanted = expected.find(({ place }) => place === caret.place);
    return wanted !== undefined && matches(caret.message, wanted.message) ? show(wanted) : show(caret);
  });
  expect(shown.sort()).toEqual(expected.map(show).sort());
}

/** The findings of a fixture without carets, as "code: text at the finding". */
export async function findingTexts(text: string): Promise<string[]> {
  const found = await findingsOf(parseFixture(text).files);
  return found.map(({ finding, snapshot }) => {
    const source = snapshot.readFile(finding.path) ?? "";
    return `${finding.code}: ${source.slice(finding.start, finding.end)}`;
  });
}

/** The errors and warnings of a fixture without carets, as "clan.nix:3 error unknown-role", each once. */
export async function findingLines(text: string): Promise<string[]> {
  const found = await findingsOf(parseFixture(text).files);
  const lines = found
    .filter(({ finding: { severity } }) => severity === "error" || severity === "warning")
    .map(({ finding: { path, start, severity, code }, snapshot }) => {
      const { line } = new LineIndex(snapshot.readFile(path) ?? "").position(start);
      return `${path.slice(fixtureRoot.length + 1)}:${line + 1} ${severity} ${code}`;
    });
  return [...new Set(lines)].sort();
}

/** The text of the fixture's first file after taking the first fix of its only finding. */
export async function afterFix(text: string): Promise<string> {
  const { files } = parseFixture(text);
  const found = await findingsOf(files);
  expect(found.map(({ finding }) => finding.code)).toHaveLength(1);
  const edits = found[0]?.finding.fixes?.[0]?.edits ?? expect.fail("the finding has no fix");
  const [path = "", before = ""] = [...files][0] ?? [];
  for (const edit of edits) expect(edit.path).toBe(`${fixtureRoot}${path}`);
  return applyEdits(before, edits);
}

/** A fixture with all its files after taking the first fix of the first finding. */
export async function filesAfterFix(text: string): Promise<string> {
  const { files } = parseFixture(text);
  const [found] = await findingsOf(files);
  const fix = found?.finding.fixes?.[0] ?? expect.fail("the finding has no fix");
  const placeOf = (path: string): string =>
    (fix.moves ?? []).reduce(
      (now, { from, to }) => (now.startsWith(`${from}/`) ? to + now.slice(from.length) : now),
      `${fixtureRoot}${path}`,
    );
  return [...files]
    .map(([path, before]) => {
      const edits = fix.edits.filter((edit) => edit.path === `${fixtureRoot}${path}`);
      return `#- ${placeOf(path).slice(fixtureRoot.length)}\n${applyEdits(before, edits)}`;
    })
    .join("");
}

export async function findingsOf(
  files: ReadonlyMap<string, string>,
): Promise<readonly { readonly finding: Finding; readonly snapshot: Snapshot }[]> {
  const snapshot = await snapshotOf(files);
  const clans = evaluateClans(snapshot);
  const found = clans.flatMap((clan) => checkClan(snapshot, clan));
  const read = new Set(clans.flatMap((clan) => [...clan.files]));
  const alone = [...files.keys()]
    .map((path) => `${fixtureRoot}${path}`)
    .filter((path) => path.endsWith(".nix") && !read.has(path));
  const others = alone
    .flatMap((path) => snapshot.source(path) ?? [])
    .flatMap((source) => checkSource(source, snapshot));
  return [...found, ...others].map((finding) => ({ finding, snapshot }));
}

function splitCarets(files: ReadonlyMap<string, string>): {
  files: ReadonlyMap<string, string>;
  expected: readonly Caret[];
} {
  const expected: Caret[] = [];
  const kept = new Map<string, string>();
  for (const [path, text] of files) {
    const lines: string[] = [];
    for (const line of text.split("\n")) {
      const caret = /^(\s*#\s*)(\^+) (\w+\[[\w-]+\])(?:: (.*))?$/.exec(line);
      if (caret === null) {
        lines.push(line);
        continue;
      }
      const [, before = "", carets = "", what = "", message = ""] = caret;
      const start = before.length + 1;
      const place = `${path}:${lines.length}:${start}-${start + carets.length} ${what}`;
      expected.push({ place, message: message.trim() });
    }
    kept.set(path, lines.join("\n"));
  }
  return { files: kept, expected };
}

function toCaret(finding: Finding, snapshot: Snapshot): Caret {
  const lines = new LineIndex(snapshot.readFile(finding.path) ?? "");
  const start = lines.position(finding.start);
  const end = lines.position(finding.end);
  // An empty range is shown as one caret.
  const last =
    end.line > start.line ? lines.lineText(start.line).length : Math.max(end.column, start.column + 1);
  const what = `${finding.severity}[${finding.code}]`;
  return {
    place: `${finding.path.slice(fixtureRoot.length)}:${start.line + 1}:${start.column + 1}-${last + 1} ${what}`,
    message: finding.message,
  };
}

function matches(message: string, wanted: string): boolean {
  let from = 0;
  return wanted.split("…").every((part) => {
    const at = message.indexOf(part, from);
    from = at + part.length;
    return at >= 0;
  });
}

function show({ place, message }: Caret): string {
  return message === "" ? place : `${place}: ${message}`;
}
