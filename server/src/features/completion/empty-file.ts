/**
 * What an empty file begins with, by its name and place.
 *
 *   an empty clan.nix   ->   { meta.name = "▮"; inventory.machines = { }; … }
 */
import type { Query } from "../query.ts";
import type { CompletionItem } from "./item.ts";

interface Skeleton {
  readonly files: RegExp;
  readonly label: string;
  readonly detail: string;
  /** A snippet. */
  readonly text: string;
}

const inventory = "inventory.machines = {\n\t\t$2\n\t};\n\n\tinventory.instances = {\n\t\t$0\n\t};";

const skeletons: readonly Skeleton[] = [
  {
    files: /\/clan\.nix$/,
    label: "clan",
    detail: "a clan with its machines and services",
    text: `{\n\tmeta.name = "$1";\n\n\t${inventory}\n}\n`,
  },
  {
    files: /\/inventory\.nix$/,
    label: "inventory",
    detail: "machines and instances",
    text: "{\n\tmachines = {\n\t\t$1\n\t};\n\n\tinstances = {\n\t\t$0\n\t};\n}\n",
  },
  {
    files: /\/flake\.nix$/,
    label: "flake with a clan",
    detail: "a flake whose clan is in clan.nix",
    text: `{
\tinputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
\tinputs.nixpkgs.follows = "clan-core/nixpkgs";

\toutputs =
\t\t{ self, clan-core, ... }:
\t\tlet
\t\t\tclan = clan-core.lib.clan {
\t\t\t\tinherit self;
\t\t\t\timports = [ ./clan.nix ];$0
\t\t\t};
\t\tin
\t\t{
\t\t\tclan = clan.config;
\t\t\tinherit (clan.config) nixosConfigurations nixosModules clanInternals;
\t\t};
}
`,
  },
  {
    files: /\/machines\/[^/]+\/[^/]+\.nix$|\/configuration\.nix$/,
    label: "module",
    detail: "configuration of a machine",
    text: "{ config, lib, pkgs, ... }:\n{\n\t$0\n}\n",
  },
];

/** Undefined unless the file is empty, and of a kind a clan has. */
export function findSkeleton({ snapshot, path, offset }: Query): CompletionItem | undefined {
  const text = snapshot.readFile(path);
  if (text === undefined || text.trim() !== "") return undefined;
  const found = skeletons.find(({ files }) => files.test(path));
  return (
    found && {
      label: found.label,
      kind: "value",
      detail: found.detail,
      documentation: undefined,
      insertText: found.text,
      replace: { start: offset, end: offset },
      filterText: found.label,
      sortText: "0",
      deprecated: false,
    }
  );
}
