import { describe, expect, test } from "vitest";
import { checkCompletion, completionItem, completionLabels } from "./check-completion.ts";

describe("roles", () => {
  const zerotier = (code: string) => `{ inventory.instances.zerotier = { ${code} }; }`;

  test("before a value: the name alone", () =>
    checkCompletion(zerotier("roles.$0 = { };"), "controller", zerotier("roles.controller = { };")));
  test("without a value: with one to fill in", () =>
    checkCompletion(zerotier("roles.$0"), "peer", zerotier("roles.peer = { $0 };")));
  test("in place of a half-written name", () =>
    checkCompletion(zerotier("roles.pe$0"), "peer", zerotier("roles.peer = { $0 };")));
  test("in the middle of a path", () =>
    checkCompletion(
      zerotier("roles.pe$0.machines.web = { };"),
      "peer",
      zerotier("roles.peer.machines.web = { };"),
    ));
  test("nested", () =>
    checkCompletion(zerotier("roles = { $0 };"), "moon", zerotier("roles = { moon = { $0 }; };")));
  test("with the settings it cannot do without", () =>
    checkCompletion(
      "{ inventory.instances.wireguard.roles.$0 }",
      "controller",
      '{ inventory.instances.wireguard.roles.controller = { settings.endpoint = "$1"; $0 }; }',
    ));
  test("quoted", () =>
    checkCompletion(zerotier('roles."$0" = { };'), "moon", zerotier('roles."moon" = { };')));
  test("of the service that module.name says", async () => {
    const labels = await completionLabels(`{
      inventory.instances.backup = { module.name = "borgbackup"; roles.$0 };
    }`);
    expect(labels).toEqual(["client", "server"]);
  });
  test("before other bindings, without a semicolon", () =>
    checkCompletion(
      `
      {
        inventory.instances.zerotier = {
          roles.$0
          module.name = "zerotier";
        };
      }
      `,
      "peer",
      `
      {
        inventory.instances.zerotier = {
          roles.peer = { $0 };
          module.name = "zerotier";
        };
      }
      `,
    ));
  test("in an instance that is never closed", () =>
    checkCompletion(
      `
      {
        inventory.instances = {
          zerotier = {
            roles.$0

          sshd = { };
        };
      }
      `,
      "peer",
      `
      {
        inventory.instances = {
          zerotier = {
            roles.peer = { $0 };

          sshd = { };
        };
      }
      `,
    ));
  test("in an instance that is half-written elsewhere, too", async () => {
    expect(await completionLabels(zerotier("roles.peer.tags = [ ; roles.$0"))).toContain("moon");
  });
  test("not those that are there first", async () => {
    expect(await completionLabels(zerotier("roles.controller = { }; roles.$0"))).toEqual([
      "moon",
      "peer",
      "controller",
    ]);
  });
});

describe("through the language", () => {
  test("behind a let, inherited", () =>
    checkCompletion(
      `
      { ... }:
      let zerotier = { roles.$0 }; in
      { inventory.instances = { inherit zerotier; }; }
      `,
      "controller",
      `
      { ... }:
      let zerotier = { roles.controller = { $0 }; }; in
      { inventory.instances = { inherit zerotier; }; }
      `,
    ));
  test("in the body of mapAttrs", async () => {
    const labels = await completionLabels(`
      {
        inventory.instances = builtins.mapAttrs (name: port: { roles.$0 }) { sshd = 1; borgbackup = 2; };
      }
    `);
    expect(labels).toEqual(["client", "server"]);
  });
  test("in an imported file", () =>
    checkCompletion(
      `
      #- /clan/clan.nix
      { imports = [ ./parts/backup.nix ]; }
      #- /clan/parts/backup.nix
      { inventory.instances.borgbackup.roles.$0 }
      `,
      "client",
      `
      #- /clan/parts/backup.nix
      { inventory.instances.borgbackup.roles.client = { $0 }; }
      `,
    ));
  test("in a file that is a function", () =>
    checkCompletion(
      `
      #- /clan/clan.nix
      { inventory = import ./inventory.nix { port = 1; }; }
      #- /clan/inventory.nix
      { port }: { instances.zerotier.roles.$0 }
      `,
      "moon",
      `
      #- /clan/inventory.nix
      { port }: { instances.zerotier.roles.moon = { $0 }; }
      `,
    ));
  test("after inherit: variables in scope", async () => {
    const labels = await completionLabels(`
      { lib, ... }:
      let zerotier = { }; other = 1; in
      { inventory.instances = { inherit $0; }; }
    `);
    expect(labels).toContain("zerotier");
    expect(labels).toContain("other");
    expect(labels).not.toContain("borgbackup");
  });
});

