/**
 * Comments that silence a finding where it is, or in its whole file; not offered where a comment cannot stand.
 *
 *   roles.sever = { };   ->   roles.sever = { }; # clan-ls: ignore unknown-role
 *   script = ''          ->   # clan-ls: ignore missing-output      above it: behind it, it would be text
 */
import type { Snapshot } from "../project/snapshot.ts";
import type { Finding, TextEdit } from "../rules/finding.ts";
import { indentOf } from "../rules/fix/edit.ts";
import { removeSilenced, silenceComment } from "../rules/run/silence.ts";
import type { Node, Source } from "../syntax/ast.ts";
import { walk } from "../syntax/navigate.ts";
import type { CodeAction } from "./code-actions.ts";

/** A line with the comment behind it should not get longer than this. */
const maximumLine = 110;

/** For each code once, on each line: here, and in this file. In the order of the findings, all of which are of one file. */
export function collectIgnores(snapshot: Snapshot, findings: readonly Finding[]): CodeAction[] {
  const [first] = findings;
  const source = first && snapshot.source(first.path);
  // JSON has no comments.
  if (source === undefined || source.language !== "nix") return [];
  const offered = new Set<string>();
  return findings.flatMap((finding) => {
    // Nix refuses the whole file, whatever a line says; but it may be the template of one, with `@name@` in it.
    const here = finding.code === "syntax-error" ? undefined : findHere(snapshot, source, finding);
    const inFile = findInFile(snapshot, source, finding);
    const actions: [title: string, edit: TextEdit | undefined][] = [
      [`Ignore ${finding.code} here`, here],
      [`Ignore ${finding.code} in this file`, inFile],
    ];
    return actions.flatMap(([title, edit]): CodeAction[] => {
      const key = edit && JSON.stringify([edit, title]);
      if (edit === undefined || key === undefined || offered.has(key)) return [];
      offered.add(key);
      return [{ kind: "fix", fix: { title, edits: [edit] }, finding }];
    });
  });
}

function findHere(snapshot: Snapshot, source: Source, finding: Finding): TextEdit | undefined {
  const { text } = source;
  const start = lineStart(text, finding.start);
  const end = lineEnd(text, finding.start);
  const written = `# clan-ls: ignore ${finding.code}`;
  const above = start === 0 ? undefined : lineStart(text, start - 1);
  const behind = insertion(source, end, ` ${written}`);
  const before = insertion(source, start, `${indentOf(text, firstNonBlank(text, start))}${written}\n`);
  const isLong = end - start + written.length > maximumLine || text.slice(start, end).includes("#");
  const edits = [
    addedCode(source, start, "ignore", finding.code),
    above === undefined ? undefined : addedCode(source, above, "ignore", finding.code),
    ...(isLong ? [before, behind] : [behind, before]),
  ];
  return edits.find((edit) => edit !== undefined && silences(snapshot, source, edit, finding));
}

function findInFile(snapshot: Snapshot, source: Source, finding: Finding): TextEdit | undefined {
  const { text } = source;
  const existing = [...text.matchAll(/^.*clan-ls:\s*ignore-file.*$/gm)].map(({ index }) =>
    addedCode(source, index, "ignore-file", finding.code),
  );
  const top = insertion(
    source,
    /^(#!.*\n)*/.exec(text)?.[0].length ?? 0,
    `# clan-ls: ignore-file ${finding.code}\n`,
  );
  return [...existing, top].find((edit) => edit !== undefined && silences(snapshot, source, edit, finding));
}

/** The edit that adds the code to a comment of the kind that stands on the line; undefined without one. */
function addedCode(source: Source, start: number, kind: string, code: string): TextEdit | undefined {
  const { text } = source;
  const line = text.slice(start, lineEnd(text, start)).trimEnd();
  const [, , found, codes] = silenceComment.exec(line) ?? [];
  return found === kind && codes !== undefined
    ? insertion(source, start + line.length, `, ${code}`)
    : undefined;
}

/** Whether the finding is gone with the edit, and the code is what it was: no text, no path has the comment in it. */
function silences(snapshot: Snapshot, source: Source, edit: TextEdit, finding: Finding): boolean {
  const { text } = source;
  const changed = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
  const moved = finding.start >= edit.start ? edit.text.length : 0;
  const after = { ...finding, start: finding.start + moved, end: finding.end + moved };
  if (removeSilenced([after], changed).length > 0) return false;
  const edited = snapshot.with(source.path, changed).source(source.path);
  return edited !== undefined && outline(edited.root) === outline(source.root);
}

/** The code without its layout. */
function outline(root: Node): string {
  const parts: string[] = [];
  walk(root, (node) => {
    parts.push(node.kind);
    if (node.kind === "text") parts.push(JSON.stringify(node.text));
    if (node.kind === "identifier" || node.kind === "attr-name") parts.push(node.name ?? "");
  });
  return parts.join(" ");
}

function insertion({ path }: Source, offset: number, text: string): TextEdit {
  return { path, start: offset, end: offset, text };
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** Before the line break, of whatever kind it is. */
function lineEnd(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  if (end < 0) return text.length;
  return text[end - 1] === "\r" ? end - 1 : end;
}

function firstNonBlank(text: string, start: number): number {
  return start + (/^[ \t]*/.exec(text.slice(start))?.[0].length ?? 0);
}
