import { describe, expect, test } from "vitest";
import { evaluateClans } from "../../../server/src/clan/evaluate.ts";
import { OccurrenceTables } from "../../../server/src/features/occurrences.ts";
import { countLinks, storeNotes } from "../../../server/src/features/rename/notes.ts";
import { findRenameTarget } from "../../../server/src/features/rename/target.ts";
import { MemoryFileSystem } from "../../../server/src/project/file-system.ts";
import { Workspace } from "../../../server/src/project/workspace.ts";
import { queryAtCursor } from "../helpers/feature.ts";
import { testParser } from "../helpers/parse.ts";
import { checkRename, refusal } from "./check-rename.ts";

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
    expect(notes).toEqual(["Run `git add` on the moved files: a flake does not see others."]);
    const grouped = edits
      .filter(({ group }) => group !== undefined)
      .map(({ group, path }) => `${group} ${path}`);
    expect(grouped).toEqual([
      "files /clan/clan.nix",
      "perhaps /clan/machines/web/configuration.nix",
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

test("an instance whose service names generators after it", async () => {
  const service = (instance: string) => `
    {
      inventory.machines.web = { };
      inventory.instances.${instance} = {
        module = { name = "key"; input = "self"; };
        roles.peer.machines.web = { };
      };
      modules.key = {
        _class = "clan.service";
        roles.peer.perInstance = { instanceName, ... }: {
          nixosModule.clan.core.vars.generators."key-\${instanceName}" = {
            files.pub = { };
            script = "echo > $out/pub";
          };
        };
      };
    }
    #- /clan/vars/per-machine/web/key-${instance}/pub/value
    key
  `;
  await checkRename(service("mesh").replace("instances.mesh", "instances.me$0sh"), "net", service("net"));
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
      "Run `git add` on the moved files: a flake does not see others.",
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

describe("a service of this flake", () => {
  const service = (role: string, setting: string) => `
    {
      inventory.machines.web = { };
      inventory.instances.site = {
        module = { name = "web"; input = "self"; };
        roles.${role} = { machines.web = { }; settings.${setting} = 80; };
      };
      modules.web = { lib, ... }: {
        _class = "clan.service";
        manifest.constraints.roles.${role}.maxMachines = 1;
        roles.${role} = {
          interface.options.${setting} = lib.mkOption { type = lib.types.port; };
          perInstance = { settings, roles, ... }: {
            nixosModule.a = { inherit (settings) port; };
            nixosModule.b = settings.${setting} + roles.${role}.machines.web.settings.${setting};
          };
        };
      };
    }
  `;

  test("its role", async () => {
    await checkRename(
      service("server", "port").replace("roles.server =", "roles.ser$0ver ="),
      "host",
      service("host", "port"),
    );
  });

  test("its setting", async () => {
    const after = service("server", "listen").replace("inherit (settings) port;", "port = settings.listen;");
    await checkRename(
      service("server", "port").replace("settings.port = 80", "settings.po$0rt = 80"),
      "listen",
      after,
    );
  });
});

test("a setting that holds others, where code inherits these", async () => {
  const service = (setting: string) => `
    {
      inventory.machines.web = { };
      inventory.instances.site = {
        module = { name = "web"; input = "self"; };
        roles.server = { machines.web = { }; settings.${setting}.port = 80; };
      };
      modules.web = { lib, ... }: {
        _class = "clan.service";
        roles.server = {
          interface.options.${setting}.port = lib.mkOption { type = lib.types.port; };
          perInstance = { settings, ... }: { nixosModule.a = { inherit (settings.${setting}) port; }; };
        };
      };
    }
  `;
  await checkRename(
    service("listen").replace("settings.listen.port = 80", "settings.lis$0ten.port = 80"),
    "bind",
    service("bind"),
  );
});

describe("vars", () => {
  const vars = (generator: string, file: string, prompt: string) => `
    {
      inventory.machines.web = { };
      machines.web.clan.core.vars.generators = {
        ${generator} = { files.${file} = { }; prompts.${prompt} = { }; script = ""; };
        key.dependencies = [ "${generator}" ];
      };
    }
    #- /clan/vars/per-machine/web/${generator}/${file}/value
    pem
    #- /clan/secrets/clan-vars/per-machine/web/${generator}/${file}/${file}.age
    secret
  `;

  test("a generator, with its folders", async () => {
    await checkRename(
      vars("ca", "pem", "pin").replace('"ca"', '"c$0a"'),
      "root-ca",
      vars("root-ca", "pem", "pin"),
    );
  });

  test("a file of a generator", async () => {
    await checkRename(
      vars("ca", "pem", "pin").replace("files.pem", "files.p$0em"),
      "cert",
      vars("ca", "cert", "pin"),
    );
  });

  test("a prompt", async () => {
    const [before, after] = [vars("ca", "pem", "pin"), vars("ca", "pem", "code")];
    const untouched = after.slice(0, after.indexOf("#- "));
    await checkRename(before.replace("prompts.pin", "prompts.p$0in"), "code", untouched);
  });

  describe("in scripts and configuration", () => {
    const web = (generator: string, file: string, prompt: string) => `
      {
        inventory.machines.web = { };
        machines.web = { config, ... }: {
          clan.core.vars.generators.${generator} = {
            files.${file}.secret = false;
            prompts.${prompt} = { };
            script = ''
              cat $prompts/${prompt} > "$out/${file}"
            '';
          };
          clan.core.vars.generators.leaf = {
            files."leaf.pem" = { };
            dependencies = [ "${generator}" ];
            script = "cat $in/${generator}/${file} > $out/leaf.pem";
          };
          a = config.clan.core.vars.generators.${generator}.files.${file}.value;
        };
      }
    `;

    test("a generator", async () => {
      const { edits } = await checkRename(
        web("ca", "pem", "pin").replace('"ca"', '"c$0a"'),
        "root-ca",
        web("root-ca", "pem", "pin"),
      );
      expect(edits.filter(({ group }) => group === "scripts")).toHaveLength(1);
    });

    test("a file", async () => {
      await checkRename(
        web("ca", "pem", "pin").replace("files.pem.secret", "files.p$0em.secret"),
        "ca.crt",
        web("ca", "ca.crt", "pin").replaceAll("files.ca.crt", 'files."ca.crt"'),
      );
    });

    test("a prompt", async () => {
      await checkRename(
        web("ca", "pem", "pin").replace("$prompts/pin", "$prompts/p$0in"),
        "code",
        web("ca", "pem", "code"),
      );
    });
  });

  test("a prompt that is kept, and the file it is kept in", async () => {
    const kept = (name: string) => `
      {
        inventory.machines.web = { };
        machines.web = { config, ... }: {
          clan.core.vars.generators.login.prompts.${name}.persist = true;
          a = config.clan.core.vars.generators.login.files.${name}.path;
        };
      }
      #- /clan/vars/per-machine/web/login/${name}/secret
      { }
    `;
    await checkRename(
      kept("password").replace("files.password", "files.pass$0word"),
      "phrase",
      kept("phrase"),
    );
  });

  test("paths in code that lead there", async () => {
    await checkRename(
      `
        {
          inventory.machines.web = { };
          machines.web = { self, ... }: {
            clan.core.vars.generators.c$0a.files.pem.secret = false;
            a = "\${self}/vars/per-machine/web/ca/pem/value";
          };
        }
        #- /clan/vars/per-machine/web/ca/pem/value
        pem
      `,
      "root",
      `
        {
          inventory.machines.web = { };
          machines.web = { self, ... }: {
            clan.core.vars.generators.root.files.pem.secret = false;
            a = "\${self}/vars/per-machine/web/root/pem/value";
          };
        }
        #- /clan/vars/per-machine/web/root/pem/value
        pem
      `,
    );
  });
});

describe("refused", () => {
  const machines = (more: string) => `{ inventory.machines.we$0b = { }; ${more} }`;

  test.each([
    [
      "a name that is taken",
      machines("inventory.machines.db = { };"),
      "db",
      "There is already a machine `db`.",
    ],
    [
      "no hostname",
      machines(""),
      "my pc",
      "`my pc` is not a hostname: letters, digits and `-` inside, at most 63.",
    ],
    [
      "a predefined tag",
      '{ inventory.instances.sshd.roles.server.tags = [ "al$0l" ]; }',
      "x",
      "The tag `all` is predefined: clan itself gives it.",
    ],
    [
      "a role of clan-core",
      "{ inventory.instances.sshd.roles.ser$0ver = { }; }",
      "x",
      "The role `server` is declared by the service `sshd`, which comes from clan-core.",
    ],
    [
      "a name that is computed",
      'let n = "b"; in { inventory.machines."we${n}" = { }; inventory.tags.x = [ "we$0b" ]; }',
      "x",
      'The name `web` is computed in clan.nix, line 1, by `"we${n}"`: change that instead.',
    ],
    [
      "what means something by its name",
      'let nodes = { we$0b = { }; }; in { inventory.machines = builtins.mapAttrs (n: _: if n < "webb" then { tags = [ "srv" ]; } else { }) nodes; }',
      "x",
      "That would change the clan. Machine `x`, its tags, would be all, nixos, not all, nixos, srv.",
    ],
    [
      "a variable of that name",
      "{ inventory.machines = rec { we$0b = { }; db = web; }; }",
      "x",
      "That would change the clan. Machine `db`, its tags, would be all, not all, nixos.",
    ],
    ["nothing", "{ inventory = { }; $0 }", "x", "There is nothing here that has a name in the clan."],
  ])("%s", async (_title, fixture, name, reason) => {
    expect(await refusal(fixture, name)).toBe(reason);
  });
});

test("what is prepared is the word, without its quotes", async () => {
  const { query, text } = await queryAtCursor('{ inventory.machines.web.tags = [ "s$0rv" ]; }');
  const target = findRenameTarget(query, new OccurrenceTables());
  if (target?.kind !== "target") expect.fail("it can be renamed");
  expect([target.name, text.slice(target.range.start, target.range.end)]).toEqual(["srv", "srv"]);
});
