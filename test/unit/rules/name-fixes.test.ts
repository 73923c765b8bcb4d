/** The fixes of findings, by what the text is after each: `*` marks the one that is preferred. */
import { expect, test } from "vitest";
import { collectFindings } from "../../../server/src/features/findings.ts";
import { applyEdits } from "../helpers/edits.ts";
import { queryAtCursor } from "../helpers/feature.ts";

/** Of the finding at the cursor. */
async function fixesOf(fixture: string): Promise<Record<string, string>> {
  const { query, text } = await queryAtCursor(fixture);
  const { snapshot, path, offset } = query;
  const finding = collectFindings(snapshot, query.clans(snapshot)).find(
    (each) => each.path === path && each.start <= offset && offset <= each.end,
  );
  expect(finding).toBeDefined();
  return Object.fromEntries(
    (finding?.fixes ?? []).map(({ title, preferred, edits }) => [
      `${preferred === true ? "* " : ""}${title}`,
      applyEdits(text, edits).trim(),
    ]),
  );
}

const role = (name: string) => `{ inventory.instances.sshd.roles.${name}.tags.all = { }; }`;

test("a wrong name: the nearest, the others where they are few, and none at all", async () => {
  expect(await fixesOf(role("ser$0v"))).toEqual({
    "* Change to `server`": role("server"),
    "Change to `client`": role("client"),
    "Remove `serv`": "{ }",
  });
  expect(await fixesOf(role("foob$0ar"))).toEqual({
    "Change to `client`": role("client"),
    "Change to `server`": role("server"),
    "Remove `foobar`": "{ }",
  });
});

test("where many names are possible, the nearest alone; a comment is not lost", async () => {
  const machines = Array.from({ length: 9 }, (_, index) => `m${index}.tags = [ ]; `).join("");
  const clan = (name: string) =>
    `{ inventory.machines = { ${machines}}; inventory.instances.sshd.roles.server.machines.${name} = { /* why */ }; }`;
  expect(await fixesOf(clan("zzz$0z"))).toEqual({});
});

test("a value that is none of an enum's: all of them, the near one preferred", async () => {
  const clan = (value: string) => `{ inventory.machines.web.machineClass = ${value}; }`;
  expect(await fixesOf(clan('"nix$0o"'))).toEqual({
    '* Change to `"nixos"`': clan('"nixos"'),
    'Change to `"darwin"`': clan('"darwin"'),
  });
  expect(await fixesOf(clan('"wind$0ows"'))).toEqual({
    'Change to `"nixos"`': clan('"nixos"'),
    'Change to `"darwin"`': clan('"darwin"'),
  });
  // What is computed is not replaced.
  expect(await fixesOf(clan('("wind$0" + "ows")'))).toEqual({});
});

test("a boolean, and what may be null", async () => {
  const clan = (value: string) => `{ inventory.machines.web.deploy.forwardAgent = ${value}; }`;
  expect(Object.keys(await fixesOf(clan('"y$0es"')))).toEqual([
    "Change to `true`",
    "Change to `false`",
    "Change to `null`",
  ]);
  expect(Object.keys(await fixesOf(clan('"tr$0ue"')))[0]).toBe("* Change to `true`");
});

test("a role that needs a machine: each of the few there are", async () => {
  const clan = (rest: string) =>
    `{ inventory.machines = { a = { }; b = { }; }; inventory.instances.zerotier = { roles.peer.tags = [ "all" ];${rest} }; }`;
  const fixture = clan("").replace("zerotier", "zero$0tier");
  expect(await fixesOf(fixture)).toEqual({
    "Make `a` a `controller`": clan(" roles.controller.machines.a = { };"),
    "Make `b` a `controller`": clan(" roles.controller.machines.b = { };"),
  });
});

test("a module that is not there can be made; a file of data, or outside of the clan, not", async () => {
  const created = async (imported: string) => {
    const { query } = await queryAtCursor(`
      #- /clan/flake.nix
      {
        inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
        outputs = { self, clan-core }: { clan = clan-core.lib.clan { inherit self; imports = [ ./clan.nix ]; }; };
      }
      #- /clan/clan.nix
      { meta.name = "x"; imports = [ $0${imported} ]; }`);
    const findings = collectFindings(query.snapshot, query.clans(query.snapshot));
    expect(findings.map(({ code }) => code)).toContain("evaluation-error");
    return findings.flatMap(({ fixes = [] }) =>
      fixes.map(({ title, creates }) => [title, ...(creates?.keys() ?? [])]),
    );
  };
  expect(await created("./modules/web.nix")).toEqual([["Create `modules/web.nix`", "/clan/modules/web.nix"]]);
  expect(await created("./modules")).toEqual([]);
});

/** A clan with zerotier, whose controller is one machine at most. */
const controllers = (role: string) => `{
  inventory.machines = { a.tags = [ "t" ]; b.tags = [ "t" ]; c.tags = [ "u" ]; };
  inventory.instances.z = { module.name = "zerotier"; roles.controller = { ${role} }; };
}`;

/** By the title, what is written of the role afterwards. */
async function controllersLeft(role: string): Promise<Record<string, string>> {
  const fixes = await fixesOf(controllers(role).replace("controller", "control$0ler"));
  const [before = "", after = ""] = controllers("\0").split("\0");
  return Object.fromEntries(
    Object.entries(fixes).map(([title, text]) => {
      expect([text.startsWith(before.trim()), text.endsWith(after.trim())]).toEqual([true, true]);
      return [title, text.slice(before.length, text.length - after.length).trim()];
    }),
  );
}

