/**
 * What Nix answers about services. The recorded answer is clan-core's own `inventoryClass`, asked with the question
 * below over an input with its services sshd and borgbackup and one that throws; descriptions are replaced.
 */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { catalogue } from "../../../server/src/clan/catalogue/services.ts";
import { evaluateClans } from "../../../server/src/clan/evaluate.ts";
import type { Service } from "../../../server/src/clan/model.ts";
import { collectWanted, nixQuestion, parseNixServices } from "../../../server/src/clan/nix-services.ts";
import { checkClan } from "../../../server/src/rules/index.ts";
import { snapshotOf } from "../helpers/clan.ts";
import { parseFixture } from "../helpers/fixture.ts";

const recorded = readFileSync(new URL("../../fixtures/nix-services.json", import.meta.url), "utf8");
const services = parseNixServices(recorded) ?? expect.fail("the answer is not understood");

function service(name: string): Service {
  const found = services.get("far")?.get(name);
  return found?.kind === "known" ? found.service : expect.fail(`${name} is ${found?.kind}`);
}

test.each(["sshd", "borgbackup"])("%s: roles and settings are those the catalogue has", (name) => {
  const bundled = catalogue.get(name) ?? expect.fail(`the catalogue has no ${name}`);
  const found = service(name);
  expect(found).toMatchObject({
    name,
    origin: "nix",
    categories: bundled.categories,
    exports: bundled.exports,
  });
  expect([...found.roles.keys()]).toEqual([...bundled.roles.keys()]);
  for (const [role, { settings }] of bundled.roles)
    expect([...(found.roles.get(role)?.settings.options.keys() ?? [])].sort()).toEqual(
      [...settings.options.keys()].sort(),
    );
});

test("types, defaults and what is required", () => {
  const { options } = service("borgbackup").roles.get("client")?.settings ?? expect.fail("no client");
  const text = { kind: "either", of: [{ kind: "str" }, { kind: "path" }] };
  expect(options.get("startAt")).toMatchObject({ type: text, default: '"*-*-* 01:00:00"', required: false });
  expect(options.get("exclude")?.type).toEqual({ kind: "listOf", of: text });
  const destination = options.get("destinations")?.type;
  if (destination?.kind !== "attrsOf" || destination.of.kind !== "submodule")
    expect.fail("no set of submodules");
  expect(destination.of.options.options.get("repo")).toMatchObject({ type: text, required: true });
});

test("a service that throws is open, one that is not there is none of those there are", () => {
  expect(services.get("far")?.get("broken")?.kind).toBe("open");
  expect(services.get("far")?.get("none")).toMatchObject({
    kind: "unknown-service",
    input: "far",
    possible: ["borgbackup", "broken", "sshd"],
  });
  expect(services.get("gone")?.get("x")).toMatchObject({ kind: "unknown-service", possible: [] });
});

test.each(["", "{ }", "[1]", '[{ "input": "far" }]'])("%j is no answer", (text) => {
  expect(parseNixServices(text)).toBeUndefined();
});

test("the question is one argument vector; names are Nix strings in it", () => {
  const vector = nixQuestion([{ input: "far", name: '"${x}' }]);
  expect(vector.slice(2, 7)).toEqual([
    "eval",
    "--json",
    "--no-write-lock-file",
    ".#clanInternals.inventoryClass",
    "--apply",
  ]);
  expect(vector.at(-1)).toContain(String.raw`{ input = "far"; name = "\"\${x}"; }`);
});

const fixture = `
  #- /flake.nix
  {
    inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
    inputs.far.url = "github:someone/far";
    outputs = { self, clan-core, far }: {
      clan = clan-core.lib.clan {
        inherit self;
        meta.name = "x";
        inventory.machines.a = { };
        inventory.instances.one = { module = { name = "sshd"; input = "far"; }; roles.sever.machines.a = { }; };
        inventory.instances.two = { module = { name = "sshd"; input = "far"; }; roles.server.machines.a = { }; };
        inventory.instances.sshd.roles.server.machines.a = { };
      };
    };
  }
`;

test("services that are open otherwise are taken from it", async () => {
  const snapshot = await snapshotOf(parseFixture(fixture).files);
  const wanted = [{ input: "far", name: "sshd" }];
  const [before] = evaluateClans(snapshot);
  expect(before && collectWanted(before)).toEqual(wanted);
  const [after] = evaluateClans(snapshot, { nixServices: new Map([["/workspace", services]]) });
  // Asked again when the lock changes.
  expect(after && collectWanted(after)).toEqual(wanted);
  expect([before, after].map((clan) => clan && checkClan(snapshot, clan).map(({ code }) => code))).toEqual([
    [],
    ["unknown-role"],
  ]);
});
