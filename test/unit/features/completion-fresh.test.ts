/** Completion in code as it is while it is being typed: not whole, not used yet, not switched on. */
import { expect, test } from "vitest";
import { checkCompletion, completionItem, completionLabels } from "./check-completion.ts";

test.each([
  ["{ inventory.machines.web = { $0 }; }", "tags"],
  ["{ inventory.machines.web = { t$0 }; }", "tags"],
  ["{ inventory.machines.web = {\n  t$0\n} }", "tags"],
  ["{ inventory.instances.sshd = { r$0 }; }", "roles"],
  ["{ inventory.instances.sshd.roles = { s$0 }; }", "server"],
  ["{ i$0 }", "inventory"],
  ["{ ... }:\n{ m$0 }", "meta"],
  [
    "{ inventory.machines = { web = { }; }; inventory.instances.sshd.roles.server.machines = { w$0 }; }",
    "web",
  ],
])("the first word in a fresh set: %s", async (code, word) => {
  const labels = await completionLabels(code);
  expect(labels.indexOf(word)).toBeGreaterThanOrEqual(0);
  expect(labels.indexOf(word)).toBeLessThan(3);
  expect(labels).not.toContain("pkgs");
});

test.each(["{ $0 }", '{ meta.domain = "x"; $0 }'])(
  "in %s what a clan begins with comes first",
  async (code) => {
    const labels = await completionLabels(code);
    expect(labels.slice(0, 3).sort()).toEqual(["inventory", "machines", "meta"]);
  },
);

const machine = (code: string) =>
  `#- /clan/clan.nix\n{ inventory.machines.web = { }; }\n#- /clan/machines/web/configuration.nix\n${code}`;

test.each([
  ["{ c$0 }", "clan"],
  ["{ pkgs, ... }: { c$0 }", "clan"],
  ["{ n$0 }", "networking"],
  ["{ networking.h$0 }", "hostName"],
  ["{ clan = { c$0 }; }", "core"],
  ["{ clan.core = { v$0 }; }", "vars"],
  ["{ clan.core.v$0 }", "vars"],
  ["{ clan.core.vars.generators.x = { f$0 }; }", "files"],
  ["{ lib, ... }: lib.mkIf false { clan.core.vars.generators.x = { f$0 }; }", "files"],
  ["{ imports = [ (let f = n: f (n + 1); in f 0) ]; clan.core.vars.generators.x = { f$0 }; }", "files"],
])("the first word in a machine's file: %s", async (code, word) => {
  const labels = await completionLabels(machine(code));
  expect(labels.filter((label) => label.startsWith(word.charAt(0)))[0]).toBe(word);
});

test.each([
  "a = if lib.x then l$0",
  "a = if lib.x then map (f lib) l$0",
  "a = { b = f { c = x: if lib.x then map (f lib) l$0\n } }",
  "a = if map f l$0",
  "a = with lib; map f l$0",
  "a = assert lib.x; f l$0",
  'a = { b = "x ${\n  l$0\n}" }',
  'a = { b = { c = "x ${lib.y} ${\n  map f l$0\n} z" } }',
])("a variable where what is around it is not whole: %s", async (code) => {
  expect(await completionLabels(machine(`{ lib, ... }:\n{\n${code}\n}`))).toContain("lib");
});

test.each([
  "{ imports = [ ../../users.nix ]; site.u$0 }",
  "{ imports = [ ../../users.nix ]; site = { u$0 }; }",
])("an option of a group that a module of the machine declares: %s", async (code) => {
  const users =
    "{ lib, ... }: { options.site.users = lib.mkOption { }; options.site.uid = lib.mkOption { internal = true; }; }";
  expect(await completionLabels(`#- /clan/users.nix\n${users}\n${machine(code)}`)).toEqual(["users"]);
});

