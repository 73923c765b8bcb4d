import { expect, test } from "vitest";
import { clanOf } from "../../helpers/clan.ts";
import { generatorsOf } from "./vars-helpers.ts";

test("generators of clan.machines, of machines/<name>/ and of what it imports", async () => {
  const clan = await clanOf(`
    {
      machines.web.clan.core.vars.generators.inline.files.a = { };
      inventory.machines.db = { };
    }
    #- /machines/web/configuration.nix
    { config, pkgs, ... }: {
      imports = [ ../../modules/ca.nix ./disk ];
      clan.core.vars.generators.own = {
        files.key = { };
        files."key.pub".secret = false;
        prompts.password = { type = "hidden"; persist = true; };
        runtimeInputs = [ pkgs.openssl ];
        dependencies = [ "ca" ];
        script = "cat $in/ca/ca.pem > $out/key";
      };
    }
    #- /machines/web/disk/default.nix
    { clan.core.vars.generators = { disk = { files.luks.deploy = false; }; }; }
    #- /machines/web/disko.nix
    { clan.core.vars.generators.disko.files.key = { }; }
    #- /modules/ca.nix
    { clan.core.vars.generators.ca = { share = true; files."ca.pem".secret = false; }; }
  `);
  expect(generatorsOf(clan)).toEqual([
    "ca(share) ca.pem public",
    "disk luks kept",
    "disko key",
    "inline a",
    "own key, key.pub public, password | prompts password* | needs ca",
  ]);
  expect(generatorsOf(clan, "db")).toEqual([]);
  const own = clan.vars.of("web").generators.known.get("own");
  expect(own?.files.known.get("password")?.isPersistedPrompt).toBe(true);
  expect(own?.script?.source.path).toBe("/workspace/machines/web/configuration.nix");
});

test("names that are computed: mapAttrs', genAttrs, listToAttrs, interpolation, the machine's own name", async () => {
  const clan = await clanOf(`
    { }
    #- /machines/web/configuration.nix
    { config, lib, ... }:
    let users = { ann = { }; bob.admin = true; };
    in {
      options.my.hosts = lib.mkOption { type = lib.types.listOf lib.types.str; default = [ "x" ]; };
      config = {
        clan.core.vars.generators = lib.mkMerge [
          (lib.mapAttrs' (user: _: lib.nameValuePair "\${user}-smb" { files.password = { }; }) users)
          (lib.genAttrs config.my.hosts (host: { files."\${host}.pem".secret = false; }))
          { "id-\${config.clan.core.settings.machine.name}".files.a = { }; }
          { "host-\${config.networking.hostName}".files.a = { }; }
        ];
      };
    }
  `);
  expect(generatorsOf(clan)).toEqual([
    "ann-smb password",
    "bob-smb password",
    "host-web a",
    "id-web a",
    "x x.pem public",
  ]);
});

test("a condition that is decided counts; one of NixOS leaves a generator that may not be there", async () => {
  const clan = await clanOf(`
    { }
    #- /machines/web/configuration.nix
    { config, lib, ... }: {
      options.my.a.enable = lib.mkEnableOption "a";
      options.my.b.enable = lib.mkEnableOption "b";
      config = lib.mkMerge [
        { my.a.enable = true; services.nginx.enable = true; }
        (lib.mkIf config.my.a.enable { clan.core.vars.generators.a.files.x = { }; })
        (lib.mkIf config.my.b.enable { clan.core.vars.generators.b.files.x = { }; })
        (lib.mkIf config.services.nginx.enable { clan.core.vars.generators.nginx.files.x = { }; })
        (lib.mkIf config.services.postgresql.enable { clan.core.vars.generators.db.files.x = { }; })
        { clan.core.vars.generators.half.files = { sure = { }; maybe = lib.mkIf config.boot.isContainer { }; }; }
      ];
    }
  `);
  expect(generatorsOf(clan)).toEqual(["a x", "db? x", "half maybe, sure", "nginx x"]);
});

