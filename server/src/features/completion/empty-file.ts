/**
 * What an empty file begins with, by its name and place.
 *
 *   an empty clan.nix   ->   { meta.name = "▮"; inventory.machines = { }; … }
 */
import { parentPath } from "../../nix/path.ts";
import type { Query } from "../query.ts";
import type { CompletionItem } from "./item.ts";
import { serviceModule } from "./whole-things.ts";

interface Skeleton {
  readonly files: RegExp;
  readonly label: string;
  readonly detail: string;
  /** A snippet; `has` says whether there is a file of that name beside this one. */
  readonly text: (has: (name: string) => boolean) => string;
}

const clanOptions = (indentation: string, name = "$1") =>
  [
    `meta.name = "${name}";`,
    "",
    "inventory.machines = {",
    "  $2",
    "};",
    "",
    "inventory.instances = {",
    "  $0",
    "};",
  ]
    .map((line) => (line === "" ? "\n" : `${indentation}${line}\n`))
    .join("");

/** Refers to a clan.nix only where there is one. */
function flake(has: (name: string) => boolean): string {
  const clan = has("clan.nix") ? "        imports = [ ./clan.nix ];$0\n" : `\n${clanOptions("        ")}`;
  return `{
  inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
  inputs.nixpkgs.follows = "clan-core/nixpkgs";

  outputs =
    { self, clan-core, ... }:
    let
      clan = clan-core.lib.clan {
        inherit self;
${clan}      };
    in
    {
      clan = clan.config;
      inherit (clan.config) nixosConfigurations nixosModules clanInternals;
    };
}
`;
}

const skeletons: readonly Skeleton[] = [
  {
    files: /\/clan\.nix$/,
    label: "clan",
    detail: "a clan with its machines and services",
    text: () => `{\n${clanOptions("  ")}}\n`,
  },
  {
    files: /\/inventory\.nix$/,
    label: "inventory",
    detail: "machines and instances",
    text: () => "{\n  machines = {\n    $1\n  };\n\n  instances = {\n    $0\n  };\n}\n",
  },
  {
    files: /\/flake\.nix$/,
    label: "flake with a clan",
    detail: "a flake that defines a clan",
    text: flake,
  },
  {
    files: /\/machines\/[^/]+\/[^/]+\.nix$|\/configuration\.nix$/,
    label: "module",
    detail: "configuration of a machine",
    text: () => "{ config, lib, pkgs, ... }:\n{\n  $0\n}\n",
  },
  {
    files: /\/(clan-?)?services\/([^/]+\/default|[^/]+)\.nix$/i,
    label: "clan service",
    detail: "a service of your own, for `modules` of the clan",
    text: () => `${serviceModule}\n`,
  },
];

/** Undefined unless the file is empty, and of a kind a clan has. */
export function findSkeleton({ snapshot, path, offset }: Query): CompletionItem | undefined {
  const text = snapshot.readFile(path);
  if (text === undefined || !/^\s*\w*\s*$/.test(text)) return undefined;
  const found = skeletons.find(({ files }) => files.test(path));
  if (found === undefined) return undefined;
  const has = (name: string) => snapshot.fileType(`${parentPath(path)}/${name}`) !== undefined;
  const written = /\w*$/.exec(text.slice(0, offset))?.[0] ?? "";
  return {
    label: found.label,
    kind: "snippet",
    detail: found.detail,
    summary: found.detail,
    documentation: undefined,
    insertText: found.text(has),
    replace: { start: offset - written.length, end: offset },
    filterText: found.label,
    sortText: "0",
    deprecated: false,
    offersNext: false,
  };
}
