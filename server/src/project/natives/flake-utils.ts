/**
 * flake-utils, native: `lib.eachDefaultSystem` and its like call a function for each system and turn the
 * results around.
 *
 *   eachSystem [ "a" "b" ] (system: { packages.x = system; })
 *   ->  { packages = { a.x = "a"; b.x = "b"; }; }
 */

import { attempt } from "../../modules/properties.ts";
import { lazy } from "../../nix/builtins/define.ts";
import { expectList } from "../../nix/expect.ts";
import { apply } from "../../nix/interpreter.ts";
import { attrs, attrsOf, list, string, unknown } from "../../nix/make.ts";
import { updateAttrs } from "../../nix/merge.ts";
import type { Eval } from "../../nix/step.ts";
import { Thunk } from "../../nix/thunk.ts";
import type { Attr, Unknown, Value } from "../../nix/value.ts";
import type { NativeInput } from "../flake.ts";

export const DEFAULT_SYSTEMS = ["aarch64-darwin", "aarch64-linux", "x86_64-darwin", "x86_64-linux"];

export const flakeUtilsInput: NativeInput = {
  matches: ({ name, repository }) =>
    repository === undefined ? name === "flake-utils" : /(^|\/)flake-utils$/.test(repository),
  value: () => Thunk.of(flakeUtils()),
};

function flakeUtils(): Value {
  const systems = Thunk.of(list(DEFAULT_SYSTEMS.map((system) => Thunk.of(string(system)))));
  const more = unknown("only the usual functions of flake-utils are known");
  const lib = attrs(
    {
      defaultSystems: systems,
      eachDefaultSystem: lazy("eachDefaultSystem", (fn) => eachSystem(systems, fn)),
      eachSystem: lazy("eachSystem", (given, fn) => eachSystem(given, fn)),
      eachDefaultSystemPassThrough: lazy("eachDefaultSystemPassThrough", (fn) => passThrough(systems, fn)),
      eachSystemPassThrough: lazy("eachSystemPassThrough", (given, fn) => passThrough(given, fn)),
    },
    undefined,
    more,
  );
  return attrs({ lib }, undefined, more);
}

/** `{ name.<system> = (fn system).name; }`; a system whose result is not known leaves everything open. */
function* eachSystem(systems: Thunk, fn: Thunk): Eval<Value> {
  const given = expectSystems(yield systems);
  const byName = new Map<string, Map<string, Attr>>();
  let { open } = given;
  for (const system of given.elements) {
    const name = yield* attempt(system);
    const result = yield* attempt(apply(fn, system));
    if (name.type !== "string" || result.type !== "attrs") {
      open ??= result.type === "unknown" ? result : unknown("what a system gives is not known");
      continue;
    }
    open ??= result.open;
    for (const [output, attribute] of result.attrs) {
      const bySystem = byName.get(output) ?? new Map<string, Attr>();
      byName.set(output, bySystem.set(name.value, attribute));
    }
  }
  const outputs = [...byName].map(([name, bySystem]) => [name, attrsOf(bySystem, undefined, open)] as const);
  return attrs(new Map(outputs), undefined, open);
}

/** All results in one set. */
function* passThrough(systems: Thunk, fn: Thunk): Eval<Value> {
  const given = expectSystems(yield systems);
  let all: Value = attrs({}, undefined, given.open);
  for (const system of given.elements) all = updateAttrs(all, yield apply(fn, system));
  return all;
}

/** Where the systems are unknown, their names are, too. */
function expectSystems(value: Value): {
  readonly elements: readonly Thunk[];
  readonly open?: Unknown | undefined;
} {
  return value.type === "unknown" ? { elements: [], open: value } : expectList(value);
}
