/** The same mistake where all is known, and where what would prove it is not. */
import { expect, test } from "vitest";
import { findingTexts } from "../helpers/check.ts";

const clanCore = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";

/** A clan in its flake, in reach of an input `other` of which nothing is known. */
const flake = (clan: string, { url = clanCore, directory = "./." } = {}) => `#- /flake.nix
{
  inputs.clan-core.url = "${url}";
  inputs.other.url = "github:someone/other";
  outputs = { self, clan-core, other }: {
    clan = clan-core.lib.clan { inherit self; directory = ${directory}; meta.name = "c"; imports = [ (import ./clan.nix other) ]; };
  };
}
#- /clan.nix
other: ${clan}
`;

async function codes(text: string): Promise<string[]> {
  return (await findingTexts(text)).map((found) => found.replace(/:.*/s, ""));
}

const withSecret = (settings: string, more = "") =>
  flake(`{
    inventory.machines.a = { };
    vars.settings = ${settings};
    machines.a.clan.core.vars.generators.g = { files.k.${more || "deploy = true"}; script = "echo > $out/k"; };
  }`);

test.each<[string, string, string[]]>([
  ["nobody is named", `{ secretStore = "age"; }`, ["missing-setting"]],
  ["an empty list", `{ secretStore = "age"; recipients.hosts.a = [ ]; }`, ["missing-setting"]],
  [
    "another machine",
    `{ secretStore = "age"; recipients.hosts.zzz = [ "age1x" ]; }`,
    ["missing-setting", "unknown-machine"],
  ],
  ["the default", `{ secretStore = "age"; recipients.default = [ "age1x" ]; }`, []],
  ["the machine", `{ secretStore = "age"; recipients.hosts.a = [ "age1x" ]; }`, []],
  ["another store", `{ secretStore = "sops"; }`, []],
  ["settings that are not known", `{ secretStore = "age"; } // other.settings`, []],
  ["recipients that are not known", `{ secretStore = "age"; recipients = other.recipients; }`, []],
  ["a default that is not known", `{ secretStore = "age"; recipients.default = other.keys; }`, []],
  ["machines that are not known", `{ secretStore = "age"; recipients.hosts = other.hosts; }`, []],
  ["keys that are not known", `{ secretStore = "age"; recipients.hosts.a = other.keys; }`, []],
])("recipients of secrets in the age store: %s", async (_name, settings, expected) => {
  expect((await codes(withSecret(settings))).filter((code) => code !== "unknown-option").sort()).toEqual(
    expected,
  );
});

test("a machine without secrets needs no recipients", async () => {
  expect(await codes(withSecret(`{ secretStore = "age"; }`, "secret = false"))).toEqual([]);
});

test("a machine that has its key already needs no recipients", async () => {
  const text = `${withSecret(`{ secretStore = "age"; }`)}\n#- /secrets/age-keys/machines/a/pub\nage1x`;
  expect(await codes(text)).toEqual([]);
});

const stray = "machines/b/default.nix\n{ }";

test.each<[string, string, string[]]>([
  ["a folder with a module", `${flake("{ inventory.machines.a = { }; }")}\n#- /${stray}`, ["stray-machine"]],
  [
    "a folder with some text",
    `${flake("{ inventory.machines.a = { }; }")}\n#- /machines/b/notes.txt\n x`,
    ["stray-machine"],
  ],
  [
    "a folder with folders only",
    `${flake("{ inventory.machines.a = { }; }")}\n#- /machines/b/sub/x.nix\n{ }`,
    [],
  ],
  [
    "a folder, where the clan's folder is not known",
    `${flake("{ inventory.machines.a = { }; }", { directory: "other" })}\n#- /${stray}`,
    [],
  ],
  ["a module alone", flake("{ inventory.machines.web = { }; machines.wbe = { }; }"), ["stray-machine"]],
  [
    "a module, where the others are in inventory.json",
    `${flake("{ machines.wbe = { }; }")}\n#- /inventory.json\n{ "machines": { "web": {} } }`,
    ["stray-machine"],
  ],
  ["modules, of which none is in the inventory", flake("{ machines.wbe = { }; machines.db = { }; }"), []],
  [
    "two modules beside the inventory",
    flake("{ inventory.machines.web = { }; machines.wbe = { }; machines.db = { }; }"),
    [],
  ],
])("a machine that may not be one: %s", async (_name, text, expected) => {
  expect(await codes(text)).toEqual(expected);
});

test.each([
  ["a text", `builtins.concatStringsSep "" (builtins.genList (_: "0123456789") 600000)`],
  ["a list", "toString (builtins.length (builtins.genList (_: 1) 600000))"],
])("%s beyond what is evaluated is no mistake", async (_name, value) => {
  expect(await codes(flake(`{ meta.description = ${value}; }`))).toEqual([]);
});

const service = (manifest: string, exported = "{ }") => `{
    modules.s = {
      _class = "clan.service";
      manifest = { name = "s"; ${manifest} };
      roles.r.perInstance = { mkExports, ... }: { nixosModule = { }; exports = ${exported}; };
    };
    inventory.machines.a = { };
    inventory.instances.s = { module = { name = "s"; input = "self"; }; roles.r.machines.a = { }; };
  }`;
const [ours, theirs] = [{ url: clanCore }, { url: "github:someone/clan-core" }];

test.each<[string, string, string, { url: string }, string[]]>([
  ["a slip", `exports.out = [ "networkng" ];`, "{ }", ours, ["unknown-interface"]],
  [
    "a slip, of a clan-core of somebody's own",
    `exports.out = [ "networkng" ];`,
    "{ }",
    theirs,
    ["unknown-interface"],
  ],
  ["another name", `exports.out = [ "weather" ];`, "{ }", ours, ["unknown-interface"]],
  ["another name, which that clan-core may have", `exports.out = [ "weather" ];`, "{ }", theirs, []],
  [
    "a slip in what is exported",
    `exports.out = [ "networking" ];`,
    "mkExports { networkng.x = 1; }",
    ours,
    ["unknown-interface"],
  ],
  [
    "a slip in what is exported there",
    `exports.out = [ "networking" ];`,
    "mkExports { networkng.x = 1; }",
    theirs,
    [],
  ],
])("an interface: %s", async (_name, manifest, exported, core, expected) => {
  expect(await codes(flake(service(manifest, exported), core))).toEqual(expected);
});
