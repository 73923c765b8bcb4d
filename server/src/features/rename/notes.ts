/**
 * What a rename cannot do itself and a person has to: git, and what the stores of secrets keep.
 *
 *   machine web -> db, with links to sops/machines/web   ->   "Run `clan vars fix db`: …"
 */
import type { Clan } from "../../clan/model.ts";
import type { EvalHost } from "../../nix/host.ts";
import type { Entity } from "../entity.ts";

/**
 * The sops store says by links who can read a secret: `vars/…/machines/web -> …/sops/machines/web`. Neither the
 * link's name nor what it says can be changed by an editor.
 */
export function countLinks(clan: Clan, machine: string, host: EvalHost): number {
  const directory = clan.directory ?? clan.root;
  const pending = [`${directory}/vars`, `${directory}/sops`];
  let links = 0;
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop())
    for (const [name, type] of host.readDir(folder) ?? []) {
      if (type === "directory") pending.push(`${folder}/${name}`);
      if (type === "symlink" && name === machine && folder.endsWith("/machines")) links++;
    }
  return links;
}

export function storeNotes({
  clan,
  newName,
  moves,
  links,
  entities,
}: {
  readonly clan: Clan;
  readonly newName: string;
  readonly moves: number;
  readonly links: number;
  readonly entities: readonly Entity[];
}): string[] {
  const notes: string[] = [];
  if (moves > 0) notes.push("Afterwards, run git add on the moved files: a flake does not see others.");
  if (links > 0) {
    const [subject, verb, object] =
      links === 1 ? ["1 link", "breaks", "it"] : [`${links} links`, "break", "them"];
    notes.push(
      `${subject} of the sops store to the machine's key ${verb}: run \`clan vars fix ${newName}\`, which makes ${object} again.`,
    );
  }
  const store = clan.tree.at("vars", "settings", "secretStore")?.string();
  const isStored = entities.some(({ kind }) => kind === "machine" || kind.startsWith("generator"));
  if (store === "password-store" && isStored)
    notes.push(
      "Rename the entries below `clan-vars/` in the password store, too: they are outside the clan.",
    );
  return notes;
}
