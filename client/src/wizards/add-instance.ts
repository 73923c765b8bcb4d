/**
 * "Clan: Add Service Instance…": a service with its description, a name, roles, who is in each, and the settings they cannot do
 * without; each answer is checked by the server as it is typed.
 */
import { type QuickPickItem, QuickPickItemKind, window } from "vscode";
import type { WorkspaceEdit } from "vscode-languageclient";
import {
  type AvailableServiceSummary,
  type ClanSummary,
  type NewInstanceAnswer,
  type NewInstanceParams,
  newInstanceRequest,
  servicesRequest,
} from "../../../shared/requests.ts";
import { clanName } from "../clan-name.ts";
import { isText } from "../commands/names.ts";
import { pickMany } from "../pick-many.ts";
import { pickMembers } from "./pick-members.ts";
import { offerEdit, type Wizard } from "./wizard.ts";

type Answer = NewInstanceAnswer<WorkspaceEdit>;
type Missing = Answer["missing"][number];
type Role = NewInstanceParams["roles"][number];

export const addInstance: Wizard = async (client, clan) => {
  const title = `Add Service Instance: ${clanName(clan)}`;
  const services = await client.sendRequest<readonly AvailableServiceSummary[]>(servicesRequest, {
    root: clan.root,
  });
  const service = await pickService(title, services);
  if (service === undefined) return;
  const name = await askName(title, clan, service.name);
  if (name === undefined) return;
  const roles = await pickRoles(`${title} / ${name}`, clan, service);
  if (roles === undefined) return;
  const ask = (asked: readonly Role[]) =>
    client.sendRequest<Answer>(newInstanceRequest, {
      root: clan.root,
      name,
      service: service.name,
      input: service.input,
      roles: asked,
    } satisfies NewInstanceParams);
  const answer = await askSettings(`${title} / ${name}`, roles, ask);
  if (answer === undefined) return;
  if (answer.edit === null) {
    const why = `The instances of ${clanName(clan)} are computed by code.`;
    void window.showInformationMessage(
      `${answer.problems[0] ?? why} Add the instance ${name} there by hand.`,
    );
    return;
  }
  await offerEdit(client, `Add the instance ${name} of ${service.name}?`, answer.edit, answer.problems);
};

/** A role can wait for its machines. */
const noMachine = "No machine yet";

type ServiceItem = QuickPickItem & { readonly service?: AvailableServiceSummary };

async function pickService(
  title: string,
  services: readonly AvailableServiceSummary[],
): Promise<AvailableServiceSummary | undefined> {
  const heading = ({ deprecated, input }: AvailableServiceSummary) =>
    deprecated !== undefined ? "deprecated" : (input ?? "clan");
  const headings = [...new Set(services.map(heading))].sort(
    (a, b) => Number(a === "deprecated") - Number(b === "deprecated"),
  );
  const items = headings.flatMap((label): ServiceItem[] => [
    { label: label === "self" ? "this flake" : label, kind: QuickPickItemKind.Separator },
    ...services
      .filter((service) => heading(service) === label)
      .map((service) => ({
        label: service.name,
        description: service.categories.join(", "),
        detail: service.deprecated ?? service.description ?? "",
        service,
      })),
  ]);
  const options = { title, placeHolder: "Which service?", matchOnDescription: true, matchOnDetail: true };
  return (await window.showQuickPick(items, options))?.service;
}

function askName(title: string, { instances }: ClanSummary, service: string): Promise<string | undefined> {
  const taken = new Set(instances.map(({ name }) => name));
  const free = [service, ...[...taken].map((_, index) => `${service}-${index + 2}`)];
  return Promise.resolve(
    window.showInputBox({
      title,
      prompt: "The name of the instance",
      value: free.find((name) => !taken.has(name)) ?? "",
      validateInput: (name) => {
        if (!isText(name)) return "An instance needs a name.";
        return taken.has(name) ? `There is an instance ${name} already.` : undefined;
      },
    }),
  );
}

/** With who is in each. Undefined when the person leaves. */
async function pickRoles(
  title: string,
  clan: ClanSummary,
  { roles }: AvailableServiceSummary,
): Promise<Role[] | undefined> {
  const items = roles.map((role) => ({
    label: role.name,
    description: limitOf(role),
    detail: role.description ?? "",
    role,
  }));
  const needed = items.filter(({ role }) => (role.minMachines ?? 0) > 0);
  const options = { title, placeholder: "Which roles?", picked: needed, matchOnDetail: true };
  const picked = items.length <= 1 ? items : await pickMany(items, () => true, options);
  if (items.length > 0 && picked.length === 0) return undefined;
  const chosen: Role[] = [];
  for (const { role } of picked) {
    const members = await pickMembers(`${title} / ${role.name}`, clan, limitOf(role), noMachine);
    if (members === undefined) return undefined;
    chosen.push({ name: role.name, ...members, settings: [] });
  }
  return chosen;
}

/** How many machines it takes: "exactly 1 machine". */
function limitOf({ minMachines = 0, maxMachines }: AvailableServiceSummary["roles"][number]): string {
  const machines = (count: number) => (count === 1 ? "1 machine" : `${count} machines`);
  if (maxMachines === minMachines && maxMachines > 0) return `exactly ${machines(maxMachines)}`;
  const least = minMachines > 0 ? [`at least ${machines(minMachines)}`] : [];
  const most = maxMachines === undefined ? [] : [`at most ${machines(maxMachines)}`];
  return [...least, ...most].join(", ");
}

/** The server's last answer, when nothing is missing any more. Undefined when the person leaves. */
async function askSettings(
  title: string,
  roles: readonly Role[],
  ask: (roles: readonly Role[]) => Promise<Answer>,
): Promise<Answer | undefined> {
  let asked = roles;
  let answer = await ask(asked);
  for (let [missing] = answer.missing; missing !== undefined; [missing] = answer.missing) {
    const setting = missing;
    const withValue = (value: string) =>
      asked.map((role) =>
        role.name === setting.role
          ? { ...role, settings: [...role.settings, { path: setting.path, value }] }
          : role,
      );
    const before = new Set(answer.problems);
    const value = await askSetting(title, setting, async (typed) => {
      const { edit, problems } = await ask(withValue(typed));
      const fresh = problems.find((problem) => !before.has(problem));
      return fresh ?? (edit === null ? "This cannot be written as a value." : undefined);
    });
    if (value === undefined) return undefined;
    asked = withValue(value);
    answer = await ask(asked);
  }
  return answer;
}

async function askSetting(
  title: string,
  { role, path, description, example, type, choices }: Missing,
  check: (value: string) => Promise<string | undefined>,
): Promise<string | undefined> {
  const name = `${role}: ${path.join(".")}`;
  const about = description?.replaceAll(/\s+/g, " ").trim() ?? type;
  const prompt = about === undefined ? name : `${name}. ${about}`;
  if (choices !== undefined) {
    const items = choices.map((label) => ({ label }));
    return (await window.showQuickPick(items, { title, placeHolder: prompt }))?.label;
  }
  return window.showInputBox({
    title,
    prompt,
    ...(example === undefined ? {} : { placeHolder: example }),
    validateInput: (typed) => (typed === "" ? "This setting is required." : check(typed)),
  });
}
