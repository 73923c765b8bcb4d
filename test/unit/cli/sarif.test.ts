/** What `--format sarif` writes is SARIF 2.1.0, by its schema and by what the schema cannot say. */
import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { rules } from "../../../server/src/rules/all.ts";
import { clanLs } from "./terminal.ts";

const schema = JSON.parse(
  readFileSync(new URL("../../fixtures/sarif-2.1.0.schema.json", import.meta.url), "utf8"),
);
const validate = new Ajv({ allErrors: true, strict: false }).compile(schema);

const fixtures: Readonly<Record<string, string>> = {
  "nothing wrong": '{ meta.name = "x"; }',
  "each severity, related places, and a file with a name that has to be encoded": `
    #- /work/clan.nix
    {
      imports = [ (./. + "/möre#1.nix") ./machines.nix ];
      meta.tld = "lan";
      machines.wbe = { };
      inventory.machines.web = { };
      inventory.machines.db = { };
      inventory.instances.sshd.roles.server = { tags = [ "nobody" ]; settings.generateRootKey = true; };
      inventory.instances.sshd.roles.sever = { };
    }
    #- /work/möre#1.nix
    { inventory.instances.sshd.roles.server.settings.generateRootKey = true; }
    #- /work/machines.nix
    { inventory.machines.web.machineClass = "nixso"; }
  `,
  "several lines, and a file that cannot be parsed": `
    { inventory.machines.web.tags = ''
        a
      ''; inventory.instances = ; }
  `,
};

test.each(Object.entries(fixtures))("the schema holds: %s", async (_, fixture) => {
  const { out } = await clanLs(["check", "--format", "sarif"], fixture);
  validate(JSON.parse(out));
  expect(validate.errors).toBeNull();
});

test("every result has a rule of the tool, and every file is below the base", async () => {
  const fixture = Object.values(fixtures)[1];
  const { out } = await clanLs(["check", "--format", "sarif"], fixture);
  const [{ tool, results, originalUriBaseIds }] = JSON.parse(out).runs;
  const ids: string[] = tool.driver.rules.map(({ id }: { id: string }) => id);
  expect(ids).toEqual(rules.map(({ code }) => code));
  expect(originalUriBaseIds.CLAN.uri).toMatch(/^file:\/\/\/.*\/$/);
  const levels = new Set<string>();
  for (const { ruleId, level, locations, relatedLocations } of results) {
    expect(ids).toContain(ruleId);
    levels.add(level);
    for (const { physicalLocation } of [...locations, ...relatedLocations])
      expect(decodeURIComponent(physicalLocation.artifactLocation.uri)).toMatch(
        /^(clan|möre#1|machines)\.nix$/,
      );
  }
  expect([...levels].sort()).toEqual(["error", "note", "warning"]);
});

test("the schema refuses what is not SARIF", () => {
  expect(validate({ version: "2.1.0", runs: [{ tool: { driver: {} } }] })).toBe(false);
  expect(
    validate({ version: "2.1.0", runs: [{ tool: { driver: { name: "x" } }, results: [{ ruleId: "a" }] }] }),
  ).toBe(false);
});
