/**
 * Option types that are Nix values, as data: native ones, and those that nixpkgs' own lib/types.nix makes.
 * What is not recognised accepts everything.
 *
 *   types.listOf types.str   ->   { kind: "listOf", of: { kind: "str" } }
 */
import { showType } from "../nix/expect.ts";
import { settle } from "../nix/settle.ts";
import type { Eval } from "../nix/step.ts";
import type { Thunk } from "../nix/thunk.ts";
import type { AttrsValue, Failure, ListValue, Outcome, Value } from "../nix/value.ts";
import {
  attrsOf,
  coercedTo,
  either,
  type LaterType,
  listOf,
  once,
  opaque,
  withCheck,
  wrap,
} from "./lazy-type.ts";
import type { OptionSet, OptionType, SubmoduleType } from "./option-type.ts";
import { attempt } from "./properties.ts";
import type { Runner } from "./surroundings.ts";

/**
 * How a native option type travels as a Nix value: its `functor` attribute carries the data, so that
 * `lib.types.str // { description = "…"; }` still knows what it is.
 */
export interface TypeFunctor extends AttrsValue {
  readonly optionType: OptionType;
}

/** Options that the modules of a submodule declare, as documentation would show them. */
export type ReadModules = (
  modules: readonly Thunk[],
  specialArgs: ReadonlyMap<string, Thunk> | undefined,
) => OptionSet;

export class TypeReader {
  constructor(
    private readonly runner: Runner,
    private readonly readModules: ReadModules,
  ) {}

  /** The type, read when somebody looks at it. */
  later(type: Thunk | undefined): LaterType {
    if (type === undefined) return () => opaque("a type that is not given");
    return once(() =>
      settle(this.runner, this.read(type), (why) =>
        why.type === "failure" ? failed(why) : hidden(why.reason),
      ),
    );
  }

  *read(type: Thunk): Eval<OptionType> {
    const value = yield* attempt(type);
    if (value.type === "failure") return failed(value);
    if (value.type === "unknown") return hidden(value.reason);
    if (value.type !== "attrs") return failed(notAType(value, type));
    const functor = value.attrs.get("functor")?.value;
    const carried = functor === undefined ? undefined : yield* attempt(functor);
    return carriedType(carried) ?? (yield* this.readByName(new TypeValue(value)));
  }

  private *readByName(type: TypeValue): Eval<OptionType> {
    const name = (yield* type.text("name")) ?? "";
    const description = (yield* type.text("description")) ?? name;
    switch (name) {
      case "bool":
      case "boolByOr":
        return { kind: "bool" };
      case "int":
        return { kind: "int" };
      case "float":
        return { kind: "float" };
      case "str":
      case "string":
        return { kind: "str" };
      case "nonEmptyStr":
        return { kind: "str", nonEmpty: true };
      case "singleLineStr":
        return { kind: "str", pattern: "[^\n\r]*\n?", singleLine: true };
      case "separatedString": {
        const separator = (yield* type.text("functor", "payload", "sep")) ?? "";
        return { kind: "str", separator };
      }
      case "path":
        return description === "relative path" ? { kind: "str" } : { kind: "path" };
      case "package":
        return { kind: "package" };
      case "raw":
        return { kind: "raw" };
      case "anything":
        return { kind: "anything" };
      case "unspecified":
        return { kind: "anything", unspecified: true };
      case "attrs":
        return { kind: "attrsOf", of: { kind: "raw" }, shallow: true };
      case "enum":
        return yield* this.readEnum(type, description);
      case "listOf":
        return listOf(yield* this.part(type, "elemType"), description.startsWith("non-empty"));
      case "attrsOf":
      case "lazyAttrsOf":
        return attrsOf(yield* this.part(type, "elemType"), name === "lazyAttrsOf");
      case "nullOr":
      case "functionTo":
        return wrap(name, yield* this.part(type, "elemType"));
      case "uniq":
      case "unique":
        return wrap("unique", yield* this.part(type, "elemType"));
      case "either": {
        const left = yield* this.part(type, "left");
        const right = yield* this.part(type, "right");
        return either(() => [left, right]);
      }
      case "coercedTo":
        return coercedTo(yield* this.part(type, "coercedType"), yield* this.part(type, "finalType"));
      case "submodule":
        return yield* this.readSubmodule(type, description);
      case "deferredModule":
        return { kind: "deferredModule" };
    }
    return (
      readRange(name, description) ??
      readPattern(name, description) ??
      (yield* this.custom(type, description))
    );
  }

  /** A type of which only its functions are known. */
  private *custom(type: TypeValue, description: string): Eval<OptionType> {
    const merge = yield* type.thunk("merge");
    const check = yield* type.thunk("check");
    const plain: OptionType = { kind: "opaque", description, merge };
    return check === undefined ? plain : withCheck(plain, check);
  }

