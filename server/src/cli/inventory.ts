/**
 * `clan-ls inventory [DIR]`: the clan's machines and instances, and who is in which role, as JSON.
 *
 *   { "version": 1, "meta": { "name": "infra" }, "machines": { "web01": { … } }, "instances": { … }, "unknown": [ ] }
 */
import { toInventoryJson } from "../clan/inventory-json.ts";
import { collectUnknown } from "../clan/unread-files.ts";
import { chooseClan, openClans } from "./open-clans.ts";
import { chooseFormat, parseOptions, takeOverrides } from "./options.ts";
import { Positions } from "./report/report.ts";
import type { Terminal } from "./terminal.ts";
import { jsonUnknown } from "./unknown-part.ts";

export async function runInventory(args: readonly string[], terminal: Terminal): Promise<number> {
  const { rest, overrides } = takeOverrides(args);
  const { values, positionals } = parseOptions(rest, { format: { type: "string" } }, 1);
  chooseFormat(values.format, ["json"]);
  const opened = await openClans(positionals[0], terminal, overrides);
  const clan = chooseClan(opened);
  const positions = new Positions(opened.snapshot);
  const unknown = collectUnknown(clan, opened.snapshot).map((part) =>
    jsonUnknown(part, opened.root, positions),
  );
  terminal.print(`${JSON.stringify({ ...toInventoryJson(clan), unknown }, undefined, 2)}\n`);
  return 0;
}
