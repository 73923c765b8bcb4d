/**
 * An attribute path from the command line, and what it selects.
 *
 *   parseAttrPath('machines."web.lan".tags.0')  ->  [ "machines", "web.lan", "tags", "0" ]
 */
import { autoCall } from "../nix/auto-call.ts";
import { fail } from "../nix/errors.ts";
import { showType } from "../nix/expect.ts";
import { similarNames } from "../nix/similar-names.ts";
import type { Eval } from "../nix/step.ts";
import type { Value } from "../nix/value.ts";

/** Quotes only join what is between them. Throws where a name is missing or a quote is not closed. */
function parseAttrPath(path: string): string[] {
  if (path.split('"').length % 2 === 0) fail("error", `missing closing quote in selection path '${path}'`);
  const outsideQuotes = /\.(?=(?:[^"]*"[^"]*")*[^"]*$)/;
  const names = path.split(outsideQuotes).map((name) => name.replaceAll('"', ""));
  if (names.at(-1) === "") names.pop();
  if (names.includes("")) fail("error", `empty attribute name in selection path '${path}'`);
  return names;
}

/** Functions on the way are called as Nix does, not the one selected; a number selects from a list. Throws if there is none. */
export function* selectAttr(root: Value, path: string): Eval<Value> {
  let value = root;
  for (const name of parseAttrPath(path)) {
    value = yield* autoCall(value);
    if (value.type === "unknown") return value;
    const wanted = /^\d+$/.test(name) ? "list" : "set";
    if (value.type !== (wanted === "list" ? "list" : "attrs")) {
      const found = `should be a ${wanted} but is ${showType(value)}`;
      return fail("error", `the expression selected by the selection path '${path}' ${found}`);
    }
    const member = value.type === "list" ? value.elements[Number(name)] : value.attrs.get(name)?.value;
    if (member !== undefined) value = yield member;
    else if (value.open) return value.open;
    else if (value.type === "list")
      fail("error", `list index ${name} in selection path '${path}' is out of range`);
    else {
      const meant = similarNames(name, value.attrs.keys());
      fail("error", `attribute '${name}' in selection path '${path}' not found`, undefined, meant);
    }
  }
  return value;
}
