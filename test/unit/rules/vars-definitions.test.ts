/** Definitions of generators beside each other: in one machine, and on all machines that share one. */
import { describe, expect, test } from "vitest";
import { afterFix, checkFindings, findingsOf, findingTexts } from "../helpers/check.ts";

/** Two machines with these modules. */
function machines(jon: string, sara: string, beside = ""): string {
  return `
    { config, lib, ... }: {
      inventory.machines = { jon = { }; sara = { }; };
      machines.jon = { config, lib, pkgs, ... }: { clan.core.vars.generators = { ${jon} }; };
      machines.sara = { config, lib, pkgs, ... }: { clan.core.vars.generators = { ${sara} }; };
      ${beside}
    }`;
}

describe("an option of a generator with two values", () => {
  test("is reported at both", async () => {
    await checkFindings(`
      #- /common.nix
      {
        clan.core.vars.generators.g = {
          share = true;
          #       ^^^^ error[duplicate-settings]: \`clan.core.vars.generators.g.share\` has several values: …
          files.a.secret = false;
          #                ^^^^^ error[duplicate-settings]
          files.b = { mode = "0400"; owner = "a"; };
          #                   ^^^^ error[duplicate-settings]
          script = "date > $out/a; date > $out/b";
          #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[duplicate-settings]
          prompts.p = { type = "line"; description = "One"; };
          #                                           ^^^ error[duplicate-settings]
          validation = "1";
        };
      }
      #- /clan.nix
      {
        machines.a = {
          imports = [ ./common.nix ];
          clan.core.vars.generators.g = {
            share = false;
            #       ^^^^^ error[duplicate-settings]
            files.a.secret = true;
            #                ^^^^ error[duplicate-settings]
            files.b.mode = "0440";
            #               ^^^^ error[duplicate-settings]
            script = "touch $out/a $out/b";
            #         ^^^^^^^^^^^^^^^^^^^ error[duplicate-settings]
            prompts.p.description = "Two";
            #                        ^^^ error[duplicate-settings]
            validation = "1";
          };
        };
      }`);
  });

  test.each([
    ["the same value twice", `share = true;`, `share = true;`],
    ["one with another priority", `share = lib.mkDefault false;`, `share = true;`],
    ["lists, which are joined", `dependencies = [ "a" ];`, `dependencies = [ "b" ];`],
    ["one that may not apply", `share = lib.mkIf config.services.x.enable false;`, `share = true;`],
    ["one that is not known", `share = config.services.x.enable;`, `share = true;`],
    ["a computed script", `script = pkgs.lib.foo;`, `script = "date > $out/f";`],
  ])("nothing is said about %s", async (_, one, other) => {
    const found = await findingTexts(`
      { machines.m = { config, lib, pkgs, ... }: {
        imports = [
          { clan.core.vars.generators.g = { ${one} }; }
          { clan.core.vars.generators.g = { ${other} }; }
          { clan.core.vars.generators = { a.share = true; b.share = true; g.prompts.f.persist = true; }; }
        ];
      }; }`);
    expect(found.filter((text) => text.startsWith("duplicate"))).toEqual([]);
  });
});

