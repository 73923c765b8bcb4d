/** What one's own service reads of what clan gives it: all names of that are known. */
import { test } from "vitest";
import { checkFindings } from "../helpers/check.ts";
import { FLAKE } from "../helpers/flakes.ts";

/** A clan with the machines `a` and `b`, and the service `s` of svc.nix, with `a` in the role `r`. */
function service(text: string, more = ""): string {
  return `${FLAKE}
    #- /clan.nix
    {
      meta.name = "x";
      modules.s = ./svc.nix;
      inventory.machines.a = { };
      inventory.machines.b = { };
      inventory.instances.i = { module = { name = "s"; input = "self"; }; roles.r.machines.a = { }; };
${more}
    }
    #- /svc.nix
    { lib, config, ... }:
    {
      _class = "clan.service";
      manifest.name = "s";
      roles.r.interface.options = {
        port = lib.mkOption { type = lib.types.port; default = 80; };
        paths.data = lib.mkOption { type = lib.types.str; default = "/srv"; };
        mirrors = lib.mkOption { type = lib.types.listOf lib.types.str; default = [ ]; };
      };
${text}
    }`;
}

test("settings that the interface lacks, in plain values, lists, strings, names and groups", async () => {
  await checkFindings(
    service(`
      roles.r.perInstance = { settings, instanceName, ... }: {
        nixosModule = { pkgs, ... }: {
          services.s.port = settings.prot;
    #                                ^^^^ error[evaluation-error]: …attribute 'prot' missing. Did you mean \`port\`?
          services.s.data = settings.paths.dta;
    #                                      ^^^ error[evaluation-error]: …attribute 'dta' missing.
          services.s.list = [ { from = settings.form; } ];
    #                                           ^^^^ error[evaluation-error]
          services.s.text = "listen \${toString settings.listen}";
    #                                                   ^^^^^^ error[evaluation-error]
          inherit (settings) kept;
    #                        ^^^^ error[evaluation-error]: …attribute 'kept' missing.
        };
      };`),
  );
});

test("in functions that make something of each machine", async () => {
  await checkFindings(
    service(`
      roles.r.perInstance = { roles, machine, ... }: {
        nixosModule.services.s = lib.mapAttrs (_: m: m.finalSettings.port) roles.r.machines;
    #                                                  ^^^^^^^^^^^^^ error[evaluation-error]
        nixosModule.services.t = let others = lib.filterAttrs (name: _: name != "b") roles.r.machines; in
          lib.mapAttrs (_: m: { at.port = m.settngs.port; }) others;
    #                                       ^^^^^^^ error[evaluation-error]: …Did you mean \`settings\`?
        nixosModule.services.u = lib.mapAttrs (_: m: m.settings.port or m.missing) roles.r.machines;
        nixosModule.services.v = lib.mapAttrs (_: m: m.settings) (roles.r.machines // { }) // roles.r;
      };`),
  );
});

test("in conditions, imports and names of generators", async () => {
  const inside = (text: string) =>
    service(`      roles.r.perInstance = { settings, ... }: { nixosModule = { lib, ... }: {
${text}
      }; };`);
  await checkFindings(
    inside(`
        imports = lib.optional (settings.extra != null) ./extra.nix;
    #                                    ^^^^^ error[evaluation-error]: …attribute 'extra' missing.`),
  );
  await checkFindings(
    inside(`
        services.s = lib.mkIf settings.enabled { enable = true; };
    #                                  ^^^^^^^ error[evaluation-error]: …attribute 'enabled' missing.`),
  );
  await checkFindings(
    inside(`
        clan.core.vars.generators."key-\${settings.name}" = { files.key = { }; script = "date > $out/key"; };
    #                                             ^^^^ error[evaluation-error]: …attribute 'name' missing.`),
  );
  await checkFindings(
    service(`
      roles.r.perInstance = { settings, ... }: lib.optionalAttrs settings.enable { nixosModule = { }; };
    #                                                                     ^^^^^^ error[evaluation-error]`),
  );
});

