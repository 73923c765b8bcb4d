/**
 * `lib.types`, native: option types as Nix values whose `functor` carries the type as data.
 *
 *   lib.types.listOf lib.types.str   ->   { _type = "option-type"; name = "listOf"; check = …; … }
 */
import { eager, lazy } from "../nix/builtins/define.ts";
import { expectAttrs, expectClosedList, expectInt, expectString } from "../nix/expect.ts";
import { apply } from "../nix/interpreter.ts";
import { attrsOf as attrSet, attrs, bool, list, nullValue, string } from "../nix/make.ts";
import type { Eval } from "../nix/step.ts";
import { Thunk } from "../nix/thunk.ts";
import type { AttrsValue, ListValue, Value } from "../nix/value.ts";
import { accepts } from "./check.ts";
import { describeType } from "./describe.ts";
import { attrsOf, coercedTo, either, listOf, opaque, withCheck, withProperty, wrap } from "./lazy-type.ts";
import type { OptionType } from "./option-type.ts";
import { attempt } from "./properties.ts";
import { scalars, type TypeFunctor, type TypeReader } from "./read-type.ts";

/** The value of an option that has these definitions, `{ file, value }` each. */
export type MergeDefinitions = (
  type: OptionType,
  path: readonly string[],
  definitions: ListValue,
) => Eval<Value>;

/** Bits of the fixed-size integers `ints.u8` … `ints.s32`. */
const SIZES = [8, 16, 32];

export function createTypes(reader: TypeReader, merge: MergeDefinitions): AttrsValue {
  const maker = new TypeMaker(reader, merge);
  const simple = new Map<string, Value>();
  for (const [name, type] of Object.entries(maker.plain())) simple.set(name, maker.make(name, type));
  for (const [name, value] of Object.entries(maker.functions())) simple.set(name, value);
  return attrs(simple);
}

class TypeMaker {
  constructor(
    private readonly reader: TypeReader,
    private readonly merge: MergeDefinitions,
  ) {}

  /** Types that take no argument. */
  plain(): Record<string, OptionType> {
    const string: OptionType = { kind: "str" };
    const number = either(() => [() => ({ kind: "int" }), () => ({ kind: "float" })]);
    return {
      raw: { kind: "raw" },
      anything: { kind: "anything" },
      unspecified: { kind: "anything", unspecified: true },
      bool: { kind: "bool" },
      boolByOr: { kind: "bool" },
      int: { kind: "int" },
      port: { kind: "int", min: 0, max: 65535 },
      float: { kind: "float" },
      number,
      str: string,
      string,
      nonEmptyStr: { kind: "str", nonEmpty: true },
      singleLineStr: { kind: "str", pattern: "[^\n\r]*\n?", singleLine: true },
      lines: { kind: "str", separator: "\n" },
      commas: { kind: "str", separator: "," },
      envVar: { kind: "str", separator: ":" },
      attrs: { kind: "attrsOf", of: { kind: "raw" }, shallow: true },
      package: { kind: "package" },
      shellPackage: { kind: "package" },
      pkgs: opaque("Nixpkgs package set"),
      path: { kind: "path" },
      pathInStore: { kind: "path" },
      externalPath: { kind: "path" },
      fileset: opaque("fileset"),
      optionType: opaque("optionType"),
      optionDeclaration: opaque("option declaration"),
      deferredModule: { kind: "deferredModule" },
      json: opaque("JSON value"),
      toml: opaque("TOML value"),
      luaInline: opaque("inline lua"),
    };
  }

