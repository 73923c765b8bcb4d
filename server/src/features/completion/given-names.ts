/**
 * Names in what clan gives the function a role of one's own service is: its settings, the machine, the roles.
 *
 *   perInstance = { settings, ... }: { nixosModule.services.x.port = settings.▮; }   ->   the role's settings
 */
import type { Service } from "../../clan/model.ts";
import type { OptionSet } from "../../modules/option-type.ts";
import type { AttrName, Lambda, Node, Select } from "../../syntax/ast.ts";
import { describeOption } from "../describe.ts";
import { findService } from "../entity.ts";
import { code } from "../markdown.ts";
import type { Marked } from "../marker.ts";
import { collectPlaces, optionsOf } from "../option-place.ts";
import { clansAround, type Query } from "../query.ts";
import { optionInBrief } from "../type-words.ts";
import { type Candidate, word } from "./candidate.ts";

/** `selected`: the marker in `settings.▮`. Empty where the name is not one that clan gives. */
export function collectGivenNames(query: Query, selected: Marked): Candidate[] {
  const select = selected.ancestors.at(-1);
  if (select?.kind !== "select" || select.target.kind !== "identifier") return [];
  const argument = select.target.name;
  const path = selected.node.kind === "attr-name" ? pathBefore(select, selected.node) : undefined;
  const { ancestors, snapshot } = selected;
  const behaviour = path && findBehaviour({ ...query, snapshot }, ancestors, argument);
  return behaviour === undefined ? [] : namesIn(argument, path ?? [], behaviour);
}

/** What clan gives under the name `select.path[…]` is: `settings.po▮rt`. Undefined where it is not known. */
export function describeGivenName(query: Query, nodes: readonly Node[]): string | undefined {
  const [select, name] = nodes.slice(-2);
  if (select?.kind !== "select" || name?.kind !== "attr-name" || select.target.kind !== "identifier")
    return undefined;
  const argument = select.target.name;
  const path = pathBefore(select, name);
  const behaviour = path && findBehaviour(query, nodes, argument);
  if (behaviour === undefined || path === undefined) return undefined;
  const found = namesIn(argument, path, behaviour).find(({ text }) => text.value === name.name);
  if (found === undefined) return undefined;
  return (
    found.documentation?.() ??
    (found.detail && `${code([argument, ...path, name.name].join("."))}: ${found.detail}.`)
  );
}

interface Behaviour {
  readonly service: Service;
  /** Undefined for perMachine. */
  readonly role: string | undefined;
}

function pathBefore(select: Select, marker: AttrName): string[] | undefined {
  const names = select.path.slice(0, select.path.indexOf(marker)).map(({ name }) => name);
  const known = names.filter((name) => name !== undefined);
  return known.length === names.length ? known : undefined;
}

/** The innermost function that has the argument, if it is the behaviour of a service that is in use. */
function findBehaviour(query: Query, ancestors: readonly Node[], argument: string): Behaviour | undefined {
  const lambda = ancestors.findLast(
    (node): node is Lambda =>
      node.kind === "lambda" && node.param.formals?.some(({ name }) => name.name === argument) === true,
  );
  if (lambda === undefined) return undefined;
  for (const { clan, option } of collectPlaces(clansAround(query), lambda)) {
    const [modules, name, part, role, last] = option.path;
    const service = name === undefined ? undefined : findService(clan, { source: "self", name });
    if (modules !== "modules" || service === undefined) continue;
    if (part === "perMachine") return { service, role: undefined };
    if (part === "roles" && last === "perInstance") return { service, role };
  }
  return undefined;
}

function namesIn(argument: string, path: readonly string[], { service, role }: Behaviour): Candidate[] {
  const [first, second] = path;
  switch (argument) {
    case "settings":
      return settingNames(service.roles.get(role ?? "")?.settings, path);
    case "machine":
      return first === undefined
        ? plain({ name: "the machine's name", roles: "its roles in the instance" })
        : [];
    case "roles":
      if (first === undefined)
        return [...service.roles.values()].map(({ name, description }) => ({
          kind: "role",
          text: word(name),
          detail: description,
          rank: 1,
        }));
      return second === undefined
        ? plain({ machines: "the machines in the role, by name", settings: "its settings" })
        : [];
    default:
      return [];
  }
}

function settingNames(settings: OptionSet | undefined, path: readonly string[]): Candidate[] {
  let options = settings;
  for (const name of path) {
    const type = options?.options.get(name)?.type;
    options = type && optionsOf(type);
  }
  return [...(options?.options ?? [])].map(([name, option]) => ({
    kind: "setting",
    text: word(name),
    detail: optionInBrief(option),
    documentation: () => describeOption([...path, name], option.type, option),
    rank: 1,
  }));
}

function plain(names: Readonly<Record<string, string>>): Candidate[] {
  return Object.entries(names).map(([name, detail]) => ({
    kind: "option",
    text: word(name),
    detail,
    rank: 1,
  }));
}
