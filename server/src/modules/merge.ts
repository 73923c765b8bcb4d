/**
 * The merged value of an option, as `config.<path>` gives it: what nixpkgs' types do in their `merge`.
 * Where definitions are unknown or may not apply, the value is Unknown, or an open set or list.
 *
 *   listOf int   with  [ 1 ] and mkBefore [ 0 ]    ->   [ 0 1 ]
 *   int          with  1 and 2                     ->   fails: conflicting definition values
 */
import { lazy } from "../nix/builtins/define.ts";
import { equalValues } from "../nix/equality.ts";
import { fail, NixError } from "../nix/errors.ts";
import { apply } from "../nix/interpreter.ts";
import { attr, attrs, attrsOf, bool, list, nullValue, string, unknown } from "../nix/make.ts";
import { concatLists, updateAttrs } from "../nix/merge.ts";
import { printSummary } from "../nix/print-brief.ts";
import type { Eval } from "../nix/step.ts";
import { NixThunk, Thunk } from "../nix/thunk.ts";
import type { Attr, Outcome, Unknown, Value } from "../nix/value.ts";
import { accepts, checkDefinition, isFunction, mismatchMessage } from "./check.ts";
import { conflictMessage, repeatedMessage } from "./conflicts.ts";
import { describeType, showOption } from "./describe.ts";
import { conditionalName, presenceOf } from "./level.ts";
import type { OptionType } from "./option-type.ts";
import { type EvaluatedDefinition, originsOf, type RawDefinition, rawDefinition } from "./properties.ts";
import { coercionOf, convert } from "./shape.ts";
import type { TreeNode } from "./tree.ts";
import { mergeUndeclared } from "./undeclared.ts";

/** The same option with other definitions. */
export type Redefine = (
  type: OptionType | undefined,
  incoming: readonly RawDefinition[],
  open: Unknown | undefined,
) => TreeNode;

const DEFAULT_VALUE_PRIORITY = 1500;

/** The value of `node`, through the option's `apply`. */
export function* mergeNode(node: TreeNode, redefine: Redefine): Eval<Value> {
  const { apply: through } = node.option ?? {};
  const merger = new Merger(node, redefine);
  if (through === undefined) return yield* merger.merge();
  return yield apply(through, new NixThunk(() => merger.merge()));
}

class Merger {
  constructor(
    private readonly node: TreeNode,
    private readonly redefine: Redefine,
  ) {}

  *merge(): Eval<Value> {
    const { node } = this;
    if (node.isRoot) return yield* this.submodule();
    if (node.type?.kind === "undeclared") return yield* mergeUndeclared(node);
    if (node.type?.kind === "submodule" && node.type.group) return yield* this.group(node.type);
    const { definitions, open } = yield* node.discharged();
    if (definitions.length === 0) return yield* this.undefinedValue(node.type, open);
    const winning = yield* node.winning();
    for (const definition of winning)
      if (definition.outcome.type === "failure") {
        if (definition.conditional) return this.undecided(winning);
        throw new NixError(definition.outcome);
      }
    if (node.option?.readOnly && definitions.length + (node.option.defaultValue ? 1 : 0) > 1)
      fail("throw", `The option \`${showOption(node.path)}' is read-only, but it's set multiple times.`);
    return yield* this.mergeAs(node.type ?? { kind: "anything" }, winning, open);
  }

  /** A plain level: a condition around a set belongs to the attributes, and may ask for others of this level. */
  private *group(type: OptionType): Eval<Value> {
    for (const { outcome } of (yield* this.node.expanded()).rest ?? []) {
      if (outcome.type === "failure") throw new NixError(outcome);
      const mismatch = checkDefinition(type, outcome);
      if (mismatch) fail("throw", mismatchMessage(this.node.path, mismatch));
    }
    return yield* this.submodule();
  }

  /** Nobody defines it: the default, or what its type has for nothing. */
  private *undefinedValue(type: OptionType | undefined, open: Unknown | undefined): Eval<Value> {
    const { option, path } = this.node;
    if (open !== undefined) {
      if (type?.kind === "attrsOf") return attrs({}, undefined, open);
      if (type?.kind === "listOf") return list([], undefined, open);
      if (type?.kind !== "submodule") return open;
    } else if (option?.defaultValue !== undefined) {
      const definition = rawDefinition(option.defaultValue, { priority: DEFAULT_VALUE_PRIORITY });
      return yield this.redefine(type, [definition], undefined).config;
    } else if (option?.default !== undefined) {
      return unknown(`the default of \`${showOption(path)}' is computed`);
    }
    return yield* this.emptyValue(type);
  }