test.each([
  ["{ s$0 }", "site"],
  ["{ site = { u$0 }; }", "users"],
  ["{ clan.core.s$0 }", "settings"],
  ["{ clan.core.settings.s$0 }", "state-version"],
])("what only a module of the machine declares, and what clan has settings of: %s", async (code, word) => {
  const users = "{ lib, ... }: { options.site.users = lib.mkOption { }; }";
  const labels = await completionLabels(
    `#- /clan/users.nix\n${users}\n${machine(code.replace("{", "{ imports = [ ../../users.nix ];"))}`,
  );
  expect(labels).toContain(word);
});

test.each(["{ u$0 }", "{ services.x = 1; u$0 }"])(
  "in a module that does not speak of clan, what another one declares: %s",
  async (code) => {
    const importing = machine("{ imports = [ ../../modules/web.nix ]; options.users.uid = { }; }");
    expect(await completionLabels(`${importing}\n#- /clan/modules/web.nix\n${code}`)).toContain("users");
  },
);

test.each(["{ c$0 }", "{\n  cl$0\n}", "{ lib, ... }: { cla$0 }", "{ clan$0 }"])(
  "the first word in a module that a machine imports: %s",
  async (code) => {
    const importing = machine("{ imports = [ ../../modules/web.nix ]; }");
    expect(await completionLabels(`${importing}\n#- /clan/modules/web.nix\n${code}`)).toContain("clan");
  },
);

test("a machine's file may begin a function", async () => {
  expect(await completionLabels(machine("{ l$0 }"))).toEqual(expect.arrayContaining(["clan", "lib"]));
  expect(await completionLabels(machine("{ lib, p$0 }"))).toEqual(["config", "options", "pkgs"]);
});

test("what it is accepted as", () =>
  checkCompletion(
    "{ inventory.machines.web = { t$0 }; }",
    "tags",
    "{ inventory.machines.web = { tags = [ $0 ]; }; }",
  ));

test.each([
  ["peer = { .$0 };", "tags", "peer.tags = [ $0 ];"],
  ["peer = { .ta$0 };", "tags", "peer.tags = [ $0 ];"],
  ["peer = {.ta$0}", "tags", "peer.tags = [ $0 ];"],
  ["peer = { .machines.w$0 };", "web", "peer.machines.web = { };"],
  ['peer = { .tags = [ "$0" ] };', "all", 'peer = { .tags = [ "all" ] };'],
  ["peer = { .machines = { w$0 } };", "web", "peer = { .machines = { web = { }; } };"],
])("a dot behind a value that completion wrote goes on with the path: %s", async (code, label, expected) => {
  const clan = (text: string) =>
    `{ inventory.machines.web = { }; inventory.instances.zerotier.roles = { ${text} }; }`;
  await checkCompletion(clan(code), label, clan(expected));
});

test("beside other names in the set, nothing else goes away", async () => {
  const instance = "inventory.instances.zerotier.roles = { moon = { }; .pe$0 };";
  expect((await completionItem(`{ ${instance} }`, "peer")).remove).toBeUndefined();
});

test.each(["{ l$0 }", "{ perInstance = { s$0 }; }"])("where a function may begin: %s", async (code) => {
  const labels = await completionLabels(`{ modules.web = ${code}; }`);
  expect(labels).not.toContain("pkgs");
  expect(labels.at(-1)).toMatch(/exports/i);
});

test.each(["{ l$0, ... }: { }", "{ l$0 }: { }", "{ config, l$0 }", "{ l$0 }@args: { }", "{ l$0 ? 1 }: { }"])(
  "where a function surely begins, its arguments alone: %s",
  async (code) => {
    const labels = await completionLabels(`{ machines.web = ${code}; }`);
    expect(labels).toContain("lib");
    expect(labels).not.toContain("clan");
  },
);

