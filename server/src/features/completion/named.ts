/**
 * Candidates for words that name something in the clan: one source for each meaning.
 *
 *   roles.▮ of a zerotier instance   ->   controller, moon, peer
 */
import { catalogue } from "../../clan/catalogue/services.ts";
import type { Instance, Service } from "../../clan/model.ts";
import type { Meaning } from "../../modules/option-type.ts";
import { describeMachine, describeRole, describeService, describeTag } from "../describe.ts";
import { markerName } from "../marker.ts";
import type { OptionPlace } from "../option-place.ts";
import { type Candidate, word } from "./candidate.ts";
import { collectHosts } from "./hosts.ts";
import { serviceRank } from "./likely-services.ts";
import { instanceStub, roleStub } from "./value-stub.ts";
import { collectGenerators } from "./vars-names.ts";

/** Names with `meaning` that could be written at `place`; empty where none are known. */
export function collectNamed(meaning: Meaning, place: OptionPlace): readonly Candidate[] {
  return sources[meaning]?.(place) ?? [];
}

type Source = (place: OptionPlace) => readonly Candidate[];

const sources: { readonly [M in Meaning]?: Source } = {
  machine: collectMachines,
  tag: collectTags,
  role: collectRoles,
  service: collectServices,
  // An instance is called like its service unless it says otherwise.
  instance: collectServices,
  input: collectInputs,
  generator: collectGenerators,
  host: collectHosts,
  interface: collectInterfaces,
};

function collectMachines(place: OptionPlace): Candidate[] {
  const { clan } = place;
  const meant = membersMeant(place);
  return [...clan.machines.known.values()]
    .filter(({ name }) => name !== markerName)
    .map((machine) => ({
      kind: "machine",
      text: word(machine.name),
      detail: machine.tags.join(", "),
      documentation: () => describeMachine(clan, machine.name),
      rank: meant.has(machine.name) ? 0 : 1,
      // In a role it mostly needs no settings of its own.
      stub: "{ }",
      offersNext: false,
    }));
}

/** For a setting that is called like a role, such as `controller` of wireguard: the machines in that role. */
function membersMeant({ option, settings, instance }: OptionPlace): ReadonlySet<string> {
  const role = settings && instance?.roles.get(option.path.at(-1) ?? "");
  return new Set(role?.members.map(({ machine }) => machine));
}

function collectTags({ clan }: OptionPlace): Candidate[] {
  return [...clan.tags.known.values()]
    .filter(({ name }) => name !== markerName)
    .map((tag) => ({
      kind: "tag",
      text: word(tag.name),
      detail: `${tag.machines.length} machine${tag.machines.length === 1 ? "" : "s"}`,
      documentation: () => describeTag(clan, tag.name),
      stub: "{ }",
      offersNext: false,
      rank: tag.predefined ? 2 : 1,
    }));
}

function collectRoles({ instance }: OptionPlace): Candidate[] {
  const service = instance && likelyService(instance);
  if (instance === undefined || service === undefined) return [];
  return [...service.roles.values()].map((role) => ({
    kind: "role",
    text: word(role.name),
    detail: `role of ${service.name}`,
    summary: role.description,
    documentation: () => describeRole(role.name, role, service, instance),
    rank: 1,
    ...roleStub(role, service, instance),
  }));
}

/**
 * Where code nearby is half-written, too, which service is meant cannot be known; but a person who names no
 * other input means the one of that name.
 */
function likelyService({ name, module, service }: Instance): Service | undefined {
  if (service.kind === "known") return service.service;
  const isCore = module.input === null || module.input === undefined;
  return service.kind === "open" && isCore ? catalogue.get(module.name ?? name) : undefined;
}

/** Below all that `serviceRank` gives. */
const deprecatedRank = 5;

/** The marker is no service, so the lookup says which there are. */
function collectServices({ instance }: OptionPlace): Candidate[] {
  const lookup = instance?.service;
  if (instance === undefined || lookup?.kind !== "unknown-service") return [];
  return lookup.possible.map((name) => {
    const service = lookup.inSelf ? undefined : catalogue.get(name);
    return {
      kind: "service",
      text: word(name),
      detail: service?.categories.join(", "),
      summary: service?.description,
      documentation: service && (() => describeService(service)),
      rank: service?.deprecated === undefined ? serviceRank(name, service, instance) : deprecatedRank,
      deprecated: service?.deprecated !== undefined,
      ...(service && instanceStub(service)),
    };
  });
}

function collectInputs({ clan }: OptionPlace): Candidate[] {
  const inputs = [...clan.inputs.known.keys()].map((name) => ({
    name,
    detail: "flake input",
    rank: name === "clan-core" ? 0 : /^clan\b|clan$/.test(name) ? 1 : 3,
  }));
  return [...inputs, { name: "self", detail: "this flake", rank: 1 }].map(({ name, ...about }) => ({
    kind: "input",
    text: word(name),
    ...about,
  }));
}

function collectInterfaces({ clan }: OptionPlace): Candidate[] {
  return [...clan.exportInterfaces().options]
    .filter(([name]) => name !== markerName)
    .map(([name, { description }]) => ({
      kind: "option",
      text: word(name),
      detail: "interface of exports",
      summary: description,
      rank: 1,
    }));
}
