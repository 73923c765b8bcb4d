/**
 * Constructors of option types whose parts are read when somebody looks at them, because types that come
 * from Nix code may contain themselves (`json = nullOr (oneOf [ str (listOf json) ])`).
 *
 *   listOf(() => str)   ->   { kind: "listOf", get of() { … } }
 */
import type { Thunk } from "../nix/thunk.ts";
import type { OptionType } from "./option-type.ts";

export type LaterType = () => OptionType;

/** `compute`, done once. */
export function once<T>(compute: () => T): () => T {
  let found: { readonly value: T } | undefined;
  return () => {
    found ??= { value: compute() };
    return found.value;
  };
}

export function wrap(kind: "nullOr" | "unique" | "functionTo", of: LaterType): OptionType {
  return {
    kind,
    get of() {
      return of();
    },
  };
}

export function listOf(of: LaterType, nonEmpty = false): OptionType {
  return {
    kind: "listOf",
    nonEmpty,
    get of() {
      return of();
    },
  };
}

export function attrsOf(of: LaterType, lazy = false): OptionType {
  return {
    kind: "attrsOf",
    lazy,
    get of() {
      return of();
    },
  };
}

/** Nix nests `oneOf`; as data it is one list, with each type once. */
export function either(alternatives: () => readonly LaterType[]): OptionType {
  const of = once(() => {
    const types = alternatives().map((alternative) => alternative());
    return [...new Set(types.flatMap((type) => (type.kind === "either" ? type.of : [type])))];
  });
  return {
    kind: "either",
    get of() {
      return of();
    },
  };
}

export function coercedTo(from: LaterType, to: LaterType, coerce?: Thunk): OptionType {
  return {
    kind: "coercedTo",
    coerce,
    get from() {
      return from();
    },
    get to() {
      return to();
    },
  };
}

/** The type with one more predicate. */
export function withCheck(type: OptionType, check: Thunk): OptionType {
  return withProperty(type, "checks", [...(type.checks ?? []), check]);
}

/** A copy with another property; what is read later stays so. */
export function withProperty<T extends object, K extends string & keyof T>(of: T, key: K, value: T[K]): T {
  const copy = Object.create(null, Object.getOwnPropertyDescriptors(of)) as T;
  return Object.defineProperty(copy, key, { value, enumerable: true });
}

/** A type that accepts everything; `description` is what people are shown. */
export function opaque(description: string): OptionType {
  return { kind: "opaque", description };
}