const [only, without] = ["Keep only `*` in the role", "Remove `*` from the role"].map(
  (title) => (machine: string) => title.replace("*", machine),
) as [(machine: string) => string, (machine: string) => string];

test.each<[string, Record<string, string>]>([
  [
    "machines = { a = { }; b = { }; };",
    { [without("a")]: "machines = { b = { }; };", [without("b")]: "machines = { a = { }; };" },
  ],
  [
    "machines.a = { }; machines.b = { };",
    { [without("a")]: "machines.b = { };", [without("b")]: "machines.a = { };" },
  ],
  [
    "machines = { a = { }; b = { }; c = { }; };",
    {
      [only("a")]: "machines = { a = { }; };",
      [only("b")]: "machines = { b = { }; };",
      [only("c")]: "machines = { c = { }; };",
    },
  ],
  [`tags = [ "t" ];`, { [without("a")]: "machines.b = { };", [without("b")]: "machines.a = { };" }],
  [
    `tags = [ "t" "u" ];`,
    {
      [only("a")]: "machines.a = { };",
      [only("b")]: "machines.b = { };",
      [only("c")]: `tags = [ "u" ];`,
    },
  ],
  [
    `machines.a = { }; tags = [ "u" ];`,
    { [without("a")]: `tags = [ "u" ];`, [without("c")]: "machines.a = { };" },
  ],
  // A tag brings a machine, too, that is named.
  [
    `machines.a = { }; tags = [ "t" ];`,
    { [without("a")]: "machines.b = { };", [without("b")]: "machines.a = { };" },
  ],
  ["machines = { a = { /* why */ }; b = { }; };", { [without("b")]: "machines = { a = { /* why */ }; };" }],
])("a role with too many machines: %s", async (role, expected) => {
  expect(await controllersLeft(role)).toEqual(expected);
});

test.each([
  ["a comment in the tags", `tags = [ /* why */ "t" ];`],
  ["a comment beside the tags", `tags = /* why */ [ "t" ];`],
  ["tags that are computed", `tags = [ "t" ] ++ [ ];`],
  ["tags with a variable", `tags = let t = "t"; in [ t ];`],
  ["tags with an interpolation", 'tags = [ "${"t"}" ];'],
  ["machines that are computed beside tags", `machines = { c = { }; } // { }; tags = [ "t" ];`],
  ["machines that are not written", `machines = builtins.listToAttrs [ ]; tags = [ "t" ];`],
])("a role with too many machines by %s is left as it is", async (_name, role) => {
  expect(await controllersLeft(role)).toEqual({});
});

/** What is written of a role whose settings are this function, by the title of the fix. */
async function settingsFixes(settings: string, beside = ""): Promise<Record<string, string>> {
  const role = "{ inventory.instances.internet.roles.default = {";
  const fixes = await fixesOf(`${role} ${beside} settings = $0${settings}; }; }`);
  return Object.fromEntries(
    Object.entries(fixes).map(([title, text]) => [title, text.slice(role.length, -"}; }".length).trim()]),
  );
}

const data = "* Write the settings without the function";
const moved = "Move it to `extraModules`";

test.each([
  ['{ pkgs, ... }: { host = "h"; }', data, 'settings = { host = "h"; };'],
  ['args: { host = "h"; }', data, 'settings = { host = "h"; };'],
  ["{ pkgs, ... }: { host = pkgs.x; }", moved, "extraModules = [ ({ pkgs, ... }: { host = pkgs.x; }) ];"],
  ["args: { host = args.h; }", moved, "extraModules = [ (args: { host = args.h; }) ];"],
  ["{ host, ... }: { inherit host; }", moved, "extraModules = [ ({ host, ... }: { inherit host; }) ];"],
  [
    '{ lib, ... }: { host = (x: x) "h"; }',
    moved,
    'extraModules = [ ({ lib, ... }: { host = (x: x) "h"; }) ];',
  ],
  [
    "{ lib, ... }: let x = 1; in { host = x; }",
    moved,
    "extraModules = [ ({ lib, ... }: let x = 1; in { host = x; }) ];",
  ],
])("settings that are a function: %s", async (settings, title, expected) => {
  expect(await settingsFixes(settings)).toEqual({ [title]: expected });
});

test("settings that are a function go to the modules there are", async () => {
  const settings = "{ pkgs, ... }: { host = pkgs.x; }";
  expect(await settingsFixes(settings, "extraModules = [ ./x.nix ];")).toEqual({
    [moved]: `extraModules = [ ./x.nix (${settings}) ];`,
  });
});

test.each([
  ["{ pkgs, /* why */ ... }: { host = pkgs.x; }", ""],
  ["{ pkgs, ... }: # why\n { host = 1; }", ""],
  ["{ pkgs, ... }: { host = pkgs.x; # why\n }", ""],
  ["{ pkgs, ... }: { host = pkgs.x; }", "extraModules = import ./modules.nix;"],
])("no comment is lost, and nothing moved to what is no list: %s %s", async (settings, beside) => {
  expect(await settingsFixes(settings, beside)).toEqual({});
});

test("a function below settings, or for one machine, is not moved", async () => {
  const role = "inventory.instances.internet.roles.default";
  expect(await fixesOf(`{ ${role}.settings.host = $0{ pkgs, ... }: pkgs.x; }`)).toEqual({});
  expect(await fixesOf(`{ ${role}.machines.a.settings = $0{ pkgs, ... }: { a = pkgs.x; }; }`)).toEqual({});
});
