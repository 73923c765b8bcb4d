/**
 * What code says, whatever it looks like: the same text for two pieces that differ in comments, white space and
 * layout only.
 *
 *   { a = 1; # one
 *     b = "x"; }              ->   the same as for   { a = 1; b = "x"; }
 */
import type { Node, Source } from "./ast.ts";
import { childrenOf } from "./navigate.ts";

/** Not meant to be read. Never throws, however deep the code is. */
export function codeText(root: Node): string {
  const parts: string[] = [];
  const pending: (Node | string)[] = [root];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next === "string") {
      parts.push(next);
      continue;
    }
    parts.push("(", next.kind, own(next));
    pending.push(")");
    const children = childrenOf(next);
    for (let i = children.length - 1; i >= 0; i--) pending.push(children[i] as Node);
  }
  return parts.join(" ");
}

const texts = new WeakMap<Source, string>();

/** Of a whole file; of one that cannot be read as code, its text. */
export function sourceCode(source: Source): string {
  const known = texts.get(source);
  if (known !== undefined) return known;
  const text = source.problems.length > 0 ? source.text : codeText(source.root);
  texts.set(source, text);
  return text;
}

/** What the node says beside its parts. */
function own(node: Node): string {
  switch (node.kind) {
    case "int":
    case "float":
    case "uri":
    case "text":
    case "search-path":
      return JSON.stringify(node.text);
    case "identifier":
      return node.name;
    case "attr-name":
      return node.name === undefined ? "" : JSON.stringify(node.name);
    case "attrset":
      return `${node.recursive} ${node.legacyLet}`;
    case "inherit":
      return String(node.from !== undefined);
    case "param":
      return `${node.name !== undefined} ${node.formals !== undefined} ${node.ellipsis}`;
    case "formal":
    case "select":
      return String(node.fallback !== undefined);
    case "unary":
    case "binary":
      return node.op;
    case "error":
      return JSON.stringify(node.source.text.slice(node.start, node.end));
    default:
      return "";
  }
}
