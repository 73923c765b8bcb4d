/**
 * What an assistant can ask about a clan: each tool reads the files as they are now, changes nothing and runs nothing
 * but git, for `affected`. Answers are bounded, and say what is not known.
 *
 *   check {}   ->   { "findings": [ { "file": "clan.nix", "line": 3, "code": "unknown-role", … } ], "unknown": [ ] }
 */
import * as z from "zod";
import type { ToolAnswer } from "../../../../shared/requests.ts";
import { catalogue } from "../../clan/catalogue/services.ts";
import { toInventoryJson } from "../../clan/inventory-json.ts";
import type { Clan, Service } from "../../clan/model.ts";
import { clanOptions } from "../../clan/schema/clan-options.ts";
import { collectUnknown } from "../../clan/unread-files.ts";
import { findDefinitions } from "../../features/definition.ts";
import { describeOption, describeRole, describeService } from "../../features/describe.ts";
import { collectFindings } from "../../features/findings.ts";
import { hover } from "../../features/hover.ts";
import { OccurrenceTables } from "../../features/occurrences.ts";
import type { Option, OptionType } from "../../modules/option-type.ts";
import { isWithin, relativePath, resolvePath } from "../../nix/path.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import type { Finding } from "../../rules/finding.ts";
import { affectedJson, affectedSince } from "../affected-since.ts";
import { chooseClan, type OpenedClans, openClans } from "../open-clans.ts";
import { Positions } from "../report/report.ts";
import { type Terminal, UsageError } from "../terminal.ts";
import { jsonUnknown } from "../unknown-part.ts";
import { varsJson } from "../vars-json.ts";

/** Of a list. */
const MOST = 200;
/** Of an answer, in characters. */
const LONGEST = 60_000;

export interface Tool {
  readonly name: string;
  /** For a person, where the description is for a model. */
  readonly title: string;
  readonly description: string;
  readonly input: z.ZodRawShape;
  /** It asks git, which an editor's server does not. */
  readonly asksGit?: true;
  /** Throws UsageError where it is asked for what is not there. */
  readonly run: (
    input: Readonly<Record<string, unknown>>,
    opened: OpenedClans,
    git: Pick<Terminal, "git"> | undefined,
  ) => unknown;
}

const file = z.string().describe("Path of a file, relative to the clan's folder");

/** All of them only read. */
export const tools: readonly Tool[] = [
  {
    name: "check",
    title: "Check the Clan",
    description:
      "Errors and warnings in the clan's Nix, as Nix or clan would refuse it. Lines and characters begin at 1.",
    input: { file: file.optional() },
    run: ({ file: name }, opened) => {
      const { snapshot, clans, projectFiles } = opened;
      const found = collectFindings(snapshot, clans, projectFiles);
      const path = name === undefined ? undefined : pathOf(String(name), opened);
      const findings = found.filter((finding) => path === undefined || finding.path === path);
      return {
        ...bounded("findings", findings, (each) => jsonFinding(each, snapshot, opened.root)),
        unknown: unknownOf(opened),
      };
    },
  },
  {
    name: "inventory",
    title: "Clan Inventory",
    description: "Machines with tags, instances with their service, and which machines are in which role.",
    input: {},
    run: (_, opened) => ({ ...toInventoryJson(chooseClan(opened)), unknown: unknownOf(opened) }),
  },
  {
    name: "vars",
    title: "Clan Vars",
    description:
      "The generators of each machine: files (whether secret, whether there), prompts, dependencies. Never a secret's value.",
    input: { machine: z.string().optional() },
    run: ({ machine }, opened) => {
      const all = varsJson(chooseClan(opened), opened.root, new Positions(opened.snapshot));
      if (machine === undefined) return all;
      const one = Object.entries(all.machines).find(([name]) => name === machine);
      if (one === undefined)
        throw new UsageError(
          `there is no machine ${String(machine)}; there are: ${Object.keys(all.machines).join(", ")}`,
        );
      return { ...all, machines: Object.fromEntries([one]) };
    },
  },
  {
    name: "describe_service",
    title: "Describe a Clan Service",
    description:
      "What a service does, its roles, and with `role` the settings of a role with types, defaults and descriptions. Without `service`: the services there are.",
    input: { service: z.string().optional(), role: z.string().optional() },
    run: ({ service, role }, opened) => describeAService(optional(service), optional(role), opened),
  },
  {
    name: "describe_option",
    title: "Describe a Clan Option",
    description:
      "An option of the clan, such as `inventory.machines.web.deploy.targetHost`: type, default, description; and the options below it.",
    input: { path: z.string() },
    run: ({ path }) => describeAnOption(String(path)),
  },
  {
    name: "what_is",
    title: "What a Word of the Clan Is",
    description:
      "What the word at a place in a file means in the clan, and where it is defined. Lines and characters begin at 1.",
    input: { file, line: z.number().int().min(1), character: z.number().int().min(1) },
    run: (input, opened) => whatIs(input, opened),
  },
  {
    name: "affected",
    title: "Affected Machines",
    description:
      "The machines that what has changed since a revision of git concerns, with the reasons: what an update would bring to them.",
    input: { rev: z.string().default("HEAD") },
    asksGit: true,
    run: ({ rev }, opened, git) => {
      if (git === undefined) throw new UsageError("git is not asked here");
      const clan = chooseClan(opened);
      const { snapshot, evaluate } = opened;
      const found = affectedSince(String(rev), clan, snapshot, evaluate, git);
      return affectedJson(found.affected, found.rev, clan, snapshot);
    },
  },
  {
    name: "try_edit",
    title: "Try an Edit of the Clan",
    description:
      "Reports which errors and warnings a file with another text would bring or take away, before it is written. Nothing is written.",
    input: { file, text: z.string().describe("The whole text the file would have") },
    run: ({ file: name, text }, opened) => tryEdit(pathOf(String(name), opened), String(text), opened),
  },
];

