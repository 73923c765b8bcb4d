/** Completion outside of a clan's own options: paths, flake.nix, inventory.json, services one writes. */
import { describe, expect, test } from "vitest";
import { checkCompletion, completionItem, completionLabels } from "./check-completion.ts";

describe("arguments", () => {
  test("of a module", async () => {
    expect(await completionLabels("{ machines.web = { $0, ... }: { }; }")).toContain("pkgs");
  });
  test("of a function that computes tags", async () => {
    expect(await completionLabels("{ inventory.tags = { $0 }: { }; }")).toEqual(["machines", "config"]);
  });
  test("none for other functions, nor in a default", async () => {
    expect(await completionLabels("let f = { $0 }: 1; in { meta.name = f { }; }")).toEqual([]);
    expect(await completionLabels("{ machines.web = { a ? co$0 }: { }; }")).toEqual([]);
  });
});

describe("paths", () => {
  const files = `
    #- /clan/machines/common.nix
    { }
    #- /clan/parts/a.nix
    { }
    #- /clan/notes.txt
    none
  `;
  const clan = (code: string) => `${files}
    #- /clan/clan.nix
    ${code}
  `;

  test("in the folder that is written", async () => {
    expect(await completionLabels(clan("{ imports = [ ./$0 ]; }"))).toEqual([
      "machines/",
      "parts/",
      "notes.txt",
    ]);
    expect(await completionLabels(clan("{ imports = [ ./parts/$0 ]; }"))).toEqual(["a.nix"]);
  });
  test("in place of a half-written name", () =>
    checkCompletion(
      clan("{ machines.web = ./machines/co$0; }"),
      "common.nix",
      `
      #- /clan/clan.nix
      { machines.web = ./machines/common.nix; }
      `,
    ));
  test("where a module is asked for", async () => {
    const labels = await completionLabels(
      clan("{ inventory.instances.zerotier.roles.peer.extraModules = [ $0 ]; }"),
    );
    expect(labels).toEqual(["./machines/", "./parts/", "./notes.txt", "{ }", "../"]);
  });
  test("not in a string or a comment", async () => {
    expect(await completionLabels(clan('{ meta.description = "./$0"; }'))).toEqual([]);
    expect(await completionLabels(clan("{ } # ./$0"))).toEqual([]);
  });
});

