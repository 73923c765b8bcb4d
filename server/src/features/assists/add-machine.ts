/**
 * Adds a machine to the inventory, with its folder: the one a role names, where there is none of that name, else
 * one called `new-machine`, to be renamed.
 *
 *   inventory.mach▮ines = { };   ->   inventory.machines = { new-machine = { }; };  and machines/new-machine/
 */
import type { Clan } from "../../clan/model.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import { addAttribute } from "../../rules/edit.ts";
import type { Assist, Proposal } from "./assist.ts";

const configuration = `{ ... }:
{
  # imports = [ ];
}
`;

export const addMachine: Assist = {
  id: "add-machine",
  kind: "add",
  keepsMeaning: false,
  collect({ subjects, around, query }) {
    const named = subjects.find(({ entity }) => entity?.kind === "machine")?.entity;
    if (named !== undefined && !named.clan.machines.known.has(named.name))
      return proposal(named.clan, named.name, query.snapshot);
    const [innermost] = around;
    const [first, second, , ...below] = innermost?.option.path ?? [];
    // Inside of a machine other things are thought of.
    if (innermost === undefined || first !== "inventory" || second !== "machines" || below.length > 0)
      return [];
    return proposal(innermost.clan, freeName(innermost.clan), query.snapshot);
  },
};

function proposal(clan: Clan, name: string, snapshot: Snapshot): Proposal[] {
  const inventory = clan.tree.child("inventory");
  const edit = inventory && addAttribute(inventory, ["machines", name], "{ }");
  if (edit === undefined) return [];
  const { directory } = clan;
  const file = directory === undefined ? undefined : `${directory}/machines/${name}/configuration.nix`;
  const isNew = file !== undefined && snapshot.fileType(file) === undefined;
  return [
    {
      title: `Add machine \`${name}\``,
      edits: [edit],
      creates: isNew ? new Map([[file, configuration]]) : undefined,
    },
  ];
}

function freeName({ machines }: Clan): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? "new-machine" : `new-machine-${number}`;
    if (!machines.known.has(name)) return name;
  }
}