test("what an unknown part may hold leaves its set open", async () => {
  const clan = await clanOf(`
    {
      machines.web = { pkgs, ... }: {
        clan.core.vars.generators.a.files = pkgs.things;
        clan.core.vars.generators.b = { files.x = { }; dependencies = [ "a" pkgs.name ]; };
        clan.core.vars.generators.c = { share = pkgs.shared; files.x.secret = pkgs.shared; };
      };
      machines.db = { pkgs, ... }: { clan.core.vars.generators = pkgs.things; };
      machines.calc = { lib, pkgs, ... }: {
        clan.core.vars.generators = lib.mkMerge [ { a.files.x = { }; } pkgs.things ];
      };
      machines.mail = { foreign, ... }: {
        imports = [ foreign.module ];
        clan.core.vars.generators.a.files.x = { };
      };
    }
  `);
  const reason = "… the module argument ‘pkgs’ is not known";
  expect(generatorsOf(clan)).toEqual(["a …", "b x | needs a, …", "c(share?) x ?"]);
  expect(generatorsOf(clan, "db")).toEqual([reason]);
  expect(generatorsOf(clan, "calc")).toEqual(["a x", reason]);
  // A module that is not seen may define generators of its own; it does not add to those that are defined here.
  expect(generatorsOf(clan, "mail")).toEqual([
    "a x",
    "… the module argument ‘foreign’ is not known while modules are still being put together",
  ]);
});

test("modules of well-known flakes and of NixOS define no vars", async () => {
  const clan = await clanOf(`
    #- /flake.nix
    {
      inputs.clan-core.url = "git+https://git.clan.lol/clan/clan-core";
      inputs.srvos.url = "github:nix-community/srvos";
      inputs.hardware.url = "github:NixOS/nixos-hardware";
      inputs.mine.url = "github:me/modules";
      inputs.nixpkgs.url = "github:NixOS/nixpkgs";
      outputs = { self, clan-core, ... }@inputs: {
        clan = clan-core.lib.clan {
          inherit self;
          specialArgs = { inherit inputs; };
          machines.web = { modulesPath, ... }: {
            imports = [
              inputs.srvos.nixosModules.server
              inputs.hardware.nixosModules.framework
              clan-core.nixosModules.installer
              (modulesPath + "/profiles/qemu-guest.nix")
              "\${inputs.nixpkgs}/nixos/modules/profiles/minimal.nix"
            ];
          };
          machines.db = { imports = [ inputs.mine.nixosModules.default ]; };
        };
      };
    }
  `);
  expect(generatorsOf(clan)).toEqual([]);
  expect(generatorsOf(clan, "db")).toEqual(["… the source of input ‘mine’ is not available"]);
});

test("the state version, unless it is switched off, and the machine's id, where it is asked for", async () => {
  const clan = await clanOf(`
    {
      machines.web = { };
      machines.off.clan.core.settings.state-version.enable = false;
      machines.bare.clan.core.enableRecommendedDefaults = false;
      machines.id = { clan.core.settings = { machine-id.enable = true; state-version.enable = false; }; };
      inventory.machines.mac.machineClass = "darwin";
    }
  `);
  const names = (machine: string) => [...clan.vars.of(machine).generators.known.keys()];
  expect(names("web")).toEqual(["state-version"]);
  expect(clan.vars.of("web").generators.known.get("state-version")?.files.known.get("version")?.secret).toBe(
    false,
  );
  expect(names("off")).toEqual([]);
  expect(names("bare")).toEqual([]);
  expect(names("mac")).toEqual([]);
  expect(names("id")).toEqual(["machine-id"]);
});

test("options of the machine by the node that names them, and machines by the file", async () => {
  const clan = await clanOf(`
    { inventory.machines.db = { }; }
    #- /machines/web/configuration.nix
    { imports = [ ../../shared.nix ]; }
    #- /machines/mail/configuration.nix
    { imports = [ ../../shared.nix ]; }
    #- /shared.nix
    { clan.core.vars.generators.ca.files.key = { }; }
  `);
  const reading = (path: string) => [...clan.vars.machinesReading(path)].map(({ machine }) => machine);
  expect(reading("/workspace/shared.nix")).toEqual(["mail", "web"]);
  expect(reading("/workspace/machines/web/configuration.nix")).toEqual(["web"]);
  expect(reading("/workspace/clan.nix")).toEqual([]);
  const vars = clan.vars.of("web");
  const name = vars.generators.known.get("ca")?.origins[0] ?? expect.fail("ca is not there");
  expect(vars.index.get(name)?.map(({ path }) => path.join("."))).toEqual(["clan.core.vars.generators.ca"]);
});

test("a machine that never ends leaves its own generators open, and others alone", async () => {
  const clan = await clanOf(`
    {
      machines.web.clan.core.vars.generators = let count = n: if n == 0 then { } else count (n - 1); in count 100000000;
      machines.db.clan.core.vars.generators.a.files.x = { };
    }
  `);
  expect(generatorsOf(clan)).toEqual(["… the evaluation took too long and was stopped"]);
  expect(generatorsOf(clan, "db")).toEqual(["a x"]);
});
