import { describe, expect, test } from "vitest";
import { evaluateClans } from "../../../server/src/clan/evaluate.ts";
import { OccurrenceTables } from "../../../server/src/features/occurrences.ts";
import { countLinks, storeNotes } from "../../../server/src/features/rename/notes.ts";
import { findRenameTarget } from "../../../server/src/features/rename/target.ts";
import { MemoryFileSystem } from "../../../server/src/project/file-system.ts";
import { Workspace } from "../../../server/src/project/workspace.ts";
import { queryAtCursor } from "../helpers/feature.ts";
import { testParser } from "../helpers/parse.ts";
import { checkRename } from "./check-rename.ts";

describe("a machine", () => {
  test("in all files, paths and folders", async () => {
    const { moves, notes, edits } = await checkRename(
      `
        { self, ... }:
        {
          imports = [ ./more.nix ];
          inventory.machines.we$0b = { };
          inventory.tags.first = [ "web" "db" ];
          machines.db.imports = [ ./machines/web/users.nix ];
          specialArgs.ip = self.nixosConfigurations.web.config.ip;
        }
        #- /clan/more.nix
        { inventory.instances.sshd.roles.server.machines = { "web" = { }; db = { }; }; }
        #- /clan/inventory.json
        { "machines": { "web": { "tags": ["web"] }, "db": {} } }
        #- /clan/machines/web/configuration.nix
        { networking.hostName = "web"; imports = [ ../web/users.nix ./disk.nix ]; }
        #- /clan/machines/web/users.nix
        { environment.etc.key.source = ../../vars/per-machine/web/key/pub/value; }
        #- /clan/vars/per-machine/web/key/pub/value
        key
        #- /clan/sops/secrets/web-age.key/secret
        { }
        #- /clan/secrets/age-keys/machines/web/pub
        age
      `,
      "www",
      `
        { self, ... }:
        {
          imports = [ ./more.nix ];
          inventory.machines.www = { };
          inventory.tags.first = [ "www" "db" ];
          machines.db.imports = [ ./machines/www/users.nix ];
          specialArgs.ip = self.nixosConfigurations.www.config.ip;
        }
        #- /clan/more.nix
        { inventory.instances.sshd.roles.server.machines = { "www" = { }; db = { }; }; }
        #- /clan/inventory.json
        { "machines": { "www": { "tags": ["web"] }, "db": {} } }
        #- /clan/machines/www/configuration.nix
        { networking.hostName = "www"; imports = [ ../www/users.nix ./disk.nix ]; }
        #- /clan/machines/www/users.nix
        { environment.etc.key.source = ../../vars/per-machine/www/key/pub/value; }
        #- /clan/vars/per-machine/www/key/pub/value
        key
        #- /clan/sops/secrets/www-age.key/secret
        { }
        #- /clan/secrets/age-keys/machines/www/pub
        age
      `,
    );
    expect(moves.map(({ from }) => from)).toEqual([
      "/clan/secrets/age-keys/machines/web",
      "/clan/sops/secrets/web-age.key",
      "/clan/vars/per-machine/web",
      "/clan/machines/web",
    ]);
    expect(notes).toEqual(["Afterwards, run git add on the moved files: a flake does not see others."]);
    const grouped = edits
      .filter(({ group }) => group !== undefined)
      .map(({ group, path }) => `${group} ${path}`);
    expect(grouped).toEqual([
      "files /clan/clan.nix",
      "files /clan/machines/web/configuration.nix",
      "files /clan/machines/web/users.nix",
    ]);
  });

  test("through let, inherit and functions", async () => {
    await checkRename(
      `
        let
          web = { tags = [ "srv" ]; };
          nodes = { db = { }; };
        in
        {
          inventory.machines = { inherit we$0b; } // builtins.mapAttrs (_: _: { }) nodes;
          inventory.instances.sshd.roles.server.machines = builtins.listToAttrs [ { name = "web"; value = { }; } ];
        }
      `,
      "www",
      `
        let
          web = { tags = [ "srv" ]; };
          nodes = { db = { }; };
        in
        {
          inventory.machines = { www = web; } // builtins.mapAttrs (_: _: { }) nodes;
          inventory.instances.sshd.roles.server.machines = builtins.listToAttrs [ { name = "www"; value = { }; } ];
        }
      `,
    );
  });

  test("whose name is in a variable", async () => {
    await checkRename(
      `
        let name = "web"; in
        { inventory.machines.\${name} = { }; inventory.tags.first = [ name ]; inventory.tags.all = [ "we$0b" ]; }
      `,
      "www",
      `
        let name = "www"; in
        { inventory.machines.\${name} = { }; inventory.tags.first = [ name ]; inventory.tags.all = [ "www" ]; }
      `,
    );
  });

  test("that code compares names with", async () => {
    await checkRename(
      `
        {
          inventory.machines = { we$0b = { }; db = { }; };
          inventory.tags = { config, ... }: {
            backup = builtins.filter (name: name != "web") config.nixos;
            others = builtins.filter (name: !builtins.elem name [ "db" "web" ]) config.nixos;
          };
          meta.description = if "web" == "web" then "web" else "";
        }
      `,
      "www",
      `
        {
          inventory.machines = { www = { }; db = { }; };
          inventory.tags = { config, ... }: {
            backup = builtins.filter (name: name != "www") config.nixos;
            others = builtins.filter (name: !builtins.elem name [ "db" "www" ]) config.nixos;
          };
          meta.description = if "web" == "web" then "web" else "";
        }
      `,
    );
  });

  test("that only a folder makes", async () => {
    await checkRename(
      `
        { inventory.instances.sshd.roles.server.machines.we$0b = { }; }
        #- /clan/machines/web/configuration.nix
        { }
      `,
      "www",
      `
        { inventory.instances.sshd.roles.server.machines.www = { }; }
        #- /clan/machines/www/configuration.nix
        { }
      `,
    );
  });

  test("an instance that is made of the same name is renamed with it", async () => {
    await checkRename(
      `
        let nodes = { we$0b = { }; }; in
        {
          inventory.machines = nodes;
          inventory.instances = builtins.mapAttrs (name: _: {
            module.name = "sshd";
            roles.server.machines.\${name} = { };
          }) nodes;
        }
      `,
      "www",
      `
        let nodes = { www = { }; }; in
        {
          inventory.machines = nodes;
          inventory.instances = builtins.mapAttrs (name: _: {
            module.name = "sshd";
            roles.server.machines.\${name} = { };
          }) nodes;
        }
      `,
    );
  });
});

