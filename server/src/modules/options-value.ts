/**
 * The module argument `options`: the tree of options with what is defined for each.
 *
 *   options.services.x.enable.isDefined   ->   true
 */

import { attr, attrs, attrsOf, bool, int, list, string, unknown } from "../nix/make.ts";
import type { Eval } from "../nix/step.ts";
import { Thunk } from "../nix/thunk.ts";
import type { Attr, AttrsValue, Value } from "../nix/value.ts";
import type { Level } from "./level.ts";
import type { OptionSet } from "./option-type.ts";
import type { TreeNode } from "./tree.ts";

/** Weaker than any definition. */
const NO_PRIORITY = 9999;
const DEFAULT_VALUE_PRIORITY = 1500;

/** What is declared is there at once; the definitions are looked up in `level` when somebody asks for them. */
export function optionsValue(
  declared: OptionSet,
  path: readonly string[],
  level: () => Eval<Level>,
): AttrsValue {
  const options = new Map<string, Attr>();
  for (const [name, option] of declared.options) {
    const below = [...path, name];
    const value = new Thunk(() =>
      option.type.kind === "submodule" && option.type.group
        ? optionsValue(option.type.options, below, () => levelBelow(level, name))
        : optionValue(below, () => nodeIn(level, name)),
    );
    options.set(name, attr(value, option.declared));
  }
  return attrsOf(options, undefined, declared.open === undefined ? undefined : unknown(declared.open));
}

function* levelBelow(level: () => Eval<Level>, name: string): Eval<Level> {
  const { level: below } = yield* (yield* nodeIn(level, name)).expanded();
  if (below === undefined) throw new Error("a group without a level");
  return below;
}

function* nodeIn(level: () => Eval<Level>, name: string): Eval<TreeNode> {
  return (yield* level()).nodeFor(name);
}

function optionValue(path: readonly string[], node: () => Eval<TreeNode>): AttrsValue {
  const later = (compute: () => Eval<Value>): Thunk => new Thunk(compute);
  return attrs(
    {
      _type: string("option"),
      loc: list(path.map((part) => Thunk.of(string(part)))),
      value: later(function* () {
        return yield (yield* node()).config;
      }),
      isDefined: later(function* () {
        const { values, open } = yield* definitionsOf(yield* node());
        return values.length > 0 || open === undefined ? bool(values.length > 0) : open;
      }),
      highestPrio: later(function* () {
        return int((yield* definitionsOf(yield* node())).priority);
      }),
      definitions: later(function* () {
        const { values, open } = yield* definitionsOf(yield* node());
        return list(values, undefined, open);
      }),
      files: later(function* () {
        const { files, open } = yield* definitionsOf(yield* node());
        return list(files, undefined, open);
      }),
    },
    undefined,
    unknown("not all of an option's declaration is evaluated"),
  );
}

/** Those that win; the default where nobody defines the option. */
function* definitionsOf(node: TreeNode) {
  const { open } = yield* node.discharged();
  const winning = yield* node.winning();
  const fallback = winning.length === 0 && open === undefined ? node.option?.defaultValue : undefined;
  return {
    open,
    values: fallback === undefined ? winning.map(({ value }) => value) : [fallback],
    files: winning.map(({ file }) => Thunk.of(string(file ?? "<unknown-file>"))),
    priority: winning[0]?.priority ?? (fallback ? DEFAULT_VALUE_PRIORITY : NO_PRIORITY),
  };
}
