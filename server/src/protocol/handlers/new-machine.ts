/** clan/newMachine, a request of our own: the edit that adds a machine of a name and class a person has chosen. */
import type { WorkspaceEdit } from "vscode-languageserver";
import { type NewMachineParams, newMachineRequest } from "../../../../shared/requests.ts";
import { newMachine } from "../../features/assists/add-machine.ts";
import { toPossibleEdit } from "../workspace-edit.ts";
import { clanAt } from "./clan-at.ts";
import type { RequestHandler } from "./handler.ts";

export const newMachineHandler: RequestHandler<NewMachineParams, WorkspaceEdit | null> = {
  method: newMachineRequest,
  about: {
    title: "A new machine",
    summary:
      "The edit that adds a machine to the inventory, with its folder, for an editor that asked a person for its name, class, tags and host. It is not a method of the Language Server Protocol.",
    entities: { machine: "One that is not there yet." },
  },
  capability: () => ({}),
  empty: null,
  handle(session, { root, name, class: machineClass, ...data }) {
    const snapshot = session.workspace.snapshot();
    const clan = clanAt(session, root);
    if (clan === undefined || clan.machines.known.has(name)) return null;
    const proposal = newMachine(clan, name, machineClass, snapshot, data);
    return (proposal && toPossibleEdit(session, proposal, true)) ?? null;
  },
};
