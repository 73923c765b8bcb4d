import { expect, test } from "vitest";
import {
  findDependencies,
  findDependents,
  type GeneratorCall,
  prepareGenerators,
} from "../../../server/src/features/call-hierarchy.ts";
import { OccurrenceTables } from "../../../server/src/features/occurrences.ts";
import type { Query } from "../../../server/src/features/query.ts";
import { queryAtCursor } from "../helpers/feature.ts";

/** What `$0` names, who depends on it and whom it depends on, with the words that say so. */
async function graph(fixture: string) {
  const { query } = await queryAtCursor(fixture);
  return prepareGenerators(query, new OccurrenceTables()).map(({ clan, name, location, machines }) => ({
    generator: `${name} of ${machines.join(", ")} in ${location.path.replace("/clan/", "")}`,
    dependents: findDependents(clan, name).map((call) => show(call, query)),
    dependencies: findDependencies(clan, name).map((call) => show(call, query)),
  }));
}

function show({ item, places }: GeneratorCall, { snapshot }: Query): string {
  const words = places.map(({ path, start, end }) => snapshot.readFile(path)?.slice(start, end));
  return `${item.name} (${words.join(", ")})`;
}

const clan = (body: string) => `
  #- /clan/clan.nix
  { inventory.machines = { web = { }; db = { }; }; }
  #- /clan/machines/web/configuration.nix
  {
    imports = [ ../../ca.nix ];
    clan.core.vars.generators.${body}
  }
  #- /clan/machines/db/configuration.nix
  {
    imports = [ ../../ca.nix ];
    clan.core.vars.generators.other = { dependencies = [ "ca" ]; files.x = { }; script = ""; };
  }
  #- /clan/ca.nix
  { clan.core.vars.generators.ca = { share = true; files.key = { }; script = ""; }; }
`;

const leaf = 'leaf = { dependencies = [ "ca" ]; files.crt = { }; script = ""; };';

test("from where one is named: who depends on it, on any machine", async () => {
  expect(await graph(clan(leaf.replace('"ca"', '"c$0a"')))).toEqual([
    {
      generator: "ca of db, web in ca.nix",
      dependents: ["leaf (ca)", "other (ca)"],
      dependencies: [],
    },
  ]);
});

test.each([
  ["its name", leaf.replace("leaf", "le$0af")],
  ["a file of it", leaf.replace("crt", "c$0rt")],
])("from %s: whom it depends on", async (_what, body) => {
  expect(await graph(clan(body))).toEqual([
    {
      generator: "leaf of web in machines/web/configuration.nix",
      dependents: [],
      dependencies: ["ca (ca)"],
    },
  ]);
});

test("nothing elsewhere", async () => {
  expect(await graph(clan(leaf).replace("inventory", "invent$0ory"))).toEqual([]);
});
