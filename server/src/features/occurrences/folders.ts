/**
 * What lies on disk under the name of a machine or of a generator.
 *
 *   foldersOf(machine web)   ->   machines/web, vars/per-machine/web, sops/machines/web, …
 *   entityOfFolder(clan, "/clan/vars/per-machine/web/ca/key")   ->   the file key of the generator ca
 */
import type { Clan } from "../../clan/model.ts";
import type { EvalHost } from "../../nix/host.ts";
import { normalizePath, parentPath } from "../../nix/path.ts";
import { type Entity, generatorsOf } from "../entity.ts";

type Place = (name: string) => string;

/** Below the clan's directory: the configuration, the public and secret vars, and the keys of each store. */
const machinePlaces: readonly Place[] = [
  (name) => `machines/${name}`,
  (name) => `vars/per-machine/${name}`,
  (name) => `sops/machines/${name}`,
  (name) => `sops/secrets/${name}-age.key`,
  (name) => `secrets/clan-vars/per-machine/${name}`,
  (name) => `secrets/age-keys/machines/${name}`,
];

/** Folders of vars, of each store that keeps them in the clan. */
const varsRoots = ["vars", "secrets/clan-vars"];

/** Of the age store, in the folder of the generator's file. */
const ageFiles = [".age", ".age.recipients"];

/** The folders (and the files named after one) that are there, sorted. */
export function foldersOf(entity: Entity, host: EvalHost): string[] {
  return candidatesOf(entity)
    .filter((path) => host.fileType(path) !== undefined)
    .sort();
}

function candidatesOf(entity: Entity): string[] {
  const { clan, name } = entity;
  const below = (places: readonly string[]): string[] =>
    directoriesOf(clan).flatMap((directory) => places.map((place) => `${directory}/${place}`));
  switch (entity.kind) {
    case "machine":
      return below(machinePlaces.map((place) => place(name)));
    case "generator":
      return below(generatorPlaces(clan, name));
    case "generator-file": {
      const folders = generatorPlaces(clan, entity.generator).map((place) => `${place}/${name}`);
      return below(
        folders.flatMap((folder) => [folder, ...ageFiles.map((suffix) => `${folder}/${name}${suffix}`)]),
      );
    }
    default:
      return [];
  }
}

function generatorPlaces(clan: Clan, name: string): string[] {
  const owners = generatorsOf(clan, name).flatMap(({ machine, share }) => {
    const own = `per-machine/${machine}`;
    return share === undefined ? ["shared", own] : share ? ["shared"] : [own];
  });
  return varsRoots.flatMap((root) => [...new Set(owners)].map((owner) => `${root}/${owner}/${name}`));
}

/** The machine the last segment of `path` is named after. */
export function machineOfFolder(clan: Clan, path: string): Entity | undefined {
  for (const directory of directoriesOf(clan)) {
    const relative = path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : undefined;
    if (relative === undefined) continue;
    const name = relative.slice(relative.lastIndexOf("/") + 1).replace(/-age\.key$/, "");
    for (const each of new Set([name, relative.slice(relative.lastIndexOf("/") + 1)]))
      if (clan.machines.known.has(each) && machinePlaces.some((place) => place(each) === relative))
        return { kind: "machine", clan, name: each };
  }
  return undefined;
}

/** `directory`, and where vars are read from besides. */
function directoriesOf(clan: Clan): string[] {
  const vars = clan.tree.child("varsDirectory")?.value();
  const known = vars?.type === "path" || vars?.type === "string" ? [vars.value] : [];
  return [...new Set([clan.directory ?? clan.root, ...known].map(normalizePath))];
}

/** `path` with its last segment's `name` replaced: `sops/secrets/web-age.key` -> `sops/secrets/db-age.key`. */
export function renamedFolder(path: string, name: string, newName: string): string {
  const last = path.slice(path.lastIndexOf("/") + 1);
  return `${parentPath(path)}/${newName}${last.slice(name.length)}`;
}
