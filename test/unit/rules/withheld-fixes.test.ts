/** Mistakes that are told, and that no fix can mend as it is written: what is offered would be wrong, or lose something. */
import { expect, test } from "vitest";
import { findingsOf } from "../helpers/check.ts";
import { parseFixture } from "../helpers/fixture.ts";

/** The titles of all fixes of the findings with the code. */
async function fixesFor(code: string, text: string): Promise<string[]> {
  const found = await findingsOf(parseFixture(`#- /clan.nix\n${text}`).files);
  const told = found.filter(({ finding }) => finding.code === code);
  expect(told.length).toBeGreaterThan(0);
  return told.flatMap(({ finding }) => (finding.fixes ?? []).map(({ title }) => title));
}

const role = "inventory.instances.internet.roles.default";

/** Settings of one role in two files. */
const twoFiles = (first: string, second: string) => `
{ imports = [ ./more.nix ]; inventory.machines.a = { }; ${role} = { tags = [ "all" ]; ${first} }; }
#- /more.nix
{ ${role} = { ${second} }; }
#- /user.nix
{ user = "u"; }
#- /settings.nix
{ settings.user = "u"; }
`;

test("settings in two files are moved together where both are plain", async () => {
  expect(
    await fixesFor("duplicate-settings", twoFiles(`settings.host = "h";`, `settings.user = "u";`)),
  ).toEqual(["Move all of them into the first definition", "Move all of them into the first definition"]);
});

test.each([
  ["a set that refers to itself", `settings.host = "h";`, `settings = rec { user = "u"; };`],
  ["the first set refers to itself", `settings = rec { host = "h"; };`, `settings.user = "u";`],
  ["a let set", `settings.host = "h";`, `settings = let { body = { user = "u"; }; };`],
  ["an inherited setting", `settings.host = "h";`, `settings = { inherit (import ./user.nix) user; };`],
  ["a computed name in a set", `settings.host = "h";`, `settings = { \${builtins.head [ "user" ]} = "u"; };`],
  ["a computed name in a path", `settings.host = "h";`, `settings.\${builtins.head [ "user" ]} = "u";`],
  ["an imported set", `settings.host = "h";`, "settings = import ./user.nix;"],
  ["the first is an imported set", "settings = import ./user.nix;", `settings.host = "h";`],
  ["inherited settings", `settings.host = "h";`, "inherit (import ./settings.nix) settings;"],
  ["a value that is a call", `settings.host = "h";`, "settings.user = builtins.toString 1;"],
])("settings in two files stay: %s", async (_name, first, second) => {
  expect(await fixesFor("duplicate-settings", twoFiles(first, second))).toEqual([]);
});

test.each([
  ["with other values", `x: { ${role}.settings.host = x; }`],
  ["with the same", `x: { ${role}.settings.host = "h"; }`],
])("settings of a file that is imported twice stay: %s", async (_name, more) => {
  const clan = `
{ imports = [ (import ./more.nix "a") (import ./more.nix "b") ]; inventory.machines.a = { }; ${role}.tags = [ "all" ]; }
#- /more.nix
${more}
`;
  expect(await fixesFor("duplicate-settings", clan)).toEqual([]);
});

const controllers = (roles: string, more = "") => `
{ inventory.machines = { a = { }; b.tags = [ "t" ]; c.tags = [ "t" ]; };
  inventory.instances.zerotier.roles = { ${roles} }; ${more} }
`;

test.each([
  [
    "tags in two lists",
    controllers(
      `controller.tags = [ "t" ];`,
      `imports = [ { inventory.instances.zerotier.roles.controller.tags = [ "t" ]; } ];`,
    ),
  ],
  ["a tag that is computed", controllers(`controller.tags = [ ("t" + "") ];`)],
  [
    "inherited tags",
    `${controllers("controller = { inherit (import ./tags.nix) tags; };")}#- /tags.nix\n{ tags = [ "t" ]; }`,
  ],
  [
    "inherited machines",
    `${controllers("controller.machines = { inherit (import ./machines.nix) a b; };")}#- /machines.nix\n{ a = { }; b = { }; }`,
  ],
  [
    "machines of inventory.json",
    `
{ inventory.machines = { a = { }; b = { }; }; }
#- /inventory.json
{ "instances": { "zerotier": { "roles": { "controller": { "machines": { "a": {}, "b": {} } } } } } }
`,
  ],
])("no machine is taken out of a role with too many: %s", async (_name, clan) => {
  expect(await fixesFor("role-cardinality", clan)).toEqual([]);
});

const server = (settings: string, more = "") => `
{ inventory.machines.a = { }; inventory.instances.sshd.roles.server = { machines.a = { }; settings = ${settings}; }; ${more} }
`;
const needsPkgs = "{ pkgs, ... }: { hostKeys.rsa.enable = pkgs.x; }";

test.each([
  [
    "for one machine",
    `
{ inventory.machines.a = { }; inventory.instances.sshd.roles.server.machines.a.settings = ${needsPkgs}; }
`,
  ],
  [
    "beside other settings",
    server(
      needsPkgs,
      "imports = [ { inventory.instances.sshd.roles.server.settings.authorizedKeys = { }; } ];",
    ),
  ],
  ["by a variable", `let f = ${needsPkgs}; in ${server("f")}`],
  [
    "with modules in another file",
    `${server(needsPkgs, "imports = [ ./x.nix ];")}#- /x.nix\n{ inventory.instances.sshd.roles.server.extraModules = [ ]; }`,
  ],
])("settings that are a function are not moved: %s", async (_name, clan) => {
  expect(await fixesFor("not-serializable", clan)).toEqual([]);
});

test.each([
  [
    "that inherits from an argument",
    server("{ pkgs, ... }: { inherit (pkgs) x; }"),
    ["Move it to `extraModules`"],
  ],
  [
    "that inherits from a file",
    `${server("{ pkgs, ... }: { hostKeys = { inherit (import ./keys.nix) rsa; }; }")}#- /keys.nix\n{ rsa.enable = true; }`,
    ["Write the settings without the function"],
  ],
])("settings that are a function %s", async (_name, clan, fixes) => {
  expect(await fixesFor("not-serializable", clan)).toEqual(fixes);
});

test.each([
  ["nested", "inventory.services = { sshd.main.roles.server.tags = [ ]; };"],
  ["named apart", "inventory.services.sshd = { main.roles.server.tags = [ ]; };"],
  ["computed", 'inventory.services.sshd.${builtins.head [ "x" ]}.roles.server.tags = [ ];'],
])("the old services are not written anew: %s", async (_name, services) => {
  expect(await fixesFor("removed-option", `{ inventory.machines.a = { }; ${services} }`)).toEqual([]);
});

test("the old services in inventory.json are told, and left", async () => {
  const clan = `
{ inventory.machines.a = { }; }
#- /inventory.json
{ "services": { "sshd": { "main": { "roles": {} } } } }
`;
  expect(await fixesFor("removed-option", clan)).toEqual([]);
});
