/** clan/inventory, a request of our own: the clans as pickers and views of the editor show them. */
import { type ClanSummary, inventoryRequest } from "../../../../shared/requests.ts";
import type { Clan } from "../../clan/model.ts";
import type { Uris } from "../uris.ts";
import type { RequestHandler } from "./handler.ts";

export const inventoryHandler: RequestHandler<unknown, ClanSummary[]> = {
  method: inventoryRequest,
  about: {
    title: "Inventory",
    summary:
      "The clans of the workspace, for pickers and views. It is no method of the Language Server Protocol.",
    entities: {
      machine: "Name, class, tags and where it is deployed.",
      tag: "Name and machines.",
    },
  },
  capability: () => ({}),
  empty: [],
  handle: (session) =>
    session.clans(session.workspace.snapshot()).map((clan) => toClanSummary(clan, session.uris)),
};

function toClanSummary(clan: Clan, uris: Uris): ClanSummary {
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
