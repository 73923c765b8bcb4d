import { expect, test } from "vitest";
import type { Clan } from "../../../../server/src/clan/model.ts";
import { clanOf } from "../../helpers/clan.ts";

/** `generator file attribute`, with `?` where a missing name does no harm. */
function referencesOf(clan: Clan, how = "configuration", machine = "web"): string[] {
  return clan.vars
    .of(machine)
    .references.filter((reference) => reference.how === how)
    .map(({ generator, file, prompt, attribute, conditional }) =>
      [generator, file, prompt, attribute]
        .flatMap((place) => place?.name ?? [])
        .join(" ")
        .concat(conditional ? "?" : ""),
    );
}

async function configuration(text: string): Promise<Clan> {
  return await clanOf(`{ }\n#- /machines/web/configuration.nix\n${text}`);
}

test("selections, whole and through let, inherit, with and aliases", async () => {
  const clan = await configuration(`
{ config, lib, pkgs, ... }:
let
  inherit (config.clan.core.vars) generators;
  inherit (generators.inherited) files;
  ca = config.clan.core.vars.generators.ca;
in {
  a.whole = config.clan.core.vars.generators.ca.files."ca.pem".path;
  a.prompt = config.clan.core.vars.generators.ca.prompts.name;
  a.text = "--key \${generators.db.files.key.path}";
  a.alias = [ ca.files.key.value ];
  a.file = files.x.path;
  a.script = pkgs.writeShellScript "x" ''cat \${ca.files.used.path}'';
  a.with = with config.clan.core.vars.generators; mail.files.key.path;
  a.inherit = { inherit (ca.files) y; };
  a.computed = config.clan.core.vars.generators.\${pkgs.name}.files.key.path;
  a.half = config.clan.core.vars.generators.half.files.\${pkgs.name}.path;
}`);
  // What a variable is bound to is a reference of its own.
  expect(referencesOf(clan).sort()).toEqual([
    "ca",
    "ca ca.pem path",
    "ca key value",
    "ca name",
    "ca used path",
    "ca y",
    "ca?",
    "db key path",
    "half",
    "inherited x path",
    "inherited?",
    "inherited?",
    "mail key path?",
  ]);
});

test("what is another's configuration, or cannot be followed, is no reference", async () => {
  const clan = await configuration(`
{ config, self, other, ... }: {
  a.machine = self.nixosConfigurations.db.config.clan.core.vars.generators.ca.files.x.path;
  a.argument = other.clan.core.vars.generators.ca.files.x.path;
  a.shadowed = (config: config.clan.core.vars.generators.ca.files.x.path) other;
  a.circle = let a = b; b = a; in a.clan.core.vars.generators.ca;
}`);
  expect(referencesOf(clan)).toEqual([]);
});

test("under what Nix may skip, a name that is missing does no harm", async () => {
  const clan = await configuration(`
{ config, lib, pkgs, ... }: let g = config.clan.core.vars.generators; in {
  options.on = lib.mkOption { default = true; };
  options.off = lib.mkOption { default = false; };
  config = lib.mkMerge [
    { a.sure = g.sure.files.x.path; a.forced = lib.mkForce g.forced.files.x.path; }
    (lib.mkIf config.on { b.decided = g.decided.files.x.path; })
    (lib.mkIf config.off { c.off = g.off.files.x.path; })
    (lib.mkIf config.services.nginx.enable { d.unsure = g.unsure.files.x.path; })
    {
      e.fallback = g.fallback.files.x.path or null;
      e.asked = g ? asked;
      e.optional = lib.optionalString config.services.x.enable g.optional.files.x.path;
      e.branch = if config.services.x.enable then g.branch.files.x.path else "";
      e.and = config.services.x.enable && g.and.files.x.exists;
      e.lambda = map (x: g.lambda.files.x.path) config.services.list;
    }
  ];
}`);
  expect(referencesOf(clan).filter((one) => !one.startsWith("g"))).toEqual([
    "sure x path",
    "forced x path",
    "decided x path",
    "off x path?",
    "unsure x path?",
    "fallback x path?",
    "asked?",
    "optional x path?",
    "branch x path?",
    "and x exists?",
    "lambda x path?",
  ]);
});

