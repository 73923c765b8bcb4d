/** The graph of generators: textDocument/prepareCallHierarchy, callHierarchy/incomingCalls and outgoingCalls. */
import {
  type CallHierarchyIncomingCall,
  type CallHierarchyIncomingCallsParams,
  CallHierarchyIncomingCallsRequest,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type CallHierarchyOutgoingCallsParams,
  CallHierarchyOutgoingCallsRequest,
  type CallHierarchyPrepareParams,
  CallHierarchyPrepareRequest,
} from "vscode-languageserver";
import type { Clan } from "../../clan/model.ts";
import {
  findDependencies,
  findDependents,
  type GeneratorCall,
  type GeneratorItem,
  prepareGenerators,
} from "../../features/call-hierarchy.ts";
import type { Converter } from "../convert.ts";
import type { Session } from "../session.ts";
import type { RequestHandler } from "./handler.ts";
import { queryAt } from "./query.ts";
import { symbolKinds } from "./symbol-kinds.ts";

export const prepareCallHierarchyHandler: RequestHandler<CallHierarchyPrepareParams, CallHierarchyItem[]> = {
  method: CallHierarchyPrepareRequest.method,
  about: {
    title: "Graph of generators",
    summary: "Shows the generator at the cursor in the call hierarchy.",
    entities: {
      generator: "At its name, and at those of its files and prompts; with the machines that have it.",
    },
  },
  capability: () => ({ callHierarchyProvider: true }),
  empty: [],
  handle(session, params) {
    const query = queryAt(session, params);
    if (query === undefined) return [];
    const converter = session.converter();
    return prepareGenerators(query, session.occurrences).map((item) => toItem(item, converter));
  },
};

export const incomingCallsHandler: RequestHandler<
  CallHierarchyIncomingCallsParams,
  CallHierarchyIncomingCall[]
> = {
  method: CallHierarchyIncomingCallsRequest.method,
  about: {
    title: "Dependents of a generator",
    summary: "Who depends on the generator, as its callers.",
    entities: { generator: "Those with it in `dependencies`." },
  },
  capability: () => ({}),
  empty: [],
  prepare: (session) => session.evaluateMachines(),
  handle(session, { item }) {
    const converter = session.converter();
    return clansOf(session, item).flatMap((clan) =>
      findDependents(clan, item.name).map((call) => ({
        from: toItem(call.item, converter),
        fromRanges: rangesIn(call, call.item.location.path, converter),
      })),
    );
  },
};

export const outgoingCallsHandler: RequestHandler<
  CallHierarchyOutgoingCallsParams,
  CallHierarchyOutgoingCall[]
> = {
  method: CallHierarchyOutgoingCallsRequest.method,
  about: {
    title: "Dependencies of a generator",
    summary: "Whom the generator depends on, as those it calls.",
    entities: { generator: "Those in its `dependencies`." },
  },
  capability: () => ({}),
  empty: [],
  prepare: (session) => session.evaluateMachines(),
  handle(session, { item }) {
    const converter = session.converter();
    const path = session.uris.toPath(item.uri);
    return clansOf(session, item).flatMap((clan) =>
      findDependencies(clan, item.name).map((call) => ({
        to: toItem(call.item, converter),
        fromRanges: path === undefined ? [] : rangesIn(call, path, converter),
      })),
    );
  },
};

/** `data` says of which clan it is. */
function toItem({ clan, name, location, machines }: GeneratorItem, converter: Converter): CallHierarchyItem {
  const { uri, range } = converter.toLocation(location);
  const detail = machines.join(", ");
  return {
    name,
    kind: symbolKinds.generator,
    detail,
    uri,
    range,
    selectionRange: range,
    data: { root: clan.root },
  };
}

function clansOf(session: Session, { data }: CallHierarchyItem): readonly Clan[] {
  const root: unknown = Reflect.get(Object(data), "root");
  return session.clans(session.workspace.snapshot()).filter((clan) => clan.root === root);
}

/** The protocol knows only places in the file of the generator that depends. */
function rangesIn({ places }: GeneratorCall, path: string, converter: Converter) {
  return places.filter((each) => each.path === path).map((each) => converter.toRange(path, each));
}
