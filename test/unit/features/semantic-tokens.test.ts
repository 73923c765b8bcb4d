import { expect, test } from "vitest";
import { OccurrenceTables } from "../../../server/src/features/occurrences.ts";
import { collectSemanticTokens } from "../../../server/src/features/semantic-tokens.ts";
import { queryAtCursor } from "../helpers/feature.ts";

/** The words of the file with `$0` that have a colour, each with its type (without `clan`) and modifiers. */
async function colours(fixture: string): Promise<string[]> {
  const { query, text } = await queryAtCursor(fixture);
  return collectSemanticTokens(query, new OccurrenceTables()).map(({ start, end, type, modifiers }) =>
    [text.slice(start, end), type.replace("clan", ""), ...modifiers].join(" "),
  );
}

test("every word that means something, and nothing else", async () => {
  const found = await colours(`
    {
      $0meta.name = "home";
      inventory.machines.web = { tags = [ "srv" ]; description = "srv"; };
      inventory.instances.mesh = {
        module.name = "zerotier";
        roles.controller.machines."web".settings.allowedIps = [ ];
        roles.peer.tags = { srv = { }; all = { }; };
      };
    }
  `);
  expect(found).toEqual([
    "web Machine declaration",
    "srv Tag declaration",
    "mesh Instance declaration",
    "zerotier Service",
    "controller Role",
    "web Machine",
    "allowedIps Setting",
    "peer Role",
    "srv Tag",
    "all Tag defaultLibrary",
  ]);
});

test("words in a let that something inherits", async () => {
  const found = await colours(`
    let $0both = { roles.client.tags.all = { }; }; in
    { inventory.instances = { borgbackup = both; sshd = both; }; }
  `);
  expect(found).toEqual([
    "client Role",
    "all Tag defaultLibrary",
    "borgbackup Instance declaration",
    "sshd Instance declaration",
  ]);
});

test("generators, their files and prompts, in scripts too; what code selects", async () => {
  const found = await colours(`
    { inventory.machines.web = { }; }
    #- /clan/machines/web/configuration.nix
    { config, self, ... }:
    {
      $0clan.core.vars.generators.ca = {
        files.key = { };
        prompts.pin = { };
        script = "cat $prompts/pin > $out/key";
      };
      clan.core.vars.generators.leaf = { dependencies = [ "ca" ]; script = "cat $in/ca/key"; };
      a = config.clan.core.vars.generators.ca.files.key.path;
      b = self.nixosConfigurations.web;
    }
  `);
  expect(found).toEqual([
    "ca Generator declaration",
    "key GeneratorFile declaration",
    "pin Prompt declaration",
    "pin Prompt",
    "key GeneratorFile",
    "leaf Generator declaration",
    "ca Generator",
    "ca Generator",
    "key GeneratorFile",
    "ca Generator",
    "key GeneratorFile",
    "web Machine",
  ]);
});

test("a word over two lines has none", async () => {
  expect(await colours('{ $0inventory.machines.web.tags = [ "a\nb" "c" ]; }')).toEqual([
    "web Machine declaration",
    "c Tag declaration",
  ]);
});
