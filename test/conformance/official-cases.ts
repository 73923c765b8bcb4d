/**
 * What clan-core shows people, as clans of their own: its templates, the tests of its services, and the Nix in its
 * documentation, each in the frames it may be meant for.
 *
 *   readOfficialCases("/clan-core")   ->   [{ name: "templates/clan/default", frames: [{ name: "template", files }] }, …]
 */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";

/** Texts by relative path. */
export type ClanFiles = ReadonlyMap<string, string>;

interface Frame {
  readonly name: string;
  readonly files: ClanFiles;
}

export interface OfficialCase {
  readonly name: string;
  /** The most particular first: what is accepted as a part of an instance would be as options of a machine, too. */
  readonly frames: readonly Frame[];
}

/** `core`: a checkout. */
export function readOfficialCases(core: string): OfficialCase[] {
  return [...templates(core), ...serviceTests(core), ...documentation(core)];
}

function templates(core: string): OfficialCase[] {
  const folder = join(core, "templates/clan");
  const clans = foldersIn(folder).map((name) => ({
    name: `templates/clan/${name}`,
    frames: [{ name: "template", files: new Map(readFolder(join(folder, name)).map(filledIn)) }],
  }));
  const machines = foldersIn(join(core, "templates/machine")).map((name) => {
    const files = readFolder(join(core, "templates/machine", name));
    return {
      name: `templates/machine/${name}`,
      frames: [
        clanOf("machine", "{ inventory.machines.new = { }; }", prefixed("machines/new", new Map(files))),
      ],
    };
  });
  const disks = foldersIn(join(core, "templates/disk")).map((name) => ({
    name: `templates/disk/${name}`,
    frames: [
      clanOf(
        "disk",
        "{ inventory.machines.new = { }; }",
        new Map(
          readFolder(join(core, "templates/disk", name))
            .filter(([file]) => file.endsWith(".nix"))
            .map(([, text]) => filledIn(["machines/new/disko.nix", text])),
        ),
      ),
    ],
  }));
  return [...clans, ...machines, ...disks];
}

/** Clan fills in what stands between braces when it makes the files. */
function filledIn([file, text]: [string, string]): [string, string] {
  return [file, text.replace(/\{\{(\w+)\}\}/g, "$1")];
}

function serviceTests(core: string): OfficialCase[] {
  const services = join(core, "clanServices");
  return foldersIn(services).flatMap((service) => {
    const tests = readFolder(join(services, service)).filter(([file]) =>
      /^tests\/[^/]+\/default\.nix$/.test(file),
    );
    return tests.map(([file]) => {
      const clan = `
{ lib, inputs, ... }:
let
  given = {
    inherit lib;
    inherit (inputs) clan-core self;
    config = { };
    pkgs = inputs.nixpkgs.legacyPackages.x86_64-linux;
  };
  written = import ./service/${file};
  test = if lib.isFunction written then written (builtins.intersectAttrs (lib.functionArgs written) given) else written;
in
{
  imports = [ (removeAttrs test.clan [ "test" "directory" ]) ];
  machines = (test.nodes or { }) // (test.containers or { });
  modules = inputs.clan-core.clan.modules // lib.mapAttrs' (name: lib.nameValuePair "@clan/\${name}") inputs.clan-core.clan.modules;
}
`;
      const files = prefixed("service", new Map(readFolder(join(services, service))));
      return { name: `clanServices/${service}/${file}`, frames: [clanOf("service test", clan, files)] };
    });
  });
}

function documentation(core: string): OfficialCase[] {
  return ["docs/src", "clanServices", "templates"].flatMap((folder) =>
    readFolder(join(core, folder))
      .filter(([file]) => file.endsWith(".md"))
      .flatMap(([file, text]) => {
        const service = folder === "clanServices" ? file.split("/")[0] : undefined;
        return blocksOf(text).map(({ line, code }) => ({
          name: `${folder}/${file}:${line}`,
          frames: framesOf(code, service),
        }));
      }),
  );
}

