import { expect, test } from "vitest";
import type { Entity } from "../../../server/src/features/entity.ts";
import { collectOccurrences } from "../../../server/src/features/occurrences.ts";
import { LineIndex } from "../../../server/src/syntax/line-index.ts";
import { clanOf, fixtureRoot } from "../helpers/clan.ts";

/** "/clan.nix:1:12 key machine web", with `*` behind a declaration and the service or role it belongs to. */
async function occurrences(fixture: string): Promise<string[]> {
  const clan = await clanOf(fixture);
  const { occurrences: found, computed } = collectOccurrences(clan);
  const written = found.map(({ path, start, how, isDeclaration, entity, node }) => {
    const { line, column } = new LineIndex(node?.source.text ?? "").position(start);
    const at = `${path.slice(fixtureRoot.length)}:${line + 1}:${column + 1}`;
    return `${at} ${how} ${show(entity)}${isDeclaration ? "*" : ""}`;
  });
  return [...written, ...computed.map(({ entity }) => `computed ${show(entity)}`)];
}

function show(entity: Entity): string {
  switch (entity.kind) {
    case "role":
      return `role ${entity.service.source}/${entity.service.name}.${entity.name}`;
    case "setting":
      return `setting ${entity.service.name}.${[entity.role, ...entity.path, entity.name].join(".")}`;
    case "service":
      return `service ${entity.source}/${entity.name}`;
    default:
      return `${entity.kind} ${entity.name}`;
  }
}

test("a machine's entry, tags, roles, and the machines of a tag", async () => {
  expect(
    await occurrences(`
      {
        inventory.machines.web.tags = [ "srv" ];
        inventory.tags.first = [ "web" ];
        inventory.instances.sshd.roles.server = {
          machines."web" = { };
          tags = [ "srv" ];
        };
        machines.web = { };
      }
    `),
  ).toEqual([
    "/clan.nix:2:22 key machine web*",
    "/clan.nix:2:36 string tag srv*",
    "/clan.nix:3:18 key tag first*",
    "/clan.nix:3:29 string machine web",
    "/clan.nix:4:23 key instance sshd*",
    "/clan.nix:4:34 key role clan-core/sshd.server",
    "/clan.nix:5:15 key machine web",
    "/clan.nix:6:15 string tag srv",
    "/clan.nix:8:12 key machine web*",
  ]);
});

test("names that came through let, inherit, functions and other files", async () => {
  expect(
    await occurrences(`
      let
        srv = "srv";
        backup = import ./backup.nix { tag = srv; };
      in
      {
        inventory.machines = builtins.mapAttrs (_: ip: { tags = [ srv ]; }) { web = 1; };
        inventory.instances = { inherit backup; };
      }
      #- /backup.nix
      { tag }: { module.name = "borgbackup"; roles.client.tags = [ tag ]; }
    `),
  ).toEqual([
    "/backup.nix:1:27 string service clan-core/borgbackup",
    "/backup.nix:1:46 key role clan-core/borgbackup.client",
    "/clan.nix:2:10 string tag srv*",
    "/clan.nix:6:73 key machine web*",
    "/clan.nix:7:35 inherit instance backup*",
  ]);
});

test("a name that is computed stands nowhere", async () => {
  expect(
    await occurrences(`
      let n = "1"; in { inventory.machines."web-\${n}" = { }; }
    `),
  ).toEqual(["computed machine web-1"]);
});

test("inventory.json", async () => {
  expect(
    await occurrences(`
      { }
      #- /inventory.json
      { "machines": { "web": { "tags": ["srv"] } } }
    `),
  ).toEqual(["/inventory.json:1:18 key machine web*", "/inventory.json:1:36 string tag srv*"]);
});

test("a service of this flake: its roles and settings, where they are declared and where they are used", async () => {
  expect(
    await occurrences(`
      {
        inventory.instances.a = {
          module = { name = "door"; input = "self"; };
          roles.front = { settings.bolt.count = 1; settings.keys.me.name = "x"; };
        };
        modules.door = { lib, ... }: {
          _class = "clan.service";
          roles.front.interface.options = {
            bolt.count = lib.mkOption { type = lib.types.int; };
            keys = lib.mkOption {
              type = lib.types.attrsOf (lib.types.submodule { options.name = lib.mkOption { type = lib.types.str; }; });
            };
          };
        };
      }
    `),
  ).toEqual([
    "/clan.nix:2:23 key instance a*",
    "/clan.nix:3:24 string service self/door",
    "/clan.nix:3:40 string input self",
    "/clan.nix:4:11 key role self/door.front",
    "/clan.nix:4:30 key setting door.front.bolt",
    "/clan.nix:4:35 key setting door.front.bolt.count",
    "/clan.nix:4:55 key setting door.front.keys",
    "/clan.nix:4:63 key setting door.front.keys.<name>.name",
    "/clan.nix:6:11 key service self/door*",
    "/clan.nix:8:11 key role self/door.front*",
    "/clan.nix:9:7 key setting door.front.bolt*",
    "/clan.nix:9:12 key setting door.front.bolt.count*",
    "/clan.nix:10:7 key setting door.front.keys*",
    "/clan.nix:11:65 key setting door.front.keys.<name>.name*",
  ]);
});