test.each([
  ["let zt = { }; in { specialArgs = $0; }", ["zt"]],
  ["{ self, ... }: { specialArgs = { s = se$0 }; }", ["self"]],
  ["rec { a = 1; specialArgs.b = a$0; }", ["a", "specialArgs"]],
  ["inputs: { specialArgs.b = [ in$0 ]; }", ["inputs"]],
  ["inputs: { specialArgs.b = f (in$0); }", ["inputs"]],
  ['name: { specialArgs.b = "a ${na$0} b"; }', ["name"]],
  ['name: { specialArgs.b = "a ${na$0', ["name"]],
  ["name: { specialArgs.b = ''a ${na$0} b''; }", ["name"]],
  ["name: { specialArgs = { inherit (na$0) x; }; }", ["name"]],
  ["name: { specialArgs = { inherit na$0; }; }", ["name"]],
  ["name: { specialArgs.b = na$0.x; }", ["name"]],
  ["name: { specialArgs.b = a.b or na$0; }", ["name"]],
  ["name: { specialArgs.b = a ? b && na$0; }", ["name"]],
  ["name: { specialArgs.${na$0}\n}", ["name"]],
  ['name: { specialArgs."a-${na$0}"\n}', ["name"]],
  ["name: { specialArgs.b = with na$0\n}", ["name"]],
  ["name: { specialArgs.b = assert na$0\n}", ["name"]],
  ["name: { specialArgs.b = if na$0\n}", ["name"]],
  ["name: { specialArgs.b = if true then na$0\n}", ["name"]],
  ["name: { specialArgs.b = ''\n \"a ${f \" \" na$0}\"\n''\n}", ["name"]],
])("variables in scope: %s", async (code, expected) => {
  expect(await completionLabels(code)).toEqual(expect.arrayContaining(expected));
});

test("no variables in quotes, and after what the place asks for", async () => {
  const clan = (value: string) => `{ lib, ... }: { inventory.machines.web.machineClass = ${value}; }`;
  expect(await completionLabels(clan('"$0"'))).toEqual(["darwin", "nixos"]);
  expect(await completionLabels(clan("$0"))).toEqual(['"darwin"', '"nixos"', "lib"]);
});

const flake = (outputs: string) => `#- /clan/flake.nix\n{ outputs = { self, clan-core, ... }: ${outputs}; }`;

test.each([
  "let clan = clan-core.lib.clan { inherit self; $0 }; in { }",
  "let clan = clan-core.lib.clan { inherit self; $0 };",
  "let clan = clan-core.lib.clan { inherit self; $0 }",
  "let x = 1; clan = clan-core.clanLib.clan { inherit self; $0 }; in { packages = x; }",
  "let clan = clan-core.lib.clan { inherit self; $0 }; in",
])("in a clan that nothing uses yet: %s", async (outputs) => {
  expect(await completionLabels(flake(outputs))).toEqual(
    expect.arrayContaining(["inventory", "meta", "specialArgs"]),
  );
});

test.each([
  "lib.mkIf false { $0 }",
  "lib.optionalAttrs (1 == 2) { $0 }",
  "if false then { $0 } else { }",
  "if true then { } else { $0 }",
  "lib.mkIf true (lib.mkIf false { $0 })",
])("in what is switched off: %s", async (code) => {
  expect(await completionLabels(`{ lib, ... }: { inventory.machines.web = ${code}; }`)).toContain("tags");
});

test.each([
  "lib.mapAttrs (name: host: { $0 }) config.hosts",
  "lib.mapAttrs (name: host: { $0 }) { }",
  "lib.mapAttrs (name: host: { $0 })",
  "lib.mapAttrs' (name: host: lib.nameValuePair name { $0 }) config.hosts",
  "lib.genAttrs config.hosts (name: { $0 })",
  "lib.listToAttrs (map (name: { inherit name; value = { $0 }; }) config.hosts)",
])("in a function that is called for members there may be none of: %s", async (code) => {
  expect(await completionLabels(`{ lib, config, ... }: { inventory.machines = ${code}; }`)).toContain("tags");
});

test("an unused variable of no clan is nothing", async () => {
  expect(await completionLabels("let x = { $0 }; in { meta.name = null; }")).toEqual([]);
});
