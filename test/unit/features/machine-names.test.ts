import { expect, test } from "vitest";
import { collectMachineNames } from "../../../server/src/features/machine-names.ts";
import { queryAtCursor } from "../helpers/feature.ts";

test("each machine at its name, once, in the order written", async () => {
  const { query, text } = await queryAtCursor(`
    {
      $0inventory.machines.web = { };
      inventory.machines."a b".tags = [ "srv" ];
      inventory.machines.web.tags = [ "srv" ];
      imports = [ ./more.nix ];
    }
    #- /clan/more.nix
    { inventory.machines.db = { }; }
  `);
  const places = collectMachineNames(query);
  expect(
    places.map(({ machine, range }) => [machine, text.slice(0, range.start).split("\n").length]),
  ).toEqual([
    ["web", 2],
    ["a b", 3],
  ]);
});
