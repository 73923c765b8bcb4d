/**
 * Values from text formats: `fromJSON` and `fromTOML`; and to them: `toJSON`, `toXML`.
 *
 *   builtins.fromJSON "{\"a\": [1, 2.5]}"  ->  { a = [ 1 2.5 ]; }
 */
import { parse as parseToml, TomlDate, TomlError, type TomlValue } from "smol-toml";
import type { Node } from "../../syntax/ast.ts";
import type { Context } from "../context.ts";
import { fail, NixError } from "../errors.ts";
import { expectStringWithoutContext } from "../expect.ts";
import { parsable } from "../limits.ts";
import { attrs, bool, float, int, list, nullValue, string } from "../make.ts";
import type { Step } from "../step.ts";
import { Thunk } from "../thunk.ts";
import type { BuiltinValue, Failure, StringValue, Value } from "../value.ts";
import { findJsonProblem, findTomlProblem, tomlMessage } from "./broken-data.ts";
import { eager, lazy } from "./define.ts";
import { type Json, JsonError, parseJson } from "./json-text.ts";
import { toJson } from "./to-json.ts";
import { toXml } from "./to-xml.ts";

export function textFormatBuiltins(context: Context): BuiltinValue[] {
  return [
    eager("fromJSON", (text) => fromJson(context, expectStringWithoutContext(text))),
    eager("fromTOML", (text) => fromToml(expectStringWithoutContext(text))),
    lazy("toJSON", toJson),
    lazy("toXML", toXml),
  ];
}

/** If the text is that of a JSON file, the value knows where in the file each part is written. */
function fromJson(context: Context, text: StringValue): Step {
  let data: Json;
  try {
    data = parseJson(parsable(text.value));
  } catch (error) {
    if (error instanceof JsonError) failInData(error.message, findJsonProblem(text));
    throw error;
  }
  const root = text.origins?.find((node) => isRoot(node, text.value));
  return root ? context.evalSource(root.source) : jsonValue(data);
}

function isRoot(node: Node, text: string): boolean {
  const { source } = node;
  return source.language === "json" && source.root === node && source.text === text;
}

/** Members are converted when asked for: the text may be nested deeply. */
function jsonValue(data: Json): Value {
  if (data === null) return nullValue();
  switch (typeof data) {
    case "boolean":
      return bool(data);
    case "bigint":
      return int(data);
    case "number":
      return float(data);
    case "string":
      return string(data);
  }
  const member = (part: Json): Thunk => new Thunk(() => jsonValue(part));
  if (Array.isArray(data)) return list(data.map(member));
  return attrs(new Map([...data].map(([name, part]) => [name, member(part)])));
}

function fromToml(text: StringValue): Value {
  try {
    return tomlValue(parseToml(parsable(text.value), { integersAsBigInt: true }));
  } catch (error) {
    if (error instanceof TomlError)
      failInData(`while parsing TOML: ${tomlMessage(error)}`, findTomlProblem(text, error));
    throw error;
  }
}

function tomlValue(data: TomlValue): Value {
  switch (typeof data) {
    case "boolean":
      return bool(data);
    case "bigint":
      if (BigInt.asIntN(64, data) !== data) fail("error", `while parsing TOML: ${data} is out of range`);
      return int(data);
    case "number":
      return float(data);
    case "string":
      return string(withoutNull(data));
  }
  if (Array.isArray(data)) return list(data.map((part) => Thunk.of(tomlValue(part))));
  if (data instanceof TomlDate) fail("error", "while parsing TOML: Dates and times are not supported");
  return attrs(new Map(Object.entries(data).map(([name, part]) => [withoutNull(name), tomlValue(part)])));
}

function failInData(message: string, inData: Failure["inData"]): never {
  throw new NixError({ type: "failure", kind: "error", message, inData });
}

function withoutNull(text: string): string {
  return text.includes("\0") ? fail("error", "while parsing TOML: a string holds a null byte") : text;
}
