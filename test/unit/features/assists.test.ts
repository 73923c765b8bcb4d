import { describe, expect, test } from "vitest";
import { collectAssists } from "../../../server/src/features/assists/index.ts";
import { applyEdits } from "../helpers/edits.ts";
import { queryAtCursor } from "../helpers/feature.ts";

/** The file with the cursor after the change of that title, which must be on offer. */
async function checkAssist(
  fixture: string,
  title: string,
  expected: string,
  creates: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { query, text } = await queryAtCursor(fixture);
  const offered = collectAssists(query);
  const found = offered.find((each) => each.title === title);
  if (found === undefined)
    expect.fail(`${title} is not offered; there are: ${offered.map((each) => each.title).join(", ")}`);
  expect(
    applyEdits(
      text,
      found.edits.filter(({ path }) => path === query.path),
    ),
  ).toBe(`${expected}\n`);
  expect(Object.fromEntries(found.creates ?? [])).toEqual(creates);
}

async function titles(fixture: string): Promise<string[]> {
  const { query } = await queryAtCursor(fixture);
  return collectAssists(query).map((each) => each.title);
}

const clan = (roles: string) => `{
  inventory.machines = {
    db.tags = [ "srv" ];
    web.tags = [ "srv" ];
    nb = { };
  };
  inventory.instances.zerotier = { ${roles} };
}`;

describe("adds a role", () => {
  test("to an instance that is a set", () =>
    checkAssist(
      "{ inventory.instances.zero$0tier = { roles.peer.tags.all = { }; }; }",
      "Add role `moon`",
      "{ inventory.instances.zerotier = { roles.peer.tags.all = { }; roles.moon = { }; }; }",
    ));
  test("with the settings it needs", () =>
    checkAssist(
      "{ inventory.instances.wire$0guard = { roles = { peer = { }; }; }; }",
      "Add role `controller`",
      '{ inventory.instances.wireguard = { roles = { peer = { }; controller = { settings.endpoint = ""; }; }; }; }',
    ));
  test("to one that is written in dotted paths", () =>
    checkAssist(
      "{\n  inventory.instances.zero$0tier.roles.peer.tags.all = { }; # all of them\n}",
      "Add role `controller`",
      "{\n  inventory.instances.zerotier.roles.peer.tags.all = { }; # all of them\n  inventory.instances.zerotier.roles.controller = { };\n}",
    ));
  test("but none it has, nor of a service that is not known", async () => {
    expect(await titles("{ inventory.instances.zero$0tier = { roles.peer = { }; }; }")).not.toContain(
      "Add role `peer`",
    );
    const other = await titles('{ inventory.instances.x$0 = { module.input = "other"; }; }');
    expect(other.filter((title) => title.startsWith("Add role"))).toEqual([]);
  });
});

describe("adds a machine", () => {
  test("with its folder", () =>
    checkAssist(
      "{\n  inventory.machines = {$0\n    web = { };\n  };\n}",
      "Add machine `new-machine`",
      "{\n  inventory.machines = {\n    web = { };\n    new-machine = { };\n  };\n}",
      { "/clan/machines/new-machine/configuration.nix": expect.stringContaining("imports") },
    ));
  test("with the name that comes next where names are counted", () =>
    checkAssist(
      "{ inventory.machines = {$0 web = { }; node-09 = { }; node-08 = { }; }; }",
      "Add machine `node-10`",
      "{ inventory.machines = { web = { }; node-09 = { }; node-08 = { }; node-10 = { }; }; }",
      { "/clan/machines/node-10/configuration.nix": expect.any(String) },
    ));
  test("that a role names", () =>
    checkAssist(
      "{ inventory.machines.web = { }; inventory.instances.sshd.roles.server.machines.d$0b = { }; }",
      "Add machine `db`",
      "{ inventory.machines.web = { }; inventory.machines.db = { }; inventory.instances.sshd.roles.server.machines.db = { }; }",
      { "/clan/machines/db/configuration.nix": expect.any(String) },
    ));
});

describe("tags a machine", () => {
  test("that has a list", () =>
    checkAssist(
      '{ inventory.machines = { web.tags = [ "a" ]; d$0b.tags = [ "b" ]; }; }',
      "Tag `db` with `a`",
      '{ inventory.machines = { web.tags = [ "a" ]; db.tags = [ "b" "a" ]; }; }',
    ));
  test("that has no tags, from a role", () =>
    checkAssist(
      '{ inventory.machines = { web.tags = [ "a" ]; db = { }; }; inventory.instances.sshd.roles.server.machines.d$0b = { }; }',
      "Tag `db` with `a`",
      '{ inventory.machines = { web.tags = [ "a" ]; db = { tags = [ "a" ]; }; }; inventory.instances.sshd.roles.server.machines.db = { }; }',
    ));
});

