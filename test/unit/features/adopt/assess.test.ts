import { describe, expect, test } from "vitest";
import { evaluateClans } from "../../../../server/src/clan/evaluate.ts";
import { assess } from "../../../../server/src/features/adopt/assess.ts";
import type { Assessment } from "../../../../server/src/features/adopt/assessment.ts";
import { reportAssessment } from "../../../../server/src/features/adopt/report.ts";
import { fixtureRoot, snapshotOf } from "../../helpers/clan.ts";
import { parseFixture } from "../../helpers/fixture.ts";

async function assessed(fixture: string): Promise<Assessment> {
  const snapshot = await snapshotOf(parseFixture(fixture).files);
  return assess(snapshot, fixtureRoot, evaluateClans(snapshot));
}

/** "web nixos x86_64-linux hosts/web/default.nix" */
async function hostsOf(fixture: string): Promise<string[]> {
  return (await assessed(fixture)).hosts.map(
    ({ name, class: hostClass, system, file }) => `${name} ${hostClass} ${system ?? "?"} ${file}`,
  );
}

describe("layouts and their hosts", () => {
  test("outputs that are written out: hosts, by whatever function they are made", async () => {
    const fixture = `
      #- /flake.nix
      {
        inputs.nixpkgs.url = "github:nixos/nixpkgs";
        inputs.nix-darwin.url = "github:nix-darwin/nix-darwin";
        inputs.home-manager.url = "github:nix-community/home-manager";
        outputs = { self, nixpkgs, nix-darwin, home-manager, ... }:
          let mkHost = name: nixpkgs.lib.nixosSystem { modules = [ ./common.nix (./hosts + "/\${name}") ]; };
          in {
            nixosConfigurations = nixpkgs.lib.genAttrs [ "db" "web" ] mkHost;
            nixosConfigurations'.x = 1;
            darwinConfigurations.mac = nix-darwin.lib.darwinSystem { system = "aarch64-darwin"; modules = [ ./mac.nix ]; };
            homeConfigurations."ann@web" = home-manager.lib.homeManagerConfiguration { modules = [ ./home/ann.nix ]; };
          };
      }
      #- /common.nix
      { }
      #- /hosts/db/default.nix
      { imports = [ ./hardware.nix ]; }
      #- /hosts/db/hardware.nix
      { lib, ... }: { nixpkgs.hostPlatform = lib.mkDefault "aarch64-linux"; }
      #- /hosts/web/default.nix
      { }
      #- /mac.nix
      { }
      #- /home/ann.nix
      { }
    `;
    expect((await assessed(fixture)).layout).toBe("lib");
    expect(await hostsOf(fixture)).toEqual([
      "mac darwin aarch64-darwin mac.nix",
      "ann@web home ? home/ann.nix",
      "db nixos aarch64-linux hosts/db/default.nix",
      "web nixos ? hosts/web/default.nix",
    ]);
  });

  test("flake-parts, with hosts in a module", async () => {
    const fixture = `
      #- /flake.nix
      {
        inputs.flake-parts.url = "github:hercules-ci/flake-parts";
        inputs.nixpkgs.url = "github:nixos/nixpkgs";
        outputs = inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } { imports = [ ./hosts.nix ]; systems = [ ]; };
      }
      #- /hosts.nix
      { inputs, ... }: {
        flake.nixosConfigurations.web = inputs.nixpkgs.lib.nixosSystem { system = "x86_64-linux"; modules = [ ./web.nix ]; };
      }
      #- /web.nix
      { }
    `;
    expect((await assessed(fixture)).layout).toBe("flake-parts");
    expect(await hostsOf(fixture)).toEqual(["web nixos x86_64-linux web.nix"]);
  });

  test.each([
    [
      "nixos-unified",
      'inputs.nixos-unified.url = "github:srid/nixos-unified"; inputs.flake-parts.url = "github:hercules-ci/flake-parts";',
      "inputs.nixos-unified.lib.mkFlake { inherit inputs; root = ./.; }",
      "/configurations/nixos/web.nix",
      "web nixos ? configurations/nixos/web.nix",
    ],
    [
      "snowfall",
      'inputs.snowfall-lib.url = "github:snowfallorg/lib";',
      "inputs.snowfall-lib.mkFlake { inherit inputs; src = ./.; }",
      "/systems/x86_64-linux/web/default.nix",
      "web nixos x86_64-linux systems/x86_64-linux/web/default.nix",
    ],
    [
      "blueprint",
      'inputs.blueprint.url = "github:numtide/blueprint";',
      "inputs.blueprint { inherit inputs; }",
      "/hosts/mac/darwin-configuration.nix",
      "mac darwin ? hosts/mac/darwin-configuration.nix",
    ],
  ])("%s, with hosts in folders", async (layout, inputs, outputs, file, host) => {
    const fixture = `#- /flake.nix\n{ ${inputs} outputs = inputs: ${outputs}; }\n#- ${file}\n{ }\n`;
    expect((await assessed(fixture)).layout).toBe(layout);
    expect(await hostsOf(fixture)).toEqual([host]);
  });

  test.each([
    [
      "den",
      'inputs.den.url = "github:vic/den";',
      "inputs: (inputs.nixpkgs.lib.evalModules { modules = [ ./a.nix inputs.den.flakeModule ]; }).config.flake",
      "/a.nix",
      "{ den.hosts.x86_64-linux.web.users.ann = { }; den.hosts.aarch64-darwin.mac = { }; den.homes.x86_64-linux.bob = { }; }",
      ["mac darwin aarch64-darwin a.nix", "bob home x86_64-linux a.nix", "web nixos x86_64-linux a.nix"],
    ],
    [
      "flake-utils-plus",
      'inputs.utils.url = "github:gytis-ivaskevicius/flake-utils-plus";',
      "inputs: inputs.utils.lib.mkFlake { hosts.web.modules = [ ./a.nix ]; hosts.db = { modules = [ ]; }; }",
      "/a.nix",
      "{ }",
      ["db nixos ? flake.nix", "web nixos ? flake.nix"],
    ],
    [
      "flake-parts",
      'inputs.flake-parts.url = "github:hercules-ci/flake-parts";',
      "inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } (inputs.tree ./modules)",
      "/modules/web.nix",
      '{ configurations.nixos.web.module = { nixpkgs.hostPlatform = "aarch64-linux"; }; }',
      ["web nixos aarch64-linux modules/web.nix"],
    ],
    [
      "unknown",
      "",
      "inputs: inputs.mine.mkFlake ./hosts",
      "/hosts/darwin/mac/default.nix",
      "{ }",
      ["mac darwin ? hosts/darwin/mac/default.nix"],
    ],
  ])("%s, with hosts that are only written", async (layout, inputs, outputs, file, text, hosts) => {
    const fixture = `#- /flake.nix\n{ ${inputs} outputs = ${outputs}; }\n#- ${file}\n${text}\n#- /templates/x/y.nix\n${text}\n`;
    expect((await assessed(fixture)).layout).toBe(layout);
    expect(await hostsOf(fixture)).toEqual(hosts);
  });

  test("a flake below is none of this one; folders count only where nothing else is known", async () => {
    const below = "#- /installer/flake.nix\n{ outputs = _: { nixosConfigurations.iso = 1; }; }\n";
    expect(await hostsOf(`#- /flake.nix\n{ outputs = inputs: inputs.x.y; }\n${below}`)).toEqual([]);
    const known = "nixosConfigurations.web = nixpkgs.lib.nixosSystem { modules = [ ./web.nix ]; };";
    expect(
      await hostsOf(
        `#- /flake.nix\n{ inputs.nixpkgs.url = "github:NixOS/nixpkgs"; outputs = { nixpkgs, ... }: { ${known} }; }\n#- /web.nix\n{ }\n#- /hosts/old/default.nix\n{ }\n`,
      ),
    ).toEqual(["web nixos ? web.nix"]);
  });

  test("a framework that is only an input, no flake at all, and a flake of nothing", async () => {
    const unused = 'inputs.snowfall-lib.url = "github:snowfallorg/lib";';
    expect((await assessed(`#- /flake.nix\n{ ${unused} outputs = _: { a = 1; }; }\n`)).layout).toBe("lib");
    expect((await assessed("#- /readme.md\nx\n")).layout).toBe("none");
    expect((await assessed("#- /flake.nix\n{ outputs = inputs: inputs.x.y; }\n")).layout).toBe("unknown");
  });
});

