/** The answer to `clan/inventory`: what pickers and views of the editor show of the clans. */
import type { ClanSummary } from "../../../shared/requests.ts";
import type { Clan } from "../clan/model.ts";
import type { Uris } from "./uris.ts";

export function toClanSummary(clan: Clan, uris: Uris): ClanSummary {
  return {
    root: uris.toUri(clan.root),
    name: clan.name,
    machines: [...clan.machines.known.values()].map(({ name, class: system, tags, targetHost }) => ({
      name,
      class: system,
      tags,
      targetHost,
    })),
    tags: [...clan.tags.known.values()]
      .filter(({ machines }) => machines.length > 0)
      .map(({ name, machines }) => ({ name, machines })),
    open: clan.machines.open?.reason,
  };
}
