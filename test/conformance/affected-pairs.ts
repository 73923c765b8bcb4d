/**
 * Edits of one small clan (test/fixtures/affected/clan), each a pair of states: before and after. Which machines come out
 * different is recorded from a real evaluation (record-affected.ts) in test/fixtures/affected/truth.json.
 */

export interface AffectedPair {
  readonly name: string;
  readonly edits: readonly PairEdit[];
  /** Machines we name besides, and why: a file that a machine reads concerns it, whatever it takes from it. */
  readonly more?: readonly string[];
}

/** Of a file by its path in the clan: a part replaced, all of it, or undefined for none; or moved, with a part replaced. */
export type PairEdit =
  | readonly [file: string, from: string, to: string]
  | readonly [file: string, text: string | undefined]
  | { readonly move: string; readonly to: string; readonly from: string; readonly into: string };

const web = "machines/web/configuration.nix";
const db = "machines/db/configuration.nix";
const lock = (name: string): PairEdit => [
  "flake.lock",
  `"repo": "${name}", "rev": "1"`,
  `"repo": "${name}", "rev": "2"`,
];

export const affectedPairs: readonly AffectedPair[] = [
  {
    name: "a comment",
    edits: [["modules/common.nix", "# Whoever logs in reads it.", "# Shown at the login."]],
  },
  { name: "layout", edits: [["modules/common.nix", "{ lib, ... }:\n", "{\n  lib,\n  ...\n}:\n\n"]] },
  { name: "a file no machine reads", edits: [["README.md", "Read", "Do read"]] },
  { name: "a shell for developers", edits: [["pkgs/flake-module.nix", "vim", "emacs"]] },
  { name: "a package no machine has", edits: [["pkgs/flake-module.nix", '"1"', '"2"']] },
  {
    name: "a variable by another name",
    edits: [
      ["modules/common.nix", 'zone = "UTC"', 'place = "UTC"'],
      ["modules/common.nix", "= zone;", "= place;"],
    ],
  },
  {
    name: "a module that is moved",
    edits: [
      { move: "modules/common.nix", to: "modules/all/common.nix", from: " ./", into: " ../" },
      [web, "modules/common.nix", "modules/all/common.nix"],
      [db, "modules/common.nix", "modules/all/common.nix"],
      ["machines/laptop/configuration.nix", "modules/common.nix", "modules/all/common.nix"],
    ],
  },
  {
    name: "an option in a machine's own file",
    edits: [["machines/laptop/configuration.nix", "= true", "= false"]],
  },
  { name: "a package in clan.nix", edits: [["clan.nix", "pkgs.hello", "pkgs.jq"]] },
  { name: "a file many read", edits: [["modules/common.nix", '"UTC"', '"CET"']] },
  { name: "text that is read", edits: [["modules/motd", "Hello", "Welcome"]] },
  { name: "JSON that is read", edits: [["modules/hosts.json", "9.9.9.9", "1.1.1.1"]] },
  { name: "a page an option names", edits: [["modules/page.html", "Hello", "Welcome"]] },
  { name: "a patch of an own package", edits: [["pkgs/site/one.patch", "one", "two"]] },
  { name: "how an own package is made", edits: [["pkgs/site/default.nix", '"site"', '"page"']] },
  { name: "a port of a file that two read", edits: [["lib/ports.nix", "80", "81"]], more: ["db"] },
  {
    name: "a default of an own option that a package reads",
    edits: [["modules/nginx.nix", "default = 8080", "default = 8081"]],
  },
  { name: "mkIf that comes to hold", edits: [[web, "saved = false", "saved = true"]] },
  {
    name: "mkForce",
    edits: [
      [
        "machines/laptop/configuration.nix",
        "{\n",
        '{ lib, ... }:\n{\n  time.timeZone = lib.mkForce "CET";\n',
      ],
    ],
  },
  {
    name: "an import that is gone",
    edits: [["machines/laptop/configuration.nix", "../../modules/common.nix", ""]],
  },
  {
    name: "a file that clan imports by itself",
    edits: [["machines/build/hardware-configuration.nix", '{ boot.loader = "grub"; }']],
  },
  {
    name: "a value handed to all that one takes",
    edits: [["lib/sites.nix", '"example.org"', '"example.net"']],
  },
  { name: "a value handed to all that nobody takes", edits: [["lib/sites.nix", '"mail.', '"post.']] },
  {
    name: "a tag that brings a role",
    edits: [["clan.nix", "laptop.deploy", 'laptop.tags = [ "srv" ];\n    laptop.deploy']],
  },
  { name: "a tag that brings nothing", edits: [["clan.nix", "build = { };", 'build.tags = [ "strong" ];']] },
  {
    name: "a setting that another role reads",
    edits: [
      [
        "clan.nix",
        'roles.server.tags = [ "srv" ];',
        'roles.server.tags = [ "srv" ];\n    roles.server.settings.port = 8;',
      ],
    ],
  },
  {
    name: "a setting of one machine",
    edits: [
      [
        "clan.nix",
        'roles.server.tags = [ "srv" ];',
        'roles.server.tags = [ "srv" ];\n    roles.server.machines.db.settings.port = 8;',
      ],
    ],
  },
  {
    name: "a setting that nobody else reads",
    edits: [["clan.nix", "machines.laptop = { };", "machines.laptop.settings.slow = true;"]],
  },
  {
    name: "a role that is taken away",
    edits: [["clan.nix", "    roles.client.machines.laptop = { };\n", ""]],
  },
  { name: "where a machine is deployed to", edits: [["clan.nix", "root@laptop", "root@10.0.0.1"]] },
  { name: "a default of a service's setting", edits: [["services/door.nix", "default = 7", "default = 9"]] },
  {
    name: "what a service does on one side",
    edits: [["services/door.nix", "inherit (settings) slow;", "slow = !settings.slow;"]],
  },
  { name: "a description in a service", edits: [["services/door.nix", "Where it listens", "Its port"]] },
  { name: "a generator's script", edits: [[db, "echo > $out/key", "date > $out/key"]], more: ["web"] },
  {
    name: "a generator that is new",
    edits: [
      [
        "machines/laptop/configuration.nix",
        "services.desktop",
        'clan.core.vars.generators.new = { files.a = { }; script = "echo > $out/a"; };\n  services.desktop',
      ],
    ],
  },
  {
    name: "a public var that another machine reads",
    edits: [["vars/per-machine/db/key/pub/value", "db-key", "new-key"]],
  },
  { name: "a shared var", edits: [["vars/shared/ca/pub/value", "ca", "new"]] },
  { name: "nixpkgs of another version", edits: [lock("nixpkgs")] },
  { name: "an input one machine imports of another version", edits: [lock("tools")] },
  { name: "an input no machine has of another version", edits: [lock("checker")] },
  {
    name: "a machine that is new",
    edits: [["clan.nix", "build = { };", 'build = { };\n    mail.tags = [ "srv" ];']],
  },
  {
    name: "a machine that is gone",
    edits: [
      ["clan.nix", '    db.tags = [ "srv" ];\n', ""],
      [db, undefined],
      [
        web,
        /* it reads db */ "  services.sql.key = self.nixosConfigurations.db.config.clan.core.vars.generators.key.files.pub.value;\n",
        "",
      ],
    ],
  },
];

/** The clan after the edits; paths are relative to it. */
export function editClan(
  files: ReadonlyMap<string, string>,
  edits: readonly PairEdit[],
): ReadonlyMap<string, string> {
  const after = new Map(files);
  const replaced = (file: string, from: string, to: string): string => {
    const text = after.get(file);
    if (text?.includes(from) !== true) throw new Error(`${file} has no ${from}`);
    return text.replaceAll(from, to);
  };
  for (const edit of edits) {
    if ("move" in edit) {
      after.set(edit.to, replaced(edit.move, edit.from, edit.into));
      after.delete(edit.move);
    } else if (edit.length === 3) after.set(edit[0], replaced(...edit));
    else if (edit[1] === undefined) after.delete(edit[0]);
    else after.set(edit[0], edit[1]);
  }
  return after;
}
