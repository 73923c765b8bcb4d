import { describe, expect, test } from "vitest";
import { collectChangedOptions } from "../../../server/src/features/affected/changed-options.ts";
import { outlineOf } from "../../../server/src/features/affected/option-outline.ts";
import type { OptionNode } from "../../../server/src/modules/option-node.ts";
import { affectedOf, checkAffected } from "./check-affected.ts";

const clan = `
  {
    meta.name = "demo";
    inventory.machines.db.tags = [ "srv" ];
    inventory.machines.laptop = { };
    inventory.machines.web.tags = [ "srv" ];
    inventory.instances.ssh = {
      module.name = "sshd";
      roles.server.tags = [ "srv" ];
      roles.client.machines.laptop = { };
    };
    inventory.instances.names = {
      module.name = "users";
      roles.default.machines.web.settings = { user = "ann"; };
      roles.default.machines.db.settings = { user = "bob"; };
    };
    machines.web = { pkgs, ... }: { environment.systemPackages = [ pkgs.vim ]; };
  }
  #- /machines/db/configuration.nix
  { imports = [ ../../modules/common.nix ]; services.db.port = 1; }
  #- /machines/web/configuration.nix
  { imports = [ ../../modules/common.nix ../../modules/nginx.nix ]; }
  #- /modules/common.nix
  { time.timeZone = "UTC"; }
  #- /modules/nginx.nix
  { pkgs, ... }: {
    services.nginx.package = pkgs.nginx;
    environment.etc.motd.source = ./motd;
    clan.core.vars.generators.cert = { files.key = { }; script = "echo > $out/key"; };
  }
  #- /modules/motd
  hello
`;

