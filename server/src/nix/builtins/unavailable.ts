/**
 * What an editor must not or cannot do: networks, the time, running programs, and the environment unless
 * the evaluator was given one. Each is there, as in Nix, and its result is Unknown.
 *
 *   builtins.fetchTarball "https://…"  ->  «unknown: builtins.fetchTarball is never run»
 */
import type { Context } from "../context.ts";
import { expectStringWithoutContext } from "../expect.ts";
import { builtin, string, unknown } from "../make.ts";
import type { Value } from "../value.ts";
import { eager } from "./define.ts";

const FETCHERS = [
  "fetchClosure",
  "fetchGit",
  "fetchMercurial",
  "fetchTarball",
  "fetchTree",
  "fetchurl",
  "getFlake",
];

export function unavailableBuiltins(context: Context): [string, Value][] {
  return [
    ...FETCHERS.map((name): [string, Value] => [
      name,
      builtin(name, 1, () => unknown(`builtins.${name} is never run`)),
    ]),
    [
      "getEnv",
      eager("getEnv", (name) => {
        const variable = expectStringWithoutContext(name).value;
        if (context.environment === undefined) return unknown("environment variables are not read");
        return string(context.environment.get(variable) ?? "");
      }),
    ],
    ["outputOf", builtin("outputOf", 2, () => unknown("store paths of outputs are not computed"))],
    ["currentSystem", unknown("the system to build for is not known")],
    ["currentTime", unknown("the time of the evaluation is not known")],
    ["nixPath", unknown("the Nix search path is not known")],
  ];
}
