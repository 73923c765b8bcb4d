/** `constructor` and `toString` are names in Nix like any other, though every object of JavaScript answers to them. */
import { describe, expect, test } from "vitest";
import { collectFindings } from "../../../server/src/features/findings.ts";
import { hover } from "../../../server/src/features/hover.ts";
import { OccurrenceTables } from "../../../server/src/features/occurrences.ts";
import { findReferences } from "../../../server/src/features/references.ts";
import { queryAtCursor } from "../helpers/feature.ts";

const names = ["constructor", "toString", "valueOf", "hasOwnProperty", "isPrototypeOf", "__proto__"];

const clan = (name: string) => `
#- /clan/clan.nix
{
  inventory.machines.${name} = { tags = [ "${name}" ]; machineClass = "${name}"; ${name} = "${name}"; };
  inventory.instances.${name} = { module.name = "sshd"; roles.${name}.machines.${name}.settings.${name} = 1; roles.server.machines.${name} = { }; };
  inventory.instances.other = { module.name = "${name}"; roles.${name}.tags.${name}.settings = { }; };
  modules.own = { ${name}, ... }: { _class = "clan.service"; manifest.name = "own"; roles.${name}.perInstance = { ${name}, settings, ... }: { }; };
  inventory.instances.own = { module = { name = "own"; input = "self"; }; roles.${name}.machines.${name} = { }; };
  ${name} = 1;
}
#- /clan/machines/${name}/configuration.nix
{ ${name}, ... }: {
  clan.core.vars.generators.${name} = { files.${name}.neededFor = "${name}"; prompts.${name}.type = "${name}"; dependencies = [ "${name}" ]; script = "cat $prompts/${name} > $out/${name}"; };
}
`;

describe.each(names)("%s", (name) => {
  const fixture = clan(name);
  const places = [...fixture.matchAll(new RegExp(name, "g"))]
    .map(({ index }) => index)
    .filter((at) => fixture[at - 1] !== "/");

  test("is found, hovered and reported as any other name is", async () => {
    const like = clan("someName");
    const codes = async (text: string) => {
      const { query } = await queryAtCursor(text.replace('[ "', '[ $0"'));
      return collectFindings(query.snapshot, query.clans(query.snapshot))
        .map(({ code }) => code)
        .sort();
    };
    expect(await codes(fixture)).toEqual(await codes(like));
    for (const at of places) {
      const { query } = await queryAtCursor(`${fixture.slice(0, at + 1)}$0${fixture.slice(at + 1)}`);
      const tables = new OccurrenceTables();
      hover(query, tables);
      findReferences(query, tables);
    }
  });
});
