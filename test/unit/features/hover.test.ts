import { expect, test } from "vitest";
import { hover } from "../../../server/src/features/hover.ts";
import { OccurrenceTables } from "../../../server/src/features/occurrences.ts";
import { queryAtCursor } from "../helpers/feature.ts";

/** The text over the word at `$0`; `word` is what it speaks of. */
async function hoverText(fixture: string): Promise<{ word: string; text: string } | undefined> {
  const { query, text } = await queryAtCursor(fixture);
  const found = hover(query, new OccurrenceTables());
  return found && { word: text.slice(found.range.start, found.range.end), text: found.text };
}

const clan = (instance: string) => `
  {
    inventory.machines.web = { tags = [ "srv" ]; deploy.targetHost = "root@web"; };
    inventory.machines.db = { tags = [ "srv" ]; };
    inventory.instances.zerotier = { ${instance} };
  }
`;

test("a role: what it does, its bounds, its machines and the tags that brought them", async () => {
  const found = await hoverText(clan('roles.pe$0er = { tags = [ "srv" ]; machines.web = { }; };'));
  expect(found?.word).toBe("peer");
  expect(found?.text).toMatch(
    /^\*\*role\*\* `peer` of `zerotier`\n\n\w.*\n\nMachines:\n- `db`, by tag `srv`\n- `web`\n\n\[clan\.lol: zerotier\]\(https:\S+\/zerotier\)$/,
  );
});

test("a role with bounds", async () => {
  const found = await hoverText(clan("roles.contr$0oller.machines.web = { };"));
  expect(found?.text).toContain("Exactly 1 machine.");
});

test("a service, by module.name", async () => {
  const found = await hoverText('{ inventory.instances.backup.module.name = "borg$0backup"; }');
  expect(found?.word).toBe("borgbackup");
  expect(found?.text).toMatch(/^\*\*service\*\* `borgbackup` · System/);
  expect(found?.text).toContain("- `client`: ");
  expect(found?.text).toContain("_From the bundled catalogue of clan-core's services._");
});

test("an instance", async () => {
  const found = await hoverText("{ inventory.instances.zero$0tier.roles.peer.tags.all = { }; }");
  expect(found?.text).toContain("**instance** `zerotier`");
  expect(found?.text).toContain("- `peer`: no machines");
});

test("a machine: its tags, where it is deployed, its roles", async () => {
  const found = await hoverText(clan("roles.peer.machines.we$0b = { };"));
  expect(found).toEqual({
    word: "web",
    text: "**machine** `web` · NixOS\n\n- Tags: `all`, `nixos`, `srv`\n- Deployed to: `root@web`\n- `zerotier`: `peer`",
  });
});

test("a tag", async () => {
  const found = await hoverText(clan('roles.peer.tags = [ "s$0rv" ];'));
  expect(found).toEqual({ word: "srv", text: "**tag** `srv`\n\nMachines: `db`, `web`" });
});

test("a setting: what it is, its type, default and value", async () => {
  const found = await hoverText(
    '{ inventory.instances.borgbackup.roles.client.settings.exc$0lude = [ "*.tmp" ]; }',
  );
  expect(found?.word).toBe("exclude");
  expect(found?.text).toContain("`inventory.instances.borgbackup.roles.client.settings.exclude`");
  expect(found?.text).toContain("Type: list of string");
  expect(found?.text).toContain('Value: `[ "*.tmp" ]`');
});

test("a setting: its value on each machine, and who wrote it", async () => {
  const found = await hoverText(`{ lib, ... }: {
    inventory.machines = { db.tags = [ "big" ]; nb = { }; web = { }; };
    inventory.instances.wireguard.roles.controller = {
      tags.big.settings.port = 3;
      machines = { nb = { }; web.settings.por$0t = 8080; };
      settings.endpoint = "x";
      settings.port = lib.mkDefault 80;
    };
  }`);
  expect(found?.text).toContain(
    [
      "On the machines:",
      "- `db`: `3` (tag `big`, over role `controller`)",
      "- `nb`: `80` (role `controller`)",
      "- `web`: `8080` (machine `web`, over role `controller`)",
    ].join("\n"),
  );
});

test("a machine that other code speaks of", async () => {
  const found = await hoverText(`
    #- /clan/flake.nix
    {
      inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
      outputs = { self, clan-core }: {
        clan = clan-core.lib.clan { inherit self; inventory.machines.web = { }; };
        packages.x = self.nixosConfigurations.we$0b.config.system.build.toplevel;
      };
    }
  `);
  expect(found?.word).toBe("web");
  expect(found?.text).toContain("**machine** `web`");
});

test("an option", async () => {
  const found = await hoverText('{ meta.na$0me = "home"; }');
  expect(found?.text).toMatch(
    /^`meta.name`\n\nName of the clan[^\n]*\n\nType: [^\n]*\n\nRequired\.\n\nValue: `"home"`\n\n\[clan\.lol: [^\n]*\/options\/clan\)$/,
  );
});

test("every place of a shared let", async () => {
  const found = await hoverText(`
    { ... }:
    let both = { roles.cli$0ent.machines.web = { }; }; in
    {
      inventory.machines.web = { };
      inventory.instances = { borgbackup = both; sshd = both; };
    }
  `);
  expect(found?.text).toMatch(/of `borgbackup`[\s\S]*---[\s\S]*of `sshd`/);
});

test.each([
  "{ inventory = $0{ }; }",
  "{ machines.web.services.ng$0inx.enable = true; }",
  "{ lib, pk$0gs, ... }: { }",
])("nothing: %s", async (fixture) => {
  expect(await hoverText(fixture)).toBeUndefined();
});

test("a value that holds itself, below a name that is not declared", async () => {
  const found = await hoverText(`
    #- /clan/flake.nix
    {
      inputs.clan-core.url = "git+https://git.clan.lol/clan/clan-core";
      outputs = inputs: {
        clan = inputs.clan-core.lib.clan { self = inputs.self; specialArg$0 = { inherit inputs; }; };
      };
    }
  `);
  expect(found?.text).toBe("`specialArg`");
});
