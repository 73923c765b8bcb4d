import { expect, test } from "vitest";
import { afterFix, checkFindings, findingTexts } from "../helpers/check.ts";

/** A flake whose clan has these attributes. */
function flake(attributes: string): string {
  return `{
  inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
  outputs = { self, clan-core }: {
    clan = (clan-core.lib.clan { inherit self;${attributes} }).config;
  };
}
`;
}

/** A flake of flake-parts with these attributes. */
function flakeParts(attributes: string): string {
  return `{
  inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
  inputs.flake-parts.url = "github:hercules-ci/flake-parts";
  outputs = inputs@{ flake-parts, clan-core, ... }: flake-parts.lib.mkFlake { inherit inputs; } {
    imports = [ clan-core.flakeModules.default ];
    ${attributes}
  };
}
`;
}

test.each([
  ["a call", flake(" imports = [ ./clan.nix ];"), "clan"],
  ["its own group", flake(' meta = { description = "x"; };'), "meta"],
  ["a dotted path", flake(' meta.description = "x";'), "meta"],
  ["flake-parts", flakeParts("clan = { };"), "clan"],
  ["flake-parts, dotted", flakeParts('flake.clan.imports = [ { meta.description = "x"; } ];'), "meta"],
])("missing-setting: a clan without a name: %s", async (_, text, place) => {
  const fixture = `#- /flake.nix\n${text}#- /clan.nix\n{ inventory.machines.web = { }; }\n`;
  expect(await findingTexts(fixture)).toEqual([`missing-setting: ${place}`]);
});

test.each([
  ["in clan.nix", flake(" imports = [ ./clan.nix ];"), '{ meta.name = "x"; }'],
  ["in the inventory", flake(" imports = [ ./clan.nix ];"), '{ inventory.meta.name = "x"; }'],
  [
    "that is not known",
    flake(" imports = [ ./clan.nix ]; specialArgs.x = 1;"),
    "{ clan-core, ... }: { meta.name = clan-core.x; }",
  ],
  ["that a module may set", flake(" imports = [ clan-core.modules.x ];"), "{ }"],
  ["in a clan no flake leads to", "{ outputs = _: { }; }", "{ inventory.machines.web = { }; }"],
])("a name %s", async (_, text, clan) => {
  expect(await findingTexts(`#- /flake.nix\n${text}\n#- /clan.nix\n${clan}\n`)).toEqual([]);
});

test.each([
  ["nothing else", '{ meta.name = "x"; }', ["missing-setting: clan"]],
  ["the folder", '{ directory = ./.; meta.name = "x"; }', []],
  ["what is not known", '({ meta.name = "x"; } // clan-core.x)', []],
  ["what a function adds", '((args: args // { inherit self; }) { meta.name = "x"; })', []],
])("a call of lib.clan without `self` that is given %s", async (_, args, expected) => {
  const text = flake("").replace("{ inherit self; }", args);
  expect(await findingTexts(`#- /flake.nix\n${text}`)).toEqual(expected);
});

test.each([
  ["services", flakeParts("clan.modules.probe = ./probe.nix;")],
  ["templates", flake(' templates.disko.one = { path = ./disko; description = "x"; };')],
])("a clan that only has %s for others needs no name", async (_, text) => {
  expect(await findingTexts(`#- /flake.nix\n${text}#- /probe.nix\n{ }\n`)).toEqual([]);
  const machine = "#- /machines/web/configuration.nix\n{ }\n";
  expect(await findingTexts(`#- /flake.nix\n${text}#- /probe.nix\n{ }\n${machine}`)).toEqual([
    "missing-setting: clan",
  ]);
});

test("a misspelt name is one mistake", async () => {
  expect(await findingTexts(`#- /flake.nix\n${flake(' meta.nmae = "x";')}`)).toEqual([
    "unknown-option: nmae",
  ]);
});

test.each([
  [
    flake(" imports = [ ];"),
    flake(" imports = [ ];").replace("{ inherit self;", '{ meta.name = ""; inherit self;'),
  ],
  [flake(" meta = { };"), flake(' meta = { name = ""; };')],
  [flakeParts("clan = { imports = [ ]; };"), flakeParts('clan = { meta.name = ""; imports = [ ]; };')],
  [flakeParts("clan.imports = [ ];"), flakeParts('clan.meta.name = "";\n    clan.imports = [ ];')],
])("the fix adds a name", async (before, after) => {
  expect(await afterFix(`#- /flake.nix\n${before}`)).toBe(after);
  expect(await findingTexts(`#- /flake.nix\n${after}`)).toEqual([]);
});

test("missing-setting: a check without a condition; its message may be missing", async () => {
  await checkFindings(`
    #- /flake.nix
    {
      inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
      outputs = { self, clan-core }: {
        clan = clan-core.lib.clan {
          inherit self;
          meta.name = "x";
          checks.a.message = "never";
          #      ^ error[missing-setting]: \`checks.a.assertion\` must be set.
          checks.b.assertion = true;
        };
      };
    }
  `);
});