/** The fixture's clan.nix with one text replaced. */
function edited(path: string, from: string, to: string): string {
  const section = new Map(
    clan
      .split(/^ {2}#- /m)
      .map((text, index): [string, string] =>
        index === 0 ? ["/clan.nix", text] : [text.split("\n")[0] ?? "", text.slice(text.indexOf("\n") + 1)],
      ),
  ).get(path);
  if (section?.includes(from) !== true) throw new Error(`${path} has no ${from}`);
  return `#- ${path}\n${section.replace(from, to)}`;
}

/** Data that holds itself: each of its parts is a new node, as in a tree of options. */
function endless(path: readonly string[] = []): OptionNode {
  const child = (): OptionNode => endless([...path, "a"]);
  const node: Partial<OptionNode> = {
    path,
    child,
    definitions: [],
    children: () => new Map([["a", child()]]),
  };
  return node as OptionNode;
}

test("data that holds itself is walked to an end", () => {
  expect(collectChangedOptions(endless(), endless())).toEqual([]);
  expect(outlineOf(endless()).isWhole).toBe(false);
});

test("a value that holds itself is no value without end", async () => {
  const looped = `
  {
    meta.name = "x";
    machines.a = { lib, ... }: {
      options.all = lib.mkOption { type = lib.types.anything; };
      config.all = let all = { inherit all; other = all; list = [ all ]; }; in all;
    };
    machines.b = { imports = [ ./b.nix ]; };
  }
  #- /b.nix
  { time.timeZone = "UTC"; }
  `;
  const changed = '#- /b.nix\n{ time.timeZone = "CET"; }';
  await checkAffected(looped, changed, ["b: file b.nix, option time.timeZone"]);
});

describe("what an edit concerns", () => {
  test.each([
    ["a comment", "/clan.nix", "meta.name", "# a comment\n    meta.name", []],
    ["layout", "/modules/common.nix", "{ time", "{\n\n   time", []],
    ["a comment in a module", "/modules/nginx.nix", "services", "/* x */ services", []],
    [
      "a tag of one machine that a role goes by",
      "/clan.nix",
      "laptop = { }",
      'laptop.tags = [ "srv" ]',
      [
        "laptop: generator clan.core.vars.generators.openssh, generator clan.core.vars.generators.openssh-ca, generator clan.core.vars.generators.openssh-cert, role inventory.instances.ssh.roles.server, tag inventory.tags.srv",
      ],
    ],
    [
      "a tag that nothing goes by",
      "/clan.nix",
      'web.tags = [ "srv" ]',
      'web.tags = [ "srv" "new" ]',
      ["web: tag inventory.tags.new"],
    ],
    [
      "settings of one machine",
      "/clan.nix",
      '"ann"',
      '"eve"',
      [
        "web: generator clan.core.vars.generators.user-password-ann, generator clan.core.vars.generators.user-password-eve, setting inventory.instances.names.roles.default.settings.user",
      ],
    ],
    [
      "a setting of a role that another role reads",
      "/clan.nix",
      'roles.server.tags = [ "srv" ]',
      'roles.server = { tags = [ "srv" ]; settings.certificate.enable = false; }',
      [
        "db: generator clan.core.vars.generators.openssh-ca, generator clan.core.vars.generators.openssh-cert, setting inventory.instances.ssh.roles.server.settings.certificate.enable",
        "laptop: setting inventory.instances.ssh.roles.server.settings.certificate.enable",
        "web: generator clan.core.vars.generators.openssh-ca, generator clan.core.vars.generators.openssh-cert, setting inventory.instances.ssh.roles.server.settings.certificate.enable",
      ],
    ],
    [
      "a setting written as it is by default",
      "/clan.nix",
      'roles.server.tags = [ "srv" ]',
      'roles.server = { tags = [ "srv" ]; settings.certificate.enable = true; }',
      [],
    ],
    [
      "a setting of a role that nobody else reads",
      "/clan.nix",
      "roles.client.machines.laptop = { }",
      'roles.client.machines.laptop.settings.certificate.searchDomains = [ "x" ]',
      ["laptop: setting inventory.instances.ssh.roles.client.settings.certificate.searchDomains"],
    ],
    [
      "where a machine is deployed to",
      "/clan.nix",
      "laptop = { }",
      'laptop.deploy.targetHost = "root@laptop"',
      ["laptop: option inventory.machines.laptop.deploy.targetHost"],
    ],
    [
      "a package of one machine in clan.nix",
      "/clan.nix",
      "pkgs.vim",
      "pkgs.emacs",
      ["web: option environment.systemPackages"],
    ],
    [
      "a machine's own file",
      "/machines/db/configuration.nix",
      "port = 1",
      "port = 2",
      ["db: file machines/db/configuration.nix, option services.db.port"],
    ],
    [
      "a module that two machines import",
      "/modules/common.nix",
      "UTC",
      "Europe/Berlin",
      [
        "db: file modules/common.nix, option time.timeZone",
        "web: file modules/common.nix, option time.timeZone",
      ],
    ],
    [
      "a package in a module of one machine",
      "/modules/nginx.nix",
      "pkgs.nginx",
      "pkgs.nginxQuic",
      ["web: file modules/nginx.nix, option services.nginx.package"],
    ],
    [
      "the script of a generator",
      "/modules/nginx.nix",
      "echo >",
      "date >",
      ["web: file modules/nginx.nix, generator clan.core.vars.generators.cert"],
    ],
    ["a file that a module names", "/modules/motd", "hello", "hi", ["web: file modules/motd"]],
  ] as const)("%s", async (_, path, from, to, expected) => {
    await checkAffected(clan, edited(path, from, to), expected);
  });
});

test("a machine that is new, and what its coming means for others", async () => {
  const added = edited(
    "/clan.nix",
    "laptop = { };",
    'laptop = { };\n    inventory.machines.new.tags = [ "srv" ];',
  );
  expect(await affectedOf(clan, added)).toEqual([
    "laptop: role inventory.instances.ssh.roles.server",
    "new: option inventory.machines.new",
  ]);
});

test("a machine that goes concerns those that read of it, and is not listed itself", async () => {
  const removed = edited("/clan.nix", 'inventory.machines.db.tags = [ "srv" ];', "");
  expect(await affectedOf(clan, `${removed}\n#- /machines/db/configuration.nix\ngone`)).toEqual([
    "laptop: role inventory.instances.ssh.roles.server",
  ]);
});

test("files that come and go", async () => {
  const before = `
    { meta.name = "demo"; inventory.machines = { a = { }; b = { }; }; }
    #- /machines/a/configuration.nix
    { imports = map (name: ./parts + "/\${name}") (builtins.attrNames (builtins.readDir ./parts)); }
    #- /machines/a/parts/one.nix
    { x.one = 1; }
  `;
  await checkAffected(before, "#- /machines/a/parts/two.nix\n{ x.two = 2; }", [
    "a: file machines/a/parts/two.nix, option x.two",
  ]);
  await checkAffected(before, "#- /machines/b/hardware-configuration.nix\n{ }", [
    "b: file machines/b/hardware-configuration.nix",
  ]);
  await checkAffected(before, "#- /machines/b/facter.json\n{ }", ["b: file machines/b/facter.json"]);
  await checkAffected(before, "#- /machines/b/notes.md\nx", []);
  await checkAffected(before, "#- /unused.nix\n{ y = 1; }", []);
});

describe("code that says the same", () => {
  const before = `
    { meta.name = "demo"; inventory.machines = { a = { }; b = { }; }; }
    #- /machines/a/configuration.nix
    { imports = [ ../../modules/web.nix ]; }
    #- /modules/web.nix
    { pkgs, ... }:
    let
      port = 80;
      conf.a = port;
      conf.b = pkgs.hello;
      join = left: right: pkgs.join left right;
    in
    { services.web = { inherit port; package = pkgs.make conf; both = join port 1; motd = ./motd; }; }
    #- /modules/motd
    hello
  `;
  const module = before.slice(before.indexOf("{ pkgs, ... }"), before.indexOf("    #- /modules/motd"));
  const edit = (from: string | RegExp, to: string) => module.replaceAll(from, to);

  test("a variable by another name", async () => {
    const renamed = edit("inherit port;", "port = tcp;").replace(/\bport = 80/, "tcp = 80");
    await checkAffected(
      before,
      `#- /modules/web.nix\n${renamed.replace(/= port;|join port/g, (text) => text.replace("port", "tcp"))}`,
      [],
    );
    await checkAffected(before, `#- /modules/web.nix\n${edit(/\bleft\b/g, "one")}`, []);
    await checkAffected(before, `#- /modules/web.nix\n${edit("join left right", "join right left")}`, [
      "a: file modules/web.nix, option services.web.both",
    ]);
  });

  test("each part of a variable that is written in parts", async () => {
    await checkAffected(before, `#- /modules/web.nix\n${edit("pkgs.hello", "pkgs.bye")}`, [
      "a: file modules/web.nix, option services.web.package",
    ]);
  });

  test("a file that was moved, and its name where it is imported", async () => {
    const text = edit("./motd", "../motd");
    await checkAffected(
      before,
      `#- /modules/web.nix\ngone\n#- /modules/web/default.nix\n${text}\n#- /machines/a/configuration.nix\n{ imports = [ ../../modules/web ]; }`,
      [],
    );
    await checkAffected(
      before,
      `#- /modules/web.nix\ngone\n#- /modules/web/default.nix\n${text.replace("80", "81")}\n#- /machines/a/configuration.nix\n{ imports = [ ../../modules/web ]; }`,
      [
        "a: file machines/a/configuration.nix, file modules/web.nix, file modules/web/default.nix, option services.web.both, option services.web.package, option services.web.port",
      ],
    );
  });
});

test("a flake in an option is what it is by its folder, and not all that it holds", async () => {
  const before = `
    #- /flake.nix
    {
      inputs.clan-core.url = "https://example.org/clan-core";
      outputs = { self, clan-core, ... }:
        let clan = clan-core.lib.clan {
          inherit self;
          meta.name = "demo";
          inventory.machines = { a = { }; b = { }; };
          machines.a = { self, ... }: { registry.flake = self; x = 1; };
          machines.b.x = 1;
        }; in { clan = clan.config; };
    }
  `;
  await checkAffected(before, before.replace("machines.b.x = 1", "machines.b.x = 2"), ["b: option x"]);
});

test("a value that is handed to machines from elsewhere", async () => {
  const before = `
    #- /flake.nix
    {
      inputs.clan-core.url = "https://example.org/clan-core";
      outputs = { self, clan-core, ... }:
        let
          ports = import ./ports.nix;
          clan = clan-core.lib.clan {
            inherit self;
            meta.name = "demo";
            specialArgs = { inherit ports; };
            inventory.machines = { db = { }; web = { }; };
            machines.web = { ports, ... }: { services.nginx.port = ports.web; };
            machines.db = { ports, pkgs, ... }: { services.db = pkgs.makeDb ports.db; };
          };
        in { inherit (clan.config) nixosConfigurations clanInternals; clan = clan.config; };
    }
    #- /ports.nix
    { web = 80; db = 5432; other = 1; }
  `;
  await checkAffected(before, "#- /ports.nix\n{ web = 81; db = 5432; other = 1; }", [
    "web: option services.nginx.port",
  ]);
  await checkAffected(before, "#- /ports.nix\n{ web = 80; db = 5432; other = 2; }", []);
  // What is not known hangs on what the code takes from the argument.
  await checkAffected(before, "#- /ports.nix\n{ web = 80; db = 5433; other = 1; }", [
    "db: option services.db",
  ]);
});

test("an own service: its code, its settings, and who is in its roles", async () => {
  const before = `
    {
      meta.name = "demo";
      inventory.machines = { a = { }; b = { }; c = { }; };
      modules.door = {
        _class = "clan.service";
        manifest.name = "door";
        roles.server.interface = { lib, ... }: { options.port = lib.mkOption { type = lib.types.port; default = 1; }; };
        roles.server.perInstance = { settings, ... }: { nixosModule.services.door.port = settings.port; };
        roles.client.perInstance = { roles, lib, ... }: {
          nixosModule.services.door.servers = lib.attrNames roles.server.machines;
        };
      };
      inventory.instances.door = {
        module = { name = "door"; input = "self"; };
        roles.server.machines.a = { };
        roles.client.machines.b = { };
      };
    }
  `;
  const change = (from: string, to: string): string => {
    expect(before).toContain(from);
    return before.replace(from, to);
  };
  expect(await affectedOf(before, change("machines.a = { };\n", "machines.a.settings.port = 2;\n"))).toEqual([
    "a: option services.door.port, setting inventory.instances.door.roles.server.settings.port",
    "b: setting inventory.instances.door.roles.server.settings.port",
  ]);
  expect(
    await affectedOf(before, change("machines.a = { };\n", "machines = { a = { }; c = { }; };\n")),
  ).toEqual([
    "b: option services.door.servers, role inventory.instances.door.roles.server",
    "c: option services.door.port, role inventory.instances.door.roles.server",
  ]);
  expect(
    await affectedOf(before, change("door.port = settings.port", "door.port = 1 + settings.port")),
  ).toEqual(["a: option services.door.port"]);
});

test("vars on disk concern the machines they are of", async () => {
  const before = `
    { meta.name = "demo"; inventory.machines = { a = { }; b = { }; }; }
    #- /machines/a/configuration.nix
    { clan.core.vars.generators.key.files.pub.secret = false; clan.core.vars.generators.ca.share = true; }
    #- /vars/per-machine/a/key/pub/value
    1
    #- /vars/shared/ca/pub/value
    1
  `;
  await checkAffected(before, "#- /vars/per-machine/a/key/pub/value\n2", [
    "a: generator clan.core.vars.generators.key",
  ]);
  await checkAffected(before, "#- /vars/shared/ca/pub/value\n2", [
    "a: generator clan.core.vars.generators.ca",
  ]);
});

test("without a clan before, all machines are new", async () => {
  await checkAffected(
    "#- /other.nix\n{ }",
    '#- /clan.nix\n{ meta.name = "x"; inventory.machines.a = { }; }',
    ["a: option inventory.machines.a"],
  );
});