  functions(): Record<string, Value> {
    const { reader } = this;
    const of = (name: string, build: (inner: () => OptionType) => OptionType): Value =>
      lazy(name, (inner) => this.make(name, build(reader.later(inner)), { elemType: inner }));
    return {
      ints: this.integers(),
      numbers: this.numbers(),
      listOf: of("listOf", (inner) => listOf(inner)),
      nonEmptyListOf: of("listOf", (inner) => listOf(inner, true)),
      attrsOf: of("attrsOf", (inner) => attrsOf(inner)),
      lazyAttrsOf: of("lazyAttrsOf", (inner) => attrsOf(inner, true)),
      attrsWith: eager("attrsWith", (given) => {
        const member = expectAttrs(given).attrs;
        const inner = member.get("elemType")?.value;
        return member.get("lazy")?.value === undefined
          ? this.make("attrsOf", attrsOf(reader.later(inner)), inner && { elemType: inner })
          : this.attrsWith(inner, member.get("lazy")?.value as Thunk);
      }),
      attrListOf: of("attrListOf", () => opaque("attribute list")),
      nullOr: of("nullOr", (inner) => wrap("nullOr", inner)),
      functionTo: of("functionTo", (inner) => wrap("functionTo", inner)),
      uniq: of("uniq", (inner) => wrap("unique", inner)),
      unique: lazy("unique", (_options, inner) =>
        this.make("unique", wrap("unique", reader.later(inner)), { elemType: inner }),
      ),
      either: lazy("either", (left, right) => {
        const parts = [reader.later(left), reader.later(right)];
        return this.make(
          "either",
          either(() => parts),
          { left, right },
        );
      }),
      oneOf: eager("oneOf", (types) => {
        const parts = expectClosedList(types).elements.map((type) => reader.later(type));
        return this.make(
          "either",
          either(() => parts),
        );
      }),
      coercedTo: lazy("coercedTo", (from, coerce, to) =>
        this.make("coercedTo", coercedTo(reader.later(from), reader.later(to), coerce), {
          coercedType: from,
          finalType: to,
        }),
      ),
      enum: eager("enum", (values) => this.enumeration(expectClosedList(values))),
      strMatching: eager("strMatching", (pattern) =>
        this.make("strMatching", { kind: "str", pattern: expectString(pattern).value }),
      ),
      separatedString: eager("separatedString", (separator) =>
        this.make("separatedString", { kind: "str", separator: expectString(separator).value }),
      ),
      passwdEntry: of("passwdEntry", (inner) => inner()),
      pathWith: lazy("pathWith", (_options) => this.make("path", { kind: "path" })),
      attrTag: lazy("attrTag", (_tags) => this.make("attrTag", opaque("attribute-tagged union"))),
      submodule: lazy("submodule", (modules) => this.submodule(modules)),
      submoduleWith: eager("submoduleWith", (given) => this.submoduleWith(expectAttrs(given))),
      deferredModuleWith: lazy("deferredModuleWith", (_options) =>
        this.make("deferredModule", { kind: "deferredModule" }),
      ),
      addCheck: lazy("addCheck", (type, check) => this.addCheck(type, check)),
      mkOptionType: eager("mkOptionType", (given) => this.custom(expectAttrs(given))),
      isOptionType: lazy("isOptionType", (value) => isOptionType(value)),
    };
  }

  /** The Nix value of a type; `parts` are the types it is made of. */
  make(name: string, type: OptionType, parts: Readonly<Record<string, Thunk>> = {}): AttrsValue {
    const functor: TypeFunctor = Object.assign(attrs({ name: string(name) }), { optionType: type });
    return attrs({
      _type: string("option-type"),
      name: string(name),
      description: new Thunk(() => string(describeType(type))),
      descriptionClass: nullValue(),
      deprecationMessage: nullValue(),
      check: eager("check", (value) => bool(accepts(type, value))),
      merge: lazy("merge", (path, definitions) => this.mergeAs(type, path, definitions)),
      emptyValue: attrs(emptyValue(type)),
      getSubOptions: lazy("getSubOptions", (_prefix) => attrs({})),
      getSubModules: type.kind === "submodule" ? list(type.modules ?? []) : nullValue(),
      substSubModules: lazy("substSubModules", (_modules) => nullValue()),
      typeMerge: lazy("typeMerge", (_other) => nullValue()),
      nestedTypes: attrs(parts),
      functor,
    });
  }

  private *mergeAs(type: OptionType, path: Thunk, definitions: Thunk): Eval<Value> {
    const names: string[] = [];
    for (const name of expectClosedList(yield path).elements) names.push(expectString(yield name).value);
    return yield* this.merge(type, names, expectClosedList(yield definitions));
  }

  private *attrsWith(inner: Thunk | undefined, lazily: Thunk): Eval<Value> {
    const isLazy = yield lazily;
    const type = attrsOf(this.reader.later(inner), isLazy.type === "bool" && isLazy.value);
    return this.make("attrsOf", type, inner && { elemType: inner });
  }