  private *part(type: TypeValue, name: string): Eval<LaterType> {
    return this.later(yield* type.thunk("nestedTypes", name));
  }

  private *readEnum(type: TypeValue, description: string): Eval<OptionType> {
    const payload =
      (yield* type.value("functor", "payload", "values")) ?? (yield* type.value("functor", "payload"));
    if (payload?.type !== "list" || payload.open) return opaque(description);
    const values = yield* scalars(payload);
    return values === undefined ? opaque(description) : { kind: "enum", values };
  }

  private *readSubmodule(type: TypeValue, description: string): Eval<OptionType> {
    const modules = yield* type.value("getSubModules");
    if (modules?.type !== "list" || modules.open) return opaque(description);
    const given = yield* type.value("functor", "payload", "specialArgs");
    const shorthand = yield* type.value("functor", "payload", "shorthandOnlyDefinesConfig");
    const specialArgs =
      given?.type === "attrs"
        ? new Map([...given.attrs].map(([name, { value }]) => [name, value]))
        : undefined;
    return this.submodule(modules.elements, shorthand?.type === "bool" && shorthand.value, specialArgs);
  }

  /** The type of a submodule whose options its modules declare. */
  submodule(
    modules: readonly Thunk[],
    shorthandOnly: boolean,
    specialArgs?: ReadonlyMap<string, Thunk>,
  ): SubmoduleType {
    const options = once(() => this.readModules(modules, specialArgs));
    return {
      kind: "submodule",
      modules,
      shorthandOnly,
      ...(specialArgs === undefined ? {} : { specialArgs }),
      get options() {
        return options();
      },
    };
  }
}

/** The type a native type's `functor` carries; undefined for one made by Nix code. */
function carriedType(functor: Outcome | undefined): OptionType | undefined {
  return functor?.type === "attrs" && "optionType" in functor
    ? (functor as TypeFunctor).optionType
    : undefined;
}

/** The elements as data; undefined if one is no scalar, or not known. */
export function* scalars(list: ListValue): Eval<(string | number | boolean | null)[] | undefined> {
  const found: (string | number | boolean | null)[] = [];
  for (const element of list.elements) {
    const value = yield* attempt(element);
    if (value.type === "string" || value.type === "bool") found.push(value.value);
    else if (value.type === "int" || value.type === "float") found.push(Number(value.value));
    else if (value.type === "null") found.push(null);
    else return undefined;
  }
  return found;
}

function readRange(name: string, description: string): OptionType | undefined {
  if (name === "unsignedInt") return { kind: "int", min: 0 };
  if (name === "positiveInt") return { kind: "int", min: 1 };
  const range = /^(?:.*; )?(?:integer )?between (-?\d+) and (-?\d+) \(both inclusive\)$/.exec(description);
  if (range === null || !/^(intBetween|(un)?signedInt\d+)$/.test(name)) return undefined;
  return { kind: "int", min: Number(range[1]), max: Number(range[2]) };
}

function readPattern(name: string, description: string): OptionType | undefined {
  const start = "string matching the pattern ";
  if (!name.startsWith("strMatching") || !description.startsWith(start)) return undefined;
  return { kind: "str", pattern: description.slice(start.length) };
}

/** An option type made by Nix code. */
class TypeValue {
  constructor(private readonly type: AttrsValue) {}

  /** The attribute at `path`; undefined if it is missing, unknown or fails. */
  *value(...path: readonly string[]): Eval<Value | undefined> {
    const thunk = yield* this.thunk(...path);
    return thunk === undefined ? undefined : settled(yield* attempt(thunk));
  }

  *text(...path: readonly string[]): Eval<string | undefined> {
    const value = yield* this.value(...path);
    return value?.type === "string" ? value.value : undefined;
  }

  *thunk(...path: readonly string[]): Eval<Thunk | undefined> {
    let set: Value | undefined = this.type;
    let thunk: Thunk | undefined;
    for (const name of path) {
      if (thunk !== undefined) set = settled(yield* attempt(thunk));
      thunk = set?.type === "attrs" ? set.attrs.get(name)?.value : undefined;
      if (thunk === undefined) return undefined;
    }
    return thunk;
  }
}

function settled(outcome: Outcome): Value | undefined {
  return outcome.type === "failure" || outcome.type === "unknown" ? undefined : outcome;
}

function failed(failure: Failure): OptionType {
  return { kind: "opaque", description: failure.message, failure, isHidden: true };
}

function hidden(reason: string): OptionType {
  return { kind: "opaque", description: reason, isHidden: true };
}

function notAType(value: Value, { node }: Thunk): Failure {
  const message = `a type is expected, but this is ${showType(value)}`;
  return { type: "failure", kind: "throw", message, origins: value.origins ?? (node && [node]) };
}