test("a tag", async () => {
  await checkRename(
    `
      {
        inventory.machines.web.tags = [ "s$0rv" ];
        inventory.machines.db.tags = [ ''srv'' "all" ];
        inventory.instances.sshd.roles.server.tags = [ "srv" ];
        inventory.instances.sshd.roles.client.tags.srv = { };
      }
    `,
    "my servers",
    `
      {
        inventory.machines.web.tags = [ "my servers" ];
        inventory.machines.db.tags = [ "my servers" "all" ];
        inventory.instances.sshd.roles.server.tags = [ "my servers" ];
        inventory.instances.sshd.roles.client.tags."my servers" = { };
      }
    `,
  );
});

describe("an instance", () => {
  test("keeps its service", async () => {
    await checkRename(
      `
        {
          inventory.machines.web = { };
          inventory.instances.ss$0hd.roles.server.machines.web = { };
        }
      `,
      "login",
      `
        {
          inventory.machines.web = { };
          inventory.instances.login.module.name = "sshd";
          inventory.instances.login.roles.server.machines.web = { };
        }
      `,
    );
    await checkRename(
      `
        { }
        #- /clan/inventory.json
        { "instances": { "ss$0hd": { "roles": {} } } }
      `,
      "login",
      `
        #- /clan/inventory.json
        { "instances": { "login": {"module": { "name": "sshd" },  "roles": {} } } }
      `,
    );
  });

  test("and where code asks for it", async () => {
    await checkRename(
      `
        { config, ... }:
        {
          inventory.instances.a = { module.name = "sshd"; };
          specialArgs = { inherit (config.inventory.instances) a$0 b; };
        }
      `,
      "b c",
      `
        { config, ... }:
        {
          inventory.instances."b c" = { module.name = "sshd"; };
          specialArgs = { inherit (config.inventory.instances) b; a = config.inventory.instances."b c"; };
        }
      `,
    );
  });
});

