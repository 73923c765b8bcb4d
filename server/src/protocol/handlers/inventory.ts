/** clan/inventory, a request of our own: the clans as pickers and views of the editor show them. */
import {
  type ClanSummary,
  type InstanceSummary,
  inventoryRequest,
  type PlaceArgument,
} from "../../../../shared/requests.ts";
import type { Clan, Instance, Machine } from "../../clan/model.ts";
import { findConfiguration } from "../../features/definition.ts";
import type { OptionNode } from "../../modules/option-node.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import type { Converter } from "../convert.ts";
import type { Uris } from "../uris.ts";
import type { RequestHandler } from "./handler.ts";

export const inventoryHandler: RequestHandler<unknown, ClanSummary[]> = {
  method: inventoryRequest,
  about: {
    title: "Inventory",
    summary:
      "The clans of the workspace, for pickers and views, each thing with where it is written. It is not a method of the Language Server Protocol.",
    entities: {
      machine: "Name, class, tags and where it is deployed.",
      tag: "Name and machines.",
      instance: "Name, service and input.",
      role: "Name, and its machines with the tags that brought them.",
    },
  },
  capability: () => ({}),
  empty: [],
  handle(session) {
    const snapshot = session.workspace.snapshot();
    const converter = session.converter();
    return session.clans(snapshot).map((clan) => toClanSummary(clan, snapshot, converter, session.uris));
  },
};

function toClanSummary(clan: Clan, snapshot: Snapshot, converter: Converter, uris: Uris): ClanSummary {
  return {
    root: uris.toUri(clan.root),
    name: clan.name,
    machines: [...clan.machines.known.values()].map((machine) => ({
      name: machine.name,
      class: machine.class,
      tags: machine.tags,
      targetHost: machine.targetHost,
      place: machinePlace(clan, machine, snapshot, converter),
    })),
    tags: [...clan.tags.known.values()]
      .filter(({ machines }) => machines.length > 0)
      .map(({ name, machines }) => ({ name, machines })),
    open: converter.toOpenSummary(clan.machines.open),
    instances: [...clan.instances.known.values()].map((instance) => toInstanceSummary(instance, converter)),
    instancesOpen: converter.toOpenSummary(clan.instances.open),
    machineTemplates: [...(clan.tree.at("templates", "machine")?.children().keys() ?? [])].sort(),
  };
}

function machinePlace(
  clan: Clan,
  { name, origins }: Machine,
  snapshot: Snapshot,
  converter: Converter,
): PlaceArgument | undefined {
  const file = findConfiguration(clan, name, snapshot);
  return converter.toPlace(origins[0]) ?? (file && converter.toLocation(file));
}

function toInstanceSummary(
  { name, option, module, service, roles }: Instance,
  converter: Converter,
): InstanceSummary {
  return {
    name,
    service: service.kind === "known" ? service.service.name : module.name,
    input: module.input ?? undefined,
    place: namePlace(option, converter),
    roles: [...roles.values()].map((role) => ({
      name: role.name,
      place: namePlace(role.option, converter),
      members: role.members,
      open: converter.toOpenSummary(role.open),
    })),
  };
}

/** Where the option's name is written first. */
function namePlace({ definitions }: OptionNode, converter: Converter): PlaceArgument | undefined {
  return converter.toPlace(definitions.flatMap(({ keys }) => keys)[0]);
}
