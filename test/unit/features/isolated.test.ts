/** What takes too long, or too much, in one part of a clan leaves the findings of all others. */
import { expect, it } from "vitest";
import { ClanCache } from "../../../server/src/clan/clan-cache.ts";
import { evaluateClans } from "../../../server/src/clan/evaluate.ts";
import { collectFindings } from "../../../server/src/features/findings.ts";
import type { Snapshot } from "../../../server/src/project/snapshot.ts";
import { workspaceOf } from "../helpers/workspace.ts";

const endless = "(let f = n: f (n + 1); in f 0)";
const huge = '(lib.strings.replicate 2000000000 "a")';

const clan = (parts: { meta?: string; more?: string; web?: string }) => `
#- /clan/clan.nix
{ lib, ... }: {
  meta.name = "demo";
  ${parts.meta ?? ""}
  inventory.machines = { web = { }; db = { }; };
  inventory.instances.a = { module.name = "sshd"; roles.servr.machines.db = { }; };
  ${parts.more ?? ""}
}
#- /clan/machines/web/configuration.nix
{ lib, ... }: ${parts.web ?? "{ }"}
#- /clan/machines/db/configuration.nix
{ clan.core.vars.generators.a.dependencies = [ "nope" ]; }
#- /other/clan.nix
{ inventory.machines.one.tagz = [ ]; }
`;

const settings = (value: string) =>
  `inventory.instances.b = { module.name = "users"; roles.default.machines.web.settings.v = ${value}; };`;

const script = (text: string) =>
  `{ clan.core.vars.generators.g = { files.a = { }; script = ''\n${text}\n''; }; }`;

const expansions = (start: string, count: number) => `${start.repeat(count)}${"}".repeat(count)}`;

it.each([
  ["imports of a machine", { web: `{ imports = ${endless}; }` }],
  ["imports without end", { web: "let f = n: { imports = [ (f (n + 1)) ]; }; in f 0" }],
  ["a machine's module", { web: endless }],
  ["a machine that is nested without end", { web: "let f = n: 1 + f (n + 1); in f 0" }],
  ["a text in a machine", { web: `{ imports = [ ${huge} ]; x = ${huge}; }` }],
  ["a description", { meta: `meta.description = ${endless};` }],
  ["a text in the clan", { meta: `meta.description = ${huge};` }],
  ["settings", { more: settings(endless) }],
  ["settings that hold each other", { more: settings("(let s = { a = s; b = [ s s ]; }; in s)") }],
  [
    "settings that explode",
    { more: settings("(let g = n: x: if n == 0 then x else g (n - 1) { a = x; b = x; }; in g 60 1)") },
  ],
  // With spaces: a row of so many dots is not parsed.
  ["imports of a path of 20,000 folders", { web: `{ imports = [ ./a${"/a".repeat(20_000)} ]; }` }],
  ["a script of 8,000 nested expansions", { web: script(`${expansions("''${a:-", 8_000)} > $out/a`) }],
  [
    "a script of 8,000 nested expansions in quotes",
    { web: script(`echo "${expansions("''${a:-", 8_000)}"`) },
  ],
  ["a script of 8,000 nested sums", { web: script(`echo $((${"(".repeat(8_000)}a${")".repeat(8_000)}))`) }],
  ["settings 5,000 deep", { more: settings(`{ x${" .a".repeat(5_000)} = 1; }`) }],
])("%s", async (_, parts) => {
  const { workspace } = await workspaceOf(clan(parts), ["/clan", "/other"]);
  const snapshot = workspace.snapshot();
  const found = collectFindings(snapshot, evaluateClans(snapshot)).map(({ path, code }) => `${path} ${code}`);
  expect(found).toEqual(
    expect.arrayContaining([
      "/clan/clan.nix unknown-role",
      "/clan/machines/db/configuration.nix unknown-generator",
      "/other/clan.nix unknown-option",
    ]),
  );
});

/** A state in which we have a defect as soon as anything is asked about the file. */
function defective(snapshot: Snapshot, file: string): Snapshot {
  return new Proxy(snapshot, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== "function") return member;
      return (path: unknown, ...more: unknown[]) => {
        if (path === file) throw new TypeError("a defect");
        return member.call(target, path, ...more);
      };
    },
  });
}

it("a defect of ours in one clan leaves the others, and is named", async () => {
  const { workspace } = await workspaceOf(clan({}), ["/clan", "/other"]);
  const snapshot = defective(workspace.snapshot(), "/clan/flake.nix");
  const log: string[] = [];
  const cache = new ClanCache(undefined, (folder, thrown) => log.push(`${folder}: ${thrown}`));
  const clans = cache.clansOf(snapshot);
  expect(clans.map(({ root }) => root)).toEqual(["/other"]);
  expect(cache.clansOf(snapshot)).toEqual(clans);
  expect(log).toEqual(["/clan: TypeError: a defect"]);
  expect(collectFindings(snapshot, clans).map(({ code }) => code)).toEqual(["unknown-option"]);
});

it("a defect of ours while one clan is checked leaves the others, and is named", async () => {
  const { workspace } = await workspaceOf(clan({}), ["/clan", "/other"]);
  const snapshot = workspace.snapshot();
  const clans = evaluateClans(snapshot);
  const log: string[] = [];
  const found = collectFindings(
    defective(snapshot, "/clan/machines/db/configuration.nix"),
    clans,
    [],
    {},
    (what, thrown) => log.push(`${what}: ${thrown}`),
  );
  expect(found.map(({ path }) => path)).toContain("/other/clan.nix");
  expect(log).toEqual(["the clan in /clan: TypeError: a defect"]);
});

it("a message of any length is cut", async () => {
  const { workspace } = await workspaceOf(
    clan({ more: settings('(throw (lib.strings.replicate 1000000 "a"))') }),
    ["/clan"],
  );
  const snapshot = workspace.snapshot();
  for (const { message } of collectFindings(snapshot, evaluateClans(snapshot)))
    expect(message.length).toBeLessThan(3_000);
});
