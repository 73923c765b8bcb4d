/** A secret of sops-nix or agenix on its way to a generator. */
import { expect, test } from "vitest";
import { evaluateClans } from "../../../../server/src/clan/evaluate.ts";
import { collectSecrets, secretToGenerator } from "../../../../server/src/features/adopt/secret-generator.ts";
import { withEdits } from "../../../../server/src/features/rename/apply-edits.ts";
import { fixtureRoot, snapshotOf } from "../../helpers/clan.ts";
import { parseFixture } from "../../helpers/fixture.ts";

const web = "machines/web/configuration.nix";

const fixture = (module: string, more = ""): string => `#- /flake.nix
{
  inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
  outputs = { self, clan-core, ... }: {
    clan = (clan-core.lib.clan { inherit self; meta.name = "home"; inventory.machines.web = { }; }).config;
  };
}
#- /${web}
${module}
#- /unused.nix
{ age.secrets.lost.file = ./lost.age; }
${more}`;

/** The next step for the secret called token: what is written, or why nothing is. */
async function step(text: string, name = "token"): Promise<{ text: string; problems: readonly string[] }> {
  const snapshot = await snapshotOf(parseFixture(text).files);
  const [clan] = evaluateClans(snapshot);
  const secret = clan && collectSecrets(snapshot, clan).find((one) => one.name === name);
  if (clan === undefined || secret === undefined) return expect.fail("there is no such secret");
  const { edits, problems } = secretToGenerator(clan, snapshot, evaluateClans, secret);
  const after = withEdits(
    snapshot,
    [...edits].sort((a, b) => a.start - b.start),
  );
  return { text: after.readFile(`${fixtureRoot}/${web}`) ?? "", problems };
}

const done = "#- /vars/per-machine/web/token/token/secret\nx\n";
const both = `
  clan.core.vars.generators.token = {
    prompts.token = { type = "multiline-hidden"; persist = true; };
  };
`;

test.each([
  [
    "agenix, with who may read it",
    '{ config, ... }: {\n  age.secrets.token = {\n    file = ./token.age;\n    owner = "web";\n    mode = "440";\n  };\n}',
    ['files.token.owner = "web";', 'files.token.mode = "0440";'],
  ],
  [
    "sops-nix, in a set of several",
    "{ config, ... }: {\n  sops = {\n    secrets = {\n      token = { group = config.x; };\n      other = { };\n    };\n  };\n}",
    ["files.token.group = config.x;"],
  ],
  ["an option of it alone", "{\n  age.secrets.token.file = ./token.age;\n}", []],
])("a generator comes beside it: %s", async (_, module, lines) => {
  const { text, problems } = await step(fixture(module));
  expect(problems).toEqual([]);
  expect(text).toContain("\n  clan.core.vars.generators.token = {\n    prompts.token = {\n");
  expect(text).toContain('      type = "multiline-hidden";\n      persist = true;\n');
  for (const line of lines) expect(text).toContain(`    ${line}\n`);
  expect(text).toMatch(/(age|sops)(\.secrets\.token| = \{)/);
});

test("while it has no value both stay", async () => {
  const { text, problems } = await step(fixture(`{ age.secrets.token.file = ./token.age; ${both} }`));
  expect(problems).toEqual([
    "The generator `token` has no value yet: run `clan vars generate web`. Until then both stay.",
  ]);
  expect(text).toContain("age.secrets.token.file");
});

test("once it has its value, what reads the secret reads the generator", async () => {
  const { text, problems } = await step(
    fixture(
      `{ config, ... }: { age.secrets.token.file = ./token.age; age.secrets.other.file = ./o.age; ${both} services.web.tokenFile = config.age.secrets.token.path; }`,
      done,
    ),
  );
  expect(problems).toEqual([]);
  expect(text).not.toContain("age.secrets.token");
  expect(text).toContain("age.secrets.other.file = ./o.age;");
  expect(text).toContain("tokenFile = config.clan.core.vars.generators.token.files.token.path;");
});

test.each([
  ["is read by more than its path", "x = config.age.secrets.token.mode;", "has no counterpart in vars"],
  ["may be read by another name", "x = builtins.attrNames config.age.secrets;", "has no counterpart in vars"],
  ["has a comment", 'age.secrets.token.owner = /* me */ "ann";', "Comments stand in the secret"],
])("nothing is taken out where the secret %s", async (_, more, problem) => {
  const { text, problems } = await step(
    fixture(`{ config, ... }: { age.secrets.token.file = ./token.age; ${both} ${more} }`, done),
  );
  expect(problems.join()).toContain(problem);
  expect(text).toContain("age.secrets.token.file");
});

test("a file that no machine reads has none yet", async () => {
  expect((await step(fixture("{ }"), "lost")).problems.join()).toContain(
    "Move its host into the clan first.",
  );
});
