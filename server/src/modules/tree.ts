/**
 * The nodes of an evaluated option tree (option-node.ts says what they promise). Everything is computed
 * when first asked for: a node's definitions, its children, its merged value.
 *
 *   { a.b = mkIf true 1; }  with a.b an int  ->  node a { child b { definitions [1], config 1 } }
 */

import { unknown } from "../nix/make.ts";
import { settle } from "../nix/settle.ts";
import type { Eval } from "../nix/step.ts";
import { NixThunk, Thunk } from "../nix/thunk.ts";
import type { Failure, Outcome, Unknown, Value } from "../nix/value.ts";
import { toData } from "./data.ts";
import { type Expansion, expand, isLeaf, leafExpansion, openList } from "./expand.ts";
import { type Fingerprint, fingerprintOf } from "./fingerprint.ts";
import { failuresInside } from "./inside-failures.ts";
import { Lazy } from "./lazy.ts";
import { mergeNode, type Redefine } from "./merge.ts";
import type { Definition, OptionNode } from "./option-node.ts";
import type { Option, OptionSet, OptionType } from "./option-type.ts";
import {
  attempt,
  type Discharged,
  discharge,
  dischargeAtOnce,
  type EvaluatedDefinition,
  inOrder,
  originsOf,
  type RawDefinition,
  strongest,
} from "./properties.ts";
import { isSameDeclaration, isSameDefinitions, SharedNodes } from "./shared-nodes.ts";
import type { ModuleProblem, Surroundings } from "./surroundings.ts";

export interface NodeParts {
  readonly surroundings: Surroundings;
  readonly path: readonly string[];
  readonly option: Option | undefined;
  readonly type: OptionType | undefined;
  readonly incoming: readonly RawDefinition[];
  /** Why there may be definitions that `incoming` lacks. */
  readonly inherited: Unknown | undefined;
  /** `incoming` are the modules of the whole tree: properties around one are its own, to be kept until it is loaded. */
  readonly isRoot?: boolean;
  /** The values it lies in, as far as these have no declared structure. */
  readonly enclosing?: Enclosing | undefined;
}

/** From the inside out. */
export interface Enclosing {
  readonly values: readonly Outcome[];
  readonly up: Enclosing | undefined;
}

export class TreeNode implements OptionNode {
  readonly path: readonly string[];
  readonly option: Option | undefined;
  readonly type: OptionType | undefined;
  readonly surroundings: Surroundings;
  readonly incoming: readonly RawDefinition[];
  readonly inherited: Unknown | undefined;
  readonly isRoot: boolean;
  readonly enclosing: Enclosing | undefined;
  // A clan has tens of thousands of nodes, of which most are asked for little: nothing is made before it is needed.
  private merged: Thunk | undefined;
  private dischargedDefinitions: Lazy<Discharged> | undefined;
  private expansion: Lazy<Expansion> | undefined;
  private kept: TreeNode | undefined;
  /** Of lasting nodes: what stood in its place, as long as somebody has it; its children may stand here as well. */
  private before: WeakRef<TreeNode> | undefined;
  private outline: TreeNode | undefined;
  private shown: readonly Definition[] | undefined;
  private shownChildren: ReadonlyMap<string, OptionNode> | undefined;
  private shownEffective: readonly Definition[] | undefined;
  private shownOpen: { readonly reason: Unknown | undefined } | undefined;

  constructor(
    parts: NodeParts,
    readonly parent?: OptionNode,
    before?: TreeNode,
  ) {
    this.path = parts.path;
    this.option = parts.option;
    this.type = parts.type;
    this.surroundings = parts.surroundings;
    this.incoming = parts.incoming;
    this.inherited = parts.inherited;
    this.isRoot = parts.isRoot === true;
    this.enclosing = parts.enclosing;
    this.before = before?.asBefore();
  }

  /** One whose children were never asked for has none to hand on, but for those of the one before it. */
  private asBefore(): WeakRef<TreeNode> | undefined {
    if (isLeaf(this.type)) return undefined;
    return this.expansion?.known() === undefined ? this.before : new WeakRef(this);
  }

  // Inside the evaluator.

  /** The merged value, as `config.<path>` gives it. */
  get config(): Thunk {
    this.merged ??= this.isDeclared ? new NixThunk(() => this.merge()) : new Thunk(() => this.merge());
    return this.merged;
  }

  /** Of others it is not known what Nix asks for. */
  private get isDeclared(): boolean {
    return this.type !== undefined && this.type.kind !== "undeclared";
  }

  private *merge(): Eval<Value> {
    const kept = yield* this.findKept();
    if (kept !== undefined) return yield kept.config;
    return yield* mergeNode(this, (...changed) => this.redefined(...changed));
  }

