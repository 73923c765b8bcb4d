/**
 * The settings of a role from the JSON Schema clan-core makes of its interface (lib/jsonschema). It says less than
 * the interface does: what a type checks besides its kind is not in it, and neither are computed defaults.
 *
 *   { "type": "object", "properties": { "port": { "type": "integer", "default": 22 } } }   ->   port: int, default 22
 */
import * as z from "zod/mini";
import type { Option, OptionSet, OptionType } from "../modules/option-type.ts";
import { lookUp } from "../syntax/look-up.ts";
import { printAttrName, printString } from "../syntax/quote.ts";

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

interface Schema {
  readonly $ref?: string | undefined;
  readonly type?: string | undefined;
  readonly description?: string | undefined;
  readonly default?: Json | undefined;
  readonly enum?: readonly (string | number | boolean | null)[] | undefined;
  readonly oneOf?: readonly Schema[] | undefined;
  readonly items?: Schema | undefined;
  readonly properties?: Readonly<Record<string, Schema>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly additionalProperties?: boolean | Schema | undefined;
}

const json: z.ZodMiniType<Json> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(json), z.record(z.string(), json)]),
);
const schema: z.ZodMiniType<Schema> = z.lazy(() =>
  z.object({
    $ref: z.optional(z.string()),
    type: z.optional(z.string()),
    description: z.optional(z.string()),
    default: z.optional(json),
    enum: z.optional(z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))),
    oneOf: z.optional(z.array(schema)),
    items: z.optional(schema),
    properties: z.optional(z.record(z.string(), schema)),
    required: z.optional(z.array(z.string())),
    additionalProperties: z.optional(z.union([z.boolean(), schema])),
  }),
);

/** A role's schema: everything is under `$defs`, the settings as written under `Input`. */
export const roleSchema = z.object({
  $defs: z.intersection(z.record(z.string(), schema), z.object({ Input: schema })),
});
export type RoleSchema = z.infer<typeof roleSchema>;

/** What the schema cannot say leaves a type that accepts more, never less. */
export function readRoleSchema({ $defs }: RoleSchema): OptionSet {
  return new SchemaReader($defs).options($defs.Input);
}

const anything: OptionType = { kind: "anything" };
const scalars: Readonly<Record<string, OptionType>> = {
  boolean: { kind: "bool" },
  integer: { kind: "int" },
  // A path is text in JSON.
  string: { kind: "either", of: [{ kind: "str" }, { kind: "path" }] },
  number: { kind: "either", of: [{ kind: "int" }, { kind: "float" }] },
};

class SchemaReader {
  constructor(private readonly definitions: Readonly<Record<string, Schema>>) {}

  options({ properties = {}, required = [], additionalProperties }: Schema): OptionSet {
    const options = new Map(
      Object.entries(properties).map(([name, property]) => [
        name,
        this.option(property, required.includes(name)),
      ]),
    );
    if (additionalProperties === false) return { options };
    const others = typeof additionalProperties === "object" ? this.type(additionalProperties) : anything;
    return { options, freeform: others };
  }

  private option(property: Schema, required: boolean): Option {
    const { description, default: fallback } = { ...this.resolve(property), ...property };
    return {
      type: this.type(property),
      description: description?.trim(),
      required,
      ...(fallback === undefined ? {} : { default: showJson(fallback) }),
    };
  }

  private type(written: Schema, depth = 0): OptionType {
    const found = this.resolve(written);
    // A definition may lead back to itself, as that of a JSON value does.
    if (found === undefined || depth > 16) return anything;
    if (found.enum !== undefined) return { kind: "enum", values: found.enum };
    if (found.oneOf !== undefined) return this.oneOf(found.oneOf, depth + 1);
    if (found.type === "array")
      return { kind: "listOf", of: found.items === undefined ? anything : this.type(found.items, depth + 1) };
    if (found.type === "object") return this.object(found, depth + 1);
    return lookUp(scalars, found.type ?? "") ?? anything;
  }

  private oneOf(branches: readonly Schema[], depth: number): OptionType {
    const types = branches.filter(({ type }) => type !== "null").map((branch) => this.type(branch, depth));
    const [first = anything, ...others] = types;
    const of: OptionType = others.length === 0 ? first : { kind: "either", of: types };
    return types.length < branches.length ? { kind: "nullOr", of } : of;
  }

  private object(found: Schema, depth: number): OptionType {
    if (found.properties === undefined && typeof found.additionalProperties === "object")
      return { kind: "attrsOf", of: this.type(found.additionalProperties, depth) };
    if (found.properties === undefined) return anything;
    return { kind: "submodule", options: this.options(found) };
  }

  private resolve(written: Schema): Schema | undefined {
    if (written.$ref === undefined) return written;
    return lookUp(this.definitions, written.$ref.replace("#/$defs/", ""));
  }
}

/** As Nix text. */
function showJson(value: Json): string {
  if (typeof value === "string") return printString(value);
  if (value === null || typeof value !== "object") return String(value);
  const parts = Array.isArray(value)
    ? value.map(showJson)
    : Object.entries(value).map(([name, part]) => `${printAttrName(name)} = ${showJson(part)};`);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  return [open, ...parts, close].join(" ");
}
