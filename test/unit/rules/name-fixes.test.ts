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
