/**
 * The outputs of packages: `lib.getOutput`, `getBin`, …
 *
 *   lib.getBin { bin = "b"; out = "o"; }  ->  "b"
 */
import { derived } from "../errors.ts";
import { expectBool, expectClosedList, expectList, expectString, findAttr } from "../expect.ts";
import { bool, list, string } from "../make.ts";
import type { Eval } from "../step.ts";
import { Thunk } from "../thunk.ts";
import type { Value } from "../value.ts";
import { attrOr, lazily, type Members } from "./native.ts";

export function outputMembers(): Members {
  return lazily({
    getOutput: getOutput,
    getFirstOutput: getFirstOutput,
    getBin: (pkg) => getOutput(name("bin"), pkg),
    getLib: (pkg) => getOutput(name("lib"), pkg),
    getDev: (pkg) => getOutput(name("dev"), pkg),
    getMan: (pkg) => getOutput(name("man"), pkg),
    getStatic: (pkg) => getFirstOutput(names("static", "lib", "out"), pkg),
    getInclude: (pkg) => getFirstOutput(names("include", "dev", "out"), pkg),
    chooseDevOutputs: function* (pkgs) {
      const { elements, open } = expectList(yield pkgs);
      return list(
        elements.map((pkg) => new Thunk(() => getOutput(name("dev"), pkg))),
        undefined,
        open,
      );
    },
  });
}

function name(text: string): Thunk {
  return Thunk.of(string(text));
}

function names(...texts: string[]): Thunk {
  return Thunk.of(list(texts.map(name)));
}

export function* getOutput(output: Thunk, pkg: Thunk): Eval<Value> {
  const value = yield pkg;
  if (value.type !== "attrs") return value.type === "unknown" ? derived(value) : value;
  if (expectBool(yield* attrOr(value, "outputSpecified", bool(false))).value) return value;
  const wanted = findAttr(value, expectString(yield output).value) ?? findAttr(value, "out");
  return wanted ? yield wanted : value;
}

function* getFirstOutput(candidates: Thunk, pkg: Thunk): Eval<Value> {
  const value = yield pkg;
  if (value.type !== "attrs") return value.type === "unknown" ? derived(value) : value;
  if (expectBool(yield* attrOr(value, "outputSpecified", bool(false))).value) return value;
  for (const candidate of expectClosedList(yield candidates).elements) {
    const output = findAttr(value, expectString(yield candidate).value);
    if (output) return yield output;
  }
  return value;
}
