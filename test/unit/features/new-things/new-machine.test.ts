/** A machine of what a person chose: what is written of it in the inventory. */
import { expect, test } from "vitest";
import { ClanCache } from "../../../../server/src/clan/clan-cache.ts";
import { newMachine } from "../../../../server/src/features/assists/add-machine.ts";
import { snapshotOf } from "../../helpers/clan.ts";
import { applyEdits } from "../../helpers/edits.ts";
import { parseFixture } from "../../helpers/fixture.ts";

const clan = `{
  inventory.machines = {
    web = { };
  };
}
`;

test.each([
  ["nixos", {}, "    nb = { };"],
  ["darwin", {}, '    nb = { machineClass = "darwin"; };'],
  ["nixos", { tags: ["srv", "a b"] }, '    nb = { tags = [ "srv" "a b" ]; };'],
  ["nixos", { targetHost: "root@nb" }, '    nb = { deploy.targetHost = "root@nb"; };'],
  [
    "darwin",
    { tags: ['"${x}'], targetHost: "nb" },
    '    nb = {\n      machineClass = "darwin";\n      tags = [ "\\"\\${x}" ];\n      deploy.targetHost = "nb";\n    };',
  ],
] as const)("%s %j", async (machineClass, data, expected) => {
  const snapshot = await snapshotOf(parseFixture(clan, "/clan.nix").files);
  const [found] = new ClanCache().clansOf(snapshot);
  if (found === undefined) throw new Error("no clan");
  const [edit] = newMachine(found, "nb", machineClass, snapshot, data)?.edits ?? [];
  const text = edit && applyEdits(clan, [edit]);
  expect(text).toBe(clan.replace("    web = { };", `    web = { };\n${expected}`));
  expect(snapshot.with("/workspace/clan.nix", text ?? "").source("/workspace/clan.nix")?.problems).toEqual(
    [],
  );
});
