/**
 * `derivation` and `derivationStrict`: the set Nix makes of a derivation's attributes, and its store paths.
 * Nothing is built. Where an attribute is unknown, the paths are unknown, the rest is not.
 *
 *   (derivation { name = "x"; … }).name  ->  "x"        "${derivation { … }}"  ->  "/nix/store/…-x"
 */
import type { Node } from "../../syntax/ast.ts";
import { coerceToString } from "../coerce.ts";
import { Derivations, type Instance, type Recipe } from "../derivation.ts";
import { fail, Undecided } from "../errors.ts";
import {
  expectAttrs,
  expectBool,
  expectClosedAttrs,
  expectClosedList,
  expectString,
  expectStringWithoutContext,
  findAttr,
  requiredAttr,
} from "../expect.ts";
import { attr, attrs, attrsOf, list, string, unknown } from "../make.ts";
import { sortedAttrs } from "../order.ts";
import type { Eval } from "../step.ts";
import { Thunk } from "../thunk.ts";
import type { AttrsValue, BuiltinValue, StringValue, Value } from "../value.ts";
import { lazy } from "./define.ts";
import { HashError, parseHash } from "./hash-format.ts";
import { quoteJson } from "./json-text.ts";
import { toJson } from "./to-json.ts";

export function derivationBuiltins(): BuiltinValue[] {
  const known = new Derivations();
  return [
    lazy("derivation", (argument) => derivation(argument, known)),
    lazy("derivationStrict", (argument) => derivationStrict(argument, known)),
  ];
}

function* derivation(argument: Thunk, known: Derivations): Eval<Value> {
  const drvAttrs = expectAttrs(yield argument);
  const names = yield* outputList(drvAttrs);
  const strict = new Thunk(() => derivationStrict(argument, known));
  const path = (name: string): Thunk =>
    new Thunk(function* (): Eval<Value> {
      return yield findAttr(expectAttrs(yield strict), name) ?? fail("error", `attribute '${name}' missing`);
    });
  const common = new Map(drvAttrs.attrs);
  const output = (outputName: string): AttrsValue => {
    const own = new Map(common);
    own.set("outPath", attr(path(outputName)));
    own.set("drvPath", attr(path("drvPath")));
    own.set("type", attr(Thunk.of(string("derivation"))));
    own.set("outputName", attr(Thunk.of(string(outputName))));
    return attrsOf(own, drvAttrs.origins, drvAttrs.open);
  };
  const outputs = new Map(names.map((name) => [name, new Thunk(() => output(name))]));
  for (const [name, thunk] of outputs) common.set(name, attr(thunk));
  common.set("all", attr(new Thunk(() => list([...outputs.values()]))));
  common.set("drvAttrs", attr(Thunk.of(drvAttrs)));
  const [first] = outputs.values();
  return yield first ?? fail("error", "derivation cannot have an empty set of outputs");
}

function* outputList(args: AttrsValue): Eval<string[]> {
  const outputs = findAttr(args, "outputs");
  if (outputs === undefined) return ["out"];
  const names: string[] = [];
  for (const element of expectClosedList(yield outputs).elements)
    names.push(expectStringWithoutContext(yield element).value);
  return names;
}

function* derivationStrict(argument: Thunk, known: Derivations): Eval<Value> {
  const args = expectAttrs(yield argument);
  const name = expectStringWithoutContext(yield requiredAttr(args, "name", "derivationStrict")).value;
  // Nix's own place for what is wrong with the whole.
  const place = args.attrs.get("name")?.keys[0];
  checkName(name, place);
  const recipe = yield* recipeOf(name, expectClosedAttrs(args), place);
  const instance = known.instantiate(recipe);
  if (instance === undefined)
    throw new Undecided(unknown(`a derivation that ${name} needs comes from outside of this evaluation`));
  return paths(instance);
}

/** The paths, as strings that refer to the derivation. */
function paths({ drvPath, outputs }: Instance): Value {
  const result = new Map<string, Value>([["drvPath", string(drvPath, new Set([`=${drvPath}`]))]]);
  for (const [name, path] of outputs) result.set(name, string(path, new Set([`!${name}!${drvPath}`])));
  return attrs(result);
}

/** Characters and length the store allows. */
const STORE_NAME = /^[0-9a-zA-Z+\-._?=]{1,211}$/;

function checkName(name: string, place: Node | undefined): void {
  if (!STORE_NAME.test(name) || /^\.\.?(-|$)/.test(name))
    fail("error", `invalid derivation name: '${name}'`, place);
  if (name.endsWith(".drv")) fail("error", "derivation names are not allowed to end in '.drv'", place);
}

/** Attributes that say how the derivation is read; they are no part of it. */
const CONTROLS = new Set(["__ignoreNulls", "__structuredAttrs", "__contentAddressed", "__impure", "args"]);

