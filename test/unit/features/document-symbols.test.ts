import { expect, test } from "vitest";
import {
  collectDocumentSymbols,
  type DocumentSymbol,
} from "../../../server/src/features/document-symbols.ts";
import { OccurrenceTables } from "../../../server/src/features/occurrences.ts";
import { queryAtCursor } from "../helpers/feature.ts";

/** The outline of the file with `$0`, a line a symbol, indented, with the line it ends on. */
async function outline(fixture: string): Promise<string[]> {
  const { query, text } = await queryAtCursor(fixture);
  const show = (symbol: DocumentSymbol, indent: string): string[] => {
    const { name, kind, detail, range, selection, children } = symbol;
    expect(text.slice(selection.start, selection.end)).toBe(name);
    expect(range.start).toBeLessThanOrEqual(selection.start);
    const lines = text.slice(0, range.end).split("\n").length;
    const line = `${indent}${kind} ${name}${detail === undefined ? "" : ` (${detail})`} -${lines}`;
    return [line, ...children.flatMap((child) => show(child, `${indent}  `))];
  };
  return collectDocumentSymbols(query, new OccurrenceTables()).flatMap((symbol) => show(symbol, ""));
}

test("machines with their tags, instances with their roles and whom these name", async () => {
  const found = await outline(`
    {
      $0inventory.machines = {
        web = {
          tags = [ "srv" ];
        };
        "mac".machineClass = "darwin";
      };
      inventory.instances.mesh = {
        module.name = "zerotier";
        roles.controller.machines.web = { };
        roles.peer.tags.all = { };
        roles.peer.settings = { };
      };
    }
  `);
  expect(found).toEqual([
    "machine web (nixos) -5",
    "  tag srv -4",
    "machine mac (darwin) -6",
    "instance mesh (zerotier) -13",
    "  role controller -10",
    "    machine web (nixos) -10",
    "  role peer -12",
    "    tag all -11",
  ]);
});

test("what neighbouring bindings say of one thing is one symbol", async () => {
  const found = await outline(`
    {
      $0inventory.instances.sshd.roles.server.tags.all = { };
      inventory.instances.sshd.roles.server.tags.nixos = { };
      inventory.machines.web = { };
      inventory.instances.sshd.roles.client.tags.all = { };
    }
  `);
  expect(found).toEqual([
    "instance sshd (sshd) -3",
    "  role server -3",
    "    tag all -2",
    "    tag nixos -3",
    "machine web (nixos) -4",
    "instance sshd (sshd) -5",
    "  role client -5",
    "    tag all -5",
  ]);
});

test("what is inherited, and written elsewhere in the file", async () => {
  const found = await outline(`
    { lib, ... }:
    let
      $0sshd.roles.server.tags.all = { };
    in
    {
      inventory.instances = { inherit sshd; };
    }
  `);
  expect(found).toEqual(["role server -3", "  tag all -3", "instance sshd (sshd) -6"]);
});

test("services of the flake with their roles", async () => {
  const found = await outline(`
    {
      $0modules.door = {
        _class = "clan.service";
        manifest.name = "door";
        roles.opener = { };
      };
      inventory.instances.front = {
        module = { name = "door"; input = "self"; };
        roles.opener.tags.all = { };
      };
    }
  `);
  expect(found).toEqual([
    "service door -6",
    "  role opener -5",
    "instance front (door) -10",
    "  role opener -9",
    "    tag all -9",
  ]);
});

test("only what is in this file", async () => {
  const found = await outline(`
    { imports = [ ./more.nix ]; inventory.machines.web = { }; }
    #- /clan/more.nix
    { inventory.machines.$0db = { }; }
  `);
  expect(found).toEqual(["machine db (nixos) -1"]);
});

test("generators with their files and prompts", async () => {
  const found = await outline(`
    { inventory.machines.web = { }; }
    #- /clan/machines/web/configuration.nix
    {
      $0clan.core.vars.generators.ca = {
        files."ca.pem".secret = false;
        prompts.pin.persist = true;
        script = "echo > $out/ca.pem";
      };
      clan.core.vars.generators.leaf = { dependencies = [ "ca" ]; files.key = { }; script = ""; };
    }
  `);
  expect(found).toEqual([
    "generator ca -6",
    "  generator-file ca.pem -3",
    "  prompt pin -4",
    "generator leaf -7",
    "  generator-file key -7",
  ]);
});

test("nothing in a file no clan reads", async () => {
  expect(await outline("{ }\n#- /clan/other.nix\n{ inventory.machines.we$0b = { }; }")).toEqual([]);
});

test("nothing without a name, which VS Code refuses", async () => {
  const found = await outline(`
    {
      $0inventory.machines.web.tags = [ "" "a" ];
      inventory.machines."" = { };
    }
  `);
  expect(found).toEqual(["machine web (nixos) -2", "  tag a -2"]);
});