  /** All definitions, and why there may be others. */
  discharged(): Eval<Discharged> {
    return this.lazyDefinitions().get();
  }

  private lazyDefinitions(): Lazy<Discharged> {
    this.dischargedDefinitions ??=
      this.dischargedAtOnce() ?? new Lazy(() => this.dischargeAll(), this.isDeclared);
    return this.dischargedDefinitions;
  }

  private dischargedAtOnce(): Lazy<Discharged> | undefined {
    const definitions: EvaluatedDefinition[] = [];
    for (const raw of this.incoming) {
      const definition = dischargeAtOnce(raw);
      if (definition === undefined) return undefined;
      definitions.push(definition);
    }
    return Lazy.of({ definitions, open: this.inherited });
  }

  /** The definitions that win by priority, in the order they are merged in. */
  *winning(): Eval<readonly EvaluatedDefinition[]> {
    return inOrder(strongest((yield* this.discharged()).definitions));
  }

  expanded(): Eval<Expansion> {
    return this.lazyExpansion().get();
  }

  private lazyExpansion(): Lazy<Expansion> {
    const definitions = isLeaf(this.type) ? this.lazyDefinitions().known() : undefined;
    this.expansion ??= definitions
      ? Lazy.of(leafExpansion(definitions.value.open))
      : new Lazy(() => this.expand(), this.isDeclared);
    return this.expansion;
  }

  private *expand(): Eval<Expansion> {
    const kept = yield* this.findKept();
    if (kept !== undefined) return yield* kept.expanded();
    const { shared } = this.surroundings;
    if (this.lasts) return yield* this.expandLasting();
    const create = (child: NodeParts) => shared?.findAtOnce(child, this) ?? new TreeNode(child, this);
    return yield* expand(this, create, shared?.membersOf(this));
  }

  /** With the children of the node before, but for those that something else defines now. */
  private *expandLasting(): Eval<Expansion> {
    const last = this.before?.deref();
    const before = last?.lazyExpansion().known()?.value.children;
    // Children outlive it: they know its place, and not what else there was.
    const { surroundings, path, option, type } = this;
    const place: NodeParts = { surroundings, path, option, type, incoming: [], inherited: undefined };
    const outline = last?.outline ?? new TreeNode(place, this.parent);
    this.outline = outline;
    const create = (child: NodeParts) => {
      const old = before?.get(child.path.at(-1) ?? "");
      if (old === undefined || !isSameDeclaration(old, child)) return new TreeNode(child, outline);
      return isSameNode(old, child) ? old : new TreeNode(child, outline, old);
    };
    const expansion = yield* expand(this, create, (name, type, incoming, inherited) => {
      const old = before?.get(name);
      if (old === undefined || !isSameDeclaration(old, { type, option: undefined })) return undefined;
      return isSameNode(old, { incoming, inherited }) ? old : undefined;
    });
    this.before = undefined;
    return expansion;
  }

  /** The node that came out of the same definitions before, if there is one. */
  private *findKept(): Eval<TreeNode | undefined> {
    const { shared } = this.surroundings;
    if (shared === undefined || !SharedNodes.mayKeep(this)) return undefined;
    yield* this.discharged();
    this.kept ??= shared.find(this, this.parent);
    return this.kept;
  }

  private *dischargeAll(): Eval<Discharged> {
    const definitions: EvaluatedDefinition[] = [];
    let open = this.inherited;
    for (const raw of this.incoming) {
      const found = yield* discharge(raw);
      definitions.push(...found.definitions);
      open ??= found.open;
    }
    return { definitions, open };
  }

  /** The same place with other definitions, for defaults and converted values. */
  private redefined(...[type, incoming, inherited]: Parameters<Redefine>): TreeNode {
    const { surroundings, path } = this;
    return new TreeNode({ surroundings, path, type, option: undefined, incoming, inherited }, this.parent);
  }

  private *describe(): Eval<Fingerprint> {
    return yield* fingerprintOf((yield* this.discharged()).definitions);
  }

  // From outside.

  get lasts(): boolean {
    return this.surroundings.last;
  }

  get wasRead(): boolean {
    return this.config.state !== "pending";
  }

  get definitions(): readonly Definition[] {
    this.shown ??= this.dischargedNow()?.definitions.map(toDefinition);
    return this.shown ?? [];
  }

  get declared(): OptionSet | undefined {
    return this.expansionNow()?.level?.declared;
  }

  get open(): Unknown | undefined {
    if (this.shownOpen === undefined) {
      const asked = this.try(this.openness());
      this.shownOpen = { reason: asked.ok ? asked.value : asked.reason };
    }
    return this.shownOpen.reason;
  }