const STRICT =
  "attrNames attrValues escapeShellArg fileContents head last length mkAfter mkBefore mkDefault mkForce mkMerge readFile toString trim".split(
    " ",
  );

const passing = [
  ...STRICT.map((name) => `lib.${name} READ`),
  ...STRICT.map((name) => `${name} READ`),
  "lib.mkOverride 50 READ",
  'lib.removeSuffix "x" READ',
  "pkgs.writeText READ",
  'pkgs.writeText "x" READ',
  "pkgs.formats.json READ",
  "[ READ ]",
  "{ b = READ; }",
  '"x ${READ}"',
  "./x/${READ}",
  "!READ",
  "-READ",
  "let b = 1; in READ",
  "with lib; READ",
  "assert true; READ",
  "READ.x",
  "if READ then 1 else 2",
  "READ == 1",
  "1 == READ",
  "READ && true",
  "READ || true",
  "READ -> true",
  "READ ++ [ ]",
  "READ // { }",
  "READ 1",
  "lib.mkIf true READ",
];

const skipping = [
  "lib.optional true READ",
  "lib.id READ",
  "lib.optionalString true READ",
  "pkgs.lib.optional true READ",
  "mine READ",
  "x: READ",
  "let b = READ; in 1",
  "with READ; 1",
  "if true then READ else 1",
  "if true then 1 else READ",
  "true && READ",
  "true || READ",
  "true -> READ",
  "{ }.b or READ",
  "{ ${READ} = 1; }",
  "READ ? x",
];

async function isSure(value: string): Promise<boolean> {
  const read = "config.clan.core.vars.generators.ca.files.x.path";
  const clan = await configuration(
    `{ config, lib, pkgs, mine, ... }: { a.y = ${value.replace("READ", `(${read})`)}; }`,
  );
  const found = referencesOf(clan).filter((one) => one.startsWith("ca x"));
  expect(found).toHaveLength(1);
  return found[0]?.endsWith("?") === false;
}

test.each(passing)("Nix surely asks for what is read in %s", async (value) => {
  expect(await isSure(value)).toBe(true);
});

test.each(skipping)("Nix may skip what is read in %s", async (value) => {
  expect(await isSure(value)).toBe(false);
});

test("in services of the clan, for the machines that are in them", async () => {
  const clan = await clanOf(`
    #- /flake.nix
    {
      inputs.clan-core.url = "git+https://git.clan.lol/clan/clan-core";
      outputs = { self, clan-core, ... }: {
        clan = clan-core.lib.clan { inherit self; imports = [ ./clan.nix ]; };
      };
    }
    #- /clan.nix
    {
      modules.door = {
        _class = "clan.service";
        manifest.name = "door";
        roles.default.perInstance.nixosModule = { config, ... }: {
          services.door.key = config.clan.core.vars.generators.door.files.key.path;
        };
      };
      inventory.machines = { web = { }; db = { }; };
      inventory.instances.door = { module.input = "self"; roles.default.machines.web = { }; };
    }
  `);
  expect(referencesOf(clan)).toEqual(["door key path"]);
  expect(referencesOf(clan, "configuration", "db")).toEqual([]);
});

test("dependencies, with the place of the word", async () => {
  const clan = await configuration(`
{ lib, ... }: {
  clan.core.vars.generators.a.dependencies = [ "b" (lib.concatStrings [ "c" "d" ]) ];
}`);
  const references = clan.vars.of("web").references.filter(({ how }) => how === "dependency");
  expect(references.map(({ generator, within }) => [within, generator.name])).toEqual([["a", "b"]]);
  const { path, start, end } = references[0]?.generator ?? expect.fail("no reference");
  expect(path).toBe("/workspace/machines/web/configuration.nix");
  expect(end - start).toBe(1);
});
