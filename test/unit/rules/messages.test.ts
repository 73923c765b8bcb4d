/** Messages say what to write, in plain words, and stand at the word that is to be changed. */
import { describe, expect, test } from "vitest";
import { afterFix, checkFindings, filesAfterFix, findingTexts } from "../helpers/check.ts";

describe("types and values in plain words", () => {
  test("what is expected, and what is there", async () => {
    await checkFindings(
      `
      { lib, ... }:
      let
        tagsOf = role: [ role ];
        #        ^^^^^^^^^^^^^^ error[type-mismatch]: …must be a list of strings. This is a function that lacks its argument \`role\`.
        described = { text }: text;
        #           ^^^^^^^^^^^^^^ error[type-mismatch]: …This is a function that lacks its argument, a set with \`text\`.
      in
      {
        inventory.machines.a.tags = tagsOf;
        inventory.machines.a.description = described;
        inventory.machines.b.deploy.targetHost = builtins.concatStringsSep ",";
        #                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[type-mismatch]: …must be \`null\` or a string. This is the function \`concatStringsSep\`, which lacks an argument.
        inventory.machines.c.tags = [ lib.mkForce "x" ];
        #                             ^^^^^^^^^^^ error[type-mismatch]: …write the call in parentheses: \`[ (f x) ]\`.
        inventory.machines.d.tags = "x";
        #                            ^ …
      }`
        .replace(/\n *# +\^ …/, "")
        .replace(`inventory.machines.d.tags = "x";`, ""),
    );
  });

  test.each([
    [
      "an input for its name",
      `inventory.instances.sshd = { module.input = self; roles.server.machines.a = { }; };`,
      `module.input = "self";`,
    ],
    [
      "a tag among machines",
      `inventory.instances.sshd.roles.server.machines = [ "all" ];`,
      `roles.server.tags = [ "all" ];`,
    ],
    [
      "two tags among machines",
      `inventory.instances.sshd.roles.server.machines = [ "nixos" "all" ];`,
      `roles.server.tags = [ "nixos" "all" ];`,
    ],
  ])("%s is mended", async (_, text, expected) => {
    const fixed = await filesAfterFix(`
      #- /flake.nix
      {
        inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
        inputs.nixpkgs.url = "github:NixOS/nixpkgs";
        outputs = inputs@{ self, clan-core, ... }: {
          clan = (clan-core.lib.clan {
            inherit self;
            meta.name = "x";
            inventory.machines.a = { };
            ${text}
          }).config;
        };
      }`);
    expect(fixed).toContain(expected);
  });

  test("a list of machines keeps its braces where a name is no tag, or one is a machine, too", async () => {
    await checkFindings(`
      {
        inventory.machines.a.tags = [ "b" ];
        inventory.machines.b = { };
        inventory.instances.sshd.roles.server.machines = [ "b" ];
        #                                                ^^^^^^^ error[type-mismatch]: …This is [ "b" ].
        inventory.instances.sshd.roles.client.machines = [ "all" "c" ];
        #                                                ^^^^^^^^^^^^^ error[type-mismatch]: …This is [ "all" "c" ].
      }`);
  });

  test("tags and machines in each other's place", async () => {
    await checkFindings(`
      {
        inventory.machines.a = { };
        inventory.instances.sshd.roles.server.machines.all = { };
        #                                              ^^^ warning[unknown-machine]: …\`all\` is a tag: write \`tags.all = { }\`.
        inventory.instances.sshd.roles.client.tags.a = { };
        #                                          ^ warning[unknown-tag]: …\`a\` is a machine: write \`machines.a = { }\`.
      }`);
  });
});

describe("variables of the shell in a script", () => {
  test.each([
    ["out, in a text of several lines", "''\n  date > ${out}/a\n''", "date > ''${out}/a"],
    ["out, on one line", '"date > ${out}/a"', '"date > \\${out}/a"'],
    ["prompts", '"cp ${prompts}/a $out/a"', '"cp \\${prompts}/a $out/a"'],
    ["one of its own", "''\n  x=1; echo ${x} > $out/a\n''", "echo ''${x} >"],
    ["one of its own beside others of the shell", '"x=1; echo ${x} > $out/a"', "echo \\${x} >"],
  ])("%s", async (_, script, expected) => {
    const fixed = await afterFix(
      `{ machines.a.clan.core.vars.generators.g = { files.a = { }; script = ${script}; }; }`,
    );
    expect(fixed).toContain(expected);
  });

  test("what is said", async () => {
    await checkFindings(`
      { machines.a.clan.core.vars.generators.g = { files.a = { }; script = "date > \${out}/a"; }; }
      #                                                                              ^^^ error[evaluation-error]: …\`\${out}\` is Nix here: for the shell, write \`$out\` or \`\\\${out}\`.`);
  });

  test("in other texts, nothing speaks for a shell", async () => {
    await checkFindings(`
      { inventory.machines.a.description = "The \${kind}"; }
      #                                           ^^^^ error[evaluation-error]: Nix cannot evaluate this: undefined variable 'kind'.`);
  });
});

describe("pkgs", () => {
  test("a setting that wants names gets the name", async () => {
    expect(
      await afterFix(`
        { self, ... }:
        {
          inventory.machines.a = { };
          inventory.instances.packages.roles.default.machines.a.settings.packages = [ pkgs.bat ];
        }`),
    ).toContain(`packages = [ "bat" ];`);
  });

  test("a module of a machine may ask for it", async () => {
    expect(
      await afterFix(`
        { lib, ... }:
        { machines.a = { config, ... }: { environment.systemPackages = [ pkgs.bat ]; }; }`),
    ).toContain("machines.a = { pkgs, config, ... }:");
  });

  test("and so may one in a file of its own", async () => {
    const fixed = await filesAfterFix(`
      #- /machines/a/configuration.nix
      { config, ... }: { environment.systemPackages = [ pkgs.bat ]; }
      #- /clan.nix
      { inventory.machines.a = { }; }`);
    expect(fixed).toContain("{ pkgs, config, ... }:");
  });

  test("a clan's own module has none, and no fix leads to the next error", async () => {
    await checkFindings(`
      { lib, ... }:
      { inventory.machines.a.description = pkgs.hello.name; }
      #                                    ^^^^ error[evaluation-error]: …Only modules of machines have \`pkgs\`, and this is one of the clan.`);
    await expect(
      afterFix(`{ lib, ... }: { inventory.machines.a.description = pkgs.hello.name; }`),
    ).rejects.toThrow();
  });
});

describe("files of data that are broken", () => {
  test("are told where they are", async () => {
    await checkFindings(`
      #- /clan.nix
      { lib, ... }:
      {
        inventory.machines = lib.genAttrs (lib.importTOML ./hosts.toml).names (_: { });
        meta.description = (builtins.fromJSON (builtins.readFile ./about.json)).text;
      }
      #- /hosts.toml
      names = ["a", "b"
      #       ^ error[evaluation-error]: Nix cannot read this file. This \`[\` is never closed.

      [more]
      x = 1
      #- /about.json
      {
        "text": "x",
      #            ^ error[evaluation-error]: Nix cannot read this file. JSON has no comma before \`}\`.
      }`);
  });

  test.each([
    ["a value that is none", "a = 1\nb = yes\n", "y"],
    ["a table that is open", "a = { b = 1\nc = 2\n", "{"],
    ["a heading that is open", "[a\nb = 1\n", ""],
    ["a key twice", "a = 1\na = 2\n", "a"],
  ])("TOML with %s", async (_, toml, at) => {
    const found = await findingTexts(`
      #- /clan.nix
      { lib, ... }: { inventory.machines = (lib.importTOML ./x.toml).m; }
      #- /x.toml
${toml.replace(/^/gm, "      ")}`);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^evaluation-error: /);
    expect(found[0]).toContain(at);
  });
});

