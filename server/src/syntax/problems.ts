/**
 * What to tell a person about the places the parser could not read: one message an error, on the
 * word that is wrong, brackets first.
 *
 *   { a = 1 }          ->   "Expected `;`." after the 1
 *   { a = { b = 1; }   ->   "This `{` is never closed." on the first brace
 */
import type { Source, SyntaxProblem } from "./ast.ts";
import type { Item } from "./build.ts";

/** Adds the problems below `root` to `problems`, in source order. */
export function collectProblems(root: Item, source: Source, problems: SyntaxProblem[]): void {
  const errors: Item[] = [];
  const missing: Item[] = [];
  const pending = [root];
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    if (item.missing) missing.push(item);
    // What is wrong inside an error is part of that error.
    if (item.type === "ERROR") errors.push(item);
    else pending.push(...item.children.slice().reverse());
  }
  const empty = root.children.length === 0;
  if (empty) {
    problems.push({ start: 0, end: source.text.length, message: "The file holds no expression." });
    return;
  }
  for (const item of missing)
    problems.push({ start: lastCharacter(source, item.start), end: item.start, message: expected(item) });
  if (errors.length === 0) return;
  const brackets = bracketProblems(root);
  problems.push(...brackets);
  for (const error of errors)
    if (!brackets.some((bracket) => bracket.start >= error.start && bracket.end <= error.end))
      problems.push(unexpected(error, source));
}

function expected(item: Item): string {
  return item.type === "identifier" ? "Expected a name." : `Expected \`${item.type}\`.`;
}

/** A missing token has no width: point at the last character written before it. */
function lastCharacter(source: Source, offset: number): number {
  const before = source.text.slice(0, offset).trimEnd().length;
  return Math.max(0, before - 1);
}

/** The first token of an error that no reading could use is its last leaf, or its only one. */
function unexpected(error: Item, source: Source): SyntaxProblem {
  const text = source.text.slice(error.start, error.end);
  if (text.trim() === "")
    return {
      start: lastCharacter(source, error.start),
      end: error.end,
      message: "Something is missing here.",
    };
  const short = !text.includes("\n") && text.length <= 40;
  if (short) return { start: error.start, end: error.end, message: `Unexpected \`${text}\`.` };
  const leaf = lastLeaf(error);
  const word = source.text.slice(leaf.start, leaf.end).split("\n")[0] as string;
  return {
    start: leaf.start,
    end: leaf.start + Math.max(1, word.length),
    message: `The code up to here cannot be read, near \`${word.slice(0, 40)}\`.`,
  };
}

function lastLeaf(item: Item): Item {
  let leaf = item;
  for (let next = leaf.children.at(-1); next !== undefined; next = leaf.children.at(-1)) leaf = next;
  return leaf;
}

const closers = new Map([
  ["{", "}"],
  ["${", "}"],
  ["[", "]"],
  ["(", ")"],
]);

function bracketProblems(root: Item): SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  const open: Item[] = [];
  const pending = [root];
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    pending.push(...item.children.slice().reverse());
    if (item.missing || item.children.length > 0) continue;
    if (closers.has(item.type)) open.push(item);
    else if (item.type === "}" || item.type === "]" || item.type === ")") {
      const matching = open.findLastIndex((candidate) => closers.get(candidate.type) === item.type);
      if (matching < 0)
        problems.push({ start: item.start, end: item.end, message: `This \`${item.type}\` closes nothing.` });
      // What was opened later and skipped over is what was not closed.
      else for (const unclosed of open.splice(matching).slice(1)) problems.push(neverClosed(unclosed));
    }
  }
  return [...problems, ...open.map(neverClosed)];
}

function neverClosed(item: Item): SyntaxProblem {
  return { start: item.start, end: item.end, message: `This \`${item.type}\` is never closed.` };
}