  private *emptyValue(type: OptionType | undefined): Eval<Value> {
    switch (type?.kind) {
      case "listOf":
        if (!type.nonEmpty) return list([]);
        break;
      case "attrsOf":
      case "settings":
        return attrs({});
      case "submodule":
        return yield* this.submodule();
      case "nullOr":
        return nullValue();
      case "unique":
        return yield* this.emptyValue(type.of);
      case "coercedTo":
        return yield* this.emptyValue(type.to);
    }
    const path = showOption(this.node.path);
    return fail(
      "throw",
      `The option \`${path}' was accessed but has no value defined. Try setting the option.`,
    );
  }

  /** `definitions` all have the same priority, or may have; none fails. */
  private *mergeAs(
    type: OptionType,
    definitions: readonly EvaluatedDefinition[],
    open: Unknown | undefined,
  ): Eval<Value> {
    for (const definition of definitions) {
      const mismatch = checkDefinition(type, definition.outcome);
      if (mismatch === undefined) continue;
      if (definition.conditional) return this.undecided(definitions);
      fail("throw", mismatchMessage(this.node.path, mismatch));
    }
    yield* this.check(
      type,
      definitions.filter(({ conditional }) => !conditional),
    );
    switch (type.kind) {
      case "bool":
      case "int":
      case "float":
      case "enum":
      case "path":
        return yield* this.equal(definitions);
      case "str":
        if (type.separator !== undefined) return this.joined(type.separator, definitions, open);
        return type.singleLine
          ? withoutNewline(yield* this.equal(definitions))
          : yield* this.equal(definitions);
      case "nullOr":
        return yield* this.nullOr(type.of, definitions, open);
      case "unique":
        if (definitions.length > 1) return this.single(definitions);
        return yield* this.mergeAs(type.of, definitions, open);
      case "either": {
        const known = definitions.flatMap(({ outcome }) => (outcome.type === "failure" ? [] : [outcome]));
        const fitting = type.of.find((one) => known.every((value) => accepts(one, value)));
        return fitting === undefined
          ? this.single(definitions)
          : yield* this.mergeAs(fitting, definitions, open);
      }
      case "coercedTo":
        return yield* this.coerced(type, definitions, open);
      case "listOf":
        return yield* this.list(open);
      case "attrsOf":
        if (type.shallow) return this.updated(definitions);
        return yield* this.attrs(type.lazy === true, definitions);
      case "submodule":
        return yield* this.submodule();
      case "undeclared":
        return yield* mergeUndeclared(this.node);
      case "anything":
        if (type.unspecified) return yield* this.unspecified(definitions);
        return yield* this.anything(definitions, open);
      case "settings":
        return yield* this.anything(definitions, open);
      case "deferredModule":
        return this.module(definitions, open);
      case "package":
      case "raw":
        return this.single(definitions);
      case "functionTo":
        return this.functions(type.of, definitions);
      case "opaque":
        if (type.isHidden) return this.undecided(definitions);
        return type.merge === undefined
          ? this.opaque(definitions)
          : yield apply(type.merge, this.location(), Thunk.of(this.shownDefinitions(definitions, open)));
    }
  }

  /** Predicates added to the type. One that is not known to fail passes. */
  private *check(type: OptionType, definitions: readonly EvaluatedDefinition[]): Eval<void> {
    for (const check of type.checks ?? [])
      for (const { outcome, value } of definitions) {
        const fits = outcome.type === "unknown" ? undefined : yield apply(check, value);
        if (fits?.type !== "bool" || fits.value || outcome.type === "failure") continue;
        const mismatch = { expected: describeType(type), actual: printSummary(outcome) };
        fail("throw", mismatchMessage(this.node.path, mismatch));
      }
  }

  /** The arguments of a type's own `merge`. */
  private location(): Thunk {
    return Thunk.of(list(this.node.path.map((name) => Thunk.of(string(name)))));
  }

  private shownDefinitions(definitions: readonly EvaluatedDefinition[], open: Unknown | undefined): Value {
    const shown = definitions.map(({ file, value }) =>
      Thunk.of(attrs({ file: string(file ?? "<unknown-file>"), value })),
    );
    const uncertain = definitions.find(({ conditional }) => conditional);
    return list(shown, undefined, open ?? (uncertain && unknown("a definition may not apply")));
  }

  /** How definitions of a type that cannot be read are merged is not known. */
  private opaque(definitions: readonly EvaluatedDefinition[]): Value {
    return this.only(definitions) ?? this.undecided(definitions);
  }

  /** `//` of all, in order. */
  private updated(definitions: readonly EvaluatedDefinition[]): Value {
    let all: Value = attrs({});
    for (const { outcome, conditional } of definitions)
      all = updateAttrs(all, conditional ? this.undecided(definitions) : known(outcome));
    return all;
  }

