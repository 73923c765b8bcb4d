import { expect, test } from "vitest";
import {
  collectFixes,
  collectMachineActions,
  collectVarsActions,
  findingsIn,
  mendable,
} from "../../../server/src/features/code-actions.ts";
import { collectFindings } from "../../../server/src/features/findings.ts";
import { queryAtCursor } from "../helpers/feature.ts";

test("the fixes of findings at the cursor, and not of others", async () => {
  const { query } = await queryAtCursor(`
    {
      inventory.machines.web = { };
      inventory.instances.sshd.roles = { serv$0r.machines.web = { }; clint = { }; };
    }
  `);
  const { snapshot, offset: cursor } = query;
  const findings = collectFindings(snapshot, query.clans(snapshot));
  const actions = collectFixes(snapshot, findingsIn(findings, query.path, { start: cursor, end: cursor }));
  expect(actions.map((action) => action.kind === "fix" && [action.fix.title, action.fix.preferred])).toEqual([
    ["Change to `server`", true],
    ["Change to `client`", undefined],
    ["Remove `servr`", undefined],
  ]);
});

test("a fix that would leave what cannot be read is not offered", async () => {
  const { query } = await queryAtCursor("{ inventory.machines.we$0b = { }; }");
  const { snapshot, path, offset: start } = query;
  const place = { path, start, end: start };
  const fixes = ["x", "x =", "${", "x\\"].map((text) => ({ title: text, edits: [{ ...place, text }] }));
  const twice = {
    title: "over each other",
    edits: [place, place].map((at) => ({ ...at, end: start + 1, text: "x" })),
  };
  const finding = {
    ...place,
    code: "unknown-role",
    severity: "error" as const,
    message: "…",
    fixes: [...fixes, twice],
  };
  const actions = collectFixes(snapshot, [finding]);
  expect(actions.map((action) => action.kind === "fix" && action.fix.title)).toEqual(["x"]);
});

test("a machine can be updated, and its vars generated", async () => {
  const { query } = await queryAtCursor(`
    {
      inventory.machines.web = { };
      inventory.instances.sshd.roles.server.machines.w$0eb = { };
    }
  `);
  expect(
    collectMachineActions(query).map((action) => action.kind === "machine" && [action.title, action.machine]),
  ).toEqual([
    ["Update `web`", "web"],
    ["Generate vars for `web`", "web"],
    ["Run a command of clan for `web`…", "web"],
  ]);
});

test("a machine that is none can not", async () => {
  const { query } = await queryAtCursor("{ inventory.instances.sshd.roles.server.machines.w$0eb = { }; }");
  expect(collectMachineActions(query)).toEqual([]);
});

test("vars that are read and not there can be generated, saying what that replaces", async () => {
  const { query } = await queryAtCursor(`
    { inventory.machines.web = { }; }
    #- /clan/machines/web/configuration.nix
    { config, ... }: {
      clan.core.vars.generators.ca.files = { key = { }; "ca.pem".secret = false; };
      environment.etc.ca.source = config.clan.core.vars.generators.ca.files.ke$0y.path;
    }
    #- /clan/vars/per-machine/web/ca/ca.pem/value
    PEM
  `);
  const runs = collectVarsActions(query).flatMap((action) => (action.kind === "generator" ? [action] : []));
  expect(
    runs.map(({ title, machines, generator, replaces }) => [title, machines, generator, replaces]),
  ).toEqual([["Generate vars for `web`", ["web"], "ca", ["ca/ca.pem (web)"]]]);
});

const readsKey = (generator: string) => `
    { inventory.machines.web = { }; }
    #- /clan/machines/web/configuration.nix
    { config, ... }: {
      clan.core.vars.generators.ca = ${generator};
      environment.etc.ca.source = config.clan.core.vars.generators.ca.files.ke$0y.path;
    }
`;
const onDisk = "\n    #- /clan/vars/per-machine/web/ca/key/value\n    x\n";

test.each([
  ["are there", `${readsKey("{ files.key.secret = false; }")}${onDisk}`, 0],
  ["are not there", readsKey("{ files.key.secret = false; }"), 1],
  ["are of a generator without files", readsKey('{ script = ""; }'), 0],
])("vars that are read and %s", async (_name, fixture, offered) => {
  const { query } = await queryAtCursor(fixture);
  expect(collectVarsActions(query)).toHaveLength(offered);
});

test("no vars are generated where none are read", async () => {
  const { query } = await queryAtCursor(
    readsKey("{ files.key = { }; }").replace("ke$0y", "key").replace("enviro", "en$0viro"),
  );
  expect(collectVarsActions(query)).toEqual([]);
});

test("findings touch a range with their ends, in the same file", () => {
  const finding = { path: "/a.nix", start: 5, end: 8, code: "x", severity: "error" as const, message: "…" };
  const touched = (path: string, start: number, end: number) =>
    findingsIn([finding], path, { start, end }).length;
  expect([touched("/a.nix", 8, 9), touched("/a.nix", 0, 5), touched("/a.nix", 6, 7)]).toEqual([1, 1, 1]);
  expect([touched("/a.nix", 9, 10), touched("/a.nix", 0, 4), touched("/b.nix", 6, 7)]).toEqual([0, 0, 0]);
});

test("fixes are looked for where they can make a file whole, and for as many findings as there is time for", async () => {
  const findings = async (text: string) => {
    const { query } = await queryAtCursor(text);
    const { snapshot, path } = query;
    const all = Array.from({ length: 300 }, () => ({
      path,
      start: 0,
      end: 1,
      code: "x",
      severity: "error" as const,
      message: "…",
    }));
    return [mendable(snapshot, all).length, mendable(snapshot, []).length];
  };
  expect(await findings("{ inventory.machines.web$0 = { }; }")).toEqual([300, 0]);
  expect(await findings(`{ inventory.machines.web$0 = { }; } # ${"x".repeat(40_000)}`)).toEqual([9, 0]);
  expect(await findings(`{ inventory.machines.web$0 = { }; } # ${"x".repeat(500_000)}`)).toEqual([1, 0]);
  expect(await findings(`{ a$0 = 1; ${"x = ; ".repeat(250)} }`)).toEqual([0, 0]);
});
