/** What the interfaces of one's own services say, what behaviours do with settings, and what fails for certain. */
import { test } from "vitest";
import { checkFindings } from "../helpers/check.ts";
import { FLAKE } from "../helpers/flakes.ts";

/** A clan with the machine `a` in the role `r` of the service `s`; `set` is what it sets. */
function service(text: string, { set = "", machine = "{ }" } = {}): string {
  return `${FLAKE}
    #- /clan.nix
    {
      meta.name = "x";
      modules.s = ./svc.nix;
      inventory.machines.a = { };
      inventory.instances.i = {
        module = { name = "s"; input = "self"; };
        roles.r.machines.a.settings = { ${set} };
      };
    }
    #- /machines/a/configuration.nix
    ${machine}
    #- /svc.nix
    { lib, ... }:
    {
${text}
    }`;
}

const PER_INSTANCE = "roles.r.perInstance = { settings, ... }: { nixosModule.services.s = settings.level; };";

test("types that are not there, however deep, of settings that are read", async () => {
  const other = (type: string, read: string): string =>
    service(`
      manifest.name = "s";
      roles.r.interface.options.level = lib.mkOption { type = lib.types.str; default = "a"; };
      roles.r.interface.options.other = lib.mkOption { default = { }; type = lib.types.attrsOf (lib.types.submodule {
        options.inner = lib.mkOption { default = null; type =
          ${type}
        ; };
      }); };
      ${PER_INSTANCE.replace("settings.level", read)}`);
  await checkFindings(
    other(
      `lib.types.nullOr (lib.types.either lib.types.sstr lib.types.int)
    #                                                  ^^^^ error[evaluation-error]: …Did you mean \`str\`?`,
      "settings.other",
    ),
  );
  await checkFindings(other("lib.types.nullOr lib.types.sstr", "settings.level"));
  await checkFindings(
    other("lib.types.nullOr (lib.types.uniq (lib.types.listOf lib.types.str))", "settings.other"),
  );
});

test("an option that is written without `mkOption`", async () => {
  await checkFindings(
    service(`
      manifest.name = "s";
      roles.r.interface.options.level = { type = lib.types.str; default = "a"; };
    #                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[evaluation-error]: …write \`lib.mkOption { … }\`.
      ${PER_INSTANCE}`),
  );
  // A group of options may have one that is called type.
  await checkFindings(
    service(`
      manifest.name = "s";
      roles.r.interface.options.level = { type = lib.mkOption { type = lib.types.str; default = "a"; }; };
      ${PER_INSTANCE}`),
  );
});

test("a default that is not of the type of its setting", async () => {
  await checkFindings(
    service(`
      manifest.name = "s";
      roles.r.interface.options.level = lib.mkOption {
        type = lib.types.enum [ "low" "high" ];
        default = "hihg";
    #             ^^^^^^ error[type-mismatch]: The default of \`level\` must be one of "low", "high". This is "hihg".
      };
      ${PER_INSTANCE}`),
  );
  await checkFindings(
    service(`
      manifest.name = "s";
      roles.r.interface.options.level = lib.mkOption { type = lib.types.port; default = 99999; };
    #                                                                                   ^^^^^ error[type-mismatch]
      ${PER_INSTANCE}`),
  );
  await checkFindings(
    service(`
      manifest.name = "s";
      roles.r.interface.options.level = lib.mkOption { type = lib.types.str; default = "a" + 1; };
    #                                                                                        ^ error[evaluation-error]
      ${PER_INSTANCE}`),
  );
});

test("nobody looks at a default where the setting is set, or is not read", async () => {
  const declared = `manifest.name = "s";
      roles.r.interface.options.level = lib.mkOption { type = lib.types.int; default = "x"; };
    #                                                                                  ^^^ warning[type-mismatch]`;
  await checkFindings(service(`      ${declared}\n      ${PER_INSTANCE}`, { set: "level = 1;" }));
  await checkFindings(
    service(
      `      ${declared}\n      roles.r.perInstance = { settings, ... }: { nixosModule.services.s = settings.other or 1; };`,
    ),
  );
  await checkFindings(
    service(
      `      ${declared}\n      roles.r.perInstance = { settings, ... }: { nixosModule.services.s = (lib.const 1) settings; };`,
    ),
  );
});

test("defaults that cannot be known, or that a type converts, say nothing", async () => {
  await checkFindings(
    service(`
      manifest.name = "s";
      roles.r.interface = { lib, meta, ... }: {
        options.level = lib.mkOption { type = lib.types.int; default = meta.level; };
        options.text = lib.mkOption { type = lib.types.coercedTo lib.types.int toString lib.types.str; default = 1; };
      };
      ${PER_INSTANCE}`),
  );
});

test("what an interface defines beside declaring settings", async () => {
  await checkFindings(
    service(`
      manifest.name = "s";
      roles.r.interface.opttions.level = lib.mkOption { default = 1; };
    #                   ^^^^^^^^ error[unknown-option]: …Did you mean \`options\`?
      roles.r.perInstance = { settings, ... }: { nixosModule.services.s = lib.attrNames settings; };`),
  );
  await checkFindings(
    service(`
      manifest.name = "s";
      roles.r.interface = { bogus = 1; options.level = lib.mkOption { default = 1; }; };
    #                       ^^^^^ error[unknown-option]: Beside \`config\` or \`options\`, \`bogus\` is no option…
      ${PER_INSTANCE}`),
  );
  await checkFindings(
    service(`
      manifest.name = "s";
      roles.r.interface.options = [ ];
    #                             ^^^ error[type-mismatch]: …set of options…
      roles.r.perInstance = { settings, ... }: { nixosModule.services.s = lib.attrNames settings; };`),
  );
});

