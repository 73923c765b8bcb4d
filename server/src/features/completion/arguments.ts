/**
 * Candidates for the arguments of a function that clan calls: those it is given.
 *
 *   perInstance = { ▮, ... }: { … }   ->   settings, machine, roles, instanceName, …
 *   tags = { ▮, ... }: { … }          ->   machines, config
 */
import type { Lambda, Node, Source } from "../../syntax/ast.ts";
import { nodesAt } from "../../syntax/navigate.ts";
import { findCursorWord } from "../cursor-word.ts";
import { argumentsOf } from "../function-arguments.ts";
import type { Marked } from "../marker.ts";
import { collectPlaces } from "../option-place.ts";
import { clansAround, type Query } from "../query.ts";
import { type Candidate, word } from "./candidate.ts";

/** Undefined where the cursor is not among the arguments of a function that is an option's value. */
export function collectArguments(query: Query): { candidates: Candidate[]; marked: Marked } | undefined {
  const source = query.snapshot.source(query.path);
  const lambda = source && functionAround(source, query.offset);
  if (source === undefined || lambda === undefined) return undefined;
  const [place] = collectPlaces(clansAround(query), lambda);
  if (place === undefined) return undefined;
  const present = (lambda.param.formals ?? []).map((formal) => formal.name.name);
  const known = Object.entries(argumentsOf(place.option)).filter(([name]) => !present.includes(name));
  const candidates = known.map(
    ([name, detail], index): Candidate => ({ kind: "variable", text: word(name), detail, rank: 10 + index }),
  );
  return { candidates, marked: asMarked(query, source, lambda) };
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
