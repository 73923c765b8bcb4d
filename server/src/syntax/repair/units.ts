/**
 * What a file with errors consists of: everything the parser read without an error stays whole, the rest
 * falls apart into tokens, in source order.
 *
 *   { a = { b = 1; }; c = ; }   ->   `{`, binding a, `c`, `=`, `;`, `}`
 */
import type { Item } from "../item.ts";
import { Layout } from "./layout.ts";

/** Constructs without brackets of their own: beside an error their parts may belong elsewhere. */
const open = new Set([
  "apply_expression",
  "assert_expression",
  "attrpath",
  "binary_expression",
  "binding_set",
  "formal",
  "function_expression",
  "has_attr_expression",
  "if_expression",
  "inherited_attrs",
  "let_expression",
  "select_expression",
  "unary_expression",
  "with_expression",
]);

export function collectUnits(root: Item, text: string): readonly Item[] {
  const units = flatten(root, (item) => open.has(item.type));
  if (unclosedBraces(units) === 0) return units;
  // A brace too few or too many: others were taken for its partner, which the layout shows.
  const layout = new Layout(text);
  return flatten(root, (item) => open.has(item.type) || isMisplaced(item, layout));
}

/** How many more braces the tokens open than they close. */
export function unclosedBraces(units: readonly Item[]): number {
  let surplus = 0;
  for (const { type } of units) {
    if (type === "{" || type === "${") surplus++;
    else if (type === "}") surplus--;
  }
  return surplus;
}

function flatten(root: Item, fallsApart: (item: Item) => boolean): Item[] {
  const units: Item[] = [];
  const pending = [{ item: root, besideError: false }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { item, besideError } = next;
    if (item.missing) continue;
    if (item.children.length > 0 && (item.damaged || (besideError && fallsApart(item))))
      for (let i = item.children.length - 1; i >= 0; i--)
        pending.push({ item: item.children[i] as Item, besideError: true });
    else if (item !== root) units.push(item);
  }
  return units;
}

/** Ends in a `}` that is not the first on a line indented like that of its `{`, some lines before. */
function isMisplaced(item: Item, layout: Layout): boolean {
  let set: Item | undefined = item.type === "binding" ? item.children.at(-2) : item;
  while (set !== undefined && !set.type.endsWith("attrset_expression")) set = set.children.at(-1);
  const end = set?.children.at(-1);
  if (set === undefined || end === undefined || layout.onSameLine(set.start, end.start)) return false;
  return layout.column(end.start) !== layout.indentation(set.start);
}
