/** What people write who know what they want, and not yet where or how it is written: the message says so. */
import { expect, test } from "vitest";
import { afterFix, filesAfterFix, findingsOf } from "../helpers/check.ts";
import { parseFixture } from "../helpers/fixture.ts";

async function told(text: string): Promise<string> {
  const [found, ...others] = await findingsOf(parseFixture(`#- /clan.nix\n${text}`).files);
  expect(others).toEqual([]);
  return found?.finding.message ?? "";
}

const clan = (part: string) => `{ meta.name = "c"; inventory.machines.web = { }; ${part} }`;

test.each([
  ["meta.description = my-clan;", `meta.description = "my-clan";`],
  ["inventory.machines.db.tags = [ srv ];", `inventory.machines.db.tags = [ "srv" ];`],
  [
    "inventory.machines.db.deploy.targetHost = db.example.org;",
    `inventory.machines.db.deploy.targetHost = "db.example.org";`,
  ],
])("text without quotes: %s", async (written, meant) => {
  const [, text = ""] = /("[^"]*")/.exec(meant) ?? [];
  expect(await told(clan(written))).toMatch(
    new RegExp(`^Nix cannot evaluate this: undefined variable '[\\w-]+'\\. For text, write \`${text}\`\\.$`),
  );
  expect((await afterFix(clan(written))).trim()).toBe(clan(meant));
});

test.each([
  ["part of an expression", "meta.description = srv + srv;"],
  ["an argument", "meta.description = toString srv;"],
  ["a selection with a default", "meta.description = srv.x or null;"],
  ["a selection with a name in quotes", `meta.description = srv."x y";`],
  ["a selection that goes on", "meta.description = (srv.x).y;"],
  ["a variable that modules know", "meta.description = config.meta.name;"],
])("a variable that is not text alone: %s", async (_name, written) => {
  expect(await told(clan(written))).toMatch(/undefined variable '(srv|config)'\.$/);
});

test("a variable that is nearly one there is", async () => {
  expect(await told(`let server = "x"; in ${clan("meta.description = sever;")}`)).toMatch(
    /'sever'\. Did you mean `server`\?$/,
  );
});

test.each([
  [
    `inventory.machines.db.deploy.targetHost = [ "root@db" ];`,
    `inventory.machines.db.deploy.targetHost = "root@db";`,
  ],
  [`meta.description = [ "x" ];`, `meta.description = "x";`],
])("a list of one text: %s", async (written, meant) => {
  expect((await afterFix(clan(written))).trim()).toBe(clan(meant));
});

test.each([
  [
    "vars.generators.ca = { };",
    "Generators are set in the configuration of machines: `clan.core.vars.generators`.",
  ],
  [
    `inventory.machines.db.system = "x86_64-linux";`,
    "The system is set in the machine's configuration: `nixpkgs.hostPlatform`.",
  ],
  [
    "inventory.machines.db.modules = [ ];",
    "The configuration of a machine is in `machines.<name>`, or in `machines/<name>/configuration.nix`.",
  ],
  ["inventory.machines.db.roles = { };", "Machines are put into roles in `inventory.instances`."],
  [
    `inventory.instances.a = { service = "sshd"; roles.server.machines.web = { }; };`,
    "The service is named in `module`.",
  ],
  [
    "inventory.instances.sshd = { enable = true; roles.server.machines.web = { }; };",
    "An instance that is written is used: leave it out.",
  ],
])("where it is instead: %s", async (written, note) => {
  const found = await findingsOf(parseFixture(`#- /clan.nix\n${clan(written)}`).files);
  expect(found.map(({ finding }) => finding.message)).toContainEqual(expect.stringContaining(note));
});

const flake = (outputs: string) => `#- /flake.nix
{
  inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
  inputs.other.url = "github:someone/other";
  outputs = ${outputs};
}
`;
const made = (what: string) =>
  `{ clan = clan-core.lib.clan { inherit self; meta.name = ${what}; inventory.machines.web = { }; }; }`;

async function fixesIn(outputs: string): Promise<string[]> {
  const found = await findingsOf(parseFixture(flake(outputs)).files);
  return found.flatMap(({ finding }) => (finding.fixes ?? []).map(({ title }) => title));
}

test.each([
  ["itself", `{ clan-core, ... }: ${made('"c"')}`, ["Add the argument `self`"]],
  ["an input", `{ self, clan-core }: ${made("other.name")}`, ["Add the argument `other`"]],
  // No input of that name: it may be text.
  ["what is no input", `{ self, clan-core }: ${made("others.name")}`, ['Change to `"others.name"`']],
  ["where no arguments are named", `inputs: with inputs; ${made('"c"')}`, []],
])("the outputs of a flake ask for %s", async (_name, outputs, fixes) => {
  expect(await fixesIn(outputs)).toEqual(fixes);
});

test("the fix puts it among the arguments", async () => {
  const before = flake(`{ clan-core, ... }: ${made('"c"')}`);
  expect(await filesAfterFix(before)).toBe(before.replace("{ clan-core, ... }", "{ self, clan-core, ... }"));
});
