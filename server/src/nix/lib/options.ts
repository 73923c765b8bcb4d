/**
 * `lib.options`: what declares options, and what shows them. The types come from the module system.
 *
 *   lib.mkEnableOption "x"  ->  { _type = "option"; default = false; description = "Whether to enable x."; … }
 */
import { derived, fail, Undecided } from "../errors.ts";
import { expectAttrs, expectBool, expectClosedList, expectString, findAttr } from "../expect.ts";
import { apply } from "../interpreter.ts";
import { attr, attrs, attrsOf, bool, list, string } from "../make.ts";
import type { Eval } from "../step.ts";
import { Thunk } from "../thunk.ts";
import type { AttrsValue, Value } from "../value.ts";
import { findByPath } from "./attrsets.ts";
import { quotedIdentifier } from "./escaping.ts";
import { lazily, type Members, shownOf, textOf, withAttrs } from "./native.ts";

/** Names of arguments of `mkOption`. */
const OPTION_ATTRS = new Set(
  "default defaultText example description relatedPackages type apply internal visible readOnly".split(" "),
);

/** `types`: the value of `lib.types`. */
export function optionMembers(types: Thunk): Members {
  return {
    unknownModule: string("<unknown-file>"),
    ...lazily({
      isOption: (value) => hasType(value, "option"),
      mkOption: function* (args) {
        return mkOption(expectAttrs(yield args));
      },
      mkEnableOption: function* (name) {
        const description = string(`Whether to enable ${(yield* textOf(name)).value}.`);
        return mkOption(
          attrs({ default: bool(false), example: bool(true), description, type: typeNamed(types, "bool") }),
        );
      },
      mkPackageOption: (pkgs, name, options) => mkPackageOption(types, pkgs, name, options),
      getValues: (definitions) => members(definitions, "value"),
      getFiles: (definitions) => members(definitions, "file"),
      literalExpression: (text) => literal("literalExpression", text),
      literalMD: (text) => literal("literalMD", text),
      literalCode: function* (language, text) {
        const body = `\`\`\`${(yield* textOf(language)).value}\n${(yield* textOf(text)).value}\n\`\`\`\n`;
        return attrs({ _type: string("literalMD"), text: string(body) });
      },
      showOption: function* (path) {
        return string(yield* showOption(path));
      },
      showFiles: function* (files) {
        const shown: string[] = [];
        for (const file of expectClosedList(yield files).elements)
          shown.push(`\`${(yield* textOf(file)).value}'`);
        return string(shown.join(" and "));
      },
    }),
  };
}

/** Whether the set's `_type` is `name`. */
export function* hasType(value: Thunk, name: string): Eval<Value> {
  const set = yield value;
  if (set.type === "unknown") throw new Undecided(set);
  if (set.type !== "attrs") return bool(false);
  const type = findAttr(set, "_type");
  if (type === undefined) return bool(false);
  const found = yield type;
  if (found.type === "unknown") throw new Undecided(found);
  return bool(found.type === "string" && found.value === name);
}

function mkOption(args: AttrsValue): Value {
  for (const name of args.attrs.keys())
    if (!OPTION_ATTRS.has(name))
      fail("error", `function 'mkOption' called with unexpected argument '${name}'`);
  return withAttrs(args, { _type: string("option") });
}

/** `types.${name}`, unknown if the types are. */
function typeNamed(types: Thunk, name: string): Thunk {
  return new Thunk(function* (): Eval<Value> {
    const all = yield types;
    if (all.type === "unknown") return derived(all);
    const type = findAttr(expectAttrs(all), name);
    return type ? yield type : fail("error", `attribute '${name}' missing`);
  });
}

function* mkPackageOption(types: Thunk, pkgs: Thunk, name: Thunk, options: Thunk): Eval<Value> {
  const given = expectAttrs(yield options);
  const flag = function* (option: string): Eval<boolean> {
    const found = given.attrs.get(option);
    return found !== undefined && expectBool(yield found.value).value;
  };
  const text = function* (option: string, fallback: string): Eval<string> {
    const found = given.attrs.get(option);
    return found ? (yield* textOf(found.value)).value : fallback;
  };
  const names = yield* pathNames(name);
  const fallback = given.attrs.get("default")?.value ?? name;
  const nullable = yield* flag("nullable");
  const pkgsText = yield* text("pkgsText", "pkgs");
  const extra = yield* text("extraDescription", "");
  const result: Record<string, Value | Thunk> = {
    description: string(`The ${names.at(-1)} package to use.${extra === "" ? "" : ` ${extra}`}`),
    type: nullable ? nullOr(types, typeNamed(types, "package")) : typeNamed(types, "package"),
  };
  const defaultValue = yield fallback;
  if (defaultValue.type !== "null") {
    const path = (yield* pathNames(fallback)).map(quotedIdentifier).join(".");
    result.default = packageAt(pkgs, fallback, `${path} cannot be found in ${pkgsText}`);
    result.defaultText = attrs({ _type: string("literalExpression"), text: string(`${pkgsText}.${path}`) });
  } else if (nullable) result.default = fallback;
  const example = given.attrs.get("example")?.value;
  const shown = example && (yield example);
  if (example && shown?.type === "list") {
    const path = (yield* pathNames(example)).map(quotedIdentifier).join(".");
    result.example = attrs({ _type: string("literalExpression"), text: string(`${pkgsText}.${path}`) });
  } else if (example && shown?.type !== "null")
    result.example = new Thunk(() => literal("literalExpression", example));
  return mkOption(attrs(result));
}

function nullOr(types: Thunk, type: Thunk): Thunk {
  return apply(typeNamed(types, "nullOr"), type);
}

/** One name, or the names of a path. */
function* pathNames(value: Thunk): Eval<string[]> {
  const given = yield value;
  if (given.type !== "list") return [expectString(given).value];
  const names: string[] = [];
  for (const element of expectClosedList(given).elements) names.push(expectString(yield element).value);
  return names;
}

function packageAt(pkgs: Thunk, path: Thunk, message: string): Thunk {
  return new Thunk(function* (): Eval<Value> {
    const names = yield* pathNames(path);
    const wanted = Thunk.of(list(names.map((name) => Thunk.of(string(name)))));
    return yield (yield* findByPath(wanted, pkgs)) ?? fail("throw", message);
  });
}

function* members(definitions: Thunk, name: string): Eval<Value> {
  const parts: Thunk[] = [];
  for (const definition of expectClosedList(yield definitions).elements)
    parts.push(
      new Thunk(function* (): Eval<Value> {
        const found = findAttr(expectAttrs(yield definition), name);
        return found ? yield found : fail("error", `attribute '${name}' missing`);
      }),
    );
  return list(parts);
}

function* literal(type: string, text: Thunk): Eval<Value> {
  const value = yield text;
  if (value.type !== "string" && value.type !== "unknown") fail("throw", `${type} expects a string.`);
  return attrsOf(
    new Map([
      ["_type", attr(Thunk.of(string(type)))],
      ["text", attr(text)],
    ]),
  );
}

/** An option's path as written in code; `<name>` and `*` stand for any name. */
export function* showOption(path: Thunk): Eval<string> {
  const shown: string[] = [];
  for (const element of expectClosedList(yield path).elements) {
    const name = (yield* shownOf(element)).value;
    shown.push(name === "*" || /^<.*>$/s.test(name) ? name : quotedIdentifier(name));
  }
  return shown.join(".");
}