describe("machines and tags of a role", () => {
  test("a tag that has just these machines", () =>
    checkAssist(
      clan("roles.peer.mach$0ines = { db = { }; web = { }; };"),
      "Use tag `srv` instead of the machines",
      clan("roles.peer.tags.srv = { };"),
    ));
  test("a tag beside others in a list", () =>
    checkAssist(
      clan('roles.peer = { tags = [ "x" ]; machines.d$0b = { }; machines.web = { }; };'),
      "Use tag `srv` instead of the machines",
      clan('roles.peer = { tags = [ "x" "srv" ]; };'),
    ));
  test("a new tag", () =>
    checkAssist(
      clan("roles.peer.mach$0ines = { db = { }; nb = { }; };"),
      "Tag the machines with `zerotier-peer`, and use it",
      clan("roles.peer.tags.zerotier-peer = { };")
        .replace('db.tags = [ "srv" ]', 'db.tags = [ "srv" "zerotier-peer" ]')
        .replace("nb = { }", 'nb = { tags = [ "zerotier-peer" ]; }'),
    ));
  test("not where a machine has settings", async () => {
    const fixture = clan("roles.peer.mach$0ines = { db = { settings.x = 1; }; web = { }; };");
    expect((await titles(fixture)).filter((title) => title.includes("tag"))).toEqual([]);
  });
  test("the machines of a tag", () =>
    checkAssist(
      clan('roles.peer.tags = [ "sr$0v" ];'),
      "Name the machines of tag `srv`",
      clan("roles.peer.machines = { db = { }; web = { }; };"),
    ));
  test("the machines of one of two tags, beside others", () =>
    checkAssist(
      clan('roles.peer = { tags = [ "sr$0v" "x" ]; machines = { db = { }; }; };'),
      "Name the machines of tag `srv`",
      clan('roles.peer = { tags = [ "x" ]; machines = { db = { }; web = { }; }; };'),
    ));
  test("tags as a set, and as a list", async () => {
    const list = clan('roles.peer.tags = [ "srv" "a b" ];');
    const set = clan('roles.peer.tags = { srv = { }; "a b" = { }; };');
    await checkAssist(list.replace("peer.tags", "peer.ta$0gs"), "Write the tags as a set", set);
    await checkAssist(set.replace("peer.tags", "peer.ta$0gs"), "Write the tags as a list", list);
  });
});

describe("moves an instance to a file of its own", () => {
  test("with its import and what it uses", () =>
    checkAssist(
      `{ lib, ... }:
{
  inventory.instances.ssh$0d = {
    roles.server.tags.all = { };
    roles.server.extraModules = [ ./ssh.nix ];
    roles.server.settings = lib.mkForce { };
  };
}`,
      "Move instance `sshd` to ./instances/sshd.nix",
      `{ lib, ... }:
{
  inventory.instances.sshd = import ./instances/sshd.nix { inherit lib; };
}`,
      {
        "/clan/instances/sshd.nix": `{ lib }:
{
  roles.server.tags.all = { };
  roles.server.extraModules = [ ../ssh.nix ];
  roles.server.settings = lib.mkForce { };
}
`,
      },
    ));
});

describe("attribute paths", () => {
  test("nested, and flattened again", async () => {
    await checkAssist(
      '{ inventory.machines.web = { deploy.target$0Host = "web"; }; }',
      "Nest `targetHost` in `deploy`",
      '{ inventory.machines.web = { deploy = { targetHost = "web"; }; }; }',
    );
    await checkAssist(
      '{ inventory.machines.web = { dep$0loy = { targetHost = "web"; }; }; }',
      "Write as `deploy.targetHost`",
      '{ inventory.machines.web = { deploy.targetHost = "web"; }; }',
    );
  });
  test("not where a comment would be lost, or a set be torn in two", async () => {
    expect(
      await titles("{ inventory.machines.web = { dep$0loy = { # why\n targetHost = null; }; }; }"),
    ).toEqual([]);
    const torn = '{ inventory.machines.web = { deploy.target$0Host = "a"; deploy.buildHost = "b"; }; }';
    expect(await titles(torn)).toEqual([]);
  });
  test("nothing in code that is not the clan's, or is broken", async () => {
    expect(await titles("{ machines.web = { services.ng$0inx = { enable = true; }; }; }")).toEqual([]);
    expect(await titles("{ inventory.machines.w$0eb = { deploy. }; }")).toEqual([]);
  });
});

