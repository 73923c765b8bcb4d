/**
 * Options that are declared in modules nobody shows us, as those of NixOS are when a machine's own modules are
 * evaluated alone. What is written for them is accepted; their value is what it says, as far as others cannot
 * change that.
 *
 *   { services.nginx.enable = true; }   ->   config.services.nginx.enable = true
 *                                            config.services.nginx.package, config.boot: unknown
 */
import { equalValues } from "../nix/equality.ts";
import { NixError } from "../nix/errors.ts";
import { unknown } from "../nix/make.ts";
import { concatLists } from "../nix/merge.ts";
import type { Eval } from "../nix/step.ts";
import type { Unknown, Value } from "../nix/value.ts";
import type { OptionSet, OptionType } from "./option-type.ts";
import { inOrder, strongest } from "./properties.ts";
import type { TreeNode } from "./tree.ts";

const UNDECLARED: OptionType = { kind: "undeclared" };
const REASON = "the module that declares this option is not evaluated";

/** The options, and any others beside them, on every level that is no option itself. */
export function withUndeclared(options: OptionSet): OptionSet {
  return { ...options, freeform: { kind: "attrsOf", of: UNDECLARED, lazy: true }, open: REASON };
}

/** A level of options below one with undeclared options may have some as well. */
export function inheritUndeclared(type: OptionType | undefined, above: OptionSet): OptionType | undefined {
  if (type?.kind !== "submodule" || !type.group || type.options.freeform !== undefined) return type;
  const { freeform } = above;
  if (freeform?.kind !== "attrsOf" || freeform.of.kind !== "undeclared") return type;
  return { ...type, options: withUndeclared(type.options) };
}

/** Weaker definitions may lose to one that is not seen. */
const MK_DEFAULT = 1000;

/** Unknown where a definition that is not seen may count for more, or be joined to those that are. */
export function* mergeUndeclared(node: TreeNode): Eval<Value> {
  const { level } = yield* node.expanded();
  if (level !== undefined && node.incoming.length > 0) return yield level.config;
  const { definitions, open } = yield* node.discharged();
  const winning = inOrder(strongest(definitions));
  if (winning.length === 0) return open ?? unknown(REASON);
  const unsure = (): Unknown =>
    unknown(
      open?.reason ?? REASON,
      undefined,
      winning.map(({ value }) => value),
    );
  if (
    open !== undefined ||
    winning.some(({ conditional, priority }) => conditional || priority >= MK_DEFAULT)
  )
    return unsure();
  const values: Value[] = [];
  for (const { outcome } of winning) {
    if (outcome.type === "failure") throw new NixError(outcome);
    values.push(outcome);
  }
  const [value, ...more] = values as [Value, ...Value[]];
  if (value.type === "list")
    return more.reduce((left, right) => concatLists(left, right), {
      ...value,
      open: value.open ?? unknown(REASON),
    });
  for (const other of more) if (!(yield* equalValues(value, other))) return unsure();
  return value;
}