  private integers(): AttrsValue {
    const members: Record<string, Value> = {
      unsigned: this.make("unsignedInt", { kind: "int", min: 0 }),
      positive: this.make("positiveInt", { kind: "int", min: 1 }),
      between: eager("between", (min, max) => {
        const range = { min: Number(expectInt(min).value), max: Number(expectInt(max).value) };
        return this.make("intBetween", { kind: "int", ...range });
      }),
    };
    for (const bits of SIZES) {
      const half = 2 ** (bits - 1);
      members[`u${bits}`] = this.make(`unsignedInt${bits}`, { kind: "int", min: 0, max: 2 * half - 1 });
      members[`s${bits}`] = this.make(`signedInt${bits}`, { kind: "int", min: -half, max: half - 1 });
    }
    return attrs(members);
  }

  /** Floats have no ranges as data: what lies outside passes. */
  private numbers(): AttrsValue {
    const number = either(() => [() => ({ kind: "int" }), () => ({ kind: "float" })]);
    return attrs({
      between: lazy("between", (_min, _max) => this.make("numberBetween", number)),
      nonnegative: this.make("numberNonnegative", number),
      positive: this.make("numberPositive", number),
    });
  }

  private *enumeration(values: ListValue): Eval<Value> {
    const known = yield* scalars(values);
    return this.make(
      "enum",
      known === undefined ? opaque("one of several values") : { kind: "enum", values: known },
    );
  }

  /** Its argument is one module or a list of them. */
  private *submodule(modules: Thunk): Eval<Value> {
    const given = yield* attempt(modules);
    const all = given.type === "list" ? given.elements : [modules];
    return this.make("submodule", this.reader.submodule(all, true));
  }

  private *submoduleWith(given: AttrsValue): Eval<Value> {
    const modules = given.attrs.get("modules")?.value;
    const shorthand = given.attrs.get("shorthandOnlyDefinesConfig")?.value;
    const special = given.attrs.get("specialArgs")?.value;
    const named = given.attrs.get("class")?.value;
    const className = named === undefined ? undefined : yield named;
    const all = modules === undefined ? list([]) : expectClosedList(yield modules);
    const shorthandOnly = shorthand === undefined ? undefined : yield shorthand;
    const args = special === undefined ? undefined : expectAttrs(yield special);
    const type = this.reader.submodule(
      all.elements,
      shorthandOnly?.type === "bool" && shorthandOnly.value,
      args && new Map([...args.attrs].map(([name, { value }]) => [name, value])),
    );
    const withClass = className?.type === "string" ? withProperty(type, "class", className.value) : type;
    return this.make("submodule", withClass);
  }

  /** A type of somebody's own: as data it accepts everything, its `check` and `merge` count where it is merged. */
  private custom(given: AttrsValue): Value {
    const part = (name: string): Thunk | undefined => given.attrs.get(name)?.value;
    const name = part("name") ?? Thunk.of(string("custom"));
    const check = part("check");
    const merge = part("merge");
    const plain: OptionType = { kind: "opaque", description: "a type of its own", merge };
    const base = this.make("custom", check === undefined ? plain : withCheck(plain, check));
    const described = given.attrs.has("description") ? {} : { description: name };
    const members = new Map([...base.attrs, ...attrs(described).attrs, ...given.attrs]);
    const functor = base.attrs.get("functor");
    if (functor !== undefined) members.set("functor", functor);
    return attrSet(members, given.origins, given.open);
  }

  private *addCheck(type: Thunk, check: Thunk): Eval<Value> {
    const base = expectAttrs(yield type);
    const first = base.attrs.get("check")?.value;
    const both = lazy("check", function* (value) {
      if (first !== undefined) {
        const fits = yield apply(first, value);
        if (fits.type !== "bool" || !fits.value) return fits;
      }
      return yield apply(check, value);
    });
    const functor: TypeFunctor = Object.assign(attrs({}), {
      optionType: withCheck(yield* this.reader.read(type), check),
    });
    const members = new Map([...base.attrs, ...attrs({ check: both, functor }).attrs]);
    return attrSet(members, base.origins, base.open);
  }
}

function emptyValue(type: OptionType): Record<string, Value> {
  switch (type.kind) {
    case "listOf":
      return type.nonEmpty ? {} : { value: list([]) };
    case "attrsOf":
      return { value: attrs({}) };
    case "nullOr":
      return { value: nullValue() };
    default:
      return {};
  }
}

function* isOptionType(value: Thunk): Eval<Value> {
  const type = yield value;
  const mark = type.type === "attrs" ? type.attrs.get("_type")?.value : undefined;
  const name = mark === undefined ? undefined : yield mark;
  return bool(name?.type === "string" && name.value === "option-type");
}