test("tools for secrets and deployment; secrets themselves are not named", async () => {
  const found = await assessed(`
    #- /flake.nix
    {
      inputs.sops-nix.url = "github:Mic92/sops-nix";
      inputs.agenix.url = "github:ryantm/agenix";
      inputs.colmena.url = "github:zhaofengli/colmena";
      outputs = inputs: { deploy.nodes = { }; };
    }
    #- /.sops.yaml
    keys: []
    #- /secrets/web.yaml
    secret: 1
    #- /secrets.nix
    { }
    #- /hosts/web.nix
    { config, ... }: { sops = { defaultSopsFile = ../secrets/web.yaml; age.keyFile = "/k"; }; age.secrets.x.file = ./x.age; }
    #- /justfile
    deploy:
      nixos-rebuild switch --target-host web
  `);
  expect(found.secrets).toEqual([
    { tool: "agenix", files: ["hosts/web.nix", "secrets.nix"] },
    { tool: "sops-nix", files: [".sops.yaml", "hosts/web.nix"] },
  ]);
  expect(found.deployment).toEqual(["colmena", "deploy-rs", "hand-made"]);
  expect(found.collisions.map(({ code, file }) => `${code} ${file}`)).toEqual([
    "sops-age-key hosts/web.nix",
    "sops-default-file hosts/web.nix",
    "sops-nix-twice flake.nix",
  ]);
});

