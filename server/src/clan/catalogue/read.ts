/**
 * Turns the generated JSON of the catalogue into option declarations, joining what we write by hand:
 * descriptions, meanings of names, what is deprecated or removed.
 *
 *   { "tags": { "type": { "kind": "listOf", … }, "required": false } }  +  { strings: "tag" }
 *   ->  OptionSet { tags: listOf (str meaning "tag") }
 */
import type { Meaning, Option, OptionSet, OptionType } from "../../modules/option-type.ts";
import { Thunk } from "../../nix/thunk.ts";
import type { Value } from "../../nix/value.ts";

/** `OptionType` as JSON: a submodule's options are an object. */
export type TypeJson =
  | Exclude<OptionType, { of: unknown } | { kind: "submodule" | "coercedTo" }>
  | { readonly kind: "nullOr" | "functionTo"; readonly of: TypeJson }
  | { readonly kind: "listOf"; readonly of: TypeJson; readonly nonEmpty?: boolean }
  | { readonly kind: "attrsOf"; readonly of: TypeJson; readonly lazy?: boolean }
  | { readonly kind: "either"; readonly of: readonly TypeJson[] }
  | { readonly kind: "coercedTo"; readonly from: TypeJson; readonly to: TypeJson }
  | {
      readonly kind: "submodule";
      readonly group?: boolean;
      readonly options: OptionsJson;
      readonly freeform?: TypeJson;
    };

export interface OptionJson {
  readonly type: TypeJson;
  readonly default?: string;
  readonly required: boolean;
  readonly readOnly?: boolean;
}

export type OptionsJson = Readonly<Record<string, OptionJson>>;

/** What is written by hand about one option. */
export interface Annotation {
  readonly description?: string;
  /** Nix text of a value a person might write. */
  readonly example?: string;
  /** What the attribute names of an `attrsOf` stand for. */
  readonly keys?: Meaning;
  /** What the strings of the option stand for. */
  readonly strings?: Meaning;
  readonly deprecated?: string;
  readonly removed?: string;
  readonly internal?: boolean;
  readonly usual?: boolean;
  readonly rare?: boolean;
  /**
   * A submodule of the type is made with `submoduleWith`, so `config` and `imports` mean what they mean in
   * a module; those made with `submodule` take a set as options only.
   */
  readonly fullModule?: boolean;
  /** The function of a `coercedTo`. */
  readonly coerce?: Thunk;
  /** Replaces the generated type. */
  readonly type?: OptionType;
}

/**
 * The options with their annotations. `annotation` is asked with the path of each option below this
 * set, `<name>` standing for the names of an `attrsOf`: "machines.<name>.tags".
 */
export function readOptionSet(
  options: OptionsJson,
  annotation: (path: string) => Annotation | undefined,
  prefix = "",
): OptionSet {
  const read = new Map<string, Option>();
  for (const [name, json] of Object.entries(options))
    read.set(name, readOption(json, annotation, `${prefix}${name}`));
  return { options: read };
}

function readOption(
  json: OptionJson,
  annotation: (path: string) => Annotation | undefined,
  path: string,
): Option {
  const found = annotation(path) ?? {};
  const { description, example, deprecated, removed, internal, usual, rare } = found;
  return {
    description,
    example,
    usual,
    rare,
    deprecated,
    removed,
    internal,
    type: found.type ?? readType(json.type, found, annotation, path),
    default: json.default,
    required: json.required,
    readOnly: json.readOnly,
    defaultValue: json.default === undefined ? undefined : literal(json.default),
  };
}

/** `own` is the annotation of the option whose type this is; options inside have their own. */
function readType(
  type: TypeJson,
  own: Annotation,
  annotation: (path: string) => Annotation | undefined,
  path: string,
): OptionType {
  const read = (inner: TypeJson, below = ""): OptionType => readType(inner, own, annotation, path + below);
  switch (type.kind) {
    case "str":
      return own.strings === undefined ? type : { ...type, meaning: own.strings };
    case "nullOr":
    case "functionTo":
      return { ...type, of: read(type.of) };
    case "listOf":
      return { ...type, of: read(type.of, ".<name>") };
    case "attrsOf": {
      const of = read(type.of, ".<name>");
      return own.keys === undefined ? { ...type, of } : { ...type, of, keyMeaning: own.keys };
    }
    case "either":
      return { kind: "either", of: type.of.map((alternative) => read(alternative)) };
    case "coercedTo":
      return { kind: "coercedTo", from: read(type.from), to: read(type.to), coerce: own.coerce };
    case "submodule": {
      const options = readOptionSet(type.options, annotation, `${path}.`);
      return {
        kind: "submodule",
        options: type.freeform ? { ...options, freeform: read(type.freeform) } : options,
        ...(type.group ? { group: true } : { shorthandOnly: own.fullModule !== true }),
      };
    }
    default:
      return type;
  }
}

/** The value of a default that is a literal: `null`, `true`, `5`, `"x"`, `[ ]`, `{ }`. */
function literal(text: string): Thunk | undefined {
  const value = literalValue(text);
  return value && Thunk.of(value);
}

function literalValue(text: string): Value | undefined {
  if (text === "null") return { type: "null" };
  if (text === "true" || text === "false") return { type: "bool", value: text === "true" };
  if (/^-?\d+$/.test(text)) return { type: "int", value: BigInt(text) };
  if (/^"[^"\\$‹]*"$/.test(text)) return { type: "string", value: text.slice(1, -1) };
  if (text === "[ ]") return { type: "list", elements: [] };
  if (text === "{ }") return { type: "attrs", attrs: new Map() };
  return undefined;
}
