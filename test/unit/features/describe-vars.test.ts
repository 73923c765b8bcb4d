/** Generators, their files and prompts in words: what is not known is not said. */
import { expect, test } from "vitest";
import { hover } from "../../../server/src/features/hover.ts";
import { OccurrenceTables } from "../../../server/src/features/occurrences.ts";
import { queryAtCursor } from "../helpers/feature.ts";

/** The hover at `$0` in a generator `g`. */
async function said(generator: string, more = "", files = ""): Promise<string> {
  const { query } = await queryAtCursor(`
    #- /clan/clan.nix
    { inventory.machines.web = { }; }
    ${files.replaceAll("\n", "\n    ")}
    #- /clan/machines/web/configuration.nix
    { config, lib, pkgs, ... }: {
      clan.core.vars.generators.g = { ${generator} };
      ${more}
    }`);
  return hover(query, new OccurrenceTables())?.text ?? "nothing";
}

const read = (path: string) => `x.y = config.clan.core.vars.generators.${path};`;
const whole = read("g$0.files.a.path");

test.each([
  ["files.a.secret = pkgs.on;", "- `a` · missing", "- `a` · secret"],
  ["files.a.deploy = pkgs.on;", "- `a` · secret", "deployed"],
  ["files.a.deploy = false;", "- `a` · secret · not deployed", "generated"],
  ["files.a = { }; prompts.p = { };", "- `p` · line", "The PIN"],
  ["files.a = { }; prompts.p.type = pkgs.kind;", "- `p`", "- `p` ·"],
  ['files.a = { }; dependencies = [ "none" ];', "Needs:\n- `none` (unknown)", "- …"],
  ["files.a = { }; prompts = { p = { }; } // pkgs.more;", "- …", "Needs"],
  ["files = { a = { }; } // pkgs.more;", "- …", "Needs"],
  ["files.a = { };", "Machines", "Needs"],
])("the generator with %s", async (generator, there, missing) => {
  const text = await said(generator, whole);
  expect(text).toContain(there);
  expect(text).not.toContain(missing);
});

test("a circle of generators is told once", async () => {
  const text = await said(
    'files.a = { }; dependencies = [ "h" ];',
    `
    clan.core.vars.generators.h = { files.b = { }; dependencies = [ "g" ]; };
    ${whole}`,
  );
  expect(text).toContain("Needs:\n- `h`\n  - `g`");
  expect(text.split("`h`")).toHaveLength(3);
});

test("whether it was generated, where that is known", async () => {
  const secret = "#- /clan/vars/per-machine/web/g/a/secret\n{ }";
  expect(await said("files.a = { };", whole, secret)).toContain("`web` (generated)");
  expect(await said("files.a = { };", whole)).toContain("`web` (missing)");
  expect(await said("files.a = { }; share = pkgs.on;", whole)).not.toMatch(/`web` \(/);
});

test("the value of a public file, cut where it is long, and no block where it is empty", async () => {
  const value = (text: string) => `#- /clan/vars/per-machine/web/g/a/value\n${text}`;
  const file = read("g.files.a$0.value");
  expect(await said("files.a.secret = false;", file, value("PUB"))).toContain("PUB");
  const long = await said("files.a.secret = false;", file, value("x".repeat(5000)));
  expect(long).toContain("x…");
  expect(long).not.toContain("x".repeat(4000));
  expect(await said("files.a.secret = pkgs.on;", file, value("PUB"))).not.toContain("PUB");
});

test("a file that keeps the answer to a prompt, and a prompt that does", async () => {
  const generator = 'prompts.p = { persist = true; description = "The PIN"; };';
  expect(await said(generator, read("g.files.p$0.path"))).toContain("`p`");
  expect(await said(generator.replace("p = {", "p$0 = {"))).toContain("The answer is kept as a secret file.");
  expect(await said("prompts.p$0 = { persist = pkgs.on; };")).not.toContain("The answer is kept");
});