/** The clan is opened anew for each question: files change in between. `folder`: as the person wrote it. */
export async function answer(
  tool: Tool,
  input: Readonly<Record<string, unknown>>,
  folder: string | undefined,
  terminal: Terminal,
): Promise<ToolAnswer> {
  try {
    return answerFrom(tool, input, await openClans(folder, terminal), terminal);
  } catch (error) {
    if (error instanceof UsageError) return { text: error.message, isError: true };
    throw error;
  }
}

/** The same of clans that are open already, as in an editor. */
export function answerFrom(
  tool: Tool,
  input: Readonly<Record<string, unknown>>,
  opened: OpenedClans,
  git?: Pick<Terminal, "git">,
): ToolAnswer {
  try {
    const found = tool.run(input, opened, git);
    return {
      text: cut(typeof found === "string" ? found : JSON.stringify(found, undefined, 1)),
      isError: false,
    };
  } catch (error) {
    if (error instanceof UsageError) return { text: error.message, isError: true };
    throw error;
  }
}

function cut(text: string): string {
  const rest = text.length - LONGEST;
  return rest <= 0 ? text : `${text.slice(0, LONGEST)}\n… cut: ${rest} more characters. Ask for less.`;
}

/** Throws UsageError for a file outside of the folder. */
function pathOf(name: string, { root }: OpenedClans): string {
  const path = resolvePath(root, name);
  if (!isWithin(path, root)) throw new UsageError(`${name} is not in the clan's folder`);
  return path;
}

function describeAService(
  name: string | undefined,
  role: string | undefined,
  { clans }: OpenedClans,
): unknown {
  const services = new Map([...catalogue, ...clans.flatMap(ownServices)]);
  if (name === undefined)
    return {
      services: [...services].map(([key, { description }]) => ({
        name: key,
        description: description ?? null,
      })),
    };
  const service = services.get(name);
  if (service === undefined)
    throw new UsageError(`there is no service ${name}; there are: ${[...services.keys()].join(", ")}`);
  if (role === undefined) return describeService(service);
  const declared = service.roles.get(role);
  if (declared === undefined)
    throw new UsageError(`${name} has no role ${role}; it has: ${[...service.roles.keys()].join(", ")}`);
  const settings = [...declared.settings.options].filter(([, option]) => option.internal !== true);
  return [
    describeRole(role, declared, service, undefined),
    ...settings.map(([key, option]) => describeOption(["settings", key], option.type, option)),
  ].join("\n\n");
}