test("an interface with a free form, or with definitions of what it declares, is right", async () => {
  await checkFindings(
    service(`
      manifest.name = "s";
      roles.r.interface = { lib, ... }: {
        freeformType = lib.types.attrsOf lib.types.str;
        options.level = lib.mkOption { type = lib.types.int; };
        config.level = lib.mkDefault 3;
        config.other = "x";
      };
      ${PER_INSTANCE}`),
  );
});

test("extendSettings sets what the role has no setting for", async () => {
  const inside = (text: string, interfaceMore = "") =>
    service(`
      manifest.name = "s";
      roles.r.interface = { lib, ... }: { ${interfaceMore} options.level = lib.mkOption { default = 1; }; };
      roles.r.perInstance = { extendSettings, ... }:
        let settings = extendSettings { ${text} }; in
        { nixosModule.services.s = { level = settings.level; }; };`);
  await checkFindings(
    `${inside("levl = 2;").replace(
      /(.*)levl(.*)/,
      (line, before: string) =>
        `${line}\n    #${" ".repeat(before.length - 5)}^^^^ error[evaluation-error]: …the role has no setting for.`,
    )}`,
  );
  await checkFindings(inside("level = lib.mkDefault 2;"));
  await checkFindings(inside("levl = 2;", "freeformType = lib.types.attrsOf lib.types.int;"));
});

test("the name of a service is looked at where its settings are read", async () => {
  await checkFindings(
    service(`
      manifest.name = 12;
    #                 ^^ error[type-mismatch]
      roles.r.interface.options.level = lib.mkOption { default = 1; };
      ${PER_INSTANCE}`),
  );
  await checkFindings(
    service(`
      manifest.name = 12;
    #                 ^^ information[type-mismatch]
      roles.r.perInstance = { ... }: { nixosModule.services.s = 1; };`),
  );
});

test("a class that is none is said at the class", async () => {
  await checkFindings(
    service(`
      _class = "clan.servce";
    #          ^^^^^^^^^^^^^ error[type-mismatch]: A module of class "clan.servce"…
      manifest.name = "s";
      roles.r.perInstance = { ... }: { nixosModule.services.s = 1; };`),
  );
});

test("what fails in an option of clan fails for certain, if it hangs on nothing of NixOS", async () => {
  const machine = (text: string) =>
    service('      manifest.name = "s";\n      roles.r = { };', { machine: text });
  await checkFindings(
    machine(`{ config, lib, ... }:
    let count = 3; in {
    #           ^ error[evaluation-error]: …cannot coerce an integer to a string.
      clan.core.vars.generators.g = {
        files.k = { } // [ ];
    #                    ^^^ error[evaluation-error]: …value is a list while a set was expected.
        prompts.p.persist = lib.mkForrce true;
    #                           ^^^^^^^^ error[evaluation-error]: …attribute 'mkForrce' missing. Did you mean \`mkForce\`?
        script = "head -c \${count} > $out/k";
      };
    }`),
  );
});

test("what hangs on the configuration of NixOS, other files or arguments proves nothing", async () => {
  await checkFindings(
    service('      manifest.name = "s";\n      roles.r = { };', {
      machine: `{ config, lib, pkgs, site, ... }:
    let port = config.services.web.port; in {
      services.web.port = "80";
      clan.core.vars.generators.g = {
        files.k.mode = if port > 1024 then "0400" else "0440";
        files.l.owner = pkgs.user + 1;
        files.m.group = site.group;
        files.n = with lib; { secret = isLinux.x; };
        script = "touch $out/k $out/l $out/m $out/n";
      };
    }`,
    }),
  );
});

test("where all modules of a machine are seen, all names in clan.core.vars are known", async () => {
  const machine = (text: string) =>
    service('      manifest.name = "s";\n      roles.r = { };', { machine: text });
  await checkFindings(
    machine(`{
      clan.core.generators.vars.g = { };
    #           ^^^^^^^^^^ error[unknown-option]: …write \`clan.core.vars.generators\`.
      clan.core.vars.web.files.k = { };
    #                ^^^ error[unknown-option]: \`clan.core.vars\` has no option \`web\`.…
    }`),
  );
  // clan-core has names beside those that it shows: older ones, and some for itself.
  await checkFindings(
    machine(`{
      clan.core.clanDir = ./.;
      clan.core.name = "x";
      clan.core.machineName = "a";
      clan.core.clanPkgs = { };
      clan.core.image.iso.enable = false;
    }`),
  );
  // Modules that are not seen may declare it, as a module of one's own does.
  await checkFindings(
    machine("{ inputs, ... }: { imports = [ inputs.x.nixosModules.y ]; clan.core.special.a = 1; }"),
  );
  await checkFindings(
    machine(
      "{ lib, ... }: { options.clan.core.special.a = lib.mkOption { }; config.clan.core.special.a = 1; }",
    ),
  );
});