test("the other arguments of perInstance and perMachine", async () => {
  await checkFindings(
    service(`
      roles.q = { };
      roles.r.perInstance = { roles, machine, instanceName, meta, ... }: {
        nixosModule.services.s = {
          peers = builtins.attrNames roles.reciever.machines;
    #                                      ^^^^^^^^ error[evaluation-error]: …attribute 'reciever' missing.
          mine = roles.r.machines.\${machine.nam}.settings.port;
    #                                       ^^^ error[evaluation-error]: …attribute 'nam' missing. Did you mean \`name\`?
          theirs = map (m: m.setings.port) (builtins.attrValues roles.r.machines);
    #                        ^^^^^^^ error[evaluation-error]: …attribute 'setings' missing.
          domain = meta.name + instanceName;
          other = roles.q or { };
        };
      };
      perMachine = { machine, instances, settings, ... }: {
    #                                    ^^^^^^^^ error[evaluation-error]: …'perMachine' doesn't have a 'settings' argument.
        nixosModule.services.audit = {
          name = machine.hostname;
    #                    ^^^^^^^^ error[evaluation-error]: …attribute 'hostname' missing.
          port = settings.port;
          all = instances.i.role;
    #                       ^^^^ error[evaluation-error]: …attribute 'role' missing.
        };
      };`),
  );
});

test("the service's own `config` is not the machine's, and it has no arguments of the flake", async () => {
  await checkFindings(
    service(`
      roles.r.perInstance = { pkgs, ... }: {
        nixosModule.services.s.name = config.clan.core.settings.machine.name;
    #                                        ^^^^ error[evaluation-error]: …attribute 'clan' missing.
        nixosModule.services.s.package = pkgs.hello;
    #                                    ^^^^^^^^^^ error[evaluation-error]: …attribute 'pkgs' missing.
      };`),
  );
});

test("silent: what may be there, is asked for with care, or is not read", async () => {
  await checkFindings(
    service(
      `
      roles.q = { };
      roles.r.perInstance = { settings, roles, machine, extendSettings, exports, mkExports, meta, ... }@given: {
        nixosModule = { config, pkgs, ... }: {
          services.s.a = settings.prot or 1;
          services.s.b = if settings ? prot then settings.prot else 2;
          services.s.c = lib.mkIf false settings.prot;
          services.s.d = lib.mkIf config.services.other.enable settings.prot;
          services.s.e = _: settings.prot;
          services.s.f = lib.attrByPath [ "prot" ] 80 settings;
          services.s.g = (settings // { prot = 1; }).prot;
          services.s.h = roles.q.machines or { };
          services.s.i = exports.anything;
          services.s.j = (extendSettings { port = lib.mkForce 1; }).port;
          services.s.k = given.settings.port;
          services.s.l = meta.name;
          users.users.x = config.users.users.y;
          services.s.m = config.users.users.x.home;
        };
      };
      roles.unused.perInstance = { settings, ... }: { nixosModule.services.s.port = settings.prot; };`,
      `
      inventory.instances.j = { module = { name = "s"; input = "self"; }; roles.q.machines.b = { }; };`,
    ),
  );
});

test("silent where an interface is free, or not all of it is known", async () => {
  await checkFindings(
    service(`
      roles.free = {
        interface = { lib, ... }: { freeformType = lib.types.attrsOf lib.types.int; };
        perInstance = { settings, ... }: { nixosModule.services.s.z = settings.port; };
      };
      roles.far = {
        interface = clanLib.interfaces.far;
        perInstance = { settings, ... }: { nixosModule.services.s.y = settings.prot; };
      };`)
      .replace("{ lib, config, ... }", "{ lib, config, clanLib, ... }")
      .replace(
        "roles.r.machines.a = { };",
        "roles.r.machines.a = { }; roles.far.machines.a = { }; roles.free.machines.a.settings.port = 1;",
      ),
  );
});