  /** A function whose results are merged as `of` says. */
  private functions(of: OptionType, definitions: readonly EvaluatedDefinition[]): Value {
    const only = this.only(definitions);
    if (definitions.some(({ conditional }) => conditional)) return this.undecided(definitions);
    // The type of the result is checked where there is more than one definition only, to keep lambdas as they are.
    if (only !== undefined && of.kind !== "attrsOf" && of.kind !== "listOf") return only;
    return lazy("function", (argument) => {
      const results = definitions.map(({ value, file }) => rawDefinition(apply(value, argument), { file }));
      return this.redefine(of, results, undefined).config;
    });
  }

  /** `mergeDefaultOption`: lists and sets are put together, equal numbers are one. */
  private *unspecified(definitions: readonly EvaluatedDefinition[]): Eval<Value> {
    const only = this.only(definitions);
    if (only !== undefined) return only;
    if (definitions.some(({ conditional }) => conditional)) return this.undecided(definitions);
    const values = definitions.map(({ outcome }) => known(outcome));
    const all = (type: Value["type"]): boolean => values.every((value) => value.type === type);
    if (all("list")) return values.reduce((left, right) => concatLists(left, right));
    if (all("attrs")) return this.updated(definitions);
    if (all("bool")) return bool(values.some((value) => value.type === "bool" && value.value));
    if (all("string")) return this.joined("", definitions, undefined);
    if (values.every(isFunction)) return this.functions({ kind: "anything", unspecified: true }, definitions);
    return all("int") ? yield* this.equal(definitions) : this.opaque(definitions);
  }

  /** `mergeOneOption`: there may be one definition only. */
  private single(definitions: readonly EvaluatedDefinition[]): Value {
    const sure = definitions.filter(({ conditional }) => !conditional);
    if (sure.length > 1) fail("throw", repeatedMessage(this.node.path, sure));
    return this.only(definitions) ?? this.undecided(definitions);
  }

  /** `mergeEqualOption`: all definitions must be the same. */
  private *equal(definitions: readonly EvaluatedDefinition[]): Eval<Value> {
    const only = this.only(definitions);
    if (only !== undefined) return only;
    if (definitions.some(({ conditional }) => conditional)) return this.undecided(definitions);
    const [first, ...others] = definitions.map(({ outcome }) => known(outcome));
    if (first === undefined) return this.undecided(definitions);
    for (const other of others)
      if (!(yield* equalValues(first, other))) fail("throw", conflictMessage(this.node.path, definitions));
    return first;
  }

  /** The one definition there is, if it surely applies. */
  private only(definitions: readonly EvaluatedDefinition[]): Value | undefined {
    const [first, ...others] = definitions;
    return first === undefined || others.length > 0 || first.conditional ? undefined : known(first.outcome);
  }

  private undecided(definitions: readonly EvaluatedDefinition[]): Unknown {
    const cause = definitions.find(({ outcome }) => outcome.type === "unknown")?.outcome;
    const reason =
      cause?.type === "unknown" ? cause.reason : `it is not known which definition of ${this.name()} applies`;
    return unknown(
      reason,
      undefined,
      definitions.map((definition) => definition.value),
    );
  }

  private name(): string {
    return `\`${showOption(this.node.path)}'`;
  }

  private joined(
    separator: string,
    definitions: readonly EvaluatedDefinition[],
    open: Unknown | undefined,
  ): Value {
    if (open !== undefined) return unknown(open.reason);
    const parts = definitions.map(({ outcome, conditional }) =>
      outcome.type === "string" && !conditional ? outcome : undefined,
    );
    if (parts.includes(undefined)) return this.undecided(definitions);
    return string(
      parts.map((part) => part?.value).join(separator),
      new Set(parts.flatMap((part) => [...(part?.context ?? [])])),
      parts.flatMap((part) => part?.origins ?? []),
    );
  }

  private *nullOr(
    of: OptionType,
    definitions: readonly EvaluatedDefinition[],
    open: Unknown | undefined,
  ): Eval<Value> {
    const nulls = definitions.filter(({ outcome }) => outcome.type === "null");
    if (nulls.length === 0) {
      // What is not known may be null, and so may be the default.
      const mayBeNull =
        definitions.every(({ conditional }) => conditional) ||
        definitions.some(({ outcome }) => outcome.type === "unknown");
      return mayBeNull ? this.undecided(definitions) : yield* this.mergeAs(of, definitions, open);
    }
    if (definitions.some(({ conditional }) => conditional)) return this.undecided(definitions);
    if (nulls.length < definitions.length)
      fail("throw", `The option ${this.name()} is defined both null and not null.`);
    return known((nulls[0] as EvaluatedDefinition).outcome);
  }

