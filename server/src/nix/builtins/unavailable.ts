/**
 * What an editor must not or cannot do: networks, the environment, the time, running programs. Each is
 * there, as in Nix, and its result is Unknown.
 *
 *   builtins.fetchTarball "https://…"  ->  «unknown: builtins.fetchTarball is never run»
 */
import { expectStringWithoutContext } from "../expect.ts";
import { builtin, unknown } from "../make.ts";
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

export function unavailableBuiltins(): [string, Value][] {
  return [
    ...FETCHERS.map((name): [string, Value] => [
      name,
      builtin(name, 1, () => unknown(`builtins.${name} is never run`)),
    ]),
    [
      "getEnv",
      eager("getEnv", (name) => {
        expectStringWithoutContext(name);
        return unknown("environment variables are not read");
      }),
    ],
    ["outputOf", builtin("outputOf", 2, () => unknown("store paths of outputs are not computed"))],
    ["currentSystem", unknown("the system to build for is not known")],
    ["currentTime", unknown("the time of the evaluation is not known")],
    ["nixPath", unknown("the Nix search path is not known")],
  ];
}
