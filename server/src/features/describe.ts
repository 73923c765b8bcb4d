/**
 * Machines, tags, services, roles and options in words, as Markdown for hovers and completion items.
 *
 *   describeRole(zerotier, "peer")  ->  "**role** `peer` of `zerotier`\n\nJoins the network…\n\n- `web`, by tag `all`"
 */
import { compareToCatalogue } from "../clan/catalogue/compare.ts";
import type { Clan, Instance, Machine, Member, Service, ServiceRole } from "../clan/model.ts";
import { showOption } from "../modules/describe.ts";
import type { OptionNode } from "../modules/option-node.ts";
import type { Option, OptionType } from "../modules/option-type.ts";
import { code, codes, codeText, paragraphs, prose, shorten } from "./markdown.ts";
import type { OptionPlace } from "./option-place.ts";
import { showData } from "./show-data.ts";
import { isBranch, isCode, typeInWords } from "./type-words.ts";

export function describeMachine(clan: Clan, name: string): string | undefined {
  const machine = clan.machines.known.get(name);
  if (machine === undefined) return undefined;
  const roles = rolesOf(clan, machine);
  return paragraphs(
    `**machine** ${code(name)} · ${machine.class === "darwin" ? "macOS" : "NixOS"}`,
    `Tags: ${codes(machine.tags)}`,
    machine.targetHost === undefined ? undefined : `Deployed to: ${code(machine.targetHost)}`,
    roles.length === 0 ? undefined : `Roles:\n${shorten(roles).join("\n")}`,
  );
}

function rolesOf(clan: Clan, machine: Machine): string[] {
  return [...clan.instances.known.values()].flatMap((instance) =>
    [...instance.roles.values()].flatMap((role) => {
      const member = role.members.find((each) => each.machine === machine.name);
      return member === undefined ? [] : [`- ${code(role.name)} in ${code(instance.name)}${viaTags(member)}`];
    }),
  );
}

export function describeTag(clan: Clan, name: string): string | undefined {
  const tag = clan.tags.known.get(name);
  if (tag === undefined) return undefined;
  const open =
    clan.tags.open === undefined ? undefined : `There may be more: ${prose(clan.tags.open.reason)}.`;
  return paragraphs(
    `**tag** ${code(name)}${tag.predefined ? " · predefined" : ""}`,
    tag.machines.length === 0 ? "No machine has it." : `Machines: ${codes(tag.machines)}`,
    open,
  );
}

export function describeInstance(instance: Instance): string {
  const { service } = instance;
  const known = service.kind === "known" ? service.service : undefined;
  const roles = [...instance.roles.values()].map(
    (role) => `- ${code(role.name)}: ${codes(role.members.map((member) => member.machine)) || "no machines"}`,
  );
  return paragraphs(
    `**instance** ${code(instance.name)}${known === undefined ? "" : ` of the service ${code(known.name)}`}`,
    known === undefined ? describeLookup(instance) : prose(known.description),
    roles.length === 0 ? undefined : `Roles:\n${roles.join("\n")}`,
    known && `_${serviceOrigins[known.origin]}_`,
    known && describeDifferences(known),
  );
}

/** Why nothing is known about the instance's service. */
function describeLookup({ service }: Instance): string | undefined {
  switch (service.kind) {
    case "known":
      return undefined;
    case "open":
      return `Its service cannot be read: ${prose(service.reason)}.`;
    case "unknown-service":
      return `There is no service ${code(service.name)}.`;
    case "unknown-input":
      return `There is no flake input ${code(service.input)}.`;
  }
}

export function describeService(service: Service): string {
  const categories = service.categories.length === 0 ? "" : ` · ${prose(service.categories.join(", "))}`;
  const roles = [...service.roles.values()].map(
    (role) => `- ${code(role.name)}${role.description === undefined ? "" : `: ${prose(role.description)}`}`,
  );
  const deprecated = service.deprecated ?? service.catalogued?.deprecated;
  return paragraphs(
    `**service** ${code(service.name)}${categories}`,
    deprecated === undefined ? undefined : `**Deprecated.** ${deprecated}`,
    prose(service.description),
    roles.length === 0 ? undefined : `Roles:\n${roles.join("\n")}`,
    `_${serviceOrigins[service.origin]}_`,
    describeDifferences(service),
  );
}

