/** clan/newMembers, a request of our own: the edit that brings machines and tags a person has chosen into a role. */
import type { WorkspaceEdit } from "vscode-languageserver";
import {
  type NewMembersParams,
  type NewThingAnswer,
  newMembersRequest,
} from "../../../../shared/requests.ts";
import { newMembers } from "../../features/new-things/new-members.ts";
import { toWorkspaceEdit } from "../workspace-edit.ts";
import { clanAt } from "./clan-at.ts";
import type { RequestHandler } from "./handler.ts";

const nothing: NewThingAnswer<WorkspaceEdit> = { edit: null, problems: [] };

export const newMembersHandler: RequestHandler<NewMembersParams, NewThingAnswer<WorkspaceEdit>> = {
  method: newMembersRequest,
  about: {
    title: "New machines in a role",
    summary:
      "The edit that adds machines and tags to a role, and what would be wrong with it, for an editor that asks a person. It is not a method of the Language Server Protocol.",
    entities: { role: "One of an instance that is there." },
  },
  capability: () => ({}),
  empty: nothing,
  handle(session, { root, ...choice }) {
    const clan = clanAt(session, root);
    if (clan === undefined) return nothing;
    const { proposal, problems } = newMembers(clan, session.workspace.snapshot(), session.clans, choice);
    return { edit: proposal === undefined ? null : toWorkspaceEdit(session, proposal), problems };
  },
};