describe("what is left to do", () => {
  test("links of the sops store, which say a machine's name", async () => {
    const fileSystem = new MemoryFileSystem(
      { "/clan/clan.nix": "{ inventory.machines.web = { }; }", "/clan/sops/machines/web/key.json": "{ }" },
      {
        "/clan/vars/shared/ca/key/machines/web": "../../../../../sops/machines/web",
        "/clan/vars/per-machine/db/ca/key/machines/db": "../../../../../../sops/machines/db",
      },
    );
    const snapshot = new Workspace({ fileSystem, parser: await testParser(), roots: ["/clan"] }).snapshot();
    const [clan] = evaluateClans(snapshot);
    if (clan === undefined) expect.fail("there is no clan");
    expect(countLinks(clan, "web", snapshot)).toBe(1);
    const entities = [{ kind: "machine", clan, name: "web" } as const];
    expect(storeNotes({ clan, newName: "www", moves: 1, links: 1, entities })).toEqual([
      "Afterwards, run git add on the moved files: a flake does not see others.",
      "1 link of the sops store to the machine's key breaks: run `clan vars fix www`, which makes it again.",
    ]);
  });

  test("entries of the password store", async () => {
    const { notes } = await checkRename(
      '{ inventory.machines.we$0b = { }; vars.settings.secretStore = "password-store"; }',
      "www",
      '{ inventory.machines.www = { }; vars.settings.secretStore = "password-store"; }',
    );
    expect(notes).toEqual([
      "Rename the entries below `clan-vars/` in the password store, too: they are outside the clan.",
    ]);
  });

  test("looking for places in what is not known", async () => {
    const { open } = await checkRename(
      "{ lib, inputs, ... }: { inventory.machines = inputs.other.machines // { we$0b = { }; }; }",
      "www",
      "{ lib, inputs, ... }: { inventory.machines = inputs.other.machines // { www = { }; }; }",
    );
    expect(open).toEqual(expect.any(String));
  });
});

test("what is prepared is the word, without its quotes", async () => {
  const { query, text } = await queryAtCursor('{ inventory.machines.web.tags = [ "s$0rv" ]; }');
  const target = findRenameTarget(query, new OccurrenceTables());
  if (target?.kind !== "target") expect.fail("it can be renamed");
  expect([target.name, text.slice(target.range.start, target.range.end)]).toEqual(["srv", "srv"]);
});

describe("the host name of a machine", () => {
  const fixture = (name: string, cursor = "") => `
    {
      inventory.machines.${name}${cursor} = { };
      inventory.machines.db = { };
      machines.${name} = { networking = { hostName = "${name}"; }; };
      machines.db = { imports = [ ./db.nix ]; networking.domain = "web"; other.hostName = "web"; };
    }
    #- /clan/db.nix
    { networking.hostName = "web"; }
  `;

  test("is renamed with it where it is the same, wherever that is written, and no other", async () => {
    const [clan = ""] = fixture("www").split("#-");
    const { edits } = await checkRename(fixture("web", "$0"), "www", clan);
    expect(edits.map(({ group }) => group)).toEqual([undefined, undefined, undefined]);
  });

  test("where its module is not evaluated, perhaps", async () => {
    const { edits } = await checkRename(
      `
        { inventory.machines.we$0b = { }; }
        #- /clan/machines/web/spare.nix
        { networking.hostName = "web"; }
      `,
      "www",
      `
        { inventory.machines.www = { }; }
        #- /clan/machines/www/spare.nix
        { networking.hostName = "www"; }
      `,
    );
    expect(edits.map(({ group }) => group)).toEqual([undefined, "perhaps"]);
  });
});
