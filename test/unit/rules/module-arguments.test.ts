/** Arguments of modules that nobody gives, and inputs the flake lacks: Nix fails where they are read, and not before. */
import { expect, test } from "vitest";
import { checkFindings, findingTexts } from "../helpers/check.ts";
import { FLAKE_WITH_INPUTS } from "../helpers/flakes.ts";

const clan = (text: string, more = ""): string => `${FLAKE_WITH_INPUTS}
    #- /clan.nix
${text}
${more}`;

test("modules of the clan that ask for more than they are given", async () => {
  await checkFindings(
    clan(
      `
    { lib, inputs, ... }: {
      meta.name = "x";
      imports = [ ./more.nix ];
      inventory.machines.web.tags = if inputs ? other then [ "a" ] else [ ];
    #                                  ^^^^^^^^^^^^^^ error[evaluation-error]: …Modules of the clan are given no \`inputs\`: write \`self.inputs\`.
    }`,
      `    #- /more.nix
    { flake, cofnig, site ? "x", ... }: {
      meta.description = site;
    #                    ^^^^ error[evaluation-error]: …attribute 'site' missing. Arguments: \`clan-core\`, \`clanLib\`, \`config\`, \`lib\`, \`options\`, \`self\`.
      meta.icon = cofnig.inventory.meta.name;
    #             ^^^^^^^^^^^^^^^^^^^^^^^^^^ error[evaluation-error]: …Did you mean \`config\`?
      inventory.tags = lib: { old = [ flake.host ]; };
    #                                 ^^^^^^^^^^ error[evaluation-error]: …attribute 'flake' missing. Arguments: …
    }`,
    ),
  );
});

test("the module for flake-parts gives no more than lib.clan", async () => {
  await checkFindings(`
    #- /flake.nix
    {
      inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
      inputs.flake-parts.url = "github:hercules-ci/flake-parts";
      outputs = inputs@{ flake-parts, ... }: flake-parts.lib.mkFlake { inherit inputs; } {
        imports = [ inputs.clan-core.flakeModules.default ];
        clan = { imports = [ ./clan.nix ]; };
      };
    }
    #- /clan.nix
    { self, inputs, nixpkgs, clan-core, ... }: {
      meta.name = "x";
      machines = inputs.fleet.machines;
    #            ^^^^^^^^^^^^^^^^^^^^^ error[evaluation-error]: …write \`self.inputs\`.
    }`);
});

const reading = (argument: string, more = ""): string =>
  `    { ${argument}, ... }@given: { meta.name = "x"; meta.description = ${argument}; ${more} }`;

test.each([
  ["what is given to modules", reading("self").replaceAll("= self", "= self.x or null")],
  ["what lib.clan gives beside", reading("nixpkgs").replaceAll("= nixpkgs", "= nixpkgs.x")],
  ["what a module gives to all", reading("site", `_module.args.site = "s";`)],
  [
    "what an import that is not seen may give",
    reading("site", "imports = [ given.self.inputs.other.module ];"),
  ],
  ["arguments of a name that is not known", reading("site", "_module.args = given.self.inputs.other.x;")],
  ["what nobody reads", `    { inputs, site, ... }: { meta.name = "x"; }`],
  [
    "what is read where it does not count",
    `    { lib, site, ... }: { meta.name = "x"; meta.icon = lib.mkIf false site; }`,
  ],
])("silent: %s", async (_, text) => {
  expect(await findingTexts(clan(text))).toEqual([]);
});

test("silent: another clan-core may give more", async () => {
  const flake = FLAKE_WITH_INPUTS.replace(/https:[^"]*clan-core[^"]*/, "github:someone/clan-core-fork");
  expect(flake).not.toBe(FLAKE_WITH_INPUTS);
  const found = await findingTexts(`${flake}
    #- /clan.nix
${reading("site")}`);
  expect(found.filter((one) => one.startsWith("evaluation-error"))).toEqual([]);
});

test("silent: a clan.nix that is found by itself may be given anything", async () => {
  expect(
    await findingTexts(`
    #- /clan.nix
${reading("site", "inventory.machines.web = { };")}`),
  ).toEqual([]);
});

test("what services are called with", async () => {
  await checkFindings(
    clan(
      `    {
      meta.name = "x";
      modules.s = ./s.nix;
      inventory.machines.a = { };
      inventory.instances.s = { module.input = "self"; roles.r.machines.a = { }; };
    }`,
      `    #- /s.nix
    { lib, ... }: {
      _class = "clan.service";
      manifest.name = "s";
      roles.r.perInstance = { instance, machine, ... }: { nixosModule.services.x = "\${machine.name}-\${instance}"; };
    #                                                                                                 ^^^^^^^^ error[evaluation-error]: …attribute 'instance' missing. Arguments: \`config\`, \`exports\`, …
      perMachine = { instanceName, inputs, ... }: { nixosModule.services.y = [ instanceName inputs.other.x ]; };
    #                                                                          ^^^^^^^^^^^^ error[evaluation-error]: …attribute 'instanceName' missing. Arguments: …
    #                                                                                       ^^^^^^^^^^^^^^ error[evaluation-error]: …attribute 'inputs' missing. Arguments: …
    }`,
    ),
  );
});

test("inputs that the flake lacks, wherever modules name them", async () => {
  await checkFindings(
    clan(
      `    { self, ... }: {
      meta.name = "x";
      machines.a = { inputs, ... }: { imports = [ inputs.disko.nixosModules.disko ]; };
    #                                                    ^^^^^ error[evaluation-error]: …The flake has no such input: write \`inputs.disko.url = "…";\` in flake.nix.
      machines.b.imports = [ self.inputs.othr.nixosModules.x ];
    #                                    ^^^^ error[evaluation-error]: …attribute 'othr' missing. Did you mean \`other\`?
    }`,
      `    #- /machines/c/configuration.nix
    { inputs, lib, ... }: {
      imports = [ inputs.hardware.nixosModules.x (inputs.maybe.x or { }) ] ++ lib.optional (inputs ? more) inputs.more.x;
    #                    ^^^^^^^^ error[evaluation-error]
    }`,
    ),
  );
});

test("silent: inputs that are there, or of a flake.nix whose inputs cannot be read", async () => {
  const use = `    #- /clan.nix
    { self, ... }: {
      meta.name = "x";
      machines.a.imports = [ self.inputs.other.nixosModules.x self.inputs.other.inputs.deep.x ];
    }`;
  expect(
    await findingTexts(`${FLAKE_WITH_INPUTS}
${use}`),
  ).toEqual([]);
  const computed = FLAKE_WITH_INPUTS.replace("inputs.other.url", "inputs.${builtins.currentSystem}.url");
  const found = await findingTexts(`${computed}
${use}`);
  expect(found.filter((one) => one.includes("other"))).toEqual([]);
});
