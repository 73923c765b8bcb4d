/**
 * Adds a machine to the inventory, with its folder: the one a role names, where there is none of that name, else one that
 * the editor asks about. Without such an editor it gets the name that comes next, or one to be renamed.
 *
 *   inventory.mach▮ines = { web01 = { }; };   ->   inventory.machines = { web01 = { }; web02 = { }; };  and machines/web02/
 */
import type { Clan, Machine } from "../../clan/model.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import { addAttribute } from "../../rules/fix/edit.ts";
import { printString } from "../../syntax/quote.ts";
import type { Assist, Proposal } from "./assist.ts";

export const configuration = `{ ... }:
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
      return listOf(newMachine(named.clan, named.name, "nixos", query.snapshot));
    const [innermost] = around;
    const [first, second, , ...below] = innermost?.option.path ?? [];
    // Inside of a machine other things are thought of.
    if (innermost === undefined || first !== "inventory" || second !== "machines" || below.length > 0)
      return [];
    const { clan } = innermost;
    return listOf(newMachine(clan, freeName(clan), "nixos", query.snapshot)).map((proposal) => ({
      ...proposal,
      asksFor: { title: "Add a machine…", clan },
    }));
  },
};

/** What is said of it besides. */
interface MachineData {
  readonly tags?: readonly string[];
  readonly targetHost?: string;
}

/** Undefined where the inventory is not written in a way that can be added to. */
export function newMachine(
  clan: Clan,
  name: string,
  machineClass: Machine["class"],
  snapshot: Snapshot,
  data: MachineData = {},
): Proposal | undefined {
  const value = machineText(machineClass, data);
  const inventory = clan.tree.child("inventory");
  const edit =
    inventory === undefined
      ? addAttribute(clan.tree, ["inventory", "machines", name], value)
      : addAttribute(inventory, ["machines", name], value);
  if (edit === undefined) return undefined;
  const { directory } = clan;
  const file = directory === undefined ? undefined : `${directory}/machines/${name}/configuration.nix`;
  const isNew = file !== undefined && snapshot.fileType(file) === undefined;
  return {
    title: `Add machine \`${name}\``,
    edits: [edit],
    creates: isNew ? new Map([[file, configuration]]) : undefined,
    mayLackFiles: true,
  };
}

function machineText(machineClass: Machine["class"], { tags = [], targetHost }: MachineData): string {
  const lines = [
    ...(machineClass === "nixos" ? [] : ['machineClass = "darwin";']),
    ...(tags.length === 0 ? [] : [`tags = [ ${tags.map(printString).join(" ")} ];`]),
    ...(targetHost === undefined ? [] : [`deploy.targetHost = ${printString(targetHost)};`]),
  ];
  if (lines.length < 2) return ["{", ...lines, "}"].join(" ");
  return `{\n${lines.map((line) => `\t${line}\n`).join("")}}`;
}

function listOf(proposal: Proposal | undefined): Proposal[] {
  return proposal === undefined ? [] : [proposal];
}

/** The next of names that are counted: web01, web02 -> web03. */
function freeName({ machines }: Clan): string {
  const counted = [...machines.known.keys()].flatMap((name) => {
    const [, stem, digits] = /^(.*?)(\d+)$/.exec(name) ?? [];
    return stem === undefined || digits === undefined ? [] : [{ stem, digits }];
  });
  const [last] = counted.sort((a, b) => Number(b.digits) - Number(a.digits));
  const stem = last?.stem ?? "new-machine";
  for (let number = last === undefined ? 1 : Number(last.digits) + 1; ; number++) {
    const name =
      last === undefined
        ? number === 1
          ? stem
          : `${stem}-${number}`
        : stem + String(number).padStart(last.digits.length, "0");
    if (!machines.known.has(name)) return name;
  }
}
