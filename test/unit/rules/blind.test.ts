/** Mistakes that were written without a look at the rules, where they were missed, misplaced or told twice at first. */
import { expect, test } from "vitest";
import { checkFindings, findingTexts } from "../helpers/check.ts";

test("a set where something in it was meant is told once, with what to write", async () => {
  await checkFindings(`
    {
      inventory.machines.web = { };
      inventory.instances.ssh.module = "sshd";
      #                                ^^^^^^ error[type-mismatch]: …Write \`module.name = "sshd"\`.
      inventory.instances.more = { module.name = "sshd"; roles.server = [ "web" ]; };
      #                                                                 ^^^^^^^^^ error[type-mismatch]: …Write \`server.machines.<machine> = { }\`.
      inventory.machines.db.deploy = "root@db";
      #                              ^^^^^^^^^ error[type-mismatch]: …Write \`deploy.targetHost = "root@db"\`.
      templates.clan.x = "./x";
      #                  ^^^^^ error[type-mismatch]
      modules = [ ./more.nix ];
      #         ^^^^^^^^^^^^^^ error[type-mismatch]: …in \`imports\`…
    }`);
});

test("text without quotes", async () => {
  await checkFindings(`
    { inventory.machines.db.deploy.targetHost = root@db; }
    #                                           ^^^^^^^ error[syntax-error]: Text stands in quotes: \`"root@db"\`.`);
});

const flake = (args: string, more = ""): string => `
    #- /flake.nix
    {
      inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
      outputs = { self, clan-core, ... }: {
        clan = (clan-core.lib.clan { inherit self; ${args} }).config;
      };
    }
${more}`;

test("`import`, and a folder that is text and no absolute path", async () => {
  expect(await findingTexts(flake("import = [ ./clan.nix ];"))).toEqual(["unknown-option: import"]);
  expect(await findingTexts(flake('meta.name = "x"; directory = "./.";'))).toEqual(['type-mismatch: "./."']);
  for (const right of ["./.", '"/srv/clan"', "self"])
    expect(await findingTexts(flake(`meta.name = "x"; directory = ${right};`))).toEqual([]);
});

test("a module that has no room for what it is given", async () => {
  const text = flake(
    'meta.name = "x"; imports = [ ./clan.nix ];',
    `    #- /clan.nix
    { inventory.machines.web = { }; machines.web = import ./web.nix; }
    #- /web.nix
    { pkgs, lib }: { }`,
  );
  expect(await findingTexts(text)).toEqual(["evaluation-error: { pkgs, lib }: { }"]);
});

test("what clan-core declares for machines, without `core`", async () => {
  await checkFindings(`
    {
      machines.web = {
        clan.vars.generators.a = { files.a = { }; script = "date > $out/a"; };
        #    ^^^^ error[unknown-option]: …write \`clan.core.vars\`.
        clan.mine.x = 1;
      };
    }`);
});

test("the name of the instance is text", async () => {
  await checkFindings(
    flake(
      'meta.name = "x"; imports = [ ./clan.nix ];',
      `    #- /clan.nix
    {
      inventory.machines.web = { };
      inventory.instances.i = { module = { name = "s"; input = "self"; }; roles.r.machines.web = { }; };
      modules.s = {
        manifest.name = "s";
        roles.r.perInstance = { instanceName, ... }: { nixosModule.services.x.name = instanceName.name; };
    #                                                                                ^^^^^^^^^^^^^^^^^ error[evaluation-error]: …value is a string…
      };
    }`,
    ),
  );
});

test("commas in a list of paths are what is wrong, and nothing behind them", async () => {
  await checkFindings(`
    #- /clan.nix
    { lib, ... }:
    {
      imports = [
        ./a.nix,
    #          ^ error[syntax-error]: The elements of a list stand side by side, without \`,\`.
        ./b.nix,
    #          ^ error[syntax-error]
        ../c.nix
      ];
      inventory.machines.web.tags = [ "a", "b" ];
    #                                    ^ error[syntax-error]
    }
    #- /a.nix
    { }
    #- /b.nix
    { }`);
});

test("a file without `./`, and a path that is no list", async () => {
  await checkFindings(`
    #- /clan.nix
    { imports = [ disk.nix ]; inventory.machines.web = { }; machines.web.imports = ./disk.nix; }
    #             ^^^^ error[evaluation-error]: …For the file, write \`./disk.nix\`.
    #                                                                              ^^^^^^^^^^ error[type-mismatch]: \`imports\` must be a list…
    #- /disk.nix
    { }`);
});

test("what a file has, asked of its generator; and a folder that is written to", async () => {
  await checkFindings(`
    {
      machines.web = { config, ... }: {
        clan.core.vars.generators.a = { files.k.secret = false; script = "date > $out"; };
        #                                     ^ error[missing-output]
        networking.hostName = config.clan.core.vars.generators.a.value;
        #                                                        ^^^^^ error[unknown-generator-file]: …write \`files.k.value\`.
      };
    }`);
});

test("slips where the configuration is read; nothing where a module may declare more", async () => {
  await checkFindings(`
    {
      machines.web = { config, ... }: {
        clan.core.vars.generators.a = { files.k.secret = false; script = "date > $out/k"; };
        networking.hostName = config.clan.core.var.generators.a.files.k.value;
        #                                      ^^^ error[unknown-option]: …Did you mean \`vars\`?
        networking.domain = config.clan.core.vars.generator.a.files.k.value;
        #                                         ^^^^^^^^^ error[unknown-option]: …Did you mean \`generators\`?
        services.a = config.clan.core.settings.machine.name + config.clan.core.settings.tld;
        services.b = config.clan.core.mine or config.clan.core.var or 1;
        services.c = config.clan.core.elsewhere.set;
      };
    }`);
});

test("what to write, where Nix only says what is wrong", async () => {
  await checkFindings(
    flake(
      'meta.name = "x"; imports = [ ./clan.nix ];',
      `    #- /clan.nix
    { lib, ... }: {
      meta.description = "a" + 5;
    #                          ^ error[evaluation-error]: …cannot coerce an integer to a string. Write \`toString\` before it.
      inventory.machines.a.description = lib.concatStringsSep " " "a";
    #                                                              ^ error[evaluation-error]: …A list stands in brackets, as in \`[ … ]\`.
      inventory.machines.b.description = lib.optionalString "true" "b";
    #                                                        ^^^^ error[evaluation-error]: …\`true\` or \`false\` without quotes.
      inventory.machines.c.tags = lib.map { } [ "a" ];
    #                                     ^^^ error[evaluation-error]: …Is a function such as \`name: …\` meant here…
    }`,
    ),
  );
});

test("a misspelt option of an instance's `module` is told once", async () => {
  await checkFindings(`
    {
      inventory.machines.web = { };
      inventory.instances.x = { module.names = "sshd"; roles.server.tags.all = { }; };
      #                                ^^^^^ error[unknown-option]: …Did you mean \`name\`?…
      inventory.instances.y = { module.input = null; };
      #                   ^ error[unknown-service]: clan-core has no service \`y\`.…
    }`);
});
