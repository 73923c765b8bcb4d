/**
 * An attribute path from the command line, and what it selects.
 *
 *   parseAttrPath('machines."web.lan".tags.0')  ->  [ "machines", "web.lan", "tags", "0" ]
 */
import { autoCall } from "../nix/auto-call.ts";
import { fail } from "../nix/errors.ts";
import { showType } from "../nix/expect.ts";
import type { Eval } from "../nix/machine.ts";
import type { Value } from "../nix/value.ts";

function parseAttrPath(path: string): string[] {
  const parts = path.matchAll(/"([^"]*)"|([^."]+)/g);
  return [...parts].map(([, quoted, plain]) => quoted ?? plain ?? "");
}

/** Functions on the way are called as Nix does, not the one selected; a number selects from a list. Throws if there is none. */
export function* selectAttr(root: Value, path: string): Eval<Value> {
  let value = root;
  for (const name of parseAttrPath(path)) {
    value = yield* autoCall(value);
    if (value.type === "unknown") return value;
    const part = value.type === "list" ? value.elements[Number(name)] : undefined;
    const member = value.type === "attrs" ? value.attrs.get(name)?.value : part;
    if (member !== undefined) value = yield member;
    else if ((value.type === "attrs" || value.type === "list") && value.open) return value.open;
    else if (value.type === "attrs")
      fail("error", `attribute '${name}' in selection path '${path}' not found`);
    else if (value.type === "list")
      fail("error", `list index ${name} in selection path '${path}' is out of range`);
    else fail("error", `'${name}' in selection path '${path}' is selected from ${showType(value)}`);
  }
  return value;
}
