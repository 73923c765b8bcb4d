/**
 * Machines, tags, services, roles and options in words, as Markdown for hovers and completion items.
 *
 *   describeRole(zerotier, "peer")  ->  "**role** `peer` of `zerotier`\n\nJoins the network…\n\n- `web`, by tag `all`"
 */
import { compareToCatalogue } from "../clan/catalogue/compare.ts";
import type { Clan, Instance, Machine, Member, Service, ServiceRole } from "../clan/model.ts";
import { describeType, showOption } from "../modules/describe.ts";
import type { OptionNode } from "../modules/option-node.ts";
import type { Option, OptionType } from "../modules/option-type.ts";
import { code, codes, codeText, paragraphs, shorten } from "./markdown.ts";
import { showData } from "./show-data.ts";

export function describeMachine(clan: Clan, name: string): string | undefined {
  const machine = clan.machines.known.get(name);
  if (machine === undefined) return undefined;
  return paragraphs(
    `**machine** ${code(name)} · ${machine.class === "darwin" ? "macOS" : "NixOS"}`,
    [
      `- Tags: ${codes(machine.tags)}`,
      machine.targetHost === undefined ? undefined : `- Deployed to: ${code(machine.targetHost)}`,
      ...rolesOf(clan, machine).map((role) => `- ${role}`),
    ]
      .filter((line) => line !== undefined)
      .join("\n"),
  );
}

function rolesOf(clan: Clan, machine: Machine): string[] {
  return [...clan.instances.known.values()].flatMap((instance) =>
    [...instance.roles.values()].flatMap((role) => {
      const member = role.members.find((each) => each.machine === machine.name);
      return member === undefined ? [] : [`${code(instance.name)}: ${code(role.name)}${viaTags(member)}`];
    }),
  );
}

export function describeTag(clan: Clan, name: string): string | undefined {
  const tag = clan.tags.known.get(name);
  if (tag === undefined) return undefined;
  const open = clan.tags.open === undefined ? undefined : `There may be more: ${clan.tags.open.reason}.`;
  return paragraphs(
    `**tag** ${code(name)}${tag.predefined ? " · predefined" : ""}`,
    tag.machines.length === 0 ? "No machine has it." : `Machines: ${codes(tag.machines)}`,
    open,
  );
}

export function describeInstance(instance: Instance): string {
  const { service } = instance;
  const roles = [...instance.roles.values()].map(
    (role) => `- ${code(role.name)}: ${codes(role.members.map((member) => member.machine)) || "no machines"}`,
  );
  return paragraphs(
    `**instance** ${code(instance.name)}`,
    service.kind === "known" ? describeService(service.service) : describeLookup(instance),
    roles.length === 0 ? undefined : roles.join("\n"),
  );
}

/** Why nothing is known about the instance's service. */
function describeLookup({ service }: Instance): string | undefined {
  switch (service.kind) {
    case "known":
      return undefined;
    case "open":
      return `Its service cannot be read: ${service.reason}.`;
    case "unknown-service":
      return `There is no service ${code(service.name)}.`;
    case "unknown-input":
      return `There is no flake input ${code(service.input)}.`;
  }
}

export function describeService(service: Service): string {
  const categories = service.categories.length === 0 ? "" : ` · ${service.categories.join(", ")}`;
  const roles = [...service.roles.values()].map(
    (role) => `- ${code(role.name)}${role.description === undefined ? "" : `: ${role.description}`}`,
  );
  const differences = compareToCatalogue(service);
  return paragraphs(
    `**service** ${code(service.name)}${categories}`,
    service.description,
    roles.length === 0 ? undefined : `Roles:\n${roles.join("\n")}`,
    `_${serviceOrigins[service.origin]}_`,
    differences.length === 0
      ? undefined
      : `It differs from the bundled catalogue:\n${shorten(differences.map((clause) => `- ${clause}`)).join("\n")}`,
  );
}

const serviceOrigins: Readonly<Record<Service["origin"], string>> = {
  self: "Read from this flake's source.",
  input: "Read from the source of a flake input.",
  catalogue: "From the bundled catalogue of clan-core's services.",
  nix: "From `nix eval`.",
};

/** `declared` is what the service says about the role, `instance` who is in it. */
export function describeRole(
  name: string,
  declared: ServiceRole | undefined,
  service: Service | undefined,
  instance: Instance | undefined,
): string {
  const role = instance?.roles.get(name);
  const members = (role?.members ?? []).map((member) => `- ${code(member.machine)}${viaTags(member)}`);
  return paragraphs(
    `**role** ${code(name)}${service === undefined ? "" : ` of ${code(service.name)}`}`,
    declared?.description,
    declared && describeBounds(declared),
    members.length === 0 ? undefined : `Machines:\n${shorten(members).join("\n")}`,
    role?.open === undefined ? undefined : `There may be more: ${role.open.reason}.`,
  );
}

function describeBounds({ minMachines, maxMachines }: ServiceRole): string | undefined {
  const count = (number: number) => `${number} machine${number === 1 ? "" : "s"}`;
  if (minMachines !== undefined && minMachines === maxMachines) return `Exactly ${count(minMachines)}.`;
  if (minMachines !== undefined && maxMachines !== undefined)
    return `${minMachines} to ${count(maxMachines)}.`;
  if (minMachines !== undefined) return `At least ${count(minMachines)}.`;
  return maxMachines === undefined ? undefined : `At most ${count(maxMachines)}.`;
}

/** An option as declared; with `node`, also the value it has. */
export function describeOption(
  path: readonly string[],
  type: OptionType | undefined,
  option: Option | undefined,
  node?: OptionNode,
): string {
  const fallback = option?.default === undefined ? undefined : `Default: ${codeText(option.default)}`;
  return paragraphs(
    code(showOption(path)),
    option?.description,
    type && `Type: ${describeType(type)}`,
    option?.required === true ? "Required." : fallback,
    option?.deprecated === undefined ? undefined : `Deprecated. ${option.deprecated}`,
    option?.removed === undefined ? undefined : `Removed. ${option.removed}`,
    node && describeValue(node),
  );
}

/** Nothing for a whole branch of the tree: its parts say more. */
function describeValue(node: OptionNode): string | undefined {
  if (node.type?.kind === "submodule" || node.type?.kind === "deferredModule") return undefined;
  const shown = showData(node.data());
  return shown === undefined ? undefined : `Value: ${codeText(shown)}`;
}

function viaTags({ viaTags: tags }: Member): string {
  if (tags.length === 0) return "";
  return `, by tag${tags.length === 1 ? "" : "s"} ${codes(tags)}`;
}
