/**
 * The flake input clan-core, native: its flake module for flake-parts, and the functions that make a clan.
 *
 *   clan-core.lib.clan { inherit self; meta.name = "x"; }   ->   registered; { config = …; … }
 */
import { lazy } from "../nix/builtins/define.ts";
import { prioritised } from "../nix/lib/marks.ts";
import { attrs, int, openLibrary, string, unknown } from "../nix/make.ts";
import type { Eval } from "../nix/step.ts";
import { Thunk } from "../nix/thunk.ts";
import type { Value } from "../nix/value.ts";
import type { FlakeInProgress, NativeInput } from "../project/flake.ts";
import { isClanCore } from "./core-versions.ts";
import type { ClanRegistry, FoundClan } from "./registry.ts";

/** The file that definitions of clan-core's module for flake-parts come from. */
export const FLAKE_MODULE = "clan-core/flakeModules/clan.nix";

/** The priority of an option's own default. */
const UNSAID = 1500;

export function clanCoreInput(registryOf: (flake: FlakeInProgress) => ClanRegistry): NativeInput {
  return {
    matches: isClanCore,
    value: (flake) => {
      const clanCore: Thunk = new Thunk(() => clanCoreOutputs(flake, registryOf(flake), clanCore));
      return clanCore;
    },
  };
}

/** What `missing.of` says of what clan-core had until 2025. */
export const OF_OLD_CORE = "clan-core of before";

const GONE: ReadonlySet<string> = new Set(["clanModules"]);

function clanCoreOutputs(flake: FlakeInProgress, registry: ClanRegistry, clanCore: Thunk): Value {
  const more = openLibrary("only a part of clan-core is known natively");
  const evaluate = (args: Thunk): Eval<FoundClan> => callClan(flake, registry, clanCore, args);
  const lib = attrs(
    {
      clan: lazy("clan", function* (args) {
        return (yield* evaluate(args)).result;
      }),
      buildClan: lazy("buildClan", function* (args) {
        return yield (yield* evaluate(args)).config;
      }),
    },
    undefined,
    more,
  );
  // Importing it makes a clan, even before anything of it is defined; any definition counts more.
  const module = attrs({
    _file: string(FLAKE_MODULE),
    key: string("clan-core#flakeModules.default"),
    config: attrs({
      flake: attrs({ clan: prioritised("override", Thunk.of(int(UNSAID)), Thunk.of(attrs({}))) }),
    }),
  });
  const nixosModules = attrs(
    {},
    undefined,
    unknown("the modules clan-core has for machines are not evaluated"),
  );
  const flakeModules = attrs({ default: module, clan: module }, undefined, more);
  const outputs = attrs({ lib, clanLib: lib, nixosModules, flakeModules }, undefined, more);
  return registry.isKnownCore() ? { ...outputs, isWhole: true, namesOf: OF_OLD_CORE, lacks: GONE } : outputs;
}

function* callClan(
  flake: FlakeInProgress,
  registry: ClanRegistry,
  clanCore: Thunk,
  args: Thunk,
): Eval<FoundClan> {
  const given = yield args;
  const self = given.type === "attrs" ? given.attrs.get("self")?.value : undefined;
  const call = args.node ?? given.origins?.[0];
  return registry.register({ kind: "lib.clan", modules: [args], self: self ?? flake.self, clanCore, call });
}