describe("machines and tags", () => {
  const clan = (code: string) => `
    {
      inventory.machines = { web.tags = [ "srv" ]; "db 1".tags = [ "srv" "backup" ]; };
      inventory.instances.borgbackup = { ${code} };
    }
  `;
  const accept = (code: string, label: string, expected: string) =>
    checkCompletion(clan(code), label, clan(expected));

  test("a machine of a role, empty", () =>
    accept("roles.server.machines.$0", "web", "roles.server.machines.web = { };"));
  test("a machine that needs quotes", () =>
    accept("roles.server.machines.$0", '"db 1"', 'roles.server.machines."db 1" = { };'));
  test("a machine in quotes", () =>
    accept('roles.server.machines."$0"', "web", 'roles.server.machines."web"'));
  test("a machine in quotes that are not closed", () =>
    accept('roles.server.machines."we$0', "web", 'roles.server.machines."web"'));
  test("a machine before a longer path", () =>
    accept("roles.server.machines.$0.settings.x = 1;", "web", "roles.server.machines.web.settings.x = 1;"));
  test("a tag in a list", () =>
    accept('roles.client.tags = [ "$0" ];', "srv", 'roles.client.tags = [ "srv" ];'));
  test("a tag in a list, without quotes", () =>
    accept("roles.client.tags = [ $0 ];", '"srv"', 'roles.client.tags = [ "srv" ];'));
  test("a tag after another", () =>
    accept('roles.client.tags = [ "srv" "$0" ];', "backup", 'roles.client.tags = [ "srv" "backup" ];'));
  test("a tag in a list that is not closed", () =>
    accept('roles.client.tags = [ "$0', "srv", 'roles.client.tags = [ "srv"'));
  test("a tag as an attribute", () => accept("roles.client.tags.$0", "all", "roles.client.tags.all = { };"));
  test("a list where there is none", () =>
    accept("roles.client.tags = $0;", '[ "srv" ]', 'roles.client.tags = [ "srv" ];'));
  test("all tags there are, the predefined last", async () => {
    expect(await completionLabels(clan('roles.client.tags = [ "$0" ];'))).toEqual([
      "backup",
      "srv",
      "all",
      "darwin",
      "nixos",
    ]);
  });
  test("a machine's own tags", async () => {
    const labels = await completionLabels(`
      { inventory.machines = { web.tags = [ "srv" ]; db.tags = [ "$0" ]; }; }
    `);
    expect(labels).toContain("srv");
  });
});

describe("services", () => {
  test("as module.name", () =>
    checkCompletion(
      '{ inventory.instances.backup.module.name = "$0"; }',
      "borgbackup",
      '{ inventory.instances.backup.module.name = "borgbackup"; }',
    ));
  test("as module.name without quotes and semicolon", () =>
    checkCompletion(
      "{ inventory.instances.backup = { module.name = bor$0 }; }",
      '"borgbackup"',
      '{ inventory.instances.backup = { module.name = "borgbackup" }; }',
    ));
  test("as an instance's name", () =>
    checkCompletion(
      "{ inventory.instances.$0 }",
      "borgbackup",
      "{ inventory.instances.borgbackup = { $0 }; }",
    ));
  test("as an instance's name, with the one role there is", () =>
    checkCompletion(
      "{ inventory.instances = { $0 }; }",
      "dyndns",
      `{ inventory.instances = { dyndns = {
  roles.default.machines.$1 = { };
  roles.default.settings.server.acmeEmail = "$2";
  roles.default.settings.server.domain = "$3";
  $0
}; }; }`,
    ));
  test("of this flake", async () => {
    const labels = await completionLabels(`
      {
        modules."@me/web" = { _class = "clan.service"; manifest.name = "web"; roles.server = { }; };
        inventory.instances.site.module = { input = "self"; name = "$0"; };
      }
    `);
    expect(labels).toEqual(["@me/web"]);
  });
  test("first those with the roles that are written, then those called alike", async () => {
    const labels = await completionLabels(`{
      inventory.instances.backup = { module.name = "$0"; roles.client = { }; };
    }`);
    expect(labels[0]).toBe("borgbackup");
    expect(labels.indexOf("sshd")).toBeLessThan(labels.indexOf("zerotier"));
  });
  test("documented", async () => {
    const { documentation, detail } = await completionItem(
      '{ inventory.instances.backup.module.name = "$0"; }',
      "borgbackup",
    );
    expect(documentation?.()).toContain("`client`");
    expect(detail).toBe("System");
  });
});