/** Those that instances use, by the name they are used by. */
function ownServices(clan: Clan): (readonly [string, Service])[] {
  return [...clan.instances.known.values()].flatMap(({ service }) =>
    service.kind === "known" ? [[service.service.name, service.service] as const] : [],
  );
}

function describeAnOption(path: string): unknown {
  const names = path.split(".").filter((name) => name !== "");
  let option: Option | undefined;
  let type: OptionType | undefined = { kind: "submodule", options: clanOptions };
  for (const name of names) {
    const found: Option | undefined = memberOf(type, name);
    if (found === undefined) throw new UsageError(`the clan has no option ${path}: there is no ${name}`);
    [option, type] = [found, found.type];
  }
  const below = type?.kind === "submodule" ? [...type.options.options.keys()] : [];
  return { text: describeOption(names, type, option), below: below.slice(0, MOST) };
}

function memberOf(type: OptionType | undefined, name: string): Option | undefined {
  switch (type?.kind) {
    case "submodule":
      return type.options.options.get(name) ?? freeMember(type.options.freeform, name);
    case "attrsOf":
      return { type: type.of, required: false };
    case "nullOr":
      return memberOf(type.of, name);
    default:
      return undefined;
  }
}

function freeMember(freeform: OptionType | undefined, name: string): Option | undefined {
  return freeform && memberOf(freeform, name);
}

function whatIs(input: Readonly<Record<string, unknown>>, opened: OpenedClans): unknown {
  const path = pathOf(String(input["file"]), opened);
  const { snapshot, clans, evaluate, root } = opened;
  const positions = new Positions(snapshot);
  if (snapshot.readFile(path) === undefined)
    throw new UsageError(`there is no file ${String(input["file"])}`);
  const offset = positions
    .lines(path)
    .offset({ line: Number(input["line"]) - 1, column: Number(input["character"]) - 1 });
  const query = {
    snapshot,
    clans: (state: Snapshot) => (state === snapshot ? clans : evaluate(state)),
    path,
    offset,
  };
  const tables = new OccurrenceTables();
  const found = hover(query, tables);
  const definitions = findDefinitions(query, tables).slice(0, MOST);
  return {
    text: found?.text ?? null,
    definitions: definitions.map((place) => ({
      file: relativePath(place.path, root),
      ...startOf(place, positions),
    })),
  };
}

/** Findings are the same where they say the same, wherever they stand. */
function tryEdit(path: string, text: string, opened: OpenedClans): unknown {
  const { snapshot, clans, evaluate, projectFiles, root } = opened;
  const after = snapshot.with(path, text);
  const isSame = ({ path: file, code, message }: Finding) => `${file} ${code} ${message}`;
  const old = collectFindings(snapshot, clans, [...projectFiles, path]);
  const now = collectFindings(after, evaluate(after), [...projectFiles, path]);
  const [before, since] = [new Set(old.map(isSame)), new Set(now.map(isSame))];
  return {
    ...bounded(
      "new",
      now.filter((each) => !before.has(isSame(each))),
      (each) => jsonFinding(each, after, root),
    ),
    gone: old
      .filter((each) => !since.has(isSame(each)))
      .slice(0, MOST)
      .map((each) => jsonFinding(each, snapshot, root)),
    unknown: unknownOf(opened),
  };
}

function jsonFinding(finding: Finding, snapshot: Snapshot, root: string) {
  const { severity, code, message } = finding;
  return {
    file: relativePath(finding.path, root),
    ...startOf(finding, new Positions(snapshot)),
    severity,
    code,
    message,
  };
}

function startOf(
  place: { readonly path: string; readonly start: number; readonly end: number },
  positions: Positions,
) {
  const { start } = positions.range(place);
  return { line: start.line + 1, character: start.column + 1 };
}

function bounded<T>(name: string, all: readonly T[], show: (each: T) => unknown) {
  return { [name]: all.slice(0, MOST).map(show), ...(all.length > MOST ? { more: all.length - MOST } : {}) };
}

function unknownOf({ clans, root, snapshot }: OpenedClans) {
  const positions = new Positions(snapshot);
  return clans
    .flatMap((clan) => collectUnknown(clan, snapshot))
    .map((part) => jsonUnknown(part, root, positions));
}

function optional(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