function describeDifferences(service: Service): string | undefined {
  const lines = compareToCatalogue(service).map((clause) => `- ${clause}`);
  return lines.length === 0
    ? undefined
    : `It differs from the bundled catalogue:\n${shorten(lines).join("\n")}`;
}

/** Where what is known of a service comes from, in a sentence. */
export const serviceOrigins: Readonly<Record<Service["origin"], string>> = {
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
    prose(declared?.description),
    declared && describeBounds(declared),
    members.length === 0 ? undefined : `Machines:\n${shorten(members).join("\n")}`,
    role?.open === undefined ? undefined : `There may be more: ${prose(role.open.reason)}.`,
  );
}

/** Undefined where it may have any number of machines. */
export function describeBounds({ minMachines, maxMachines }: ServiceRole): string | undefined {
  const count = (number: number) => `${number} machine${number === 1 ? "" : "s"}`;
  if (minMachines !== undefined && minMachines === maxMachines) return `Exactly ${count(minMachines)}.`;
  if (minMachines !== undefined && maxMachines !== undefined)
    return `${minMachines} to ${count(maxMachines)}.`;
  if (minMachines !== undefined) return `At least ${count(minMachines)}.`;
  return maxMachines === undefined ? undefined : `At most ${count(maxMachines)}.`;
}

/** An option as declared; with `at`, also the value it has there. */
export function describeOption(
  path: readonly string[],
  type: OptionType | undefined,
  option: Option | undefined,
  at?: Pick<OptionPlace, "option" | "parent">,
): string {
  return paragraphs(
    code(showOption(path)),
    prose(option?.description ?? describeEntry(at)),
    describeDeclaration(type, option),
    at && describeValue(at.option),
  );
}

/** What may be written, and what counts where nothing is; without the description. */
export function describeDeclaration(
  type: OptionType | undefined,
  option: Option | undefined,
): string | undefined {
  const words = type && typeInWords(type);
  const isEmptyBranch = type !== undefined && isBranch(type) && option?.default === "{ }";
  const fallback =
    option?.default === undefined || isEmptyBranch ? undefined : `Default: ${codeText(option.default)}`;
  return paragraphs(
    words && `Type: ${prose(words)}`,
    option?.required === true ? "Required." : fallback,
    option?.example === undefined ? undefined : `Example: ${codeText(option.example)}`,
    option?.deprecated === undefined ? undefined : `Deprecated. ${prose(option.deprecated)}`,
    option?.removed === undefined ? undefined : `Removed. ${prose(option.removed)}`,
  );
}

/** Of an entry under a name a person chose: what such entries are. */
function describeEntry(at: Pick<OptionPlace, "option" | "parent"> | undefined): string | undefined {
  const parent = at?.parent;
  const description = at?.option.option === undefined ? parent?.option?.description : undefined;
  return description && `One of ${code(showOption(parent?.path ?? []))}: ${lowerFirst(description)}`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** Nothing for a whole branch of the tree: its parts say more. Nor for text of several lines: it stands there. */
function describeValue(node: OptionNode): string | undefined {
  if (node.type !== undefined && (isBranch(node.type) || isCode(node.type))) return undefined;
  const data = node.data();
  if (typeof data === "string" && data.includes("\n")) return undefined;
  const shown = showData(data);
  return shown === undefined ? undefined : `Value: ${codeText(shown)}`;
}

function viaTags({ viaTags: tags }: Member): string {
  if (tags.length === 0) return "";
  return `, by tag${tags.length === 1 ? "" : "s"} ${codes(tags)}`;
}