describe("a generator that machines share", () => {
  const both = `share = true; files.a = { }; script = "date > $out/a";`;
  test.each([
    ["files", "files.b.secret = false;", "", ["b", "db"]],
    ["secrecy of a file", "files.a.secret = false;", "", ["a", "secret"]],
    ["place of a file", "files.a.deploy = false;", "", ["a", "deploy"]],
    [
      "time at which a file is needed",
      `files.a.neededFor = "users";`,
      `files.a.neededFor = "activation";`,
      ["neededFor", "neededFor"],
    ],
    ["prompts", "prompts.p = { };", "", ["db", "p"]],
    ["the type of a prompt", `prompts.p.type = "hidden";`, "prompts.p = { };", ["p", "type"]],
    [
      "the description of a prompt",
      `prompts.p.description = "A";`,
      `prompts.p.description = "B";`,
      ["description", "description"],
    ],
    ["dependencies", `dependencies = [ "ca" ];`, "", ["db", "dependencies"]],
    ["validation", `validation = "1";`, `validation = "2";`, ["validation", "validation"]],
    ["validation of one alone", "validation.a = 1;", "", ["db", "validation"]],
  ])("has other %s on one of them", async (_, jon, sara, words) => {
    const ca = `ca = { share = true; files.key = { }; script = "date > $out/key"; };`;
    // What has no script line for it is not what is asked here.
    const writes = (more: string) =>
      both.replace("$out/a", more.includes("files.b") ? "$out/a; date > $out/b" : "$out/a");
    const found = await findingTexts(
      machines(`${ca} db = { ${writes(jon)} ${jon} };`, `${ca} db = { ${both} ${sara} };`),
    );
    expect(found.sort()).toEqual(words.map((word) => `shared-mismatch: ${word}`).sort());
  });

  test.each([
    ["owner, group and mode", `files.a = { owner = "x"; group = "y"; mode = "0440"; };`, "", ""],
    ["scripts", `runtimeInputs = [ pkgs.hello ];`, "", ""],
    [
      "the order of what is validated",
      "validation = { a = 1; b = 2; };",
      "validation = { b = 2; a = 1; };",
      "",
    ],
    ["a default that is written", "files.a.deploy = true;", "", ""],
    ["a file that may not be there", "files.b = lib.mkIf config.x.y { };", "", ""],
    ["a value that is not known", "validation = config.services.x.name;", `validation = "1";`, ""],
    [
      "files with names that are not known",
      `files.\${config.networking.domain} = { };`,
      "files.c = { };",
      "",
    ],
    [
      "dependencies that are not known",
      "dependencies = config.services.x.names;",
      `dependencies = [ "x" ];`,
      "",
    ],
    [
      "a dependency that there may be",
      `dependencies = lib.mkIf config.x.y [ "x" ];`,
      `dependencies = [ "z" ];`,
      "",
    ],
    [
      "prompts with names that are not known",
      `prompts.\${config.networking.domain} = { };`,
      "prompts.c = { };",
      "",
    ],
    ["a prompt that may not be there", "prompts.b = lib.mkIf config.x.y { };", "", ""],
    ["a type of prompt that is not known", "prompts.p.type = config.x.y;", `prompts.p.type = "hidden";`, ""],
    ["secrecy that is not known", "files.a.secret = config.x.y;", "files.a.secret = false;", ""],
    ["deployment that is not known", "files.a.deploy = config.x.y;", "files.a.deploy = false;", ""],
    [
      "a time that there may be",
      `files.a.neededFor = lib.mkIf config.x.y "users";`,
      `files.a.neededFor = "activation";`,
      "",
    ],
    ["a value that there may be", `validation = lib.mkIf config.x.y "1";`, `validation = "2";`, ""],
  ])("nothing is said about other %s", async (_, jon, sara, beside) => {
    const [one, other] = [`db = { ${both} ${jon} };`, `db = { ${both} ${sara} };`];
    for (const text of [machines(one, other, beside), machines(other, one, beside)])
      expect((await findingTexts(text)).filter((found) => found.startsWith("shared-"))).toEqual([]);
  });

  test.each([
    [
      "that is each machine's own",
      'db = { files.a = { }; script = "date > $out/a"; };',
      'db = { files.b = { }; script = "date > $out/b"; };',
    ],
    ["that may not exist", `db = lib.mkIf config.x.y { ${both} };`, `db = { ${both} validation = "1"; };`],
    [
      "of which it is not known whether it is shared",
      `db = { share = config.x.y; files.b = { }; script = "date > $out/b"; };`,
      `db = { ${both} };`,
    ],
  ])("nothing is said about one %s", async (_, jon, sara) => {
    expect(await findingTexts(machines(jon, sara))).toEqual([]);
  });

  test("one module for all of them that hangs on the machine is told at what differs", async () => {
    const found = await findingTexts(`
      #- /db.nix
      { config, lib, ... }:
      {
        clan.core.vars.generators.db = {
          share = true;
          files = { a = { }; } // lib.optionalAttrs (config.clan.core.settings.machine.name == "jon") { b = { }; };
          script = "date > $out/a; date > $out/b";
        };
      }
      #- /clan.nix
      {
        inventory.machines = { jon = { }; sara = { }; };
        machines.jon.imports = [ ./db.nix ];
        machines.sara.imports = [ ./db.nix ];
      }`);
    expect(found).toEqual(["shared-mismatch: db", "shared-mismatch: b"]);
  });
});

