/** What a part of which is not seen may be more than what is seen of it: nothing is said of the rest. */
import { expect, test } from "vitest";
import { checkFindings, findingTexts } from "../helpers/check.ts";
import { FLAKE, FLAKE_WITH_INPUTS } from "../helpers/flakes.ts";

/** A clan with a service whose role has this setting, of the input `other` as `other`; and what is set. */
const service = (type: string, value: string): string => `${FLAKE_WITH_INPUTS}
    #- /clan.nix
    { self, ... }: {
      meta.name = "x";
      modules.s = import ./s.nix self.inputs.other;
      inventory.machines.a = { };
      inventory.instances.s = { module.input = "self"; roles.r.machines.a.settings.level = ${value}; };
    }
    #- /s.nix
    other: { lib, ... }: {
      _class = "clan.service";
      manifest.name = "s";
      roles.r.interface.options.level = lib.mkOption { type = ${type}; };
      roles.r.perInstance = { settings, ... }: { nixosModule.services.s = settings.level; };
    }`;

test.each([
  [
    "enum",
    `lib.types.enum ([ "low" ] ++ EXTRA)`,
    `"high"`,
    'type-mismatch: "high"',
    'lib.types.enum (lib.filter (one: one == "low" || other.has one) [ "low" "high" ])',
  ],
  [
    "submodule",
    "lib.types.submoduleWith { modules = [ { options.a = lib.mkOption { default = 1; }; } ] ++ EXTRA; }",
    "{ b = 1; }",
    "unknown-setting: b",
    "lib.types.submoduleWith { modules = lib.filter (one: one ? options.a || other.has one) [ { options.a = lib.mkOption { default = 1; }; } { options.b = lib.mkOption { default = 1; }; } ]; }",
  ],
])("values and options of an %s that has more", async (_, type, value, wrong, some) => {
  expect(await findingTexts(service(type.replace("EXTRA", "[ ]"), value))).toEqual([wrong]);
  expect(await findingTexts(service(type.replace("EXTRA", "other.more"), value))).toEqual([]);
  // Some of the list is known, and not how it goes on.
  expect(await findingTexts(service(some, value))).toEqual([]);
});

test("attributes of generators for which a module that is not seen declares options", async () => {
  const machine = (options: string): string => `${FLAKE_WITH_INPUTS}
    #- /clan.nix
    { meta.name = "x"; inventory.machines.a = { }; }
    #- /machines/a/configuration.nix
    { config, lib, inputs, ... }: {
      ${options}
      config.clan.core.vars.generators.g = { files.k = { }; script = "date > $out/k"; };
      config.services.x = config.clan.core.vars.generators.g.fils;
    }`;
  expect(await findingTexts(machine(""))).toEqual(["unknown-generator-file: fils"]);
  const more = (modules: string): string =>
    `options.clan.core.vars.generators = lib.mkOption { type = lib.types.attrsOf (lib.types.submodule ${modules}); };`;
  expect(await findingTexts(machine(more("{ options.note = lib.mkOption { default = 1; }; }")))).toEqual([
    "unknown-generator-file: fils",
  ]);
  const open = machine("").replace(
    "generators.g = {",
    'generators.g = removeAttrs inputs.other [ "inputs" ] // {',
  );
  expect(await findingTexts(open)).toEqual([]);
  expect(await findingTexts(machine(more("{ options = inputs.other.options; }")))).toEqual([]);
});

test("data that is broken is told in its file if that is the clan's own", async () => {
  const clan = (more: string, file: string): string => `${FLAKE}
    #- /clan.nix
    { lib, ... }: { meta.name = "x"; meta.description = (lib.importJSON ${file}).text; ${more} }`;
  expect(
    await findingTexts(`${clan("", "./data.json")}
    #- /data.json
    { "text": tru }`),
  ).toEqual([expect.stringMatching(/^evaluation-error: tru/)]);
  // inventory.json has findings of its own.
  const twice = await findingTexts(`${clan("", "./inventory.json")}
    #- /inventory.json
    { "text": tru }`);

  expect(twice).toEqual(["evaluation-error: lib.importJSON ./inventory.json", "syntax-error: tru"]);
});

test("a file that cannot be parsed has no other errors", async () => {
  await checkFindings(`${FLAKE}
    #- /clan.nix
    { lib, ... }: {
      meta.name = "x";
      meta.description = lib.toUpper 5;
      meta.icon = ;
    #           ^ error[syntax-error]
    }`);
});
