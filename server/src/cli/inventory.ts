/**
 * `clan-ls inventory [DIR]`: the clan's machines and instances, and who is in which role, as JSON.
 *
 *   { "version": 1, "meta": { "name": "infra" }, "machines": { "web01": { … } }, "instances": { … }, "unknown": [ ] }
 */
import type { Clan } from "../clan/model.ts";
import { chooseClan, type OpenedClans, openClans } from "./open-clans.ts";
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
  terminal.print(`${JSON.stringify(toJson(clan, opened), undefined, 2)}\n`);
  return 0;
}

function toJson(clan: Clan, { root, snapshot }: OpenedClans) {
  const positions = new Positions(snapshot);
  const machines = [...clan.machines.known.values()].map(({ name, class: system, tags, targetHost }) => [
    name,
    { class: system, tags, targetHost: targetHost ?? null },
  ]);
  const instances = [...clan.instances.known.values()].map(({ name, module, service, roles }) => [
    name,
    {
      service: service.kind === "known" ? service.service.name : (module.name ?? null),
      input: module.input ?? null,
      roles: Object.fromEntries(
        [...roles.values()].map((role) => [
          role.name,
          { machines: role.members.map(({ machine }) => machine) },
        ]),
      ),
    },
  ]);
  const unknown = clan.unknown.map((part) => jsonUnknown(part, root, positions));
  return {
    version: 1,
    meta: { name: clan.name ?? null },
    machines: Object.fromEntries(machines),
    instances: Object.fromEntries(instances),
    unknown,
  };
}
