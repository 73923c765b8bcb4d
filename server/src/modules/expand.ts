/**
 * The children of an option node: attribute by attribute, element by element, or option by option, as its
 * type and its definitions have it.
 *
 *   attrsOf int  with  { a = 1; } and { b = 2; }   ->   a, b
 *   listOf str   with  [ "x" ] and [ "y" ]         ->   "0", "1"
 */

import { fail } from "../nix/errors.ts";
import { unknown } from "../nix/make.ts";
import type { Eval } from "../nix/step.ts";
import type { Outcome, Unknown } from "../nix/value.ts";
import { checkDefinition } from "./check.ts";
import { type Gathered, gatherLevel, gatherValues, namesOpen, opennessOf } from "./gather.ts";
import { type CreateNode, Level } from "./level.ts";
import type { OptionType } from "./option-type.ts";
import { type EvaluatedDefinition, type RawDefinition, rawDefinition } from "./properties.ts";
import { Scope } from "./scope.ts";
import { shapesOf } from "./shape.ts";
import type { ModuleProblem } from "./surroundings.ts";
import type { Enclosing, TreeNode } from "./tree.ts";
import { withUndeclared } from "./undeclared.ts";

export interface Expansion {
  /** By name; of a list by index. Some may turn out to have no definition that applies. */
  readonly children: ReadonlyMap<string, TreeNode>;
  /** Why there may be more of them. */
  readonly open: Unknown | undefined;
  readonly problems: readonly ModuleProblem[];
  /** Of a submodule, and of a plain level of the tree. */
  readonly level: Level | undefined;
  /** Of a submodule. */
  readonly scope: Scope | undefined;
  /** Of a plain level of the tree: definitions that are no sets. */
  readonly rest?: readonly EvaluatedDefinition[];
}

/** Each element, and each member of a set, is an option of its own. Of a longer list so many are looked at, of a larger set none. */
const MAX_ELEMENTS = 20_000;
/** Machines, instances: each is evaluated as modules are. */
const MAX_SUBMODULES = 6_000;

/** Each level evaluates modules, and has a path as long as it is deep: a type that holds itself has no end. */
const MAX_NESTING = 500;

const ANYTHING: OptionType = { kind: "anything" };

/** Types whose values are never looked into. */
const LEAVES: ReadonlySet<OptionType["kind"]> = new Set([
  "bool",
  "int",
  "float",
  "str",
  "enum",
  "path",
  "package",
  "deferredModule",
  "functionTo",
  "raw",
  "opaque",
]);

const CHILDLESS: Expansion = {
  children: new Map(),
  open: undefined,
  problems: [],
  level: undefined,
  scope: undefined,
};

/** What its definitions hold is never looked into. */
export function isLeaf(type: OptionType | undefined): boolean {
  return type !== undefined && LEAVES.has(type.kind);
}

/** `open`: why there may be other definitions. */
export function leafExpansion(open: Unknown | undefined): Expansion {
  return open === undefined ? CHILDLESS : { ...CHILDLESS, open };
}

/** The member that is kept from before, if it is the same: of a thousand, all but one mostly are. */
export type ReuseMember = (
  name: string,
  type: OptionType | undefined,
  incoming: readonly RawDefinition[],
  inherited: Unknown | undefined,
) => TreeNode | undefined;

export function* expand(node: TreeNode, create: CreateNode, reuse?: ReuseMember): Eval<Expansion> {
  const { type } = node;
  if (type?.kind === "submodule" && type.group) {
    const gathered = yield* gatherLevel(node.incoming, node.inherited);
    const origins = node.incoming.flatMap(({ value }) => (value.node === undefined ? [] : [value.node]));
    const level = new Level(node, type.options, gathered, create, origins);
    const { rest } = gathered;
    return { children: level.children, open: level.open, problems: [], level, scope: undefined, rest };
  }
  if (type?.kind === "undeclared") {
    const gathered = yield* gatherLevel(node.incoming, node.inherited);
    // What is no set, or may be none, makes it an option rather than a level of options.
    if (gathered.rest.length > 0 || (gathered.byName.size === 0 && gathered.open !== undefined))
      return CHILDLESS;
    const reason = tooLarge(gathered, undefined);
    if (reason !== undefined) return { ...CHILDLESS, open: reason };
    const origins = node.incoming.flatMap(({ value }) => (value.node === undefined ? [] : [value.node]));
    const level = new Level(node, withUndeclared({ options: new Map() }), gathered, create, origins);
    return { children: level.children, open: level.open, problems: [], level, scope: undefined };
  }
  if (type?.kind === "submodule" && node.isRoot)
    return yield* openScope(new Scope(node, type, node.incoming, node.inherited, create), node);
  const { open } = yield* node.discharged();
  if (isLeaf(type)) return leafExpansion(open);
  const winning = yield* node.winning();
  if (type?.kind === "submodule" && winning.every(isNoModule)) {
    return yield* openScope(new Scope(node, type, [], open, create), node);
  }
  const merged = new Merged(open);
  for (const shape of yield* shapesOf(type ?? ANYTHING, winning)) {
    switch (shape.type.kind) {
      case "submodule": {
        const { type: of } = shape;
        // Of what is none at all, nothing is loaded.
        const modules = shape.definitions.filter(({ outcome }) => checkDefinition(of, outcome) === undefined);
        const opened = yield* openScope(new Scope(node, of, modules, open, create), node);
        merged.scope = opened.scope;
        merged.level = opened.level;
        merged.problems.push(...opened.problems);
        merged.add(opened.children, opened.open);
        break;
      }
      case "attrsOf": {
        const gathered = gatherValues(shape.definitions, open);
        const { of, separate } = shape.type;
        addMembers(merged, node, of, gathered, create, { separate, reuse });
        break;
      }
      case "listOf": {
        const children = elements(node, shape.type.of, shape.definitions, open, create);
        merged.add(shape.misfitsOnly ? yield* misfits(children) : children, openList(shape.definitions));
        break;
      }
      case "anything":
      case "settings": {
        // Below an undeclared name nothing is declared either.
        const inner = type === undefined ? undefined : ANYTHING;
        const { enclosing } = node;
        const definitions = shape.definitions.filter(({ outcome }) => !isWithin(outcome, enclosing));
        const createInside: CreateNode = (parts) =>
          create({
            ...parts,
            enclosing: { values: definitions.map(({ outcome }) => outcome), up: enclosing },
          });
        const gathered = gatherValues(definitions, open);
        addMembers(merged, node, inner, gathered, createInside);
        merged.add(elements(node, inner, definitions, open, createInside), openList(definitions));
      }
    }
  }
  return merged;
}