describe("inputs of a flake", () => {
  const flake = (code: string) => `#- /clan/flake.nix\n{ ${code} outputs = { ... }: { }; }`;

  test("clan-core, with its address", async () => {
    const { insertText } = await completionItem(flake("inputs.$0"), "clan-core");
    expect(insertText).toMatch(
      /^clan-core = \{\n {2}url = "https:[^"]*clan-core[^"]*";\n {2}inputs\.nixpkgs\.follows/,
    );
  });
  test("what an input can say", async () => {
    expect(await completionLabels(flake("inputs = { nixpkgs.$0 };"))).toEqual([
      "url",
      "follows",
      "inputs",
      "flake",
    ]);
  });
  test("its own inputs, those to follow first", async () => {
    const labels = await completionLabels(flake('inputs.sops-nix.url = "x"; inputs.clan-core.inputs.$0'));
    expect(labels[0]).toBe("sops-nix");
    expect(labels).toContain("nixpkgs");
  });
  test("an own input goes on with what it follows", async () => {
    const to = (code: string) => flake(`inputs.sops-nix.url = "x"; inputs.clan-core.inputs${code}`);
    await checkCompletion(to(".sop$0"), "sops-nix", to('.sops-nix.follows = "sops-nix$0";'));
    await checkCompletion(to(" = { ni$0 };"), "nixpkgs", to(' = { nixpkgs.follows = "$0"; };'));
    await checkCompletion(to(".nix$0.follows = null;"), "nixpkgs", to(".nixpkgs.follows = null;"));
    expect(await completionItem(to(".$0"), "sops-nix")).toMatchObject({ offersNext: false });
    expect(await completionItem(to(".$0"), "nixpkgs")).toMatchObject({ offersNext: true });
  });
  test("its own inputs by flake.lock", async () => {
    const lock = `#- /clan/flake.lock
{ "version": 7, "root": "root", "nodes": {
  "root": { "inputs": { "clan-core": "clan-core" } }, "clan-core": { "inputs": { "only-this": "x" } }, "x": { } } }`;
    const labels = await completionLabels(`${lock}\n${flake("inputs.clan-core.inputs.$0")}`);
    expect(labels).toEqual(["only-this"]);
  });
  test("what they can follow", async () => {
    const code = 'inputs.nixpkgs.url = "x"; inputs.clan-core.inputs.nixpkgs.follows = "$0";';
    expect(await completionLabels(flake(code))).toEqual(["nixpkgs"]);
    const top = (inputs: string) => completionLabels(flake(inputs));
    const labels = await top('inputs.clan-core.url = "x"; inputs.nixpkgs.follows = "$0";');
    expect(labels.slice(0, 2)).toEqual(["clan-core/nixpkgs", "clan-core"]);
    expect(labels).toContain("clan-core/sops-nix");
    expect(
      await top('inputs = { clan-core.url = "x"; b.inputs.nixpkgs.follows = "clan-core/$0"; };'),
    ).toEqual(["clan-core/nixpkgs", "clan-core", ...labels.slice(2)]);
    expect(await top('inputs = { a.url = "x"; b.follows = "$0"; };')).toEqual(["a"]);
  });
});

describe("inventory.json", () => {
  const json = (text: string) =>
    `#- /clan/clan.nix\n{ inventory.machines.db.tags = [ "srv" ]; }\n#- /clan/inventory.json\n${text}`;
  const accept = (text: string, label: string, expected: string) =>
    checkCompletion(json(text), label, `#- /clan/inventory.json\n${expected}`);

  test("an option", () =>
    accept('{ "machines": { "web": { $0 } } }', '"tags"', '{ "machines": { "web": { "tags": [ $0 ] } } }'));
  test("an option in quotes", () =>
    accept('{ "machines": { "web": { "ta$0": [] } } }', "tags", '{ "machines": { "web": { "tags": [] } } }'));
  test("a role", () =>
    accept(
      '{ "instances": { "zerotier": { "roles": { "$0": { } } } } }',
      "moon",
      '{ "instances": { "zerotier": { "roles": { "moon": { } } } } }',
    ));
  test("a machine of a role, and a tag", async () => {
    const role = (text: string) =>
      json(`{ "instances": { "sshd": { "roles": { "server": { ${text} } } } } }`);
    expect(await completionLabels(role('"machines": { "$0" }'))).toEqual(["db"]);
    expect(await completionLabels(role('"tags": { $0 }'))).toContain('"srv"');
  });
});

describe("writing a service", () => {
  const service = (code: string) => `{
    modules."@me/web" = { lib, ... }: { _class = "clan.service"; manifest.name = "web"; ${code} };
  }`;

  test("its parts", async () => {
    expect(await completionLabels(service("$0"))).toEqual(["roles", "manifest", "perMachine"]);
  });
  test("its manifest", async () => {
    const labels = await completionLabels(service("manifest.$0"));
    expect(labels).toEqual(expect.arrayContaining(["description", "categories", "constraints"]));
    expect(labels.at(-1)).toBe("name");
  });
  test("a category", async () => {
    expect(await completionLabels(service('manifest.categories = [ "$0" ];'))).toContain("Network");
  });
  test("a role", async () => {
    const labels = await completionLabels(service("roles.server = { $0 };"));
    expect(labels).toEqual(["description", "interface", "perInstance"]);
  });
  test("what a role does", async () => {
    const labels = await completionLabels(service("roles.server.perInstance = { settings, ... }: { $0 };"));
    expect(labels).toEqual(["nixosModule", "darwinModule", "exports"]);
  });
  test("what clan gives a role", async () => {
    const role = (code: string) => `{
      inventory.instances.site = { module = { input = "self"; name = "web"; }; roles.server = { }; };
      modules.web = { lib, ... }: {
        _class = "clan.service";
        manifest.name = "web";
        roles.client = { };
        roles.server = {
          interface.options = { port = lib.mkOption { type = lib.types.port; }; tls.on = lib.mkEnableOption "x"; };
          perInstance = { settings, machine, roles, ... }: { nixosModule = { x.y = ${code}; }; };
        };
      };
    }`;
    expect(await completionLabels(role("settings.$0"))).toEqual(["port", "tls"]);
    expect(await completionLabels(role("settings.tls.$0"))).toEqual(["on"]);
    expect(await completionLabels(role("machine.$0"))).toEqual(["name", "roles"]);
    expect(await completionLabels(role("roles.$0"))).toEqual(["client", "server"]);
    expect(await completionLabels(role("lib.$0"))).toEqual([]);
  });
  test("the arguments clan gives it", async () => {
    const role = (code: string) => service(`roles.server.perInstance = ${code};`);
    const labels = await completionLabels(role("{ settings, $0 }: { }"));
    expect(labels.slice(0, 2)).toEqual(["roles", "instanceName"]);
    expect(labels).not.toContain("settings");
    await checkCompletion(
      role("{ settings, mach$0, ... }: { }"),
      "machine",
      role("{ settings, machine, ... }: { }"),
    );
    expect(await completionLabels(service("perMachine = { $0 }: { };"))).toContain("instances");
  });
  test("in a file of its own", () =>
    checkCompletion(
      `
      #- /clan/clan.nix
      { modules.web = ./web.nix; }
      #- /clan/web.nix
      { _class = "clan.service"; roles.server.$0 }
      `,
      "interface",
      `
      #- /clan/web.nix
      { _class = "clan.service"; roles.server.interface = { $0 }; }
      `,
    ));
});

test.each([
  ["{ imports = [ .$0 ]; }", "./parts/"],
  ["{ imports = [ ..$0 ]; }", "../"],
  ["{ imports = [ ./a.nix .$0 ]; }", "./parts/"],
  ["{ imports = [\n  ./a.nix\n  .$0\n]; }", "./parts/"],
  ["{ imports = [ (import .$0) ]; }", undefined],
  ["{ lib, ... }: { imports = map lib.$0 [ ]; }", undefined],
  ["{ inventory.machines.web = { tags\n  .$0 }; }", undefined],
])("a path that begins with dots: %s", async (code, label) => {
  const labels = await completionLabels(`#- /clan/clan.nix\n${code}\n#- /clan/parts/b.nix\n{ }`);
  if (label === undefined) expect(labels.filter((each) => each.startsWith("."))).toEqual([]);
  else expect(labels).toContain(label);
});
