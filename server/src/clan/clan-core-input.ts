/**
 * The flake input clan-core, native: its flake module for flake-parts, and the functions that make a clan.
 *
 *   clan-core.lib.clan { inherit self; meta.name = "x"; }   ->   registered; { config = …; … }
 */
import { lazy } from "../nix/builtins/define.ts";
import { prioritised } from "../nix/lib/marks.ts";
import type { Eval } from "../nix/machine.ts";
import { attrs, int, openLibrary, string, unknown } from "../nix/make.ts";
import { Thunk } from "../nix/thunk.ts";
import type { Value } from "../nix/value.ts";
import type { FlakeInProgress, NativeInput } from "../project/flake.ts";
import type { InputDeclaration } from "../project/flake-inputs.ts";
import { CATALOGUE_TIME } from "./catalogue/services.ts";
import type { ClanRegistry, FoundClan } from "./registry.ts";

/** The priority of an option's own default. */
const UNSAID = 1500;

/** The input is clan-core: so its URL or lock says, or, without either, its name. */
export function isClanCore({ name, repository }: Pick<InputDeclaration, "name" | "repository">): boolean {
  return name === "clan-core" || /(^|\/)clan-core$/.test(repository ?? "");
}

/** How far from the version that the catalogue describes another one has much the same, in seconds. */
const SIMILAR = { newer: days(30), older: days(365) };

/** Services, as the catalogue has them, came to clan in 2025: a lock that is older says nothing. */
const FIRST_SERVICES = Date.UTC(2025, 0, 1) / 1000;

/** Whether it may have what the catalogue does not know: it is somebody's own copy, or of quite another time. */
export function isOtherCore({ repository, lock }: Pick<InputDeclaration, "repository" | "lock">): boolean {
  if (repository !== undefined && !/^((clan|clan-lol)\/)?clan-core$/.test(repository)) return true;
  const locked = lock?.locked?.lastModified ?? CATALOGUE_TIME;
  const isOlder = locked < CATALOGUE_TIME - SIMILAR.older && locked > FIRST_SERVICES;
  return locked > CATALOGUE_TIME + SIMILAR.newer || isOlder;
}

/** Whether it may still have what the catalogue says is gone. */
export function isOlderCore({ lock }: Pick<InputDeclaration, "lock">): boolean {
  return (lock?.locked?.lastModified ?? CATALOGUE_TIME) < CATALOGUE_TIME;
}

function days(count: number): number {
  return count * 24 * 60 * 60;
}

export function clanCoreInput(registryOf: (flake: FlakeInProgress) => ClanRegistry): NativeInput {
  return {
    matches: isClanCore,
    value: (flake) => {
      const clanCore: Thunk = new Thunk(() => clanCoreOutputs(flake, registryOf(flake), clanCore));
      return clanCore;
    },
  };
}

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
    _file: string("clan-core/flakeModules/clan.nix"),
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
  return attrs(
    {
      lib,
      clanLib: lib,
      nixosModules,
      flakeModules: attrs({ default: module, clan: module }, undefined, more),
    },
    undefined,
    more,
  );
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
