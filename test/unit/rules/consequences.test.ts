/** One mistake, one finding: what only follows from another mistake is not reported beside it. */
import { describe, expect, test } from "vitest";
import { checkFindings, findingTexts } from "../helpers/check.ts";

const zerotier = (roles: string): string => `
  {
    inventory.machines = { a = { }; b = { }; };
    inventory.instances.zerotier = {
      roles.peer.tags.all = { };
      ${roles}
    };
  }`;

/** A service of one's own with the role \`user\`, of which an instance is made. */
const own = (service: string, instance = ""): string => `
  #- /clan.nix
  {
    inventory.machines.a = { };
    modules.door = {
      _class = "clan.service";
      manifest.name = "door";
      ${service}
    };
    inventory.instances.door = {
      module.input = "self";
      roles.user.machines.a = { };
      ${instance}
    };
  }`;

const generator = (text: string): string => `
  {
    machines.a = { config, pkgs, ... }: {
      clan.core.vars.generators.ca = { files.key = { }; script = "date > $out/key"; };
      clan.core.vars.generators.g = { files.x = { }; ${text} };
    };
  }`;

describe("a name that is meant for another", () => {
  test.each([
    ["the machines of a role", zerotier("roles.controller.machine.a = { };"), "unknown-option: machine"],
    ["the tags of a role", zerotier("roles.controller.tag.all = { };"), "unknown-option: tag"],
    [
      "a role's machines with a name of another kind",
      zerotier("roles.controller.hosts.a = { };"),
      "unknown-option: hosts",
    ],
    ["the roles of an instance", zerotier("role.controller.machines.a = { };"), "unknown-option: role"],
    [
      "the module of an instance",
      `
      { inventory.machines.a = { }; inventory.instances.nightly = {
          modules.name = "borgbackup"; roles.server.machines.a = { }; }; }`,
      "unknown-option: modules",
    ],
    [
      "the machines of the inventory",
      `
      { inventory.machine.a = { }; inventory.instances.sshd.roles.server.machines.a = { }; }`,
      "unknown-option: machine",
    ],
    [
      "the settings of a role",
      `
      { inventory.machines.a = { }; inventory.instances.wireguard = {
          roles.controller.machines.a.setting.endpoint = "x"; }; }`,
      "unknown-option: setting",
    ],
    ["the roles of a service", own('role.user.description = "x";'), "unknown-option: role"],
    [
      "the dependencies of a generator",
      generator(`dependency = [ "ca" ]; script = "cat $in/ca/key > $out/x";`),
      "unknown-option: dependency",
    ],
    [
      "the prompts of a generator",
      generator(`prompt.pin = { }; script = "cat $prompts/pin > $out/x";`),
      "unknown-option: prompt",
    ],
    ["the script of a generator", generator(`scripts = "date > $out/x";`), "unknown-option: scripts"],
    [
      "the files of a generator",
      `
      { machines.a = { config, ... }: {
          clan.core.vars.generators.g = { file.x = { }; script = "date > $out/x"; };
          services.x = config.clan.core.vars.generators.g.files.x.path; }; }`,
      "unknown-option: file",
    ],
  ])("%s", async (_, text, expected) => {
    expect(await findingTexts(text)).toEqual([expected]);
  });
});

describe("a value of a wrong type", () => {
  test.each([
    ["machines as a string", zerotier(`roles.controller.machines = "a";`), `type-mismatch: "a"`],
    [
      "dependencies as a string",
      generator(`dependencies = "ca"; script = "cat $in/ca/key > $out/x";`),
      `type-mismatch: "ca"`,
    ],
    [
      "files as a list",
      `
      { machines.a = { config, ... }: {
          clan.core.vars.generators.g = { files = [ "x" ]; script = "date > $out/x"; };
          services.x = config.clan.core.vars.generators.g.files.x.path; }; }`,
      `type-mismatch: [ "x" ]`,
    ],
  ])("%s", async (_, text, expected) => {
    expect(await findingTexts(text)).toEqual([expected]);
  });
});

test("an unclosed quote is told where it is opened, and what stands behind is not judged", async () => {
  await checkFindings(`
    {
      inventory.machines.a = { };
      inventory.instances.mia = {
        module.name = "users";
        roles.default.settings = {
          user = "mia;
          #      ^ error[syntax-error]: This \`"\` is never closed.
          groups = [ "wheel" ];
        };
      };
      inventory.instances.watch = {
        module.name = "monitoring";
        roles.server.machines.a = { };
      };
    }`);
});

test("what stands before an error of syntax is judged", async () => {
  await checkFindings(`
    {
      inventory.machines.a.targetHost = "x";
      #                    ^^^^^^^^^^ error[unknown-option]
      inventory.machines.b.tags = [ "x" ;
      #                           ^ error[syntax-error]
      inventory.machines.c.targetHost = "x";
    }`);
});

describe("two mistakes are two findings", () => {
  test("in different instances", async () => {
    await checkFindings(`
      {
        inventory.machines.a = { };
        inventory.instances.one = { module.name = "zerotier"; roles.controller.machine.a = { }; roles.peer.tags.all = { }; };
        #                                                                      ^^^^^^^ error[unknown-option]
        inventory.instances.two = { module.name = "zerotier"; roles.peer.tags.all = { }; };
        #                   ^^^ error[role-cardinality]
      }`);
  });

  test("a wrong option beside the one that is missing", async () => {
    const found = await findingTexts(generator(`shared = true; script = "cat $in/ca/key > $out/x";`));
    expect(found.sort()).toEqual(["undeclared-dependency: ca", "unknown-option: shared"]);
  });

  test("what is milder does not take away an error", async () => {
    const found = await findingTexts(`
      { inventory.machines.a = { }; inventory.instances.zerotier = {
          roles.controller.machines.aa = { }; roles.peer.machines.b.settings.x = 1; }; }`);
    expect(found).toContain("unknown-setting: x");
  });
});

test("a file that a broken prompt would have is not said to be missing; another one is", async () => {
  const machine = (prompts: string, file: string): string => `
    {
      machines.a = { config, ... }: {
        clan.core.vars.generators.g = { files.x = { }; ${prompts} script = "date > $out/x"; };
        environment.etc.a.text = config.clan.core.vars.generators.g.files.${file}.value;
      };
    }`;
  const codes = async (prompts: string, file: string) =>
    (await findingTexts(machine(prompts, file))).map((one) => one.split(":")[0]).sort();
  expect(await codes("prompts = [ ];", "word")).toEqual(["type-mismatch"]);
  expect(await codes("prompts.word.persist = 1;", "word")).toEqual(["type-mismatch"]);
  expect(await codes('prompts.word.type = "line";', "word")).toEqual(["unknown-generator-file"]);
});
