/**
 * Clans as `findClans` finds them, for the tests of each arrangement, and one small clan that all of them mean.
 *
 *   expectClan(await entryOf(`${clanFile} #- /c/flake.nix …`))
 */
import { expect } from "vitest";
import { type ClanEntry, findClans } from "../../../../server/src/clan/entry.ts";
import { clanOptions } from "../../../../server/src/clan/schema/clan-options.ts";
import type { OptionNode } from "../../../../server/src/modules/option-node.ts";
import { workspaceOf } from "../../helpers/workspace.ts";

/** Of a fixture in the folder /c. */
export async function entriesOf(text: string): Promise<readonly ClanEntry[]> {
  const { workspace } = await workspaceOf(text, ["/c"]);
  return findClans(workspace.snapshot(), "/c", { clanOptions });
}

/** The only one. */
export async function entryOf(text: string): Promise<ClanEntry> {
  const entries = await entriesOf(text);
  expect(entries.map(({ kind }) => kind)).toHaveLength(1);
  return entries[0] as ClanEntry;
}

/** Of an option's children, sorted. */
export const names = (node: OptionNode | undefined): string[] => [...(node?.children().keys() ?? [])].sort();
export const machinesOf = ({ tree }: ClanEntry): string[] => names(tree.at("inventory", "machines"));
export const instancesOf = ({ tree }: ClanEntry): string[] => names(tree.at("inventory", "instances"));
/** What is expected of all arrangements. */
export function expectClan(entry: ClanEntry): void {
  expect(entry.tree.at("meta", "name")?.string()).toBe("home");
  expect(machinesOf(entry)).toEqual(["nas", "web"]);
  expect(instancesOf(entry)).toEqual(["sshd"]);
  expect(entry.tree.at("inventory", "tags", "all")?.data()).toEqual(["nas", "web"]);
  expect(entry.tree.open).toBeUndefined();
  expect(entry.tree.problems).toEqual([]);
  expect(entry.directory).toBe("/c");
}

export const clanFile = `
  #- /c/clan.nix
  {
    meta.name = "home";
    inventory.machines = { web.tags = [ "srv" ]; nas = { }; };
    inventory.instances.sshd.roles.server.tags = [ "srv" ];
  }
`;
export const inputs = `
    inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
    inputs.flake-parts.url = "github:hercules-ci/flake-parts";
    inputs.nixpkgs.follows = "clan-core/nixpkgs";
`;
