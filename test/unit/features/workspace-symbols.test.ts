import { expect, test } from "vitest";
import { collectWorkspaceSymbols } from "../../../server/src/features/workspace-symbols.ts";
import { queryAtCursor } from "../helpers/feature.ts";

const clan = `
  {
    $0meta.name = "home";
    imports = [ ./services.nix ];
    inventory.machines.web.tags = [ "srv" ];
    inventory.machines.db.tags = [ "srv" ];
    modules.door.roles.opener = { };
  }
  #- /clan/services.nix
  { inventory.instances.mesh = { module.name = "zerotier"; roles.peer.tags.all = { }; }; }
  #- /clan/machines/folder/configuration.nix
  { }
  #- /clan/machines/db/configuration.nix
  { imports = [ ../../ssh.nix ]; clan.core.vars.generators.ca = { share = true; files.key = { }; script = ""; }; }
  #- /clan/machines/web/configuration.nix
  { imports = [ ../../ssh.nix ]; }
  #- /clan/ssh.nix
  { clan.core.vars.generators.ssh = { files.key = { }; script = ""; }; }
`;

/** What a person finds who looks for `text`: kind, container and name, and where it stands. */
async function find(text: string): Promise<string[]> {
  const { query } = await queryAtCursor(clan);
  return collectWorkspaceSymbols(query.clans(query.snapshot), text).map(
    ({ kind, container, name, location: { path, start, end } }) => {
      expect(query.snapshot.readFile(path)?.slice(start, end)).toBe(name);
      return `${kind} ${container}/${name} in ${path}`;
    },
  );
}

test("everything that is written, in all files", async () => {
  expect(await find("")).toEqual([
    "machine home/db in /clan/clan.nix",
    "machine home/web in /clan/clan.nix",
    "tag home/srv in /clan/clan.nix",
    "instance home/mesh in /clan/services.nix",
    "role mesh/peer in /clan/services.nix",
    "service home/door in /clan/clan.nix",
    "generator home/ca in /clan/machines/db/configuration.nix",
    "generator db/ssh in /clan/ssh.nix",
  ]);
});

test.each([
  ["WEB", ["machine home/web in /clan/clan.nix"]],
  ["mesh peer", ["role mesh/peer in /clan/services.nix"]],
  ["dr", ["service home/door in /clan/clan.nix"]],
  ["xyz", []],
])("by some letters: %s", async (text, found) => {
  expect(await find(text)).toEqual(found);
});
