import { expect, test } from "vitest";
import { checkFindings, findingTexts } from "../helpers/check.ts";

/** A clan with a service of its own, of these lines, and what else is said of it. */
function clan(service: string, use = `roles.r.tags.all = { };`): string {
  return `
    {
      meta.name = "x";
      inventory.machines.web = { };
      inventory.instances.i = { module = { name = "s"; input = "self"; }; ${use} };
      modules.s = { lib, ... }: {
        _class = "clan.service";
${service}
      };
    }`;
}

test("the parts of a service, as Nix reads them", async () => {
  await checkFindings(
    clan(`
        manifest.name = "s";
        manifest.constraints.roles.r.maxMachines = "3";
    #                                              ^^^ error[type-mismatch]: …maxMachines\` of the service \`s\` must be \`null\` or …
        roles.r.perInstnace = { };
    #           ^^^^^^^^^^^ error[unknown-option]: …no option \`perInstnace\`. Did you mean \`perInstance\`?…
        roles.r.interface = 12;
    #                       ^^ error[type-mismatch]: \`roles.r.interface\` of the service \`s\` must be a module: a set, a function that makes one, or the path of its file. This is 12.
        rolse.q = { };
    #   ^^^^^ error[unknown-option]: \`modules.s\` has no option \`rolse\`. Did you mean \`roles\`?…
        roles.q = { } // [ ];
    #                    ^^^ error[evaluation-error]: …value is a list while a set was expected.
        perMachine = { machine, ... }: { nixosModule = { pkgs, ... }: { }; };`),
  );
});

test("what a service answers for a machine", async () => {
  await checkFindings(
    clan(`
        manifest.name = "s";
        roles.r.perInstance = { settings, lib, pkgs, ... }: {
          nixosModul = { };
    #     ^^^^^^^^^^ error[unknown-option]: \`roles.r.perInstance\` of the service \`s\` has no option \`nixosModul\`. Did you mean \`nixosModule\`?…
          darwinModule = "none";
    #                    ^^^^^^ error[type-mismatch]: …must be a module: … This is "none".
          exports = lib.mkIf settings.open { };
    #                                 ^^^^ error[evaluation-error]: …attribute 'open' missing.
        };
        perMachine = { machine, pkgs, settings, ... }: {
    #                                 ^^^^^^^^ error[evaluation-error]: …'perMachine' doesn't have a 'settings' argument.
          darwinModule = settings.module;
          nixosModule = pkgs.module;
    #                   ^^^^^^^^^^^ error[evaluation-error]: …attribute 'pkgs' missing.
        };`),
  );
});

test("what only says what a service is harms nobody who uses it", async () => {
  await checkFindings(
    clan(`
        manifest.name = "s";
        manifest.categories = [ "Network" "AI" ];
    #                                     ^^^^ information[type-mismatch]: An element of \`manifest.categories\` of the service \`s\` must be one of "Audio", …
        roles.r = { };`),
  );
});

test("a service that no machine takes part in is not looked at", async () => {
  expect(await findingTexts(clan("manifest.name = 3; roles.r.perInstnace = { };", "roles.r = { };"))).toEqual(
    [],
  );
});

test("its file is not there", async () => {
  await checkFindings(`
    {
      meta.name = "x";
      inventory.machines.web = { };
      inventory.instances.i = { module = { name = "s"; input = "self"; }; roles.r.tags.all = { }; };
      modules.s = ./s.nix;
    #             ^^^^^^^ error[evaluation-error]: …path './s.nix' does not exist.
    }`);
});

test("what should give it fails", async () => {
  await checkFindings(`
    {
      meta.name = "x";
      inventory.machines.web = { };
      inventory.instances.i = { module = { name = "s"; input = "self"; }; roles.r.tags.all = { }; };
      modules.s = import ./s.nix { };
    #             ^^^^^^^^^^^^^^ error[evaluation-error]: …path './s.nix' does not exist.
      modules.unused = import ./t.nix { };
    }`);
});

test("settings whose declaration fails, where the role reads them", async () => {
  await checkFindings(
    clan(
      `
        manifest.name = "s";
        roles.r.interface = { lib, ... }: let t = lib.types; in {
          options.port = 80;
    #                    ^^ error[evaluation-error]: …an option declaration is no attribute set.
          options.host = lib.mkOption { type = t.listOf t.str; };
          options.name = lib.mkOption { type = lib.types.listOf; };
    #                                          ^^^^^^^^^^^^^^^^ error[evaluation-error]: …a type is expected, but this is the built-in function 'listOf'.
          options.unread = lib.mkOption { type = 1 // 2; default = 1; };
        };
        roles.r.perInstance = { settings, ... }: { nixosModule.x = [ settings.port settings.host settings.name ]; };`,
      `roles.r = { tags.all = { }; settings = { host = [ ]; name = "n"; port = 1; }; };`,
    ),
  );
});

test("null where a setting may be null or a set", async () => {
  const settings = (text: string) =>
    clan(
      `
        manifest.name = "s";
        roles.r.interface.options = {
          limits = lib.mkOption { type = lib.types.nullOr (lib.types.submodule { }); };
          always = lib.mkOption { type = lib.types.submodule { }; default = { }; };
        };
        roles.r.perInstance = { settings, ... }: { nixosModule.services.s = settings; };`,
      `roles.r.tags.all.settings = { ${text} };`,
    );
  expect(await findingTexts(settings("limits = null;"))).toEqual([]);
  expect(await findingTexts(settings("limits = { }; always = null;"))).toEqual([
    expect.stringContaining("type-mismatch"),
  ]);
});
