/** Findings that were there before a rename are no reason to refuse it; those it would bring are. */
import { describe, expect, test } from "vitest";
import { checkRename, refusal } from "./check-rename.ts";

/** Only the line with the cursor, and what `others` say, changes from `old` to `name`. */
async function checkRenamed(fixture: string, old: string, name: string): Promise<void> {
  const clean = fixture.replace("$0", "");
  await checkRename(fixture, name, clean.replaceAll(new RegExp(`(?<![\\w-])${old}(?![\\w-])`, "g"), name));
}

describe("an old finding stays one", () => {
  test("a machine, beside one that is not there: the list in the message is in another order", () =>
    checkRenamed(
      `
        {
          inventory.machines.al$0pha.tags = [ "desk" ];
          inventory.machines.beta = { };
          inventory.instances.mesh = {
            module.name = "zerotier";
            roles.controller.machines.alpha = { };
            roles.moon.machines.gone = { };
          };
        }
      `,
      "alpha",
      "zz",
    ));

  test("a machine whose new name is near the wrong one", () =>
    checkRenamed(
      `
        {
          inventory.machines.al$0pha = { };
          inventory.instances.mesh = {
            module.name = "zerotier";
            roles.controller.machines.alpha = { };
            roles.moon.machines.gonr = { };
          };
        }
      `,
      "alpha",
      "gone",
    ));

  test("a tag beside one that no machine has", () =>
    checkRenamed(
      `
        {
          inventory.machines.alpha.tags = [ "de$0sk" ];
          inventory.instances.sshd.roles.server.tags = [ "desk" "dsk" ];
        }
      `,
      "desk",
      "zz",
    ));

  test("more names than a message lists", () => {
    const machines = Array.from({ length: 24 }, (_, index) => `m${index} = { };`).join(" ");
    return checkRenamed(
      `{ inventory.machines = { a$0a = { }; ${machines} }; inventory.instances.sshd.roles.server.machines.gone = { }; }`,
      "aa",
      "zz",
    );
  });

  test("a finding in a file that moves, and one on the renamed word itself", () =>
    checkRename(
      `
        { inventory.machines.we$0b = { tags = [ 1 ]; bogus = 2; }; }
        #- /clan/machines/web/configuration.nix
        { clan.core.vars.generators.site = { dependencies = [ "cq" ]; files.k = { }; script = "echo > $out/k"; }; }
      `,
      "db",
      `
        { inventory.machines.db = { tags = [ 1 ]; bogus = 2; }; }
        #- /clan/machines/db/configuration.nix
        { clan.core.vars.generators.site = { dependencies = [ "cq" ]; files.k = { }; script = "echo > $out/k"; }; }
      `,
    ));

  test("a generator beside one that is not there", () =>
    checkRename(
      `
        { inventory.machines.alpha = { }; }
        #- /clan/machines/alpha/configuration.nix
        {
          clan.core.vars.generators.c$0a = { files.crt = { }; script = "echo > $out/crt"; };
          clan.core.vars.generators.site = { dependencies = [ "cq" ]; files.k = { }; script = "echo > $out/k"; };
        }
      `,
      "zz",
      `
        #- /clan/machines/alpha/configuration.nix
        {
          clan.core.vars.generators.zz = { files.crt = { }; script = "echo > $out/crt"; };
          clan.core.vars.generators.site = { dependencies = [ "cq" ]; files.k = { }; script = "echo > $out/k"; };
        }
      `,
    ));

  test("an instance with the name of its service, which messages name, too", () =>
    checkRename(
      `
        {
          inventory.machines.alpha = { };
          inventory.instances.ss$0hd.roles.server.machines.alpha.settings.bogus = 1;
        }
      `,
      "ssh",
      `
        {
          inventory.machines.alpha = { };
          inventory.instances.ssh.module.name = "sshd";
          inventory.instances.ssh.roles.server.machines.alpha.settings.bogus = 1;
        }
      `,
    ));

  test("an instance of several of one service, whose names a message lists", () =>
    checkRenamed(
      `
        {
          inventory.machines.a = { };
          inventory.instances.au$0 = { module.name = "zerotier"; roles.controller.machines.a = { }; roles.controllr.machines.a = { }; };
          inventory.instances.mu = { module.name = "zerotier"; roles.controller.machines.a = { }; };
        }
      `,
      "au",
      "zu",
    ));

  test("a wrong value of a setting of one's own service, which is renamed", () =>
    checkRenamed(
      `
        {
          inventory.machines.a = { };
          modules.web = { lib, ... }: {
            _class = "clan.service";
            manifest.name = "web";
            roles.server.interface.options.po$0rt = lib.mkOption { type = lib.types.int; };
            roles.server.perInstance = { settings, ... }: { nixosModule.x = settings.port; };
          };
          inventory.instances.w = { module.name = "web"; module.input = "self"; roles.server.machines.a.settings.port = "x"; };
        }
      `,
      "port",
      "number",
    ));
});

describe("a new finding refuses it", () => {
  test("a second of a kind that was there before, about the same, at another place", async () => {
    const reason = await refusal(
      `
        let name = "we" + "b"; in
        {
          inventory.machines.we$0b = { };
          inventory.machines.db = { };
          inventory.instances.sshd.roles.server.machines.gone = { };
          inventory.instances.sshd.roles.client.machines.db = { };
          inventory.tags.them = [ "gone" name ];
        }
      `,
      "www",
    );
    expect(reason).toContain("would");
  });

  test("a code that looked for the name", async () => {
    const reason = await refusal(
      `
        { lib, config, ... }:
        {
          inventory.machines.we$0b = { };
          inventory.instances.sshd.roles.server.tags.\${if config.inventory.machines ? \${"w" + "eb"} then "all" else "none"} = { };
        }
      `,
      "www",
    );
    expect(reason).toContain("would");
  });
});