describe("functions", () => {
  test("what is no function is told where it is written, once", async () => {
    await checkFindings(`
      { lib, ... }:
      let names = [ "a" "b" ]; in
      {
        inventory.machines = lib.genAttrs names { tags = [ "x" ]; };
        #                                       ^^^^^^^^^^^^^^^^^^^ error[evaluation-error]: …attempt to call something which is not a function but a set…
      }`);
    await checkFindings(`
      { lib, ... }:
      {
        inventory.machines = lib.mapAttrs { tags = [ "x" ]; } { a = { }; b = { }; };
        #                                 ^^^^^^^^^^^^^^^^^^^ error[evaluation-error]
      }`);
  });

  test("a file that lacks its arguments is told where it is imported", async () => {
    await checkFindings(`
      #- /door.nix
      { port }:
      { lib, ... }:
      {
        _class = "clan.service";
        manifest.name = "door";
        roles.default.interface.options.port = lib.mkOption { type = lib.types.port; default = port; };
      }
      #- /clan.nix
      {
        inventory.machines.a = { };
        modules.door = import ./door.nix;
        #              ^^^^^^^^^^^^^^^^^ error[evaluation-error]: …Call it with what it asks for: \`import ./door.nix { port = …; }\`.
        inventory.instances.door = { module.input = "self"; roles.default.machines.a = { }; };
      }`);
  });
});