/** A clan whose role `peer` is written so, with the cursor in it. */
const peer = (role: string, more = "") => `{
  inventory.machines = { db.tags = [ "srv" ]; web.tags = [ "srv" ]; nb = { }; ${more} };
  inventory.instances.zerotier.roles.peer = { ${role} };
}`;

describe("rewrites nothing of a role", () => {
  const asSet = "Write the tags as a set";
  const asList = "Write the tags as a list";
  const machines = "Name the machines of tag `srv`";

  test.each([
    [asSet, 'ta$0gs = [ "srv" ];'],
    [asList, "ta$0gs = { srv = { }; };"],
    [machines, 'tags = [ "sr$0v" ];'],
    [machines, "tags = { sr$0v = { }; };"],
    [machines, "tags.sr$0v = { };"],
  ])("but offers: %s, in %s", async (title, role) => {
    expect(await titles(peer(role))).toContain(title);
  });

  test.each([
    [asSet, "a comment", 'ta$0gs = [ "srv" /* why */ ];'],
    [asSet, "a variable", 'ta$0gs = let t = "srv"; in [ t ];'],
    [asSet, "an element that is computed", 'ta$0gs = [ (toString "srv") ];'],
    [asSet, "an empty list", "ta$0gs = [ ];"],
    [asSet, "lists put together", 'ta$0gs = [ "srv" ] ++ [ ];'],
    [asSet, "two definitions", 'ta$0gs = lib.mkMerge [ [ "srv" ] [ "all" ] ];'],
    [asList, "settings of a tag", "ta$0gs = { srv.settings.x = 1; };"],
    [asList, "a tag that is not empty", "ta$0gs = { srv = { settings = { }; }; };"],
    [asList, "a recursive set", "ta$0gs = rec { srv = { }; };"],
    [asList, "a comment in a set", "ta$0gs = { /* why */ srv = { }; };"],
    [asList, "an inherited tag", "ta$0gs = { inherit (x) srv; };"],
    [asList, "a tag that is computed", 'ta$0gs = { ${"s" + "rv"} = { }; };'],
    [asList, "an empty set", "ta$0gs = { };"],
    [machines, "settings of the tag", "tags.sr$0v = { settings.x = 1; };"],
    [machines, "a comment beside the tag", 'tags = [ "sr$0v" /* why */ ];'],
    [machines, "machines that are computed", 'tags = [ "sr$0v" ]; machines = builtins.listToAttrs [ ];'],
  ])("%s: not with %s", async (title, _what, role) => {
    expect(await titles(peer(role))).not.toContain(title);
  });

  test("where more machines may have the tag", async () => {
    const open = peer('tags = [ "sr$0v" ];', "x.tags = builtins.fetchTree { };");
    expect(await titles(open)).not.toContain(machines);
    expect(await titles(peer('tags = [ "nob$0ody" ];'))).not.toContain("Name the machines of tag `nobody`");
  });

  test("a tag whose machines are named already goes alone", () =>
    checkAssist(
      peer('tags = [ "sr$0v" ]; machines = { db = { }; web = { }; };'),
      machines,
      peer(" machines = { db = { }; web = { }; };").replace("{  machines", "{ machines"),
    ));

  test("a tag of a set leaves the others", () =>
    checkAssist(
      peer("tags = { all = { }; sr$0v = { }; };"),
      machines,
      peer("machines = { db = { }; web = { }; }; tags = { all = { }; };"),
    ));
});

describe("machines of a role become a tag", () => {
  test.each([
    ["machines that a tag has, and settings", "machines = { db$0 = { }; web.settings.a = 1; };"],
    ["a machine more", "machines = { db$0 = { }; web = { }; nb = { }; };"],
    ["a machine less", "machines = { db$0 = { }; };"],
    ["a comment", "machines = { db$0 = { }; /* why */ web = { }; };"],
    ["machines that are computed", "machines = { db$0 = { }; } // { web = { }; };"],
  ])("not with %s", async (_what, role) => {
    expect((await titles(peer(role))).filter((title) => title.includes("`srv`"))).toEqual([]);
  });

  test("not where more machines may have the tag", async () => {
    const role = "machines = { db$0 = { }; web = { }; };";
    expect((await titles(peer(role))).some((title) => title.includes("`srv`"))).toBe(true);
    const open = await titles(peer(role, "x.tags = builtins.fetchTree { };"));
    expect(open.filter((title) => title.includes("`srv`"))).toEqual([]);
  });
});
