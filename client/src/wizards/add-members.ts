/** "Add Machines or Tags…" of a role, or of an instance, whose role is asked for. */
import { window } from "vscode";
import type { WorkspaceEdit } from "vscode-languageclient";
import {
  type NewMembersParams,
  type NewThingAnswer,
  newMembersRequest,
  type ThingAtSummary,
} from "../../../shared/requests.ts";
import { pickMembers } from "./pick-members.ts";
import { offerEdit, type Wizard } from "./wizard.ts";

export const addMembers: Wizard = async (client, clan, { thing }) => {
  const found = await roleOf(clan.instances, thing);
  if (found === undefined) return;
  const { instance, role } = found;
  const title = `Add to ${instance.name} / ${role.name}`;
  const direct = new Set(
    role.members.filter(({ viaTags }) => viaTags.length === 0).map(({ machine }) => machine),
  );
  const tagged = new Set(role.members.flatMap(({ viaTags }) => viaTags));
  const offered = {
    machines: clan.machines.filter(({ name }) => !direct.has(name)),
    tags: clan.tags.filter(({ name }) => !tagged.has(name)),
  };
  const members = await pickMembers(title, offered, "");
  if (members === undefined) return;
  const { edit, problems } = await client.sendRequest<NewThingAnswer<WorkspaceEdit>>(newMembersRequest, {
    root: clan.root,
    instance: instance.name,
    role: role.name,
    ...members,
  } satisfies NewMembersParams);
  const names = [...members.tags.map((tag) => `tag ${tag}`), ...members.machines].join(", ");
  if (edit === null) {
    void window.showInformationMessage(
      `The role ${role.name} of ${instance.name} is computed by code. Add ${names} there by hand.`,
    );
    return;
  }
  await offerEdit(client, `Add ${names} to the role ${role.name} of ${instance.name}?`, edit, problems);
};

type Instances = Parameters<Wizard>[1]["instances"];

/** Of an instance with several roles, the one that the person picks. */
async function roleOf(instances: Instances, thing: ThingAtSummary | undefined) {
  const name = thing?.kind === "role" ? thing.instance : thing?.name;
  const instance = instances.find((one) => one.name === name);
  if (instance === undefined || thing === undefined) return undefined;
  const named = instance.roles.find((role) => thing.kind === "role" && role.name === thing.name);
  if (named !== undefined) return { instance, role: named };
  const [only, ...others] = instance.roles;
  if (only !== undefined && others.length === 0) return { instance, role: only };
  const items = instance.roles.map((role) => ({ label: role.name, role }));
  const picked = await window.showQuickPick(items, {
    title: `Add to ${instance.name}`,
    placeHolder: "Which role?",
  });
  return picked && { instance, role: picked.role };
}