test("collisions: folders, keys of root, another host name, an output, an old nixpkgs", async () => {
  const lock = {
    nodes: {
      root: { inputs: { nixpkgs: "n" } },
      n: { locked: { type: "github", lastModified: 1_700_000_000 } },
    },
    root: "root",
    version: 7,
  };
  const found = await assessed(`
    #- /flake.nix
    {
      inputs.nixpkgs.url = "github:nixos/nixpkgs";
      outputs = { nixpkgs, ... }: { clan = 1; nixosConfigurations.web = nixpkgs.lib.nixosSystem { modules = [ ./web.nix ]; }; };
    }
    #- /flake.lock
    ${JSON.stringify(lock)}
    #- /web.nix
    { networking.hostName = "www"; users.users.root.openssh.authorizedKeys.keys = [ ]; services.openssh = { enable = true; settings.X = 1; }; }
    #- /machines/web/x.nix
    { }
    #- /sops/x
    1
  `);
  expect(found.collisions.map(({ code, file }) => `${code} ${file}`)).toEqual([
    "folder-machines machines",
    "folder-sops sops",
    "host-name web.nix",
    "nixpkgs-old flake.lock",
    "output-clan flake.nix",
    "root-ssh-keys web.nix",
    "sshd-settings web.nix",
  ]);
  // No collision where the name is the host's, or not written out.
  const fine = await assessed(`
    #- /flake.nix
    { inputs.nixpkgs.url = "x"; outputs = { nixpkgs, ... }: { nixosConfigurations.web = nixpkgs.lib.nixosSystem { modules = [ ./web.nix ]; }; }; }
    #- /web.nix
    { config, ... }: { networking.hostName = "web"; services.openssh.enable = true; }
  `);
  expect(fine.collisions).toEqual([]);
});

test("a flake that has clan, and the report in words", async () => {
  const fixture = `
    #- /flake.nix
    { inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz"; outputs = { clan-core, nixpkgs, ... }: { nixosConfigurations.web = nixpkgs.lib.nixosSystem { modules = [ ]; }; }; }
  `;
  const found = await assessed(fixture);
  expect(found.hasClan).toBe(true);
  const text = reportAssessment(found, ["nixpkgs"]);
  expect(text).toContain("  web  nixos  flake.nix\n");
  expect(text).toContain("Inputs that clan-core would take from you\n  nixpkgs\n");
});
