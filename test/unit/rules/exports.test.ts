/** What services export, by which interfaces. Each answer is that of Nix with clan-core. */
import { test } from "vitest";
import { checkFindings } from "../helpers/check.ts";

/** A clan whose machine `web` plays `r` in an instance of the service `s` of these lines; `q` has no members. */
function clan(service: string, more = ""): string {
  return `
    {
      meta.name = "x";
      inventory.machines.web = { };
      inventory.instances.i = { module = { name = "s"; input = "self"; }; roles.r.tags.all = { }; roles.q = { }; };
${more}
      modules.s = { lib, clanLib, exports, config, ... }: {
        _class = "clan.service";
        manifest.name = "s";
        roles.r.interface.options.port = lib.mkOption { type = lib.types.port; default = 80; };
        roles.q.description = "Nobody is in it.";
${service}
      };
    }`;
}

test("interfaces that do not exist", async () => {
  await checkFindings(
    clan(`
        manifest.exports.out = [ "endpoint" "peer" ];
    #                             ^^^^^^^^ error[unknown-interface]: No interface is called \`endpoint\`. Did you mean \`endpoints\`?…
        manifest.exports.inputs = [ "networkin" "auth" ];
    #                                ^^^^^^^^^ warning[unknown-interface]: …Did you mean \`networking\`?…
        roles.r.perInstance = { mkExports, ... }: { exports = mkExports { endpoint.hosts = [ "a.lan" ]; }; };`),
  );
  // Nix looks them up when something is exported.
  await checkFindings(
    clan(`
        manifest.exports.out = [ "mesh" ];
    #                             ^^^^ warning[unknown-interface]: No interface is called \`mesh\`. Interfaces: …
        roles.r.perInstance = { nixosModule = { }; };`),
  );
});

test("what is exported and not in the manifest", async () => {
  await checkFindings(
    clan(`
        roles.r.perInstance = { mkExports, ... }: { exports = mkExports { endpoints.hosts = [ "a.lan" ]; }; };
    #                                                                     ^^^^^^^^^ error[unknown-interface]: The manifest of \`s\` does not name \`endpoints\`: write \`manifest.exports.out = [ "endpoints" ];\`.`),
  );
  await checkFindings(
    clan(`
        manifest.exports.out = [ "peer" ];
        perMachine = { mkExports, machine, ... }: {
          exports = mkExports { networking = { priority = 900; }; per.hosts = [ { plain = machine.name; } ]; };
    #                           ^^^^^^^^^^ error[unknown-interface]: …write \`manifest.exports.out = [ "peer" "networking" ];\`.
    #                                                             ^^^ error[unknown-interface]: No interface is called \`per\`. Did you mean \`peer\`?…
        };`),
  );
  await checkFindings(
    clan(`
        roles.r.perInstance = { mkExports, ... }: { exports = mkExports { }; };
    #                                                                   ^^^ error[unknown-interface]: The service \`s\` may not export anything: …`),
  );
});

test("what is exported without `mkExports`, which says from where it comes", async () => {
  await checkFindings(
    clan(`
        manifest.exports.out = [ "endpoints" ];
        roles.r.perInstance = { machine, ... }: { exports = { endpoints.hosts = [ machine.name ]; }; };
    #                                                         ^^^^^^^^^ error[unknown-interface]: \`endpoints\` is no scope: write \`exports = mkExports { endpoints = …; };\`.`),
  );
  await checkFindings(
    clan(`
        manifest.exports.out = [ "endpoints" ];
        exports.endpoints.hosts = [ "a.lan" ];
    #           ^^^^^^^^^ error[unknown-interface]: A service exports on its machines: …
        roles.r.perInstance = { ... }: { };`),
  );
});

test("silent: scopes that are written out, made by `mkExports`, or not known", async () => {
  for (const exported of [
    `{ "s:i:r:web".endpoints.hosts = [ "a.lan" ]; }`,
    `{ "s:::".endpoints.hosts = [ "a.lan" ]; }`,
    `mkExports { endpoints.hosts = [ "a.lan" ]; }`,
    "exports.other",
    "lib.mkIf false { endpoints.hosts = [ ]; }",
  ])
    await checkFindings(
      clan(`
        manifest.exports.out = [ "endpoints" ];
        roles.r.perInstance = { mkExports, ... }: { exports = ${exported}; };
        perMachine = { mkExports, ... }: { exports = mkExports { endpoints.hosts = [ "b.lan" ]; }; };`),
    );
  await checkFindings(
    clan(`
        exports = lib.mkIf false { x.hosts = [ ]; };
        roles.r.perInstance = { ... }: { };`),
  );
});

test("options the interface lacks, and values of a wrong type", async () => {
  await checkFindings(
    clan(`
        manifest.exports.out = [ "peer" "networking" "endpoints" "auth" ];
        roles.r.perInstance = { mkExports, settings, ... }: {
          exports = mkExports {
            peer.host.plain = "10.0.0.1";
    #            ^^^^ error[unknown-option]: \`exports.peer\` of the role \`r\` has no option \`host\`. Did you mean \`hosts\`?…
            peer.hosts = 1;
    #                    ^ error[type-mismatch]
            peer.port = settings.port;
            networking.priority = "high";
    #                             ^^^^^^ error[type-mismatch]
            endpoints.hosts = [ "a.lan" 7 ];
    #                                   ^ error[type-mismatch]
            auth.client = { clientId = "x"; redirectUri = [ ]; };
    #                                       ^^^^^^^^^^^ error[unknown-option]: …Did you mean \`redirectUris\`?…
          };
        };
        perMachine = { mkExports, ... }: {
          exports = mkExports { peer.hosts = [ { plian = "10.0.0.1"; } { var.generato = "tor"; } ]; };
    #                                            ^^^^^ error[unknown-option]: …Did you mean \`plain\`?…
    #                                                                        ^^^^^^^^ error[unknown-option]: …Did you mean \`generator\`?…
        };`),
  );
});