function* recipeOf(name: string, args: AttrsValue, place: Node | undefined): Eval<Recipe> {
  const structured = yield* flag(args, "__structuredAttrs");
  const ignoreNulls = yield* flag(args, "__ignoreNulls");
  const context = new Set<string>();
  const read = (text: StringValue): string => {
    for (const reference of text.context ?? []) context.add(reference);
    return text.value;
  };
  const env = new Map<string, string>();
  const members: string[] = [];
  const argv: string[] = [];
  for (const [key, { value }] of sortedAttrs(args)) {
    if (ignoreNulls && (yield value).type === "null") continue;
    if (key === "args") {
      for (const element of expectClosedList(yield value).elements)
        argv.push(read(yield* coerceToString(yield element, { coerceMore: true, copyToStore: true })));
    } else if (key === "__contentAddressed" || key === "__impure") {
      if (yield* flag(args, key)) fail("error", `experimental Nix feature for '${key}' is disabled`);
    } else if (!CONTROLS.has(key)) {
      if (structured) members.push(`${quoteJson(key)}:${read(expectString(yield toJson(value)))}`);
      // What Nix itself reads of structured attributes must be strings already.
      const own = structured ? yield* ownSetting(key, value) : yield* setting(value);
      if (own) env.set(key, read(own));
    }
  }
  const settings = new Map(env);
  if (structured) {
    env.clear();
    env.set("__json", `{${members.join(",")}}`);
  }
  const outputs = yield* outputsOf(args, structured, settings.get("outputs"));
  const fixed = fixedOf(settings, outputs);
  const required = (key: string): string =>
    settings.get(key) || fail("error", `required attribute '${key}' missing`, place);
  const builder = required("builder");
  return {
    name,
    outputs,
    fixed,
    ...inputsOf(context),
    system: required("system"),
    builder,
    args: argv,
    env,
  };
}

function* setting(value: Thunk): Eval<StringValue> {
  return yield* coerceToString(yield value, { coerceMore: true, copyToStore: true });
}

function* ownSetting(key: string, value: Thunk): Eval<StringValue | undefined> {
  if (key === "builder") return expectString(yield value);
  const read =
    key === "system" || key === "outputHash" || key === "outputHashAlgo" || key === "outputHashMode";
  return read ? expectStringWithoutContext(yield value) : undefined;
}

function* flag(args: AttrsValue, name: string): Eval<boolean> {
  const value = findAttr(args, name);
  return value !== undefined && expectBool(yield value).value;
}

/** Sorted. Unless attributes are structured, a string that lists them will do. */
function* outputsOf(args: AttrsValue, structured: boolean, listed: string | undefined): Eval<string[]> {
  const names = structured ? yield* outputList(args) : (listed ?? "out").split(/[ \t\n\r]+/).filter(Boolean);
  if (names.length === 0) fail("error", "derivation cannot have an empty set of outputs");
  if (names.includes("drvPath")) fail("error", "invalid derivation output name 'drvPath'");
  const duplicate = names.find((name, index) => names.indexOf(name) < index);
  if (duplicate !== undefined) fail("error", `duplicate derivation output '${duplicate}'`);
  return names;
}

function fixedOf(settings: ReadonlyMap<string, string>, outputs: readonly string[]): Recipe["fixed"] {
  const mode = settings.get("outputHashMode") ?? "flat";
  if (mode === "text" || mode === "git")
    return fail("error", `experimental Nix feature for outputHashMode "${mode}" is disabled`);
  if (mode !== "flat" && mode !== "nar" && mode !== "recursive")
    return fail("error", `invalid value '${mode}' for 'outputHashMode' attribute`);
  const hash = settings.get("outputHash");
  if (hash === undefined) return undefined;
  if (outputs.length !== 1 || outputs[0] !== "out")
    return fail("error", "multiple outputs are not supported in fixed-output derivations");
  const algorithm = settings.get("outputHashAlgo") || undefined;
  if (hash === "") {
    // A placeholder for a hash that is not known yet: all zeros.
    if (algorithm === undefined) return fail("error", "empty hash requires explicit hash algorithm");
    return { hash: parseHash("0".repeat(ZEROS[algorithm] ?? 64), algorithm), recursive: mode !== "flat" };
  }
  try {
    return { hash: parseHash(hash, algorithm), recursive: mode !== "flat" };
  } catch (error) {
    if (error instanceof HashError) return fail("error", error.message);
    throw error;
  }
}

/** Digits of a hash in base 16. */
const ZEROS: Readonly<Record<string, number>> = { md5: 32, sha1: 40, sha256: 64, sha512: 128 };

function inputsOf(context: ReadonlySet<string>): Pick<Recipe, "inputs" | "sources"> {
  const inputs = new Map<string, Set<string>>();
  const sources = new Set<string>();
  for (const reference of context) {
    const [, output, drvPath = ""] = /^!([^!]*)!(.*)$/s.exec(reference) ?? [];
    if (output !== undefined) inputs.set(drvPath, (inputs.get(drvPath) ?? new Set()).add(output));
    else if (reference.startsWith("="))
      throw new Undecided(unknown(`what ${reference.slice(1)} needs as a whole is not computed`));
    else sources.add(reference);
  }
  return { inputs, sources };
}
