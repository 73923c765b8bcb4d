/** clan/removeMachine, a request of our own: the edit that takes a machine out of the clan's files, once clan has deleted it. */
import type { WorkspaceEdit } from "vscode-languageserver";
import { type RemoveMachineParams, removeMachineRequest } from "../../../../shared/requests.ts";
import { machineRemoval } from "../../features/assists/remove-machine.ts";
import { readsWell } from "../../features/checked-edits.ts";
import { toWorkspaceEdit } from "../workspace-edit.ts";
import { clanAt } from "./clan-at.ts";
import type { RequestHandler } from "./handler.ts";

export const removeMachineHandler: RequestHandler<RemoveMachineParams, WorkspaceEdit | null> = {
  method: removeMachineRequest,
  about: {
    title: "A machine that was deleted",
    summary:
      "The edit that takes a machine out of the clan's files, for an editor that has had clan delete it. It is not a method of the Language Server Protocol.",
    entities: { machine: "All that names it, as the action *Remove machine* finds it." },
  },
  capability: () => ({}),
  empty: null,
  handle(session, { root, name }) {
    const snapshot = session.workspace.snapshot();
    const clan = clanAt(session, root);
    const removal = clan && machineRemoval(clan, name, snapshot);
    if (removal === undefined || !readsWell(snapshot, removal.edits)) return null;
    return toWorkspaceEdit(session, removal);
  },
};
