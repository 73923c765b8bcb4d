/**
 * The module argument `options`: the tree of options with what is defined for each.
 *
 *   options.services.x.enable.isDefined   ->   true
 */
import type { Eval } from "../nix/machine.ts";
import { attr, attrs, attrsOf, bool, list, string, unknown } from "../nix/make.ts";
import { Thunk } from "../nix/thunk.ts";
import type { Attr, Value } from "../nix/value.ts";
import type { Level } from "./level.ts";
import type { TreeNode } from "./tree.ts";

export function* optionsValue(level: () => Eval<Level>): Eval<Value> {
  const { declared, nodeFor } = yield* openLevel(level);
  const options = new Map<string, Attr>();
  for (const [name, { type, declared: keys }] of declared.options) {
    const group = type.kind === "submodule" && type.group === true;
    options.set(
      name,
      attr(new Thunk(() => (group ? groupValue(nodeFor(name)) : optionValue(nodeFor(name)))), keys),
    );
  }
  return attrsOf(options, undefined, declared.open === undefined ? undefined : unknown(declared.open));
}

function* openLevel(level: () => Eval<Level>) {
  const opened = yield* level();
  return { declared: opened.declared, nodeFor: (name: string) => opened.nodeFor(name) };
}

function groupValue(node: TreeNode): Eval<Value> {
  return optionsValue(function* () {
    const { level } = yield* node.expanded();
    if (level === undefined) throw new Error("a group without a level");
    return level;
  });
}

function* optionValue(node: TreeNode): Eval<Value> {
  const { definitions, open } = yield* node.discharged();
  const isDefined = definitions.length > 0 || open === undefined ? bool(definitions.length > 0) : open;
  return attrs(
    {
      _type: string("option"),
      loc: list(node.path.map((name) => Thunk.of(string(name)))),
      value: node.config,
      isDefined,
      definitions: list(
        definitions.map((definition) => definition.value),
        undefined,
        open,
      ),
      files: list(
        definitions.map(({ file }) => Thunk.of(string(file ?? "<unknown-file>"))),
        undefined,
        open,
      ),
    },
    undefined,
    unknown("not all of an option's declaration is evaluated"),
  );
}
