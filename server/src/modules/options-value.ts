/**
 * The module argument `options`: the tree of options with what is defined for each.
 *
 *   options.services.x.enable.isDefined   ->   true
 */
import type { Eval } from "../nix/machine.ts";
import { attr, attrs, attrsOf, bool, int, list, string, unknown } from "../nix/make.ts";
import { Thunk } from "../nix/thunk.ts";
import type { Attr, AttrsValue, Value } from "../nix/value.ts";
import type { Level } from "./level.ts";
import type { OptionSet } from "./option-type.ts";
import type { TreeNode } from "./tree.ts";

/** Weaker than any definition. */
const NO_PRIORITY = 9999;
const DEFAULT_VALUE_PRIORITY = 1500;

/** The definitions are looked up in `level` when somebody asks for an option. */
export function optionsValue(declared: OptionSet, level: () => Eval<Level>): AttrsValue {
  const options = new Map<string, Attr>();
  for (const [name, { type, declared: keys }] of declared.options) {
    const value =
      type.kind === "submodule" && type.group
        ? new Thunk(() => optionsValue(type.options, () => levelBelow(level, name)))
        : new Thunk(() => optionValue(level, name));
    options.set(name, attr(value, keys));
  }
  return attrsOf(options, undefined, declared.open === undefined ? undefined : unknown(declared.open));
}

function* levelBelow(level: () => Eval<Level>, name: string): Eval<Level> {
  const { level: below } = yield* (yield* level()).nodeFor(name).expanded();
  if (below === undefined) throw new Error("a group without a level");
  return below;
}

function* optionValue(level: () => Eval<Level>, name: string): Eval<Value> {
  const node: TreeNode = (yield* level()).nodeFor(name);
  const { open } = yield* node.discharged();
  const winning = yield* node.winning();
  const fallback = winning.length === 0 && open === undefined ? node.option?.defaultValue : undefined;
  const values = fallback === undefined ? winning.map(({ value }) => value) : [fallback];
  const files = winning.map(({ file }) => Thunk.of(string(file ?? "<unknown-file>")));
  return attrs(
    {
      _type: string("option"),
      loc: list(node.path.map((part) => Thunk.of(string(part)))),
      value: node.config,
      isDefined: values.length > 0 || open === undefined ? bool(values.length > 0) : open,
      highestPrio: int(winning[0]?.priority ?? (fallback ? DEFAULT_VALUE_PRIORITY : NO_PRIORITY)),
      definitions: list(values, undefined, open),
      files: list(files, undefined, open),
    },
    undefined,
    unknown("not all of an option's declaration is evaluated"),
  );
}
