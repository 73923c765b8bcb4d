/** What takes too long, or too much, in one part of a clan leaves the findings of all others. */
import { expect, it } from "vitest";
import { evaluateClans } from "../../../server/src/clan/evaluate.ts";
import { collectFindings } from "../../../server/src/features/findings.ts";
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
  ["settings 5,000 deep", { more: settings(`{ x${".a".repeat(5_000)} = 1; }`) }],
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

it("a message of any length is cut", async () => {
  const { workspace } = await workspaceOf(
    clan({ more: settings('(throw (lib.strings.replicate 1000000 "a"))') }),
    ["/clan"],
  );
  const snapshot = workspace.snapshot();
  for (const { message } of collectFindings(snapshot, evaluateClans(snapshot)))
    expect(message.length).toBeLessThan(3_000);
});