describe("attributes of generators and files in code", () => {
  const ca = `ca = { files.key = { }; files."key.pub".secret = false; script = "ssh-keygen -f $out/key"; };`;
  const reads = (path: string, generators = ca): string => `
    { machines.a = { config, lib, ... }: {
        clan.core.vars.generators = { ${generators} };
        services.x.y = config.clan.core.vars.generators.${path};
      }; }`;

  test.each([
    ["an attribute of a file", "ca.files.key.pth", "unknown-generator-file: pth"],
    ["a public file's value", `ca.files."key.pub".valu`, "unknown-generator-file: valu"],
    ["a file without `files`", "ca.key.path", "unknown-generator-file: key"],
    ["a slip in `files`", "ca.fils.key.path", "unknown-generator-file: fils"],
  ])("%s", async (_, path, expected) => {
    expect(await findingTexts(reads(path))).toEqual([expected]);
  });

  test("the fix goes through `files`", async () => {
    expect(await afterFix(reads("ca.key.path"))).toContain("generators.ca.files.key.path");
  });

  test.each([
    [
      "the option of a generator that is a module",
      "ca.keyNam",
      `ca = { lib, ... }: { options.keyName = lib.mkOption { }; config = { keyName = "x"; files.key = { }; script = "date > $out/key"; }; };`,
    ],
    ["a name like no other", "ca.renewal", ca],
    ["a substitute", "ca.files.key.pth or null", ca],
    [
      "a generator that may not be there",
      "ca.files.key.pth",
      `ca = lib.mkIf config.x.y { files.key = { }; script = "date > $out/key"; };`,
    ],
    ["the folder of a file", "ca.files.key.rel_dir", ca],
    ["an attribute like no other of a file", "ca.files.key.renewal", ca],
    [
      "files that are more than is known",
      "ca.files.kye.path",
      `ca = { files = config.x.y; script = "date > $out/key"; };`,
    ],
    ...[
      "imports = [ ./ca.nix ]",
      "options.keyName = lib.mkOption { }",
      `config.script = "date > $out/key"`,
    ].map((module): [string, string, string] => [
      `a generator that is a module by ${module}`,
      "ca.fils.key",
      `ca = { ${module}; config.files.key = { }; };`,
    ]),
    ["a generator that is one by `config` alone", "ca.fils.key", "ca.config = { files.key = { }; };"],
  ])("nothing is said about %s", async (_, path, generators) => {
    const found = await findingTexts(reads(path, generators));
    expect(found.filter((text) => text.startsWith("unknown-generator"))).toEqual([]);
  });
});

test("nothing is said of attributes of generators that may have any options", async () => {
  const type = "lib.types.submodule { freeformType = lib.types.attrsOf lib.types.anything; }";
  const found = await findingTexts(`
    { machines.a = { config, lib, ... }: {
        options.clan.core.vars.generators = lib.mkOption { type = lib.types.attrsOf (${type}); };
        config.clan.core.vars.generators.ca = { files.key = { }; script = "date > $out/key"; };
        config.services.x.y = config.clan.core.vars.generators.ca.fils.key;
      }; }`);
  expect(found.filter((text) => text.startsWith("unknown-generator"))).toEqual([]);
});

