/**
 * JSON read into the same tree as Nix, so that `inventory.json` has origins like everything else.
 *
 *   { "machines": { "web": {} } }   ->   attrset [ binding ["machines"] = … ]
 */
import { type Node as JsonNode, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import type { AttrSet, Expr, Source } from "./ast.ts";

/** Never throws; text that is no JSON gives problems and as much as could be read. */
export function parseJsonSource(path: string, text: string): Source {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const source: { -readonly [K in keyof Source]: Source[K] } = {
    path,
    text,
    language: "json",
    root: undefined as unknown as Expr, // set below: nodes need the source first
    problems: errors.map(({ error, offset, length }) => ({
      start: offset,
      end: offset + length,
      message: `Not valid JSON: ${printParseErrorCode(error)}.`,
    })),
  };
  source.root =
    tree === undefined
      ? { kind: "error", source, start: 0, end: text.length, children: [] }
      : lower(tree, source, errors.length > 0);
  return source;
}

/** Recursion is bounded by jsonc-parser's own, which has read the tree already. */
function lower(node: JsonNode, source: Source, broken: boolean): Expr {
  const base = { source, start: node.offset, end: node.offset + node.length };
  switch (node.type) {
    case "object":
      return {
        kind: "attrset",
        ...base,
        recursive: false,
        legacyLet: false,
        bindings: bindings(node, source, broken),
        broken,
      };
    case "array":
      return {
        kind: "list",
        ...base,
        elements: (node.children ?? []).map((child) => lower(child, source, broken)),
        broken,
      };
    case "string":
      return {
        kind: "string",
        ...base,
        indented: false,
        parts: [{ kind: "text", source, start: base.start + 1, end: base.end - 1, text: node.value }],
      };
    case "number": {
      const text = source.text.slice(base.start, base.end);
      return /^-?\d+$/.test(text) ? { kind: "int", ...base, text } : { kind: "float", ...base, text };
    }
    default:
      return { kind: "identifier", ...base, name: String(node.value) };
  }
}

/** As in Nix's `fromJSON`, the last of equal keys counts. */
function bindings(node: JsonNode, source: Source, broken: boolean): AttrSet["bindings"] {
  const byName = new Map<string, AttrSet["bindings"][number]>();
  for (const property of node.children ?? []) {
    const [key, value] = property.children ?? [];
    if (key === undefined || value === undefined) continue;
    const name = key.value as string;
    byName.set(name, {
      kind: "binding",
      source,
      start: property.offset,
      end: property.offset + property.length,
      path: [
        {
          kind: "attr-name",
          source,
          start: key.offset,
          end: key.offset + key.length,
          quoted: true,
          name,
          expr: undefined,
        },
      ],
      value: lower(value, source, broken),
    });
  }
  return [...byName.values()];
}
