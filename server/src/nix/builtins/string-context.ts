/**
 * The store references a string carries (its context). They are kept as Nix writes them: a path, `!out!`
 * before a derivation for one of its outputs, `=` before a derivation with all it needs.
 *
 *   builtins.getContext s  ->  { "/nix/store/…-x.drv" = { outputs = [ "out" ]; }; }
 */
import { fail } from "../errors.ts";
import {
  expectBool,
  expectClosedAttrs,
  expectClosedList,
  expectString,
  expectStringWithoutContext,
} from "../expect.ts";
import { attrs, bool, list, string } from "../make.ts";
import { compareText } from "../order.ts";
import type { Eval } from "../step.ts";
import { Thunk } from "../thunk.ts";
import type { BuiltinValue, StringValue, Value } from "../value.ts";
import { eager, lazy } from "./define.ts";
import { textOf } from "./text-of.ts";

export function contextBuiltins(): BuiltinValue[] {
  return [
    eager("hasContext", (text) => bool(expectString(text).context !== undefined)),
    eager("getContext", (text) => getContext(expectString(text))),
    lazy("appendContext", appendContext),
    lazy("unsafeDiscardStringContext", function* (value) {
      return string((yield* textOf(value)).value);
    }),
    lazy("unsafeDiscardOutputDependency", function* (value) {
      const text = yield* textOf(value);
      const references = [...(text.context ?? [])].map((reference) => reference.replace(/^=/, ""));
      return string(text.value, new Set(references));
    }),
    lazy("addDrvOutputDependencies", addDrvOutputDependencies),
  ];
}

function getContext(text: StringValue): Value {
  const found = new Map<string, { path: boolean; allOutputs: boolean; outputs: string[] }>();
  for (const reference of text.context ?? []) {
    const [, output, deep, path] = /^(?:!([^!]*)!|(=))?(.*)$/s.exec(reference) as unknown as string[];
    const entry = found.get(path as string) ?? { path: false, allOutputs: false, outputs: [] };
    found.set(path as string, entry);
    if (output !== undefined) entry.outputs.push(output);
    else if (deep !== undefined) entry.allOutputs = true;
    else entry.path = true;
  }
  const result = new Map<string, Value>();
  for (const [path, entry] of found) {
    const info = new Map<string, Value>();
    if (entry.path) info.set("path", bool(true));
    if (entry.allOutputs) info.set("allOutputs", bool(true));
    const outputs = entry.outputs.sort(compareText).map((output) => Thunk.of(string(output)));
    if (outputs.length > 0) info.set("outputs", list(outputs));
    result.set(path, attrs(info));
  }
  return attrs(result);
}

const STORE_PATH = /^\/nix\/store\/[0-9abcdfghijklmnpqrsvwxyz]{32}-[0-9a-zA-Z+\-._?=]+$/;

function* appendContext(value: Thunk, added: Thunk): Eval<Value> {
  const text = expectString(yield value);
  const references = new Set(text.context);
  for (const [path, { value: entry }] of expectClosedAttrs(yield added).attrs) {
    if (!STORE_PATH.test(path)) fail("error", `context key '${path}' is not a store path`);
    const info = expectClosedAttrs(yield entry).attrs;
    const flag = function* (name: string): Eval<boolean> {
      const attribute = info.get(name);
      return attribute !== undefined && expectBool(yield attribute.value).value;
    };
    if (yield* flag("path")) references.add(path);
    if (yield* flag("allOutputs")) references.add(`=${derivation(path)}`);
    const outputs = info.get("outputs");
    if (outputs === undefined) continue;
    for (const output of expectClosedList(yield outputs.value).elements)
      references.add(`!${expectStringWithoutContext(yield output).value}!${derivation(path)}`);
  }
  return string(text.value, references);
}

function derivation(path: string): string {
  if (!path.endsWith(".drv"))
    fail(
      "error",
      `tried to add derivation output context of ${path}, which is not a derivation, to a string`,
    );
  return path;
}

function* addDrvOutputDependencies(value: Thunk): Eval<Value> {
  const text = yield* textOf(value);
  const [reference = "", ...others] = text.context ?? [];
  if (reference === "" || others.length > 0)
    fail("error", `context of string '${text.value}' must have exactly one element`);
  if (reference.startsWith("!"))
    fail("error", "`addDrvOutputDependencies` can only act on derivations, not on a derivation output");
  if (!reference.endsWith(".drv")) fail("error", `path '${reference}' is not a derivation`);
  return string(text.value, new Set([reference.startsWith("=") ? reference : `=${reference}`]));
}