describe("the age store", () => {
  const clan = (settings: string, more = ""): string => `
    { inventory.machines = { jon = { }; sara = { }; };
      vars.settings = { ${settings} };
      machines.jon.clan.core.vars.generators.g = { files.key = { }; script = "date > $out/key"; };
      ${more} }`;

  test.each([
    ["no recipients at all", `secretStore = "age";`, ["missing-setting: age"]],
    [
      "recipients of another machine",
      `secretStore = "age"; recipients.hosts.sara = [ "age1x" ];`,
      ["missing-setting: age"],
    ],
    [
      "empty lists",
      `secretStore = "age"; recipients = { default = [ ]; hosts.jon = [ ]; };`,
      ["missing-setting: age"],
    ],
    [
      "recipients of a machine that is none",
      `secretStore = "age"; recipients = { default = [ "age1x" ]; hosts.bob = [ "age1y" ]; };`,
      ["unknown-machine: bob"],
    ],
    [
      "a slip in the machine's name",
      `secretStore = "age"; recipients.hosts.jonn = [ "age1x" ];`,
      ["unknown-machine: jonn"],
    ],
  ])("%s", async (_, settings, expected) => {
    expect(await findingTexts(clan(settings))).toEqual(expected);
  });

  test.each([
    ["a default", clan(`secretStore = "age"; recipients.default = [ "age1x" ];`)],
    [
      "recipients of each machine with secrets",
      clan(`secretStore = "age"; recipients.hosts.jon = [ "age1x" ];`),
    ],
    ["another store", clan(`secretStore = "sops";`)],
    [
      "recipients that are not known",
      clan(`secretStore = "age"; recipients.default = builtins.fetchTree { };`),
    ],
    [
      "settings of which some are not known",
      clan("").replace("{  }", `{ secretStore = "age"; } // builtins.fetchTree { }`),
    ],
    ["recipients that are no set here", clan(`secretStore = "age"; recipients = builtins.fetchTree { };`)],
    ["hosts that are not known", clan(`secretStore = "age"; recipients.hosts = builtins.fetchTree { };`)],
    [
      "keys of a host that are not known",
      clan(`secretStore = "age"; recipients.hosts.jon = builtins.fetchTree { };`),
    ],
    [
      "one key that is not known",
      clan(`secretStore = "age"; recipients.hosts.jon = [ (builtins.fetchTree { }) ];`),
    ],
    [
      "a machine whose secrets may not be there",
      clan(`secretStore = "age";`).replace(".g = {", ".g = if builtins.fetchTree { } then { } else {"),
    ],
    [
      "a machine whose files are public",
      clan(`secretStore = "age";`).replace("key = { }", "key.secret = false"),
    ],
    [
      "a key that is there",
      `#- /secrets/age-keys/machines/jon/pub
age1x
${clan(`secretStore = "age";`).replace("\n", "\n#- /clan.nix\n")}`,
    ],
  ])("nothing is said about %s", async (_, text) => {
    const found = await findingTexts(text);
    expect(
      found.filter((one) => one.startsWith("missing-setting") || one.startsWith("unknown-machine")),
    ).toEqual([]);
  });
});

test("circles of generators: what leads to one, or from one to another, is none", async () => {
  const needs: Readonly<Record<string, string>> = {
    // Two circles, a way between them, one that leads to both and one that they lead to.
    a: "b",
    b: "c",
    c: "a end",
    d: "e a",
    e: "d",
    begin: "a d",
    end: "",
  };
  const generators = Object.entries(needs).map(([name, others]) => {
    const dependencies = others
      .split(" ")
      .filter(Boolean)
      .map((other) => `"${other}"`);
    return `${name} = { files.k = { }; script = "touch $out/k"; dependencies = [ ${dependencies.join(" ")} ]; };`;
  });
  const found = await findingTexts(`
    { inventory.machines.web = { }; machines.web.clan.core.vars.generators = { ${generators.join("\n")} }; }`);
  expect(found).toEqual(["b", "c", "a", "e", "d"].map((name) => `generator-cycle: ${name}`));
});

test("of a long circle not all names are told", async () => {
  const generators = Array.from(
    { length: 40 },
    (_, i) => `g${i} = { files.k = { }; script = "touch $out/k"; dependencies = [ "g${(i + 1) % 40}" ]; };`,
  );
  const text = `{ inventory.machines.web = { }; machines.web.clan.core.vars.generators = { ${generators.join("\n")} }; }`;
  const found = await findingsOf(new Map([["/clan.nix", text]]));
  expect(found).toHaveLength(40);
  expect(found[0]?.finding.message).toBe(
    "Generators depend on each other in a circle: `g0` → `g1` → `g2` → `g3` → `g4` → `g5` → `g6` → `g7` → `g8` → `g9` → … → `g0`.",
  );
});
