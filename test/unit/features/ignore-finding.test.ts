import { expect, test } from "vitest";
import { collectFindings } from "../../../server/src/features/findings.ts";
import { collectIgnores } from "../../../server/src/features/ignore-finding.ts";
import { applyEdits } from "../helpers/edits.ts";
import { queryAtCursor } from "../helpers/feature.ts";

/** The text of the file with the cursor after each action for the findings on its line, by the action's title. */
async function ignored(fixture: string): Promise<Record<string, string>> {
  const { query, text } = await queryAtCursor(fixture);
  const lineOf = (offset: number) => text.slice(0, offset).split("\n").length;
  const findings = collectFindings(query.snapshot, query.clans(query.snapshot)).filter(
    ({ path, start }) => path === query.path && lineOf(start) === lineOf(query.offset),
  );
  expect(findings.length).toBeGreaterThan(0);
  const after: Record<string, string> = {};
  for (const action of collectIgnores(query.snapshot, findings)) {
    if (action.kind !== "fix") continue;
    const changed = applyEdits(text, action.fix.edits);
    after[action.fix.title] = changed.trimEnd();
    // It does what it says: the finding is gone, and nothing else came.
    const edited = query.snapshot.with(query.path, changed);
    const left = collectFindings(edited, query.clans(edited));
    const isHere = (code: string) => code === action.finding.code && action.fix.title.endsWith("here");
    const before = collectFindings(query.snapshot, query.clans(query.snapshot));
    expect(left.length).toBeLessThan(before.length);
    if (!isHere(action.finding.code))
      expect(left.some(({ path, code }) => path === query.path && code === action.finding.code)).toBe(false);
  }
  return after;
}

test("behind the line, or for the whole file", async () => {
  expect(
    await ignored(`
{
  inventory.machines.web = { };
  inventory.instances.sshd.roles.ser$0v.machines.web = { };
}`),
  ).toEqual({
    "Ignore unknown-role here": `{
  inventory.machines.web = { };
  inventory.instances.sshd.roles.serv.machines.web = { }; # clan-ls: ignore unknown-role
}`,
    "Ignore unknown-role in this file": `# clan-ls: ignore-file unknown-role
{
  inventory.machines.web = { };
  inventory.instances.sshd.roles.serv.machines.web = { };
}`,
  });
});

test("above the line where it is long or has a comment, and where text of several lines begins", async () => {
  const above = (before: string, after: string) =>
    expect(
      ignored(before).then(
        (found) => found["Ignore unknown-role here"] ?? found["Ignore type-mismatch here"],
      ),
    ).resolves.toBe(after);
  await above(
    "{\n  inventory.instances.sshd.roles.ser$0v.tags.all = { }; # why\n}",
    "{\n  # clan-ls: ignore unknown-role\n  inventory.instances.sshd.roles.serv.tags.all = { }; # why\n}",
  );
  await above(
    "{\n  inventory.machines.web.tags = ''$0\n    a\n  '';\n}",
    "{\n  # clan-ls: ignore type-mismatch\n  inventory.machines.web.tags = ''\n    a\n  '';\n}",
  );
});

test("a comment that is there gets the code besides", async () => {
  const found = await ignored(
    "{\n  inventory.instances.sshd.roles.ser$0v.machines.web = { }; # clan-ls: ignore unknown-role\n}".replace(
      "unknown-role",
      "unknown-tag",
    ),
  );
  expect(found["Ignore unknown-role here"]).toBe(
    "{\n  inventory.instances.sshd.roles.serv.machines.web = { }; # clan-ls: ignore unknown-tag, unknown-role\n}",
  );
  const alone = await ignored(
    "# clan-ls: ignore-file unknown-tag\n{\n  # clan-ls: ignore unknown-tag\n  inventory.instances.sshd.roles.ser$0v = { };\n}",
  );
  expect(alone).toEqual({
    "Ignore unknown-role here":
      "# clan-ls: ignore-file unknown-tag\n{\n  # clan-ls: ignore unknown-tag, unknown-role\n  inventory.instances.sshd.roles.serv = { };\n}",
    "Ignore unknown-role in this file":
      "# clan-ls: ignore-file unknown-tag, unknown-role\n{\n  # clan-ls: ignore unknown-tag\n  inventory.instances.sshd.roles.serv = { };\n}",
  });
});

test("inside of text no comment can stand: the file is offered alone, and JSON has neither", async () => {
  const script = await ignored(`
#- /clan/clan.nix
{ inventory.machines.web = { }; }
#- /clan/machines/web/configuration.nix
{
  clan.core.vars.generators.a = {
    prompts.token = { };
    files.x = { };
    script = ''
      echo a
      cat $prompts/tok$0en2 > $out/x
    '';
  };
}`);
  expect(Object.keys(script)).toEqual(["Ignore undeclared-prompt in this file"]);
  const json = await ignored(`
#- /clan/clan.nix
{ }
#- /clan/inventory.json
{ "instances": { "sshd": { "roles": { "se$0rv": { } } } } }`);
  expect(json).toEqual({});
});

test("in a substitution over several lines it stands where Nix reads comments", async () => {
  const found = await ignored(
    '{\n  meta.name = "a";\n  inventory.machines.web.description = "${\n    undefi$0ned\n  }";\n}',
  );
  expect(found["Ignore evaluation-error here"]).toBe(
    '{\n  meta.name = "a";\n  inventory.machines.web.description = "${\n    undefined # clan-ls: ignore evaluation-error\n  }";\n}',
  );
});

test("line breaks of Windows stay", async () => {
  const found = await ignored("{\r\n  inventory.instances.sshd.roles.ser$0v = { };\r\n}\r\n");
  expect(found["Ignore unknown-role here"]).toBe(
    "{\r\n  inventory.instances.sshd.roles.serv = { }; # clan-ls: ignore unknown-role\r\n}",
  );
});

test("of a syntax error, which ends the file for Nix, only in a whole file, which may be a template", async () => {
  const found = await ignored("{\n  inventory.machines.we$0b = @machine@;\n}");
  expect(Object.keys(found)).toEqual(["Ignore syntax-error in this file"]);
});
