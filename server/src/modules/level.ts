/**
 * One level of an option tree: the options that are declared there, what is defined for each name, and
 * the set of their values.
 *
 *   options { a, b }  +  definitions { a = 1; c = 2; }
 *   ->  children a (declared), c (not);  config { a = 1; b = <default>; c = 2; }
 */

import { fail } from "../nix/errors.ts";
import { attr, attrs, attrsOf, unknown } from "../nix/make.ts";
import type { Eval } from "../nix/step.ts";
import { NixThunk, Thunk } from "../nix/thunk.ts";
import type { Attr, Unknown, Value } from "../nix/value.ts";
import type { Node } from "../syntax/ast.ts";
import { showOption } from "./describe.ts";
import { type Gathered, namesOpen, opennessOf } from "./gather.ts";
import type { Option, OptionSet, OptionType } from "./option-type.ts";
import type { RawDefinition } from "./properties.ts";
import type { NodeParts, TreeNode } from "./tree.ts";
import { inheritUndeclared } from "./undeclared.ts";

export type CreateNode = (parts: NodeParts) => TreeNode;

export class Level {
  /** The defined names, declared or not. */
  readonly children: ReadonlyMap<string, TreeNode>;
  /** Why there may be more names than are seen. */
  readonly open: Unknown | undefined;
  /** The set of the values, without `_module`. */
  readonly config: Thunk;
  private readonly gathered: Gathered;

  constructor(
    private readonly at: Pick<NodeParts, "path" | "surroundings">,
    readonly declared: OptionSet,
    gathered: Gathered,
    private readonly create: CreateNode,
    origins: readonly Node[],
  ) {
    this.gathered = withAliases(gathered, declared);
    this.open = namesOpen(gathered);
    const children = new Map<string, TreeNode>();
    for (const [name, incoming] of this.gathered.byName) children.set(name, this.node(name, incoming));
    this.children = children;
    this.config = new NixThunk(() => this.merge(origins));
  }

  /** The node of a name, whether or not it is defined. */
  nodeFor(name: string): TreeNode {
    return this.children.get(name) ?? this.node(name, []);
  }

  private node(name: string, incoming: readonly RawDefinition[]): TreeNode {
    const option = name === "_module" ? moduleOption : this.declared.options.get(name);
    return this.create({
      surroundings: this.at.surroundings,
      path: [...this.at.path, name],
      option,
      type: inheritUndeclared(option?.type ?? memberType(this.declared.freeform), this.declared),
      incoming,
      inherited: opennessOf(this.gathered, name),
    });
  }

  private *merge(origins: readonly Node[]): Eval<Value> {
    const { declared } = this;
    const config = new Map<string, Attr>();
    let open = declared.open === undefined ? undefined : unknown(declared.open);
    // A module that is not seen may declare more than it defines.
    open ??= this.open;
    for (const [name, option] of declared.options)
      if (option.removed === undefined) config.set(name, this.valueOf(name));
    for (const [name, child] of this.children) {
      if (config.has(name) || declared.options.has(name) || name === "_module") continue;
      // A `mkIf` around the value does not matter: Nix looks at the names alone.
      const isCertain = child.incoming.some(({ conditional }) => !conditional);
      // A module that is not seen may declare it.
      const mustBeDeclared = !declared.freeform && !declared.open && this.open === undefined;
      if (isCertain && mustBeDeclared && this.at.surroundings.strict) yield* this.refuse(name);
      const presence = isLazy(declared.freeform) ? "sure" : yield* presenceOf(child);
      if (presence === "absent") continue;
      if (presence === "possible") open ??= conditionalName(name);
      else config.set(name, this.valueOf(name));
    }
    return attrsOf(config, origins, open);
  }

  private valueOf(name: string): Attr {
    const keys = this.gathered.byName.get(name)?.flatMap((definition) => definition.keys);
    const child = this.children.get(name);
    // Most options of a large clan are never defined: their nodes are made when somebody asks.
    return attr(child?.config ?? new NixThunk(() => this.nodeFor(name).config), keys);
  }

  /** Fails, unless `_module.check` says that undeclared options do no harm. */
  private *refuse(name: string): Eval<void> {
    const { level: settings } = yield* this.nodeFor("_module").expanded();
    const check = settings?.children.get("check");
    const checked = check === undefined ? undefined : yield check.config;
    if (checked?.type === "bool" && !checked.value) return;
    const path = showOption([...this.at.path, name]);
    const files = (this.gathered.byName.get(name) ?? []).map(
      ({ file }) => `\n- In \`${file ?? "<unknown-file>"}'`,
    );
    fail("throw", `The option \`${path}' does not exist. Definition values:${files.join("")}`);
  }
}

/** Whether a name of an `attrsOf` is there: all its definitions may have fallen to `mkIf`. */
export function* presenceOf(child: TreeNode): Eval<"sure" | "possible" | "absent"> {
  const { definitions, open } = yield* child.discharged();
  if (definitions.some((definition) => !definition.conditional)) return "sure";
  return definitions.length > 0 || open !== undefined ? "possible" : "absent";
}

export function conditionalName(name: string): Unknown {
  return unknown(`it is not known whether ‘${name}’ is defined`);
}

/** Names of lazy sets are there without a look at their values, which may depend on the names. */
function isLazy(freeform: OptionType | undefined): boolean {
  return freeform?.kind === "attrsOf" && freeform.lazy === true;
}

/** The type of one undeclared attribute, given that of all of them together. */
function memberType(freeform: OptionType | undefined): OptionType | undefined {
  if (freeform === undefined) return undefined;
  return freeform.kind === "attrsOf" ? freeform.of : { kind: "anything" };
}

/** Definitions of a renamed option count for the option it became, too. */
function withAliases(gathered: Gathered, declared: OptionSet): Gathered {
  const byName = new Map(gathered.byName);
  for (const [name, option] of declared.options) {
    const [target, ...below] = option.aliasOf ?? [];
    const moved = gathered.byName.get(name);
    if (target === undefined || moved === undefined) continue;
    byName.set(target, [...(byName.get(target) ?? []), ...moved.map((one) => nest(one, below))]);
  }
  return { byName, open: gathered.open, openSets: gathered.openSets };
}

function nest(definition: RawDefinition, below: readonly string[]): RawDefinition {
  let { value } = definition;
  for (const name of below.toReversed()) value = Thunk.of(attrs({ [name]: value }), value.node);
  return { ...definition, value };
}

/** Options every submodule has: what `_module.args.x = …` sets. */
export const moduleOption: Option = {
  internal: true,
  required: false,
  type: {
    kind: "submodule",
    group: true,
    options: {
      options: new Map<string, Option>([
        ["args", { type: { kind: "attrsOf", of: { kind: "raw" }, lazy: true }, required: false }],
        ["check", { type: { kind: "bool" }, required: false }],
        ["freeformType", { type: { kind: "raw" }, required: false }],
      ]),
    },
  },
};
