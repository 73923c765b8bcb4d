/**
 * The functions of `lib.strings` that write build flags.
 *
 *   lib.enableFeature true "ssl"  ->  "--enable-ssl"        lib.cmakeBool "X" false  ->  "-DX:BOOL=FALSE"
 */
import { fail } from "../errors.ts";
import { expectBool, expectString } from "../expect.ts";
import { string } from "../make.ts";
import type { Eval } from "../step.ts";
import type { Thunk } from "../thunk.ts";
import type { Value } from "../value.ts";
import { eagerly, joined, lazily, type Members, textOf } from "./native.ts";

const CMAKE_TYPES = new Set(["BOOL", "FILEPATH", "PATH", "STRING", "INTERNAL", "LIST"]);

export function featureMembers(): Members {
  return {
    ...eagerly({
      cmakeOptionType: (type, feature, value) =>
        cmake(expectString(type).value, expectString(feature).value, expectString(value).value),
      cmakeBool: (feature, flag) =>
        cmake("BOOL", expectString(feature).value, expectBool(flag).value ? "TRUE" : "FALSE"),
      cmakeFeature: (feature, value) =>
        cmake("STRING", expectString(feature).value, expectString(value).value),
      mesonOption: (feature, value) =>
        string(`-D${expectString(feature).value}=${expectString(value).value}`),
      mesonBool: (feature, flag) => string(`-D${expectString(feature).value}=${expectBool(flag).value}`),
      mesonEnable: (feature, flag) =>
        string(`-D${expectString(feature).value}=${expectBool(flag).value ? "enabled" : "disabled"}`),
      enableFeature: (flag, feature) => toggle("enable", "disable", flag, feature),
      withFeature: (flag, feature) => toggle("with", "without", flag, feature),
    }),
    ...lazily({
      enableFeatureAs: (flag, feature, value) => toggleAs("enable", "disable", flag, feature, value),
      withFeatureAs: (flag, feature, value) => toggleAs("with", "without", flag, feature, value),
    }),
  };
}

function cmake(type: string, feature: string, value: string): Value {
  const known = type.toUpperCase();
  if (!CMAKE_TYPES.has(known)) fail("assert", `cmakeOptionType: '${type}' is no type of CMake`);
  return string(`-D${feature}:${known}=${value}`);
}

function toggle(on: string, off: string, flag: Value, feature: Value) {
  return string(`--${expectBool(flag).value ? on : off}-${expectString(feature).value}`);
}

/** The value is looked at only if the feature is on. */
function* toggleAs(on: string, off: string, flag: Thunk, feature: Thunk, value: Thunk): Eval<Value> {
  const decided = yield flag;
  const option = toggle(on, off, decided, yield feature);
  if (!expectBool(decided).value) return option;
  return joined([option, string("="), yield* textOf(value)]);
}
