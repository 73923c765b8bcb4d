import { expect, test } from "vitest";
import { catalogue } from "../../../../server/src/clan/catalogue/services.ts";
import {
  bundledGenerators,
  type GeneratorFacts,
} from "../../../../server/src/clan/vars/bundled-generators.ts";
import { clanOf } from "../../helpers/clan.ts";
import { generatorsOf } from "./vars-helpers.ts";

test("services of the clan: perInstance, perMachine, extraModules, settings and roles", async () => {
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
        roles.default = {
          interface = { lib, ... }: {
            options.user = lib.mkOption { type = lib.types.str; };
            options.extra = lib.mkOption { type = lib.types.str; default = "none"; };
          };
          perInstance = { instanceName, settings, extendSettings, machine, roles, ... }:
            let more = extendSettings ({ lib, ... }: { extra = lib.mkDefault "more"; });
            in {
              nixosModule = { lib, ... }: {
                clan.core.vars.generators = {
                  "\${instanceName}-\${settings.user}-\${machine.name}".files.key = { };
                  "extra-\${more.extra}".files.key = { };
                } // lib.mapAttrs' (name: { settings, ... }: lib.nameValuePair "peer-\${name}-\${settings.user}" {
                  share = true;
                  files.pub.secret = false;
                }) roles.default.machines;
              };
            };
        };
        perMachine = { instances, ... }: {
          nixosModule = { lib, ... }: {
            clan.core.vars.generators = lib.mapAttrs' (name: _: lib.nameValuePair "all-\${name}" { files.x = { }; }) instances;
          };
        };
      };
      inventory.machines.web = { };
      inventory.machines.db = { };
      inventory.machines.mac.machineClass = "darwin";
      inventory.instances.front = {
        module = { name = "door"; input = "self"; };
        roles.default = {
          machines.web.settings.user = "ann";
          machines.db.settings.user = "bob";
          machines.mac.settings.user = "eve";
          extraModules = [ { clan.core.vars.generators.added.files.x = { }; } ];
        };
      };
    }
  `);
  expect(generatorsOf(clan)).toEqual([
    "added x",
    "all-front x",
    "extra-more key",
    "front-ann-web key",
    "peer-db-bob(share) pub public",
    "peer-mac-eve(share) pub public",
    "peer-web-ann(share) pub public",
  ]);
  const { generators } = clan.vars.of("web");
  expect(generators.known.get("front-ann-web")?.origin).toEqual({
    kind: "service",
    instance: "front",
    service: "door",
  });
  expect(generators.known.get("added")?.origin).toEqual({ kind: "configuration" });
  expect(generatorsOf(clan, "mac")).toEqual(["added x"]);
});

test("bundled services: names made of the instance, the machine and settings", async () => {
  const clan = await clanOf(`
    {
      inventory.machines.web.tags = [ "srv" ];
      inventory.machines.mac.machineClass = "darwin";
      inventory.instances = {
        mesh = { module.name = "wireguard"; roles.controller.machines.web = { }; roles.peer.machines.mac = { }; };
        sshd.roles.server = { tags = [ "srv" ]; settings.certificate.enable = false; settings.hostKeys.rsa.enable = true; };
        ann = { module.name = "users"; roles.default = { tags = [ "srv" ]; settings.prompt = false; }; };
        bob-user = { module.name = "users"; roles.default = { tags = [ "srv" ]; settings = { user = "bob"; share = true; }; }; };
        wifi.roles.default = { machines.web = { }; settings.networks = { home = { }; open.keyMgmt = "none"; }; };
        chat = { module.name = "matrix-synapse"; roles.default = { machines.web = { }; settings = { users.admin = { }; users.x.name = "eve"; app_domain = "c.x"; server_tld = "x"; acmeEmail = "a@x"; }; }; };
      };
    }
  `);
  expect(generatorsOf(clan)).toEqual([
    "matrix-password-admin matrix-password-admin",
    "matrix-password-eve matrix-password-eve",
    "matrix-synapse synapse-registration_shared_secret",
    "openssh ssh.id_ed25519, ssh.id_ed25519.pub public",
    "openssh-rsa ssh.id_rsa, ssh.id_rsa.pub public",
    "user-password-ann user-password kept, user-password-hash",
    "user-password-bob(share) user-password kept, user-password-hash | prompts user-password*",
    "wifi.home(share) network-name, password | prompts network-name*, password*",
    "wifi.open(share) network-name | prompts network-name*",
    "wireguard-keys-mesh privatekey, publickey public",
    "wireguard-network-mesh prefix public",
  ]);
  expect(generatorsOf(clan, "mac")).toEqual([
    "wireguard-keys-mesh privatekey, publickey public",
    "wireguard-network-mesh suffix public",
  ]);
});

test("a setting that is not known leaves what hangs on it unsure", async () => {
  const clan = await clanOf(`
    { config, unknown, ... }: {
      inventory.machines.web = { };
      inventory.instances = {
        sshd.roles.server = { machines.web = { }; settings.certificate.enable = unknown.thing; };
        users.roles.default = { machines.web = { }; settings.user = unknown.thing; };
      };
    }
  `);
  expect(generatorsOf(clan)).toEqual([
    "openssh ssh.id_ed25519, ssh.id_ed25519.pub public",
    "openssh-ca(share)? id_ed25519 kept, id_ed25519.pub public kept",
    "openssh-cert? ssh.id_ed25519-cert.pub public | needs openssh, openssh-ca",
    "… the name of user-password-{settings.user} is in settings that are not known",
  ]);
});

test("a service that cannot be read leaves its members' generators open, and no others'", async () => {
  const clan = await clanOf(`
    #- /flake.nix
    {
      inputs.clan-core.url = "git+https://git.clan.lol/clan/clan-core";
      inputs.other.url = "github:a/b";
      outputs = { self, clan-core, other, ... }: {
        clan = clan-core.lib.clan {
          inherit self;
          inventory.machines = { web = { }; db = { }; };
          inventory.instances.x = { module = { name = "y"; input = "other"; }; roles.default.machines.web = { }; };
        };
      };
    }
  `);
  expect(clan.vars.of("web").generators.open).toMatchObject({ path: "inventory.instances.x" });
  expect(clan.vars.of("db").generators.open).toBeUndefined();
});

test("the facts speak of services, roles and settings that there are", () => {
  for (const [name, roles] of Object.entries(bundledGenerators)) {
    const service = catalogue.get(name) ?? expect.fail(`no service ${name}`);
    for (const [role, facts] of Object.entries(roles)) {
      const declared = role === "*" ? [...service.roles.values()] : [service.roles.get(role)];
      for (const one of declared) {
        if (one === undefined) expect.fail(`${name} has no role ${role}`);
        for (const setting of facts.flatMap(settingsIn))
          expect([name, role, setting, one.settings.options.has(setting)]).toEqual([
            name,
            role,
            setting,
            true,
          ]);
      }
    }
  }
});

/** The settings that names, conditions and flags of a generator are made of. */
function settingsIn(facts: GeneratorFacts): string[] {
  const asked = [...JSON.stringify(facts).matchAll(/settings\.([\w-]+)/g)].flatMap(([, name]) => name ?? []);
  return "forEach" in facts && facts.forEach !== undefined ? [...asked, facts.forEach] : asked;
}