describe("options", () => {
  test("of the clan", async () => {
    const labels = await completionLabels("{ $0 }");
    expect(labels).toEqual(expect.arrayContaining(["inventory", "machines", "meta", "modules"]));
    expect(labels).not.toContain("clanInternals");
  });
  test("required ones first, those that are set last", async () => {
    const labels = await completionLabels('{ meta = { description = "x"; $0 }; }');
    expect(labels[0]).toBe("name");
    expect(labels.at(-1)).toBe("description");
  });
  test("a string", () => checkCompletion("{ meta = { $0 }; }", "name", '{ meta = { name = "$0"; }; }'));
  test("brackets where a set is meant", () =>
    checkCompletion("{ inventory.machines = $0; }", "{ }", "{ inventory.machines = { $0 }; }"));
  test("the beginning of an empty file", async () => {
    const { insertText } = await completionItem("$0", "clan");
    expect(insertText).toMatch(/^\{\n {2}meta\.name = "\$1";/);
    const file = (path: string) => completionLabels(`#- ${path}\n$0`);
    expect(await file("/clan/flake.nix")).toEqual(["flake with a clan"]);
    expect(await file("/clan/machines/web/configuration.nix")).toEqual(["module"]);
    expect(await file("/clan/pkgs/tool.nix")).toEqual([]);
  });
  test("a list", () =>
    checkCompletion(
      "{ inventory.machines.web = { $0 }; }",
      "tags",
      "{ inventory.machines.web = { tags = [ $0 ]; }; }",
    ));
  test("an enum", async () => {
    expect(await completionLabels("{ inventory.machines.mac.machineClass = $0; }")).toEqual([
      '"darwin"',
      '"nixos"',
    ]);
    await checkCompletion(
      '{ inventory.machines.mac.machineClass = "dar$0"; }',
      "darwin",
      '{ inventory.machines.mac.machineClass = "darwin"; }',
    );
  });
  test("a boolean or null", async () => {
    expect(await completionLabels("{ inventory.machines.web.deploy.forwardAgent = $0; }")).toEqual([
      "false",
      "true",
      "null",
    ]);
  });
  test("nothing in a machine's own module", async () => {
    expect(await completionLabels("{ machines.web = { services.$0 }; }")).toEqual([]);
  });
  test("nothing in a comment or an indented string", async () => {
    expect(await completionLabels("{ inventory = { # $0\n }; }")).toEqual([]);
    expect(await completionLabels("{ meta.description = ''a $0 b''; }")).toEqual([]);
  });
});

describe("settings", () => {
  const settings = (code: string) =>
    `{ inventory.machines.a = { }; inventory.instances.borgbackup.roles.client.${code} }`;

  test("of a role", async () => {
    const labels = await completionLabels(settings("settings.$0"));
    expect(labels).toContain("destinations");
    expect(labels).toContain("exclude");
  });
  test("of a machine in a role", () =>
    checkCompletion(
      settings("machines.a.settings = { $0 };"),
      "exclude",
      settings("machines.a.settings = { exclude = [ $0 ]; };"),
    ));
  test("that name a machine", async () => {
    const labels = await completionLabels(`{
      inventory.machines = { a = { }; b = { }; };
      inventory.instances.wireguard.roles.peer.machines.a.settings.controller = "$0";
    }`);
    expect(labels).toEqual(["a", "b"]);
  });
  test("that name a machine open the list of machines", async () => {
    const opens = async (code: string, label: string) =>
      (await completionItem(`{ inventory.instances = { ${code} }; }`, label)).offersNext;
    const devices = "syncthing.roles.peer.settings.folders.x.$0";
    expect(await opens("wireguard.roles.peer.settings.$0", "controller")).toBe(true);
    expect(await opens(devices, "devices")).toBe(true);
    expect(await opens(devices, "path")).toBe(false);
  });
  test("that a role needs and that name a machine open it, too", async () => {
    const peer = `{ inventory.machines = { a = { }; b = { }; }; inventory.instances.wireguard = {
      roles.controller.machines = { a = { }; b = { }; }; roles.pe$0 }; }`;
    const { insertText, offersNext } = await completionItem(peer, "peer");
    expect({ insertText, offersNext }).toEqual({
      insertText: 'peer = { settings.controller = "$1"; $0 };',
      offersNext: true,
    });
  });
  test("have types in the words of hovers", async () => {
    const detail = async (code: string, label: string) => (await completionItem(code, label)).detail;
    expect(await detail("{ $0 }", "inventory")).toBe("set of options");
    expect(await detail("{ inventory.$0 }", "machines")).toBe("attribute set with options for each name");
    expect(await detail(settings("$0"), "tags")).toBe(
      "attribute set with options for each name or list of string",
    );
    expect(await detail(settings("settings.$0"), "startAt")).toBe('string = "*-*-* 01:00:00"');
  });
  test("with type, default and what it is for", async () => {
    const item = await completionItem(settings("settings.$0"), "exclude");
    expect(item.detail).toBe("list of string = [ ]");
    expect(item.documentation?.()).toMatch(/Type: list of string[\s\S]*Default: `\[ \]`/);
  });
});
