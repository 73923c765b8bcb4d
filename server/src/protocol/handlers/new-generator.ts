/** clan/generatorPlaces and clan/newGenerator, requests of our own: what the editor asks while a person adds a generator. */
import type { WorkspaceEdit } from "vscode-languageserver";
import {
  type GeneratorPlaceSummary,
  type GeneratorPlacesParams,
  generatorPlacesRequest,
  type NewGeneratorParams,
  type NewThingAnswer,
  newGeneratorRequest,
} from "../../../../shared/requests.ts";
import { generatorPlaces } from "../../features/new-things/generator-places.ts";
import { newGenerator } from "../../features/new-things/new-generator.ts";
import { toPossibleEdit } from "../workspace-edit.ts";
import { clanAt } from "./clan-at.ts";
import type { RequestHandler } from "./handler.ts";

export const generatorPlacesHandler: RequestHandler<GeneratorPlacesParams, GeneratorPlaceSummary[]> = {
  method: generatorPlacesRequest,
  about: {
    title: "Where a generator can be written",
    summary:
      "The modules of machines that a new generator can be added to, with the machines that read each. It is not a method of the Language Server Protocol.",
    entities: { machine: "The modules it reads." },
  },
  capability: () => ({}),
  empty: [],
  prepare: (session) => session.evaluateMachines(),
  handle(session, { root, machine }) {
    const clan = clanAt(session, root);
    if (clan === undefined) return [];
    return generatorPlaces(clan, session.workspace.snapshot(), machine).map(({ path, ...place }) => ({
      uri: session.uris.toUri(path),
      ...place,
    }));
  },
};

const nothing: NewThingAnswer<WorkspaceEdit> = { edit: null, problems: [] };

export const newGeneratorHandler: RequestHandler<NewGeneratorParams, NewThingAnswer<WorkspaceEdit>> = {
  method: newGeneratorRequest,
  about: {
    title: "A new generator",
    summary:
      "The edit that adds a generator to a module of machines, and what would be wrong with it, for an editor that asks a person. It is not a method of the Language Server Protocol.",
    entities: { generator: "One that is not there yet." },
  },
  capability: () => ({}),
  empty: nothing,
  prepare: (session) => session.evaluateMachines(),
  handle(session, { root, uri, ...choice }) {
    const clan = clanAt(session, root);
    const path = session.uris.toPath(uri);
    if (clan === undefined || path === undefined) return nothing;
    const snapshot = session.workspace.snapshot();
    const { proposal, problems } = newGenerator(clan, snapshot, session.clans, { path, ...choice });
    // A file that comes into being is all there is to it.
    return { edit: (proposal && toPossibleEdit(session, proposal, false)) ?? null, problems };
  },
};