  get problems(): readonly ModuleProblem[] {
    return this.expansionNow()?.problems ?? [];
  }

  children(): ReadonlyMap<string, OptionNode> {
    if (this.shownChildren !== undefined) return this.shownChildren;
    const expansion = this.expansionNow();
    if (expansion === undefined) return NO_CHILDREN;
    if (this.kept !== undefined) return this.kept.children();
    const shown = new Map<string, OptionNode>();
    for (const [name, child] of expansion.children) if (this.shows(child)) shown.set(name, child.standing());
    this.shownChildren = shown.size === 0 ? NO_CHILDREN : shown;
    return this.shownChildren;
  }

  child(name: string): OptionNode | undefined {
    const child = this.expansionNow()?.children.get(name);
    return child !== undefined && this.shows(child) ? child.standing() : undefined;
  }

  /** The node to be seen in its place: the same for all evaluations that cannot differ here. */
  private standing(): TreeNode {
    const { shared } = this.surroundings;
    if (shared === undefined || this.kept !== undefined || !SharedNodes.mayKeep(this))
      return this.kept ?? this;
    if (this.dischargedNow() !== undefined) this.kept = shared.find(this, this.parent);
    return this.kept ?? this;
  }

  at(...path: string[]): OptionNode | undefined {
    let node: OptionNode | undefined = this;
    for (const name of path) node = node?.child(name);
    return node;
  }

  effective(): readonly Definition[] {
    this.shownEffective ??= this.ask(this.winning())?.map(toDefinition);
    return this.shownEffective ?? [];
  }

  failuresInside(): readonly Failure[] {
    return this.effective().flatMap(({ value, origins: [around], conditional }) =>
      conditional || around === undefined ? [] : (this.ask(failuresInside(value, around)) ?? []),
    );
  }

  value(): Outcome {
    const { value } = this.config;
    if (value !== undefined) return value;
    const asked = this.try(attempt(this.config));
    return asked.ok ? asked.value : asked.reason;
  }

  string(): string | undefined {
    const value = this.value();
    return value.type === "string" ? value.value : undefined;
  }

  data(): unknown {
    return this.ask(toData(this.config));
  }

  fingerprint(): Fingerprint | undefined {
    return this.ask(this.describe());
  }

  /** The names of a lazy set are there even where all that defines them falls to a `mkIf`. */
  private shows(child: TreeNode): boolean {
    return (this.type?.kind === "attrsOf" && this.type.lazy === true) || child.isDefined();
  }

  /** Some definition applies, or may. */
  private isDefined(): boolean {
    const discharged = this.dischargedNow();
    return discharged === undefined || discharged.definitions.length > 0;
  }

  private *openness(): Eval<Unknown | undefined> {
    const open = this.isRoot ? this.inherited : (yield* this.discharged()).open;
    // Of a large list no elements need be made for that.
    if (open === undefined && this.type?.kind === "listOf") return openList(yield* this.winning());
    return open ?? (yield* this.expanded()).open;
  }

  private dischargedNow(): Discharged | undefined {
    const known = this.lazyDefinitions().known();
    return known === undefined ? this.ask(this.discharged()) : known.value;
  }

  private expansionNow(): Expansion | undefined {
    const known = this.lazyExpansion().known();
    return known === undefined ? this.ask(this.expanded()) : known.value;
  }

  private ask<T>(computation: Eval<T>): T | undefined {
    const asked = this.try(computation);
    return asked.ok ? asked.value : undefined;
  }

  private try<T>(
    computation: Eval<T>,
  ): { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: Unknown } {
    let failed: Unknown | undefined;
    const value = settle(this.surroundings.runner, computation, (why) => {
      failed = why.type === "failure" ? unknown(why.message) : why;
    });
    return failed === undefined ? { ok: true, value: value as T } : { ok: false, reason: failed };
  }
}

function isSameNode(a: NodeParts, b: Pick<NodeParts, "incoming" | "inherited" | "enclosing">): boolean {
  const isWithin = a.enclosing !== undefined || b.enclosing !== undefined;
  return !isWithin && a.inherited === b.inherited && isSameDefinitions(a, b);
}

const NO_CHILDREN: ReadonlyMap<string, OptionNode> = new Map();

function toDefinition(definition: EvaluatedDefinition): Definition {
  const { outcome, value, keys, file, priority, conditional, isLookedAt = !conditional } = definition;
  const origins = originsOf(outcome, value, keys);
  return { value: outcome, origins, keys, file, priority, conditional, isLookedAt };
}
