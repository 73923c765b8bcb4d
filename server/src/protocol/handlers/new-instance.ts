/** clan/services and clan/newInstance, requests of our own: what the editor asks while a person adds an instance. */
import type { WorkspaceEdit } from "vscode-languageserver";
import {
  type AvailableServiceSummary,
  type NewInstanceAnswer,
  type NewInstanceParams,
  newInstanceRequest,
  type ServicesParams,
  servicesRequest,
} from "../../../../shared/requests.ts";
import { newInstance } from "../../features/new-things/new-instance.ts";
import { typeInWords } from "../../features/type-words.ts";
import { toPossibleEdit } from "../workspace-edit.ts";
import { clanAt } from "./clan-at.ts";
import type { RequestHandler } from "./handler.ts";

export const servicesHandler: RequestHandler<ServicesParams, AvailableServiceSummary[]> = {
  method: servicesRequest,
  about: {
    title: "Services there are",
    summary:
      "The services an instance can be of, for pickers. It is not a method of the Language Server Protocol.",
    entities: {
      service: "Name, input, description and roles.",
      role: "Name, description and how many machines.",
    },
  },
  capability: () => ({}),
  empty: [],
  handle(session, { root }) {
    const services = clanAt(session, root)?.availableServices() ?? [];
    return services.map(({ name, input, service }) => ({
      name,
      input,
      description: service.description,
      deprecated: service.deprecated,
      categories: service.categories,
      roles: [...service.roles.values()].map((role) => ({
        name: role.name,
        description: role.description,
        minMachines: role.minMachines,
        maxMachines: role.maxMachines,
      })),
    }));
  },
};

const nothing: NewInstanceAnswer<WorkspaceEdit> = { edit: null, problems: [], missing: [] };

export const newInstanceHandler: RequestHandler<NewInstanceParams, NewInstanceAnswer<WorkspaceEdit>> = {
  method: newInstanceRequest,
  about: {
    title: "A new instance",
    summary:
      "The edit that adds an instance of a service, what would be wrong with it and which settings it needs, for an editor that asks a person. It is not a method of the Language Server Protocol.",
    entities: {
      instance: "One that is not there yet.",
      setting: "Those that are required, and what is wrong with their values.",
    },
  },
  capability: () => ({}),
  empty: nothing,
  handle(session, { root, ...choice }) {
    const clan = clanAt(session, root);
    if (clan === undefined || clan.instances.known.has(choice.name)) return nothing;
    const { proposal, problems, missing } = newInstance(
      clan,
      session.workspace.snapshot(),
      session.clans,
      choice,
    );
    return {
      edit: (proposal && toPossibleEdit(session, proposal, true)) ?? null,
      problems,
      missing: missing.map(({ role, path, option, choices }) => ({
        role,
        path,
        description: option.description,
        example: option.example,
        type: typeInWords(option.type),
        choices,
      })),
    };
  },
};
