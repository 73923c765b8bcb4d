/** What a snippet writes is right: accepted with its defaults, in the place it is for, nothing is found wrong. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { findingTexts } from "../helpers/check.ts";

const snippets: Record<string, { prefix: string; body: string[] }> = JSON.parse(
  readFileSync("snippets/nix.json", "utf8"),
);

/** The text of a snippet accepted as it is, but for the placeholders `typed`, by number. */
function accept(prefix: string, typed: Readonly<Record<number, string>> = {}): string {
  const snippet = Object.values(snippets).find((candidate) => candidate.prefix === prefix);
  if (snippet === undefined) return expect.fail(`no snippet ${prefix}`);
  // Innermost first: a default may hold a placeholder.
  const placeholder = /(?<!\\)\$(?:(\d+)|\{(\d+)(?::([^${}]*)|\|([^,|}]*)[^}]*)?\})/;
  let text = snippet.body.join("\n");
  for (let found = placeholder.exec(text); found !== null; found = placeholder.exec(text)) {
    const [whole, bare, number, fallback, choice] = found;
    const written = typed[Number(bare ?? number)] ?? fallback ?? choice ?? "";
    text = text.slice(0, found.index) + written + text.slice(found.index + whole.length);
  }
  return text.replaceAll("\\$", "$");
}

it("writes a machine", async () => {
  const text = accept("clan-machine", { 1: "web" });
  expect(text).toContain('deploy.targetHost = "root@web";');
  expect(await findingTexts(`{ inventory.machines = {\n${text}\n}; }`)).toEqual([]);
});

it("writes an instance", async () => {
  const text = accept("clan-instance", { 1: "mesh", 2: "zerotier", 3: "peer" });
  const clan = `{ inventory.machines.web = { };\ninventory.instances = {\n${text}\n}; }`;
  expect(await findingTexts(clan)).toEqual(
    expect.not.arrayContaining([expect.stringMatching(/^(syntax|unknown)-/)]),
  );
});

it("writes a generator whose script keeps its `$out`", async () => {
  const text = accept("clan-generator");
  expect(text).toContain('> "$out/password"');
  expect(await findingTexts(`{ machines.web = { pkgs, ... }: {\n${text}\n}; }`)).toEqual([]);
});

it("writes a service with a role that an instance can use", async () => {
  const clan = `{
    inventory.machines.web = { };
    inventory.instances.mine = {
      module = { name = "mine"; input = "self"; };
      roles.server.machines.web.settings.port = 80;
    };
    modules.mine = ${accept("clan-service", { 1: "mine" })};
  }`;
  expect(await findingTexts(clan)).toEqual([]);
  expect(await findingTexts(clan.replace("settings.port", "settings.prot"))).toEqual(
    expect.arrayContaining(["unknown-setting: prot"]),
  );
});