/** The fenced blocks of Nix. */
function blocksOf(text: string): { line: number; code: string }[] {
  const blocks: { line: number; code: string }[] = [];
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const [, indent, fence] = /^(\s*)(`{3,})nix\b/.exec(lines[at] ?? "") ?? [];
    if (fence === undefined) continue;
    const end = lines.findIndex((line, i) => i > at && line.trim() === fence);
    const code = lines
      .slice(at + 1, end)
      .map((line) => line.replace(new RegExp(`^\\s{0,${indent?.length}}`), ""));
    blocks.push({ line: at + 1, code: code.join("\n") });
    at = end;
  }
  return blocks;
}

function framesOf(code: string, service: string | undefined): Frame[] {
  const isWhole =
    /^\s*(#.*\n|\s)*(\{|rec\b|let\b|inputs@|\w+:)/.test(code) && !/^\s*(#.*\n|\s)*"?[\w.-]+"?\s*=/.test(code);
  const value = isWhole ? code : `{\n${code}\n}`;
  // What is no function yet is shown without the arguments its file has.
  const isFunction = /^\s*(#.*\n|\s)*(\{[^=;]*\}\s*(@\s*\w+)?|\w+(@\s*\{[^}]*\})?)\s*:/.test(code);
  const withArguments = (names: string) => (isFunction ? value : `{ ${names}, ... }:\n${value}`);
  const below = (path: string) => `{ inventory.${path} = ${value}; }`;
  const module = service === undefined ? "" : `module.name = "${service}";`;
  const known = knownNames(code);
  const frame = (name: string, clan: string, files: ClanFiles = new Map()) =>
    clanOf(name, clan, new Map([...files, ["known.nix", known]]));
  return [
    ...(/\boutputs\b/.test(code) ? [{ name: "flake", files: new Map([["flake.nix", value]]) }] : []),
    frame("clan", withArguments("lib, self, inputs, config")),
    frame("inventory", `{ inventory = ${value}; }`),
    frame("instances", below("instances")),
    frame("machines", below("machines")),
    frame(
      "instance",
      `{ imports = [ ${below("instances.example")} { inventory.instances.example = { ${module} }; } ]; }`,
    ),
    frame(
      "roles",
      `{ imports = [ ${below("instances.example.roles")} { inventory.instances.example = { ${module} }; } ]; }`,
    ),
    frame(
      "service",
      `{ modules.example = ./service.nix; inventory.instances.example.module = { name = "example"; input = "self"; }; }`,
      new Map([["service.nix", withArguments("lib")]]),
    ),
    frame(
      "machine",
      "{ inventory.machines.new = { }; }",
      new Map([["machines/new/configuration.nix", withArguments("config, lib, pkgs")]]),
    ),
  ];
}

/** The machines and tags that a block takes for granted. */
function knownNames(code: string): string {
  const tags = namesIn(code, "tags").filter((tag) => !["all", "nixos", "darwin"].includes(tag));
  const machines = new Set(["known", ...["machines", "hosts"].flatMap((word) => namesIn(code, word))]);
  const written = tags.map((tag) => JSON.stringify(tag)).join(" ");
  const all = [...machines].map((name) => ` "${name}".tags = [ ${written} ];`).join("");
  return `{ lib, ... }: { meta.name = lib.mkDefault "docs"; meta.domain = lib.mkDefault "docs.test"; inventory.machines = {${all} }; }\n`;
}

/** Those of `tags.web`, `tags."web"`, `tags = [ "web" ]` and `tags = { web = …; mail.settings = …; }`. */
function namesIn(code: string, word: string): string[] {
  const dotted = [...code.matchAll(new RegExp(`\\b${word}\\."?([\\w-]+)"?`, "g"))].map(([, name]) => name);
  const listed = [...code.matchAll(new RegExp(`\\b${word} = \\[([^\\]]*)\\]`, "g"))].flatMap(
    ([, names = ""]) => [...names.matchAll(/"([\w-]+)"/g)].map(([, name]) => name),
  );
  const bound = [...code.matchAll(new RegExp(`\\b${word} = \\{`, "g"))].flatMap(({ index, 0: opening }) =>
    boundNames(code.slice(index + opening.length)),
  );
  return [...new Set([...dotted, ...listed, ...bound])].filter((name) => name !== undefined);
}

/** The names bound in a set, of which its opening brace is cut off. */
function boundNames(code: string): string[] {
  const names: string[] = [];
  let depth = 0;
  for (const [token, name] of code.matchAll(/[[{]|[\]}]|(?<=[;{\s]|^)"?([\w-]+)"?(?=(?:\.[\w."-]+)?\s*=)/g)) {
    if (/^[[{]$/.test(token)) depth++;
    else if (/^[\]}]$/.test(token)) depth--;
    else if (depth === 0 && name !== undefined) names.push(name);
    if (depth < 0) break;
  }
  return names;
}

const FLAKE = `{
  inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
  inputs.nixpkgs.follows = "clan-core/nixpkgs";
  outputs =
    { self, clan-core, ... }@inputs:
    let
      clan = clan-core.lib.clan {
        inherit self;
        specialArgs = { inherit inputs; };
        imports = [
          ./clan.nix
          ./known.nix
          { _module.args = { inherit inputs; }; }
        ];
      };
    in
    {
      clan = clan.config;
      inherit (clan.config) nixosConfigurations darwinConfigurations nixosModules clanInternals;
    };
}
`;

/** A flake with the clan and other files; they may hold what the clan takes for granted. */
function clanOf(name: string, clan: string, files: ClanFiles): Frame {
  const known: [string, string] = ["known.nix", '{ lib, ... }: { meta.name = lib.mkDefault "official"; }\n'];
  return { name, files: new Map([["flake.nix", FLAKE], ["clan.nix", clan], known, ...files]) };
}

function prefixed(folder: string, files: ClanFiles): ClanFiles {
  return new Map([...files].map(([file, text]) => [`${folder}/${file}`, text]));
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

/** The text files below a folder. */
function readFolder(folder: string): [string, string][] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/\.(png|svg|webp|jpe?g|gif)$/.test(basename(entry.name)))
    .map((entry): [string, string] => {
      const path = join(entry.parentPath, entry.name);
      return [relative(folder, path), readFileSync(path, "utf8")];
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
