/** Settings merged from role, tags and machine, and where each part is written. */
import { expect, test } from "vitest";
import { effectiveSettings } from "../../../server/src/clan/effective-settings.ts";
import { clanOf } from "../helpers/clan.ts";

/** Each setting as "path = value: level name text, …"; what is overridden in brackets. */
async function settingsOf(text: string, machine: string): Promise<string[]> {
  const clan = await clanOf(text);
  const [instance] = clan.instances.known.values();
  const [role] = instance?.roles.values() ?? [];
  if (instance === undefined || role === undefined) expect.fail("there is no role");
  const settings = effectiveSettings(clan, instance, role, machine) ?? expect.fail("the role is not known");
  return settings.map(({ path, value, contributions, ...rest }) => {
    const parts = contributions.map(({ level, name, node, overridden }) => {
      const written = `${level} ${name} ${node?.source.text.slice(node.start, node.end)}`;
      return overridden ? `[${written}]` : written;
    });
    const shown = contributions.length === 0 ? `default ${rest.default}` : JSON.stringify(value);
    return [`${path.join(".")} = ${shown}`, ...parts].join("; ");
  });
}

const clan = `
  { lib, ... }:
  {
    modules.door = {
      roles.default.interface = { lib, ... }: {
        options = {
          port = lib.mkOption { type = lib.types.port; default = 80; };
          names = lib.mkOption { type = lib.types.listOf lib.types.str; default = [ ]; };
          lock.code = lib.mkOption { type = lib.types.str; };
          lock.tries = lib.mkOption { type = lib.types.int; default = 3; };
          doors = lib.mkOption { type = lib.types.attrsOf (lib.types.submodule { options.open = lib.mkEnableOption "x"; }); default = { }; };
        };
      };
    };
    inventory.machines.a.tags = [ "x" "y" ];
    inventory.machines.b = { };
    inventory.instances.front = {
      module = { name = "door"; input = "self"; };
      roles.default = {
        settings = { port = lib.mkDefault 81; names = [ "role" ]; lock.code = "r"; };
        tags.all = { };
        tags.x.settings.names = [ "tag" ];
        tags.z.settings.names = [ "not a tag of it" ];
        machines.a.settings = { port = 82; names = [ "machine" ]; doors.front.open = true; };
      };
    };
  }
`;

test("of a machine with a tag and settings of its own", async () => {
  expect(await settingsOf(clan, "a")).toEqual([
    'doors = {"front":{"open":true}}; machine a doors.front.open = true;',
    'lock.code = "r"; role default "r"',
    "lock.tries = default 3",
    'names = ["machine","tag","role"]; role default [ "role" ]; tag x [ "tag" ]; machine a [ "machine" ]',
    "port = 82; [role default 81]; machine a 82",
  ]);
});

test("of a machine that is only in the role", async () => {
  expect(await settingsOf(clan, "b")).toEqual([
    "doors = default { }",
    'lock.code = "r"; role default "r"',
    "lock.tries = default 3",
    'names = ["role"]; role default [ "role" ]',
    "port = 81; role default 81",
  ]);
});

test("nothing is said of a service that is not known", async () => {
  const found = await clanOf('{ inventory.instances.i = { module.input = "far"; roles.default = { }; }; }');
  const [instance] = found.instances.known.values();
  const [role] = instance?.roles.values() ?? [];
  expect(instance && role && effectiveSettings(found, instance, role, "a")).toBeUndefined();
});
