import { expect, test } from "vitest";
import {
  collectFixes,
  collectMachineActions,
  collectVarsActions,
  findingsIn,
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
  const actions = collectFixes(findingsIn(findings, query.path, { start: cursor, end: cursor }));
  expect(actions.map((action) => action.kind === "fix" && [action.fix.title, action.fix.preferred])).toEqual([
    ["Change to `server`", true],
    ["Change to `client`", undefined],
    ["Remove `servr`", undefined],
  ]);
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
