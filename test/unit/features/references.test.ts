import { describe, expect, test } from "vitest";
import type { Occurrence } from "../../../server/src/features/occurrences.ts";
import { OccurrenceTables } from "../../../server/src/features/occurrences.ts";
import type { Query } from "../../../server/src/features/query.ts";
import { findHighlights, findReferences } from "../../../server/src/features/references.ts";
import { queryAtCursor } from "../helpers/feature.ts";

/** The lines with what was found in «», each behind the file's name; `*` marks declarations. */
async function references(fixture: string, find: typeof findReferences = findReferences): Promise<string[]> {
  const { query } = await queryAtCursor(fixture);
  return find(query, new OccurrenceTables()).map((each) => show(each, query));
}

function show({ path, start, end, isDeclaration }: Occurrence, { snapshot }: Query): string {
  const text = snapshot.readFile(path) ?? "";
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const lineEnd = text.indexOf("\n", end);
  const marked = `${text.slice(lineStart, start)}«${text.slice(start, end)}»${text.slice(end, lineEnd)}`;
  return `${path.replace("/clan/", "")}${isDeclaration ? "*" : ""}: ${marked.trim()}`;
}

test("a machine, in the inventory, in code and in paths", async () => {
  expect(
    await references(`
      { self, ... }:
      {
        imports = [ ./more.nix ];
        inventory.machines.we$0b = { };
        inventory.tags.first = [ "web" ];
        machines.db.imports = [
          ./machines/web/users.nix
          (self + "/machines/web/disk.nix")
        ];
        specialArgs.ip = self.nixosConfigurations.web.config.ip;
        specialArgs.host = self.clan.inventory.machines.web.deploy.targetHost or "web";
      }
      #- /clan/more.nix
      { inventory.instances.sshd.roles.server.machines."web" = { }; }
      #- /clan/machines/web/configuration.nix
      { self, ... }: { inherit (self.nixosConfigurations) web db; networking.hostName = "web"; }
      #- /clan/machines/web/users.nix
      "\${self}/vars/per-machine/web/key/pub/value"
      #- /clan/inventory.json
      { "machines": { "web": { "tags": [] } } }
    `),
  ).toEqual([
    "clan.nix*: inventory.machines.«web» = { };",
    'clan.nix: inventory.tags.first = [ "«web»" ];',
    "clan.nix: ./machines/«web»/users.nix",
    'clan.nix: (self + "/machines/«web»/disk.nix")',
    "clan.nix: specialArgs.ip = self.nixosConfigurations.«web».config.ip;",
    'clan.nix: specialArgs.host = self.clan.inventory.machines.«web».deploy.targetHost or "web";',
    'inventory.json*: { "machines": { "«web»": { "tags": [] } } }',
    'machines/web/configuration.nix: { self, ... }: { inherit (self.nixosConfigurations) «web» db; networking.hostName = "web"; }',
    'machines/web/configuration.nix: { self, ... }: { inherit (self.nixosConfigurations) web db; networking.hostName = "«web»"; }',
    'machines/web/users.nix: "${self}/vars/per-machine/«web»/key/pub/value"',
    'more.nix: { inventory.instances.sshd.roles.server.machines."«web»" = { }; }',
  ]);
});

test("another flake's machine of the same name is none of them", async () => {
  expect(
    await references(`
      { inputs, ... }:
      {
        inventory.machines.we$0b = { };
        specialArgs.ip = inputs.other.nixosConfigurations.web.config.ip;
      }
    `),
  ).toEqual(["clan.nix*: inventory.machines.«web» = { };"]);
});

describe("a service of this flake", () => {
  const service = (role: string, setting: string) => `
    {
      inventory.instances.site = {
        module = { name = "web"; input = "self"; };
        roles.server.settings.port = 80;
        roles.client.settings.port = 81;
      };
      modules.web = { lib, ... }: {
        _class = "clan.service";
        manifest.constraints.roles.server.maxMachines = 1;
        roles.server.interface.options.${setting} = lib.mkOption { };
        roles.${role} = {
          interface.options.port = lib.mkOption { };
          perInstance = { settings, roles, ... }: {
            nixosModule = { config, ... }: {
              own = settings.port;
              servers = builtins.attrNames roles.server.machines;
              first = roles.server.machines.web.settings.port;
              all = map (m: m.settings.port) [ ];
              other = config.services.web.settings.port;
            };
          };
        };
      };
    }
  `;

  test("a role", async () => {
    expect(
      await references(service("client", "port").replace("roles.server.settings", "roles.ser$0ver.settings")),
    ).toEqual([
      "clan.nix: roles.«server».settings.port = 80;",
      "clan.nix: manifest.constraints.roles.«server».maxMachines = 1;",
      "clan.nix*: roles.«server».interface.options.port = lib.mkOption { };",
      "clan.nix: servers = builtins.attrNames roles.«server».machines;",
      "clan.nix: first = roles.«server».machines.web.settings.port;",
    ]);
  });

  test("a setting", async () => {
    expect(await references(service("client", "po$0rt"))).toEqual([
      "clan.nix: roles.server.settings.«port» = 80;",
      "clan.nix*: roles.server.interface.options.«port» = lib.mkOption { };",
      "clan.nix: first = roles.server.machines.web.settings.«port»;",
      "clan.nix: all = map (m: m.settings.«port») [ ];",
    ]);
  });

  test("the service itself", async () => {
    expect(await references(service("client", "port").replace('name = "web"', 'name = "we$0b"'))).toEqual([
      'clan.nix: module = { name = "«web»"; input = "self"; };',
      "clan.nix*: modules.«web» = { lib, ... }: {",
    ]);
  });
});

test("a generator, its file and its prompt", async () => {
  const vars = `
    {
      machines.web.clan.core.vars.generators = {
        ca = { files.pem = { }; prompts.name = { }; };
        key.dependencies = [ "ca" ];
      };
    }
  `;
  expect(await references(vars.replace('"ca"', '"c$0a"'))).toEqual([
    "clan.nix*: «ca» = { files.pem = { }; prompts.name = { }; };",
    'clan.nix: key.dependencies = [ "«ca»" ];',
  ]);
  expect(await references(vars.replace("pem", "p$0em"))).toEqual([
    "clan.nix*: ca = { files.«pem» = { }; prompts.name = { }; };",
  ]);
  expect(await references(vars.replace("name", "na$0me"))).toEqual([
    "clan.nix*: ca = { files.pem = { }; prompts.«name» = { }; };",
  ]);
});

test("highlights are those of the file", async () => {
  expect(
    await references(
      `
      {
        imports = [ ./more.nix ];
        inventory.machines.web.tags = [ "srv" ];
        inventory.instances.sshd.roles.server.tags = [ "s$0rv" ];
      }
      #- /clan/more.nix
      { inventory.machines.db.tags = [ "srv" ]; }
    `,
      findHighlights,
    ),
  ).toEqual([
    'clan.nix*: inventory.machines.web.tags = [ "«srv»" ];',
    'clan.nix: inventory.instances.sshd.roles.server.tags = [ "«srv»" ];',
  ]);
});
