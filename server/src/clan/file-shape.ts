/**
 * A clan in a file that no flake leads to, told by its name and by what is in it.
 *
 *   clan.nix        { meta.name = "x"; inventory = …; }        a clan
 *   clan.nix        { inputs, ... }: { clan = …; }              a flake module that sets one
 *   inventory.nix   { machines = …; instances = …; }           an inventory
 */

import { evaluateModules } from "../modules/evaluate.ts";
import type { OptionSet } from "../modules/option-type.ts";
import type { FileType } from "../nix/host.ts";
import { attrs, list, path } from "../nix/make.ts";
import { resolvePath } from "../nix/path.ts";
import { Thunk } from "../nix/thunk.ts";
import type { Flake } from "../project/flake.ts";
import type { Snapshot } from "../project/snapshot.ts";
import { toModules } from "./definitions.ts";

/** The modules of the clan in the flake's folder; undefined if no file there looks like one. */
export function clanFileModules(
  snapshot: Snapshot,
  flake: Flake,
  clan: OptionSet,
): readonly Thunk[] | undefined {
  const inventory = clan.options.get("inventory")?.type;
  const inventoryNames = inventory?.kind === "submodule" ? inventory.options.options : new Map();
  for (const name of ["clan.nix", "inventory.nix"]) {
    const file = resolvePath(flake.root, name);
    if (!isFile(snapshot.fileType(file))) continue;
    const module = Thunk.of(path(file));
    const { root } = evaluateModules(flake.evaluator, {
      modules: [module],
      options: { options: new Map(), open: "anything may be in the file" },
      lib: flake.lib,
      // Modules of other flakes do not say what is in this one's file.
      unknownImports: "ignore",
    });
    const names = [...root.children().keys()];
    // A function of something else, it seems: nothing of it can be read as a clan.
    if (names.length === 0 && root.problems.some(({ failure }) => failure !== undefined)) continue;
    const inner = root.child("clan") ?? root.at("flake", "clan");
    if (inner !== undefined) return toModules(inner);
    const hasAny = (known: ReadonlyMap<string, unknown>): boolean => names.some((one) => known.has(one));
    // `machines` may stand in both: the file's name decides.
    const looksLikeInventory = hasAny(inventoryNames) && (name === "inventory.nix" || !hasAny(clan.options));
    if (looksLikeInventory) return [Thunk.of(attrs({ inventory: attrs({ imports: list([module]) }) }))];
    if (name === "clan.nix" || hasAny(clan.options)) return [module];
  }
  return isFile(snapshot.fileType(resolvePath(flake.root, "inventory.json"))) ? [] : undefined;
}

/** One that cannot be read (a pipe) counts: then nothing is known of the clan but that. */
function isFile(type: FileType | undefined): boolean {
  return type === "regular" || type === "unknown";
}
