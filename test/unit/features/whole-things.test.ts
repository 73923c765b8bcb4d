/** What is offered whole is right: accepted with its defaults, where it can stand, nothing is found wrong. */
import { expect, test } from "vitest";
import { findingTexts } from "../helpers/check.ts";
import { completionItem, completionLabels } from "./check-completion.ts";

/** The file's text with the item accepted at `$0` as it is, but for the placeholders `typed`, by number. */
async function accept(code: string, label: string, typed: Readonly<Record<number, string>> = {}) {
  const { insertText } = await completionItem(code, label);
  // Innermost first: a default may hold a placeholder.
  const placeholder = /(?<!\\)\$(?:(\d+)|\{(\d+)(?::([^${}]*)|\|([^,|}]*)[^}]*)?\})/;
  let text = insertText;
  for (let found = placeholder.exec(text); found !== null; found = placeholder.exec(text)) {
    const [whole, bare, number, fallback, choice] = found;
    const written = typed[Number(bare ?? number)] ?? fallback ?? choice ?? "";
    text = text.slice(0, found.index) + written + text.slice(found.index + whole.length);
  }
  return code.replace("$0", () => text.replaceAll("\\$", "$"));
}

test("a machine", async () => {
  const text = await accept("{ inventory.machines = { $0 }; }", "clan-machine", { 1: "web" });
  expect(text).toContain('deploy.targetHost = "root@web";');
  expect(await findingTexts(text)).toEqual([]);
});

test("an instance", async () => {
  const code = "{ inventory.machines.web = { };\ninventory.instances = { $0 }; }";
  const text = await accept(code, "clan-instance", { 1: "mesh", 2: "zerotier", 3: "peer" });
  expect(await findingTexts(text)).toEqual(
    expect.not.arrayContaining([expect.stringMatching(/^(syntax|unknown)-/)]),
  );
});

test.each(["{ pkgs, ... }: { $0 }", "{ pkgs, ... }: { clan.core.vars.generators = { $0 }; }"])(
  "a generator whose script keeps its `$out`: %s",
  async (module) => {
    const clan = "#- /clan/clan.nix\n{ inventory.machines.web = { }; }";
    const code = `${clan}\n#- /clan/machines/web/configuration.nix\n${module}`;
    const text = await accept(code, "clan-generator");
    expect(text).toContain('> "$out/password"');
    expect(await findingTexts(text)).toEqual([]);
  },
);

test("a service with a role that an instance can use", async () => {
  const clan = await accept(
    `{
    inventory.machines.web = { };
    inventory.instances.mine = {
      module = { name = "mine"; input = "self"; };
      roles.server.machines.web.settings.port = 80;
    };
    modules.mine = $0;
  }`,
    "clan-service",
    { 1: "mine" },
  );
  expect(await findingTexts(clan)).toEqual([]);
  expect(await findingTexts(clan.replace("settings.port", "settings.prot"))).toEqual(
    expect.arrayContaining(["unknown-setting: prot"]),
  );
});

test.each([
  "{ $0 }",
  '{ meta.name = "$0"; }',
  "{ inventory.machines.$0 }",
  "{ inventory.machines.web = { $0 }; }",
  "{ inventory.machines = { $0 = { }; }; }",
  "{ inventory.instances.sshd.roles = { $0 }; }",
  "{ specialArgs = { $0 }; }",
  "{ # $0\n }",
])("nothing whole where it cannot stand: %s", async (code) => {
  const labels = await completionLabels(code);
  expect(labels.filter((label) => label.startsWith("clan-"))).toEqual([]);
});
