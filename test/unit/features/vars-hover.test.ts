import { expect, test } from "vitest";
import { hover } from "../../../server/src/features/hover.ts";
import { OccurrenceTables } from "../../../server/src/features/occurrences.ts";
import { queryAtCursor } from "../helpers/feature.ts";

async function hoverText(configuration: string): Promise<string | undefined> {
  const { query } = await queryAtCursor(`
    #- /clan/clan.nix
    { inventory.machines.web = { }; }
    #- /clan/vars/shared/ca/ca.pem/value
    -----BEGIN-----
    #- /clan/vars/shared/ca/key/secret
    SECRET-TEXT
    #- /clan/machines/web/configuration.nix
    { config, ... }:
    {
      clan.core.vars.generators.root.files.seed = { };
      clan.core.vars.generators.ca = {
        share = true;
        files."ca.pem".secret = false;
        files.key.deploy = false;
        dependencies = [ "root" ];
        prompts.pin = { type = "hidden"; description = "The PIN"; };
        script = "cat $prompts/pin $in/root/seed > $out/key";
      };
      ${configuration}
    }`);
  return hover(query, new OccurrenceTables())?.text;
}

test("a generator: files, prompts, what it needs, machines", async () => {
  const text = await hoverText("x = config.clan.core.vars.generators.c$0a.files.key.path;");
  expect(text).toContain("**generator** `ca` · shared");
  expect(text).toContain("- `ca.pem` · public · generated");
  expect(text).toContain("- `key` · secret · not deployed");
  expect(text).toContain("- `pin` · hidden: The PIN");
  expect(text).toContain("Needs:\n- `root`");
  expect(text).toContain("`web`");
});

test("a file in a script and in the configuration; the value of a public one, never that of a secret", async () => {
  const inScript = await hoverText(
    `clan.core.vars.generators.b = { dependencies = [ "ca" ]; script = "cat $in/ca/k$0ey"; };`,
  );
  expect(inScript).toContain("**file** `key` of the generator `ca` · secret");
  expect(inScript).not.toContain("SECRET");
  expect(await hoverText(`x = config.clan.core.vars.generators.ca.files."ca.p$0em".value;`)).toContain(
    "-----BEGIN-----",
  );
  expect(await hoverText(`x = config.clan.core.vars.generators.ca.files.k$0ey.path;`)).not.toContain(
    "SECRET",
  );
});

test("a prompt, an option of a generator, and what is none", async () => {
  expect(await hoverText(`clan.core.vars.generators.ca.prompts.p$0in.persist = true;`)).toContain(
    "**prompt** `pin`",
  );
  expect(await hoverText(`clan.core.vars.generators.b.sh$0are = true;`)).toContain(
    "Generated once for all machines",
  );
  expect(await hoverText(`x.y$0 = config.generators;`)).toBeUndefined();
});
