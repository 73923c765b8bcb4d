/**
 * Candidates for the arguments of a function that clan calls: those it is given.
 *
 *   perInstance = { ▮, ... }: { … }   ->   settings, machine, roles, instanceName, …
 *   tags = { ▮, ... }: { … }          ->   machines, config
 */
import { alternativesOf } from "../../modules/inner-types.ts";
import type { OptionType } from "../../modules/option-type.ts";
import type { Lambda, Node, Source } from "../../syntax/ast.ts";
import { nodesAt } from "../../syntax/navigate.ts";
import { findCursorWord } from "../cursor-word.ts";
import { argumentsOf, machineModuleArguments, moduleArguments } from "../function-arguments.ts";
import type { Marked } from "../marker.ts";
import { collectPlaces, type OptionPlace } from "../option-place.ts";
import { clansAround, type Query } from "../query.ts";
import { type Candidate, word } from "./candidate.ts";

export interface GivenArguments {
  readonly candidates: readonly Candidate[];
  readonly marked: Marked;
  /** False for `{ t▮ }`: it can become a set as well as the arguments of a function. */
  readonly isFunction: boolean;
}

/** Undefined where the cursor is not among the arguments of a function that is an option's value. */
export function collectArguments(query: Query): GivenArguments | undefined {
  const source = query.snapshot.source(query.path);
  const lambda = source && functionAround(source, query.offset);
  if (source === undefined || lambda === undefined) return undefined;
  const isFunction = isSurelyFunction(lambda);
  const [place] = collectPlaces(clansAround(query), lambda);
  const names = place === undefined ? ofFile(source, lambda) : argumentsOf(place.option);
  if (names === undefined || !(isFunction || place === undefined || takesFunction(place))) return undefined;
  const present = (lambda.param.formals ?? []).map((formal) => formal.name.name);
  const known = Object.entries(names).filter(([name]) => !present.includes(name));
  const candidates = known.map(
    ([name, detail], index): Candidate => ({ kind: "variable", text: word(name), detail, rank: 10 + index }),
  );
  return { candidates, marked: asMarked(query, source, lambda), isFunction };
}

/** A colon follows, or what stands between the braces can stand in no set: `{ a, ▮ }`, `{ a ? 1 }`. */
function isSurelyFunction({ param, body }: Lambda): boolean {
  const { formals = [], ellipsis, name } = param;
  if (formals.length > 1 || ellipsis || name !== undefined) return true;
  if (formals.some(({ fallback }) => fallback !== undefined)) return true;
  const { text } = param.source;
  return /[:,]/.test(text.slice(param.start, body.start));
}

/** Names of options that are modules or functions, where their type alone does not say so. */
const functions = new Set(["perInstance", "perMachine", "interface", "nixosModule", "darwinModule"]);

/** Whether clan calls what is written there: a module, or what says more than a module of its options. */
function takesFunction({ option: { type, path } }: OptionPlace): boolean {
  if (path.length === 0 || path.join(".") === "inventory.tags") return true;
  if (path.length === 2 && path[0] === "modules") return true;
  return functions.has(path.at(-1) ?? "") || (type !== undefined && isModule(type));
}

function isModule(type: OptionType): boolean {
  return alternativesOf(type).some(({ kind }) => kind === "deferredModule" || kind === "functionTo");
}

/** The function between whose braces the cursor stands. */
function functionAround(source: Source, offset: number): Lambda | undefined {
  const nodes = nodesAt(source, offset);
  const at = nodes.findLastIndex((node) => node.kind === "param");
  const param = nodes[at];
  const lambda = nodes[at - 1];
  if (param?.kind !== "param" || param.formals === undefined || lambda?.kind !== "lambda") return undefined;
  // In the default of an argument anything can be written.
  const isDefault = nodes.slice(at).some((node) => node.kind === "formal" && isBehindName(node, offset));
  const isInside = source.text.lastIndexOf("{", offset - 1) >= param.start;
  return isDefault || !isInside ? undefined : lambda;
}

function isBehindName(node: Node & { kind: "formal" }, offset: number): boolean {
  return offset > node.name.end;
}

/** Files that are modules by their name: those of machines, and clan.nix. */
function ofFile({ path, root }: Source, lambda: Lambda): Readonly<Record<string, string>> | undefined {
  if (root !== lambda) return undefined;
  if (/\/machines\/[^/]+\/[^/]+\.nix$|\/configuration\.nix$/.test(path)) return machineModuleArguments;
  return path.endsWith("/clan.nix") ? moduleArguments : undefined;
}

/** The name is there already, as far as it is written: nothing has to be made whole for it. */
function asMarked({ snapshot, offset }: Query, source: Source, lambda: Lambda): Marked {
  const cursor = findCursorWord(source, offset);
  const node = { kind: "attr-name", source, start: cursor.start, end: cursor.end, quoted: false } as const;
  return {
    snapshot,
    node: { ...node, name: undefined, expr: undefined },
    ancestors: [lambda],
    word: cursor,
    complete: true,
  };
}