function* openScope(scope: Scope, { path }: TreeNode): Eval<Expansion> {
  if (path.length > MAX_NESTING)
    fail("budget", `options are nested deeper than the ${MAX_NESTING} levels that are evaluated`);
  const level = yield* scope.level();
  const { problems } = yield* scope.collected.get();
  return { children: level.children, open: level.open, problems, level, scope };
}

/** What several shapes of one option add up to. */
class Merged implements Expansion {
  readonly children = new Map<string, TreeNode>();
  readonly problems: ModuleProblem[] = [];
  level: Level | undefined;
  scope: Scope | undefined;

  constructor(public open: Unknown | undefined) {}

  add(children: ReadonlyMap<string, TreeNode>, open: Unknown | undefined): void {
    this.open ??= open;
    for (const [name, child] of children) if (!this.children.has(name)) this.children.set(name, child);
  }
}

/** A value that contains itself, as a flake does, is entered once. */
function isWithin(value: Outcome, enclosing: Enclosing | undefined): boolean {
  for (let at = enclosing; at !== undefined; at = at.up) if (at.values.includes(value)) return true;
  return false;
}

function isNoModule({ outcome }: EvaluatedDefinition): boolean {
  return outcome.type === "failure" || outcome.type === "unknown";
}

/** Why a set of so many members of the type is not looked into. */
function tooLarge({ byName: { size } }: Gathered, type: OptionType | undefined): Unknown | undefined {
  const most = type?.kind === "submodule" ? MAX_SUBMODULES : MAX_ELEMENTS;
  return size > most
    ? unknown(`a set of ${size} names is larger than the ${most} that are looked at`)
    : undefined;
}

/** The members of a set, an option each. */
function addMembers(
  merged: Merged,
  node: TreeNode,
  type: OptionType | undefined,
  gathered: Gathered,
  create: CreateNode,
  { separate = false, reuse }: { separate?: boolean | undefined; reuse?: ReuseMember | undefined } = {},
): void {
  const reason = tooLarge(gathered, type);
  if (reason !== undefined) {
    merged.add(new Map(), reason);
    return;
  }
  const children = new Map<string, TreeNode>();
  for (const [name, incoming] of gathered.byName) {
    const inherited = separate ? undefined : opennessOf(gathered, name);
    const kept = reuse?.(name, type, incoming, inherited);
    children.set(name, kept ?? create({ ...placeOf(node, name), type, incoming, inherited }));
  }
  merged.add(children, namesOpen(gathered));
}

function elements(
  node: TreeNode,
  type: OptionType | undefined,
  definitions: readonly EvaluatedDefinition[],
  inherited: Unknown | undefined,
  create: CreateNode,
): Map<string, TreeNode> {
  const children = new Map<string, TreeNode>();
  for (const { outcome, file, conditional } of definitions) {
    if (outcome.type !== "list") continue;
    for (const value of outcome.elements) {
      if (children.size === MAX_ELEMENTS) return children;
      const name = String(children.size);
      const incoming = [rawDefinition(value, { file, conditional })];
      children.set(name, create({ ...placeOf(node, name), type, incoming, inherited }));
    }
  }
  return children;
}

function placeOf(node: TreeNode, name: string) {
  return { surroundings: node.surroundings, path: [...node.path, name], option: undefined };
}

/** Why a list may have more elements. */
export function openList(definitions: readonly EvaluatedDefinition[]): Unknown | undefined {
  let length = 0;
  for (const { outcome } of definitions) {
    if (outcome.type !== "list") continue;
    if (outcome.open !== undefined) return outcome.open;
    length += outcome.elements.length;
  }
  return length > MAX_ELEMENTS
    ? unknown(`a list of ${length} elements is longer than the ${MAX_ELEMENTS} that are looked at`)
    : undefined;
}

function* misfits(children: ReadonlyMap<string, TreeNode>): Eval<ReadonlyMap<string, TreeNode>> {
  const found = new Map<string, TreeNode>();
  for (const [name, child] of children) {
    const { definitions } = yield* child.discharged();
    const { type } = child;
    if (type && definitions.some(({ outcome }) => checkDefinition(type, outcome) !== undefined))
      found.set(name, child);
  }
  return found;
}
