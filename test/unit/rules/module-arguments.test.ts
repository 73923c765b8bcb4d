/** Arguments of modules that nobody gives, and inputs the flake lacks: Nix fails where they are read, and not before. */
import { expect, test } from "vitest";
import { checkFindings, filesAfterFix, findingTexts } from "../helpers/check.ts";
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

/** A clan that gives `inputs` to its machines; `web` has this configuration. */
const machine = (configuration: string, more = "", given = "specialArgs = { inherit inputs; };"): string => `
    #- /flake.nix
    {
      inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
      inputs.other.url = "github:example/other";
      outputs = inputs@{ self, clan-core, ... }: {
        clan = (clan-core.lib.clan { inherit self; imports = [ ./clan.nix ]; ${given} }).config;
      };
    }
    #- /clan.nix
    { meta.name = "x"; inventory.machines.web = { }; }
    #- /machines/web/configuration.nix
${configuration}
${more}`;

test("arguments of a machine's modules that are nearly those that there are, where they are surely read", async () => {
  await checkFindings(
    machine(
      `    { pgs, input, confg ? null, ... }: {
    # ^^^ error[evaluation-error]: No module is given the argument \`pgs\`, so Nix fails where it is read. Did you mean \`pkgs\`?
    #      ^^^^^ error[evaluation-error]: …Did you mean \`inputs\`?
    #             ^^^^^ error[evaluation-error]: …Did you mean \`config\`?
      imports = [ ../../more.nix ];
      environment.systemPackages = [ pgs.hello ];
      environment.etc.a.source = input.other;
      networking.domain = confg.networking.hostName;
    }`,
      `    #- /more.nix
    { lib, slef, ... }: { environment.etc.b.source = lib.mkForce slef; }
    #      ^^^^ error[evaluation-error]: …Did you mean \`self\`?`,
    ),
  );
});

test("the fix of a misspelt argument, which leaves alone what is called so inside", async () => {
  const fixed = await filesAfterFix(
    machine(
      `    { pgs, ... }: { environment.systemPackages = [ pgs.hello (map (pgs: pgs.a) [ ]) pgs.git ]; }`,
    ),
  );
  expect(fixed).toContain(
    "{ pkgs, ... }: { environment.systemPackages = [ pkgs.hello (map (pgs: pgs.a) [ ]) pkgs.git ]; }",
  );
});

test.each([
  ["not read", "{ pgs, ... }: { }"],
  [
    "given by a module",
    "{ pgs, ... }: { _module.args.pgs = { a = 1; }; environment.systemPackages = [ pgs.a ]; }",
  ],
  [
    "given by one of several modules that are not known",
    "{ pgs, lib, config, ... }: { _module.args = lib.mkIf config.x.enable { pgs = 1; }; environment.systemPackages = [ pgs ]; }",
  ],
  ["read under a condition", "{ pgs, lib, config, ... }: { x = lib.mkIf config.y.enable [ pgs.a ]; }"],
  ["read where nobody may look", '{ pgs, lib, ... }: { x = lib.optionalString false "${pgs.a}"; }'],
  [
    "called so inside",
    "{ pgs, ... }: { x = map (pgs: pgs.a) [ { a = 1; } ]; y = let pgs = 1; in pgs; z = rec { pgs = 1; b = pgs; }; }",
  ],
  ["nothing like what there is", "{ site, ... }: { x = site.name; }"],
  [
    "of NixOS",
    "{ utils, modulesPath, baseModules, extendModules, ... }: { x = [ utils modulesPath baseModules extendModules ]; }",
  ],
  [
    "given by a module of another flake",
    "{ pgs, inputs, ... }: { imports = [ inputs.other.nixosModules.x ]; x = pgs.a; }",
  ],
  ["of a file that is called", "{ imports = [ (import ./called.nix { pgs = { a = 1; }; }) ]; }"],
])("arguments of a machine's modules that nothing is said of: %s", async (_, configuration) => {
  const called = `    #- /machines/web/called.nix
    { pgs }: { ... }: { x = pgs.a; }`;
  expect(await findingTexts(machine(`    ${configuration}`, called))).toEqual([]);
});

test.each([
  "specialArgs = { pgs.a = 1; };",
  "specialArgs = inputs.other.args;",
  "specialArgs = { ${inputs.other.name} = 1; };",
  "imports = [ ./clan.nix inputs.other.clanModules.x ];",
])("arguments of a machine's modules that the clan may give: %s", async (given) => {
  const text = machine("    { pgs, ... }: { x = pgs.a; }", "", given);
  const once = given.startsWith("imports") ? text.replace("imports = [ ./clan.nix ];", "") : text;
  expect(await findingTexts(once)).toEqual([]);
});
