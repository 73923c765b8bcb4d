import { expect, test } from "vitest";
import { findDefinitions } from "../../../server/src/features/definition.ts";
import { OccurrenceTables } from "../../../server/src/features/occurrences.ts";
import { queryAtCursor } from "../helpers/feature.ts";

/** "file: text of the line" of each definition. */
async function definitions(fixture: string): Promise<string[]> {
  const { query } = await queryAtCursor(fixture);
  return findDefinitions(query, new OccurrenceTables()).map(({ path, start }) => {
    const text = query.snapshot.readFile(path) ?? "";
    const line = text.slice(text.lastIndexOf("\n", start) + 1).split("\n")[0] ?? "";
    return `${path}: ${line.trim()}`;
  });
}

test("a machine of a role", async () => {
  expect(
    await definitions(`
      {
        inventory.instances.sshd.roles.server.machines.we$0b = { };
        imports = [ ./machines.nix ];
      }
      #- /clan/machines.nix
      {
        inventory.machines.web = { };
      }
    `),
  ).toEqual(["/clan/machines.nix: inventory.machines.web = { };"]);
});

test("a tag: where machines get it", async () => {
  expect(
    await definitions(`
      {
        inventory.machines.web.tags = [ "srv" ];
        inventory.instances.sshd.roles.server.tags = [ "s$0rv" ];
      }
    `),
  ).toEqual(['/clan/clan.nix: inventory.machines.web.tags = [ "srv" ];']);
});

test("a service of this flake, and its role", async () => {
  const fixture = (instance: string) => `
    {
      inventory.instances.site = { module = { name = "web"; input = "self"; }; ${instance} };
      modules.web = {
        _class = "clan.service";
        manifest.name = "web";
        roles.server = { };
      };
    }
  `;
  expect(await definitions(fixture("roles.ser$0ver.tags.all = { };"))).toEqual([
    "/clan/clan.nix: roles.server = { };",
  ]);
});

test("nothing for a service without source", async () => {
  expect(await definitions('{ inventory.instances.b.module.name = "bor$0gbackup"; }')).toEqual([]);
});

test("a machine's own module", async () => {
  expect(
    await definitions(`
      { inventory.instances.sshd.roles.server.machines.we$0b = { }; }
      #- /clan/machines/web/configuration.nix
      { networking.useDHCP = true; }
    `),
  ).toEqual(["/clan/machines/web/configuration.nix: { networking.useDHCP = true; }"]);
});

test("a path: the file, or the default.nix of a folder", async () => {
  const fixture = (imports: string) => `
    { imports = [ ${imports} ]; }
    #- /clan/modules/default.nix
    { machines.web = { }; }
    #- /clan/db.nix
    { machines.db = { }; }
  `;
  expect(await definitions(fixture("./mod$0ules ./db.nix"))).toEqual([
    "/clan/modules/default.nix: { machines.web = { }; }",
  ]);
  expect(await definitions(fixture("./modules ./db.$0nix"))).toEqual([
    "/clan/db.nix: { machines.db = { }; }",
  ]);
});

test("a generator that another one depends on", async () => {
  expect(
    await definitions(`
      {
        machines.web.clan.core.vars.generators = {
          key.dependencies = [ "c$0a" ];
          ca.files.pem = { };
        };
      }
    `),
  ).toEqual(["/clan/clan.nix: ca.files.pem = { };"]);
});

test("a setting: its declaration in the role's interface", async () => {
  expect(
    await definitions(`
      {
        inventory.instances.a = {
          module = { name = "door"; input = "self"; };
          roles.front.settings.bo$0lt = 1;
        };
        modules.door = { lib, ... }: {
          _class = "clan.service";
          roles.front.interface.options.bolt = lib.mkOption { };
        };
      }
    `),
  ).toEqual(["/clan/clan.nix: roles.front.interface.options.bolt = lib.mkOption { };"]);
});
