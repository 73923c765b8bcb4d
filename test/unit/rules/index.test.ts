import { expect, test } from "vitest";
import { evaluateClans } from "../../../server/src/clan/evaluate.ts";
import { checkClan, checkSource, type RuleLevels } from "../../../server/src/rules/index.ts";
import { fixtureRoot, snapshotOf } from "../helpers/clan.ts";
import { parseFixture } from "../helpers/fixture.ts";

/** "clan.nix error[unknown-role]" for every finding, in order. */
async function findings(text: string, levels: RuleLevels = {}): Promise<string[]> {
  const snapshot = await snapshotOf(parseFixture(text).files);
  return evaluateClans(snapshot)
    .flatMap((clan) => checkClan(snapshot, clan, levels))
    .map(({ path, severity, code }) => `${path.slice(fixtureRoot.length + 1)} ${severity}[${code}]`);
}

const mistakes = `
  #- /clan.nix
  {
    imports = [ ./b.nix ./a.nix ];
    inventory.machines.a.targetHost = "h";
    inventory.instances.sshd.roles.sever.machines.b = { };
  }
  #- /a.nix
  { meta.tld = "x"; meta.domain = 5; }
  #- /b.nix
  { meta.nam = "x"; }
`;

test("sorted by file and place", async () => {
  expect(await findings(mistakes)).toEqual([
    "a.nix warning[deprecated-option]",
    "a.nix error[type-mismatch]",
    "b.nix error[unknown-option]",
    "clan.nix error[unknown-option]",
    "clan.nix error[unknown-role]",
    "clan.nix warning[unknown-machine]",
  ]);
});

test("levels by code", async () => {
  const levels: RuleLevels = { "unknown-option": "hint", "unknown-role": "off", "unknown-machine": "error" };
  expect(await findings(mistakes, levels)).toEqual([
    "a.nix warning[deprecated-option]",
    "a.nix error[type-mismatch]",
    "b.nix hint[unknown-option]",
    "clan.nix hint[unknown-option]",
    "clan.nix error[unknown-machine]",
  ]);
});

test("comments silence", async () => {
  expect(
    await findings(`
      # clan-ls: ignore-file unknown-machine
      {
        inventory.machines.a.targetHost = "h"; # clan-ls: ignore unknown-option
        # clan-ls: ignore
        inventory.instances.sshd.roles.sever.machines.b = { };
        inventory.instances.sshd.roles.serve.machines.b = { };
      }
    `),
  ).toEqual(["clan.nix error[unknown-role]"]);
});

test("the worse of two findings at one place counts", async () => {
  expect(
    await findings(`
      let settings = { prot = 80; }; in
      {
        inventory.machines.a = { };
        inventory.instances.a = { module.name = "internet"; roles.default = { inherit settings; }; };
        inventory.instances.b = { module.name = "internet"; roles.default = { inherit settings; tags.all = { }; }; };
      }
    `),
  ).toEqual(["clan.nix error[unknown-setting]"]);
});

test("syntax errors of the clan's code, not of other files it reads", async () => {
  expect(
    await findings(`
      #- /clan.nix
      {
        imports = [ ./broken.nix ];
        meta.description = builtins.readFile ./notes.txt;
        machines.a.keys = builtins.fromJSON (builtins.readFile ./keys.json);
      }
      #- /broken.nix
      { inventory.machines.a = ; }
      #- /notes.txt
      not { Nix
      #- /keys.json
      { "a": }
    `),
  ).toEqual(["broken.nix error[syntax-error]"]);
});

test.each([
  ["sops", '{\n\t"data": "ENC[AES256_GCM,data:Zm9v,type:str]",\n\t"sops": { "version": "3.9.0" }\n}'],
  ["git-crypt", "\0GITCRYPT\0\u0001\ufffd;{"],
  ["age", "age-encryption.org/v1\n-> X25519 abc\n--- def\n\ufffd;{"],
])("a file encrypted with %s has one error", async (tool, text) => {
  const snapshot = await snapshotOf(new Map([["/x.nix", text]]));
  const source = snapshot.source(`${fixtureRoot}/x.nix`) ?? expect.fail();
  expect(checkSource(source, snapshot).map(({ message }) => message)).toEqual([
    `The file is encrypted with ${tool}: Nix cannot read it before it is decrypted.`,
  ]);
});

test("one file by itself", async () => {
  const snapshot = await snapshotOf(new Map([["/x.nix", "{ a = ; }\n"]]));
  const source = snapshot.source(`${fixtureRoot}/x.nix`) ?? expect.fail();
  expect(checkSource(source, snapshot).map(({ code }) => code)).toEqual(["syntax-error"]);
  expect(checkSource(source, snapshot, { "syntax-error": "off" })).toEqual([]);
});
