/**
 * Derivations are never built and their store paths never computed: a derivation is the set of its
 * attributes with `type`, `outputs` and the rest as Nix gives them, and unknown `outPath` and `drvPath`.
 *
 *   (derivation { name = "x"; … }).name  ->  "x"        "${derivation { … }}"  ->  «unknown»
 */
import { coerceToString } from "../coerce.ts";
import { fail } from "../errors.ts";
import {
  expectAttrs,
  expectBool,
  expectClosedList,
  expectStringWithoutContext,
  findAttr,
} from "../expect.ts";
import type { Eval } from "../machine.ts";
import { attr, attrs, attrsOf, list, string, unknown } from "../make.ts";
import { Thunk } from "../thunk.ts";
import type { AttrsValue, BuiltinValue, Unknown, Value } from "../value.ts";
import { lazy } from "./define.ts";

export function derivationBuiltins(): BuiltinValue[] {
  return [
    lazy("derivation", derivation),
    lazy("derivationStrict", function* (argument) {
      const args = expectAttrs(yield argument);
      const path = yield* storePath(args);
      const outputs = yield* outputNames(args);
      return attrs(
        new Map<string, Value>([["drvPath", path], ...outputs.map((name) => [name, path] as const)]),
      );
    }),
  ];
}

function* derivation(argument: Thunk): Eval<Value> {
  const drvAttrs = expectAttrs(yield argument);
  const names = yield* outputNames(drvAttrs);
  const path = new Thunk(() => storePath(drvAttrs));
  const outputs = new Map<string, Thunk>();
  const common = new Map(drvAttrs.attrs);
  const output = (outputName: string): AttrsValue => {
    const own = new Map(common);
    own.set("outPath", attr(path));
    own.set("drvPath", attr(path));
    own.set("type", attr(Thunk.of(string("derivation"))));
    own.set("outputName", attr(Thunk.of(string(outputName))));
    return attrsOf(own, drvAttrs.origins, drvAttrs.open);
  };
  for (const name of names) outputs.set(name, new Thunk(() => output(name)));
  for (const [name, thunk] of outputs) common.set(name, attr(thunk));
  common.set("all", attr(Thunk.of(list([...outputs.values()]))));
  common.set("drvAttrs", attr(Thunk.of(drvAttrs)));
  const [first] = outputs.values();
  return yield first ?? fail("error", "derivation cannot have an empty set of outputs");
}

function* outputNames(args: AttrsValue): Eval<string[]> {
  const outputs = args.attrs.get("outputs");
  if (outputs === undefined) return ["out"];
  const names: string[] = [];
  for (const element of expectClosedList(yield outputs.value).elements)
    names.push(expectStringWithoutContext(yield element).value);
  return names;
}

/** Characters and length the store allows. */
const STORE_NAME = /^[0-9a-zA-Z+\-._?=]{1,211}$/;
const HASH_MODES = new Set(["flat", "git", "nar", "recursive", "text"]);

/** Unknown, once Nix would have accepted what is cheap to check. */
function* storePath(args: AttrsValue): Eval<Unknown> {
  const name = expectStringWithoutContext(yield required(args, "name")).value;
  if (!STORE_NAME.test(name) || /^\.\.?(-|$)/.test(name)) fail("error", `invalid derivation name: '${name}'`);
  for (const flag of ["__structuredAttrs", "__ignoreNulls"]) {
    const attribute = args.attrs.get(flag);
    if (attribute) expectBool(yield attribute.value);
  }
  const mode = args.attrs.get("outputHashMode");
  if (mode) {
    const { value } = yield* coerceToString(yield mode.value, { coerceMore: true });
    if (!HASH_MODES.has(value)) fail("error", `invalid value '${value}' for 'outputHashMode' attribute`);
  }
  const outputs = yield* outputNames(args);
  if (outputs.length === 0) fail("error", "derivation cannot have an empty set of outputs");
  if (outputs.includes("drvPath")) fail("error", "invalid derivation output name 'drvPath'");
  if (new Set(outputs).size < outputs.length) fail("error", "duplicate derivation output");
  required(args, "builder");
  yield* coerceToString(yield required(args, "system"), { coerceMore: true });
  return unknown(`the store path of the derivation ${name} is not computed`);
}

function required(args: AttrsValue, name: string): Thunk {
  return findAttr(args, name) ?? fail("error", `required attribute '${name}' missing`);
}