  private *coerced(
    type: OptionType & { kind: "coercedTo" },
    definitions: readonly EvaluatedDefinition[],
    open: Unknown | undefined,
  ): Eval<Value> {
    const converted: EvaluatedDefinition[] = [];
    for (const definition of definitions) {
      const coercion = coercionOf(type, definition);
      if (coercion !== undefined && coercion.coerce === undefined)
        return unknown(`the function that converts ${this.name()} is not at hand`, undefined, [
          definition.value,
        ]);
      converted.push(yield* convert(type, definition));
    }
    for (const { outcome } of converted) if (outcome.type === "failure") throw new NixError(outcome);
    if (converted.every((definition, index) => definition === definitions[index]))
      return yield* this.mergeAs(type.to, definitions, open);
    return yield this.redefine(type.to, converted, open).config;
  }

  private *list(open: Unknown | undefined): Eval<Value> {
    const { children, open: more } = yield* this.node.expanded();
    const elements: Thunk[] = [];
    let reason = open ?? more;
    for (const [index, child] of children) {
      const presence = yield* presenceOf(child);
      if (presence === "sure") elements.push(child.config);
      // An element that is unknown is still an element.
      else if ((yield* child.discharged()).definitions.some(({ outcome }) => outcome.type === "unknown"))
        elements.push(child.config);
      else if (presence === "possible") reason ??= conditionalName(index);
    }
    const origins = (yield* this.node.winning()).flatMap(({ outcome }) => outcome.origins ?? []);
    return list(elements, origins, reason);
  }

  private *attrs(lazy: boolean, definitions: readonly EvaluatedDefinition[]): Eval<Value> {
    const { children, open } = yield* this.node.expanded();
    const merged = new Map<string, Attr>();
    let reason = open;
    for (const [name, child] of children) {
      const presence = lazy ? presenceInLazy(child) : yield* presenceOf(child);
      if (presence === "sure")
        merged.set(
          name,
          attr(
            child.config,
            child.incoming.flatMap(({ keys }) => keys),
          ),
        );
      else if (presence === "possible") reason ??= conditionalName(name);
    }
    return attrsOf(
      merged,
      definitions.flatMap(({ outcome }) => (outcome.type === "failure" ? [] : (outcome.origins ?? []))),
      reason,
    );
  }

  private *submodule(): Eval<Value> {
    const { level } = yield* this.node.expanded();
    if (level === undefined) throw new Error("a submodule without a level");
    return yield level.config;
  }

  /** Sets are merged attribute by attribute; anything else must be equal. */
  private *anything(definitions: readonly EvaluatedDefinition[], open: Unknown | undefined): Eval<Value> {
    const sets = definitions.filter(({ outcome }) => outcome.type === "attrs");
    if (
      sets.length > 0 &&
      definitions.every(({ outcome }) => outcome.type === "attrs" || outcome.type === "unknown")
    )
      return yield* this.attrs(false, definitions);
    if (open !== undefined && sets.length > 0) return unknown(open.reason);
    const all = definitions.flatMap(({ outcome }) => (outcome.type === "failure" ? [] : [outcome]));
    if (all.length > 1 && all.every(isFunction)) return this.functions({ kind: "anything" }, definitions);
    return yield* this.equal(definitions);
  }

  /** A module that imports all definitions, so that another evaluation can take them up. */
  private module(definitions: readonly EvaluatedDefinition[], open: Unknown | undefined): Value {
    const imports = definitions.map(({ outcome, value, file, conditional }) => {
      const content = { imports: list([value]), ...(file === undefined ? {} : { _file: string(file) }) };
      const origins = originsOf(outcome, value, []);
      // An Unknown is a module like others: whoever loads it sees that it is not known.
      if (!conditional || outcome.type === "unknown") return Thunk.of(attrs(content, origins), value.node);
      // Known only as one thing it may be.
      return Thunk.of(unknown("a definition may not apply", value.node, [Thunk.of(attrs(content, origins))]));
    });
    if (open !== undefined) imports.push(Thunk.of(unknown(open.reason)));
    return attrs({ imports: list(imports) });
  }
}

/** A `mkIf` around the value leaves the name in a lazy set; one around the set takes both. */
function presenceInLazy({ incoming }: TreeNode): "sure" | "possible" {
  return incoming.some(({ conditional }) => !conditional) ? "sure" : "possible";
}

function withoutNewline(value: Value): Value {
  return value.type === "string" ? { ...value, value: value.value.replace(/\n$/, "") } : value;
}

function known(outcome: Outcome): Value {
  if (outcome.type === "failure") throw new NixError(outcome);
  return outcome;
}