test("interfaces of the clan itself", async () => {
  const own = `
      exportInterfaces.metrics = { lib, ... }: { options.port = lib.mkOption { type = lib.types.port; }; };`;
  await checkFindings(
    clan(
      `
        manifest.exports.out = [ "metrics" ];
        manifest.exports.inputs = [ "metric" ];
    #                                ^^^^^^ warning[unknown-interface]: …Did you mean \`metrics\`?…
        roles.r.perInstance = { mkExports, ... }: {
          exports = mkExports { metrics = { port = "80"; prot = 80; }; };
    #                                              ^^^^ error[type-mismatch]
    #                                                    ^^^^ error[unknown-option]: …Did you mean \`port\`?…
        };`,
      own,
    ),
  );
  // A module that is added to clan's own interface.
  await checkFindings(
    clan(
      `
        manifest.exports.out = [ "endpoints" ];
        roles.r.perInstance = { mkExports, ... }: {
          exports = mkExports { endpoints = { hosts = [ "a.lan" ]; path = "/"; hots = [ ]; }; };
    #                                                                          ^^^^ error[unknown-option]: …Did you mean \`hosts\`?…
        };`,
      `      exportInterfaces.endpoints = { lib, ... }: { options.path = lib.mkOption { type = lib.types.str; }; };`,
    ),
  );
});

test("selectExports asks for a function", async () => {
  await checkFindings(
    clan(`
        roles.r.perInstance = { ... }: {
          nixosModule.services.s.peers = lib.attrNames (clanLib.selectExports { service = "vpn"; } exports);
    #                                                                         ^^^^^^^^^^^^^^^^^^^^ error[evaluation-error]: …selectExports expected a function. But was called with set…
          nixosModule.services.s.hosts = lib.mapAttrsToList (_: v: v.peer.hosts) (clanLib.selectExports "vpn" exports);
    #                                                                                                    ^^^ error[evaluation-error]: …called with string…
        };`),
  );
});

test("silent where anything is computed, unknown or not looked at", async () => {
  const silent = async (service: string, more = ""): Promise<void> => {
    await checkFindings(clan(service, more));
  };
  const exported = `roles.r.perInstance = { mkExports, ... }: { exports = mkExports { metrics.port = 1; }; };`;
  // Interfaces, the manifest or all of it may be more than is seen.
  await silent(
    `manifest.exports.out = [ "metrics" ]; ${exported}`,
    `exportInterfaces = import <interfaces>;`,
  );
  await silent(`manifest.exports.out = [ "peer" ] ++ builtins.attrNames <out>; ${exported}`);
  await silent(`manifest.exports.out = lib.mkIf <more> [ "metric" ]; ${exported}`);
  await silent(`imports = [ <more> ]; ${exported}`);
  await silent(`manifest.exports = import <exports>; ${exported}`);
  // What is exported hangs on what is not known.
  await silent(`
        roles.r.perInstance = { mkExports, meta, exports, ... }: {
          exports = if exports ? "x:::" then mkExports { metrics.port = 1; } else { };
        };`);
  await silent(`
        manifest.exports.out = [ "peer" ];
        roles.r.perInstance = { mkExports, settings, exports, ... }: {
          exports = mkExports ({ peer.hosts = <hosts>; } // lib.optionalAttrs (exports != { }) { metrics = 1; });
        };`);
  await silent(`
        manifest.exports.out = [ "peer" ];
        roles.r.perInstance = { mkExports, exports, ... }: { exports = mkExports (lib.mkIf (exports != { }) { metrics = 1; }); };`);
  // Decided by settings.
  await silent(`
        roles.r.perInstance = { mkExports, settings, ... }: {
          exports = if settings.port > 80 then mkExports { metrics = 1; } else { };
        };`);
  // A role without members answers nothing.
  await silent(`
        manifest.exports.out = [ "peer" ];
        roles.q.perInstance = { mkExports, ... }: { exports = mkExports { metrics = 1; peer.host = 1; }; };`);
  // Modules, as clan allows them, and how others are read.
  await silent(`
        manifest.exports.out = [ "peer" "endpoints" "generators" "auth" ];
        exports = lib.mapAttrs' (name: _: {
          name = clanLib.buildScopeKey { instanceName = name; serviceName = config.manifest.name; };
          value.peer.port = 22;
        }) config.instances;
        roles.r.perInstance = { mkExports, machine, ... }: {
          exports = mkExports {
            imports = [ { endpoints.hosts = [ machine.name ]; } ];
            peer = { lib, config, ... }: { hosts = lib.mkForce [ { var = { machine = machine.name; generator = "g"; file = "f"; flake = ./.; }; } ]; };
            auth = null;
            generators.generators.key = { files.key = { }; };
          };
          nixosModule.services.s = {
            all = clanLib.selectExports (scope: scope.machineName == machine.name) exports;
            some = clanLib.selectExports (import <predicate>) exports;
            called = clanLib.selectExports { __functor = _: scope: true; } exports;
            other = clanLib.getExport { serviceName = "s"; } exports;
          };
        };`);
});