test("modules are no strings", async () => {
  await checkFindings(
    service(
      `      roles.r.perInstance = { ... }: { };`,
      `
      imports = [ "./more.nix" ];
    #              ^^^^^^^^^^ error[evaluation-error]: …string './more.nix' doesn't represent an absolute path.
      machines.a = { lib, ... }: {
        imports = [ "./x.nix" ];
    #                ^^^^^^^ error[evaluation-error]: …string './x.nix' doesn't represent an absolute path.
      };`,
    ),
  );
});

test("a service without a name, where clan asks for it", async () => {
  const nameless = (text: string) => service(text).replace('      manifest.name = "s";\n', "");
  await checkFindings(
    nameless(`
      manifest.description = "d";
    # ^^^^^^^^ error[missing-setting]: The service \`s\` needs \`manifest.name\`…
      roles.r.perInstance = { settings, ... }: { nixosModule.services.s.port = settings.port; };`),
  );
  await checkFindings(
    nameless(`
      manifest.exports.out = [ "endpoints" ];
    # ^^^^^^^^ error[missing-setting]
      roles.r.perInstance = { mkExports, ... }: { exports = mkExports { endpoints.hosts = [ ]; }; };`),
  );
  await checkFindings(
    nameless(
      `      roles.r.perInstance = { settings, ... }: { nixosModule = import ./door.nix settings; };`,
    ).replace("modules.s = ./svc.nix;", "modules.s = ./svc.nix;\n    #         ^ error[missing-setting]") +
      "\n    #- /door.nix\n    settings: { }",
  );
  // Nothing asks for it, or it may be elsewhere.
  await checkFindings(nameless(`      roles.r.perInstance = { settings, ... }: { nixosModule = { }; };`));
  await checkFindings(
    nameless(
      `      roles.q.perInstance = { settings, ... }: { nixosModule.services.s.port = settings.port; };
      roles.r = { };`,
    ),
  );
  await checkFindings(
    nameless(`
      imports = [ config.elsewhere ];
      roles.r.perInstance = { settings, ... }: { nixosModule.services.s.port = settings.port; };`)
      .replace("{ lib, config, ... }:", "{ lib, directory, ... }:")
      .replace("config.elsewhere", '(directory + "/more.nix")'),
  );
});

test("settings that are declared outside of `options`", async () => {
  await checkFindings(
    service(`
      roles.q.interface = { lib, ... }: {
        listen = lib.mkOption { type = lib.types.port; default = 80; };
    #   ^^^^^^ error[unknown-option]: …write \`options.listen\`.
      };
      roles.q.perInstance = { settings, ... }: { nixosModule.services.s.all = settings; };
      roles.r = { };`).replace("roles.r.machines.a = { };", "roles.q.machines.a = { };"),
  );
  await checkFindings(
    service(`
      roles.q.interface = { lib, ... }: { listen = lib.mkOption { type = lib.types.port; default = 80; }; };
      roles.r = { };`),
  );
});

test("to name `extendSettings` is not to use it", async () => {
  const needs = (body: string) =>
    service(`
      roles.r.interface.options.host = lib.mkOption { type = lib.types.str; };
      roles.r.perInstance = { settings, extendSettings, ... }: { nixosModule.services.s.host = ${body}; };`);
  await checkFindings(
    needs("settings.host").replace(
      "roles.r.machines.a = { }; };",
      "roles.r.machines.a = { }; };\n    #                                                                                      ^ error[missing-setting]",
    ),
  );
  await checkFindings(needs('(extendSettings { host = "h"; }).host'));
});

test("a service that is defined twice", async () => {
  const twice = (use: string) => `
    {
      meta.name = "x";
      imports = [ ./other.nix ];
      modules.s = { manifest.name = "s"; roles.r = { }; };
    ${use === "" ? "" : "#         ^ error[duplicate-settings]: The service `s` is defined 2 times…"}
      inventory.machines.a = { };
      ${use}
    }
    #- /other.nix
    { modules.s = { manifest.name = "t"; roles.r = { }; }; }
    ${use === "" ? "" : "#         ^ error[duplicate-settings]"}`;
  await checkFindings(twice('inventory.instances.s = { module.input = "self"; roles.r.machines.a = { }; };'));
  await checkFindings(twice(""));
});
