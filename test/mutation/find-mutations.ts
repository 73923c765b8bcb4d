/**
 * All small breakages of a file of TypeScript that our tests should notice.
 *
 *   if (set.open !== undefined) return;   ->   without it; if (!(set.open !== undefined)) return;
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Mutation, MutationKind } from "./mutation.ts";

/** It has a native part, which cannot be bundled. */
const fromCheckout = createRequire(join(process.cwd(), "package.json"));
const { parseSync } = fromCheckout("oxc-parser") as typeof import("oxc-parser");

/** A node of the parser's tree, of which only some fields are looked at. */
interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

export function findMutations(file: string, source: string): Mutation[] {
  const { program } = parseSync(file, source);
  const found: Mutation[] = [];
  type Span = { readonly start: number; readonly end: number };
  const add = (kind: MutationKind, { start, end }: Span, text: string, within?: Span): void => {
    const mark = within ?? { start, end };
    found.push({ file, kind, start, end, text, mark: { start: mark.start, end: mark.end } });
  };
  const textOf = ({ start, end }: SyntaxNode): string => source.slice(start, end);
  const visit = (node: SyntaxNode, parent: SyntaxNode | undefined): void => {
    // Types, imports and texts for people are not what is tested here.
    if (node.type.startsWith("TS") && !/^TS(As|NonNull|Satisfies)/.test(node.type)) return;
    if (/^(Import|Export(All|Named)).*Declaration$/.test(node.type) && node.declaration == null) return;
    if (node.type === "IfStatement") mutateIf(node);
    else if (node.type === "ConditionalExpression") turn(node.test as SyntaxNode);
    else if (node.type === "LogicalExpression") mutateLogical(node);
    else if (node.type === "ArrayExpression") mutateArray(node);
    else if (node.type === "Literal") mutateLiteral(node, parent);
    for (const child of childrenOf(node)) visit(child, node);
  };
  const turn = (test: SyntaxNode): void => add("condition turned round", test, `!(${textOf(test)})`);
  const mutateIf = (node: SyntaxNode): void => {
    turn(node.test as SyntaxNode);
    if (node.alternate == null && leaves(node.consequent as SyntaxNode)) add("guard taken out", node, ";");
  };
  const mutateLogical = (node: SyntaxNode): void => {
    const [left, right] = [node.left as SyntaxNode, node.right as SyntaxNode];
    if (node.operator === "??") add("substitute taken out", node, textOf(left));
    else for (const half of [left, right]) add("half of a condition", node, textOf(half));
  };
  const mutateArray = (node: SyntaxNode): void => {
    const elements = node.elements as readonly (SyntaxNode | null)[];
    if (elements.length < 2) return;
    for (const [index, element] of elements.entries()) {
      if (element === null) continue;
      const [before, after] = [elements[index - 1], elements[index + 1]];
      const start = after == null ? (before?.end ?? element.start) : element.start;
      add("element taken out", { start, end: after?.start ?? element.end }, "", node);
    }
  };
  const mutateLiteral = (node: SyntaxNode, parent: SyntaxNode | undefined): void => {
    const isKey = parent?.key === node || parent?.type === "ImportExpression";
    if (typeof node.value === "boolean") add("boolean turned round", node, String(!node.value));
    // Words with a space are read by people.
    else if (typeof node.value === "string" && !isKey && /^[\w./$-]+$/.test(node.value))
      add("name changed", node, `"${node.value}~"`);
  };
  visit(program as unknown as SyntaxNode, undefined);
  return found;
}

/** Gives up: `return;`, `continue;`, `return undefined;`, in braces or not. */
function leaves(node: SyntaxNode): boolean {
  if (node.type === "BlockStatement") {
    const body = node.body as readonly SyntaxNode[];
    return body.length === 1 && body[0] !== undefined && leaves(body[0]);
  }
  return (
    node.type === "ReturnStatement" || node.type === "ContinueStatement" || node.type === "BreakStatement"
  );
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  return Object.values(node)
    .flatMap((field) => (Array.isArray(field) ? field : [field]))
    .filter(isNode);
}

function isNode(field: unknown): field is SyntaxNode {
  return typeof field === "object" && field !== null && "type" in field && "start" in field;
}
