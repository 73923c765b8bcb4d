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
    /^\*\*role\*\* `peer` of `zerotier`\n\n\w.*\n\nMachines:\n- `db`, by tag `srv`\n- `web`\n\n\[clan\.lol: zerotier\]\(https:\S+\/zerotier#options-for-the-peer-role\)$/,
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
    text: "**machine** `web` · NixOS\n\nTags: `all`, `nixos`, `srv`\n\nDeployed to: `root@web`\n\nRoles:\n- `peer` in `zerotier`",
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

test("a role: what is set in it, once where it is the same on all machines", async () => {
  const found = (port: string) =>
    hoverText(`{ lib, ... }: {
      inventory.machines = { db.tags = [ "big" ]; nb = { }; web = { }; };
      inventory.instances.wireguard.roles.contr$0oller = {
        machines = { db = { }; nb = { }; web = { }; };
        settings.endpoint = "x";
        settings.port = 80;
        ${port}
      };
    }`);
  expect((await found(""))?.text).toContain('\n\nSettings:\n- `endpoint`: `"x"`\n- `port`: `80`');
  const differs = (await found("tags.big.settings.port = lib.mkForce 3;"))?.text;
  expect(differs).toContain("- `port`: `3` on `db`; `80` on `nb`, `web`");
  const none = await hoverText(
    "{ inventory.machines.web = { }; inventory.instances.sshd.roles.serv$0er.machines.web = { }; }",
  );
  expect(none?.text).not.toContain("Settings");
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
    /^`meta.name`\n\nName of the clan[^\n]*\n\nType: [^\n]*\n\nRequired\.\n\nValue: `"home"`\n\n\[clan\.lol: [^\n]*\/options\/clan#name\)$/,
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

/** The hover of each word between `‹` and `›`, which are taken out first. */
async function hoverTexts(fixture: string): Promise<Record<string, string | undefined>> {
  const words = [...fixture.matchAll(/‹([^›]*)›/g)];
  const texts: Record<string, string | undefined> = {};
  for (const { 1: word = "", index } of words) {
    const before = fixture.slice(0, index).replaceAll(/[‹›]/g, "");
    const after = fixture.slice(index + 1).replaceAll(/[‹›]/g, "");
    const start = word.startsWith('"') ? `${before}"$0${after.slice(1)}` : `${before}$0${after}`;
    texts[word] = (await hoverText(start))?.text;
  }
  return texts;
}

test("the name of a machine where it comes into being: the machine alone, not the tags clan computes from it", async () => {
  const found = await hoverText("{ inventory.machines.we$0b = { }; inventory.machines.db = { }; }");
  expect(found?.text).toBe("**machine** `web` · NixOS\n\nTags: `all`, `nixos`");
});

test("an element of a list is described by its list: nobody writes a number into a path", async () => {
  const found = await hoverText(
    '{ inventory.instances.users.roles.default.settings.groups = [ "whe$0el" ]; inventory.machines.a = { }; }',
  );
  expect(found?.text).toMatch(/^`inventory\.instances\.users\.roles\.default\.settings\.groups`\n/);
  expect(found?.text).not.toContain('"0"');
});

const service = `
  #- /clan/clan.nix
  {
    inventory.machines.web = { };
    inventory.tags = { ‹machines›, ... }: { extra = [ "web" ]; };
    inventory.instances.door = { module.name = "door"; module.input = "self"; roles.server.machines.web = { }; };
    modules.door = ./door.nix;
  }
  #- /clan/door.nix
  { ‹clanLib›, lib, ... }:
  {
    ‹_class› = "clan.service";
    manifest.name = "door";
    roles.‹server› = {
      interface.options.port = lib.mkOption { type = lib.types.port; default = 80; description = "Where it listens."; example = lib.literalExpression "443"; };
      perInstance = { ‹settings›, machine, ‹mkExports›, ... }: {
        ‹exports› = mkExports { };
        nixosModule = { ‹pkgs›, ... }: {
          environment.etc.port.text = "\${toString settings.‹port›} \${machine.‹name›}";
        };
      };
    };
    perMachine = { ‹instances›, ... }: let machine = 1; in { nixosModule.x = ‹machine›; };
  }
`;

test("what clan gives the functions of a service, and what is in it", async () => {
  const found = await hoverTexts(service.replaceAll("\n  #-", "\n#-"));
  const given = (text: string) => `${text}. Clan gives it to this function.`;
  expect(found).toEqual({
    machines: given("`machines`: the machines of the inventory"),
    clanLib: given("`clanLib`: the library of clan, which selects exports and reads public vars"),
    _class: expect.stringContaining("what kind of module this is"),
    server: expect.stringContaining("One of `modules.door.roles`: the roles machines can have"),
    settings: given("`settings`: the settings of the machine in this role"),
    mkExports: given("`mkExports`: puts exports in the name of this instance and machine"),
    exports: expect.stringContaining("What it offers to other services."),
    pkgs: given("`pkgs`: the packages of nixpkgs"),
    port: "`port`\n\nWhere it listens.\n\nType: integer from 0 to 65535\n\nDefault: `80`\n\nExample: `443`",
    name: "`machine.name`: the machine's name.",
    instances: given("`instances`: the instances the machine takes part in"),
    // A variable of one's own, whatever it is called.
    machine: undefined,
  });
});

test("types in words: no submodules, no raw values, no options declared elsewhere", async () => {
  const found = await hoverTexts(
    `
    #- /clan/clan.nix
    {
      ‹specialArgs› = { };
      inventory.‹machines›.web.‹deploy›.targetHost = "web";
      inventory.instances.users = {
        roles.default.‹tags› = [ "all" ];
        roles.default.‹extraModules› = [ ./x.nix ];
      };
    }
    #- /clan/x.nix
    { }
    #- /clan/machines/web/configuration.nix
    { networking.hostName = "web"; clan.core.vars.generators.a.files = { }; }
  `.replaceAll("\n    #-", "\n#-"),
  );
  expect(found["specialArgs"]).toContain("Type: attribute set of any value");
  expect(found["machines"]).toContain("Type: attribute set with options for each name");
  expect(found["deploy"]).not.toContain("Type");
  expect(found["tags"]).toContain("Type: attribute set with options for each name or list of string");
  expect(found["extraModules"]).toMatch(/Type: list of modules\n\nDefault: `\[ \]`\n\n\[clan/);
});

test("a level of options of NixOS says nothing; clan's own links to its page", async () => {
  const machine = (code: string) => `
#- /clan/clan.nix
{ inventory.machines.web = { }; }
#- /clan/machines/web/configuration.nix
{ ${code} clan.core.vars.generators.a.files = { }; }
`;
  expect(await hoverText(machine('networ$0king.hostName = "web";'))).toBeUndefined();
  const vars = await hoverText(machine("clan.core.va$0rs.generators.b.files = { };"));
  expect(vars?.text).toContain("/reference/clan.core/vars)");
});

test("an example where there is one", async () => {
  const found = await hoverText("{ inventory.instances.sshd.roles.server.settings.authorized$0Keys = { }; }");
  expect(found?.text).toContain("Example: `{ ada = ");
  expect(found?.text).toContain("**Warning**");
});
