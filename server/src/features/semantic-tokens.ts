/**
 * Semantic tokens: what a word means in the clan, for colours.
 *
 *   tags = [ "srv" ];   ->   srv: clanTag
 */
import type { EntityKind } from "./entity.ts";
import type { Occurrence, OccurrenceTables } from "./occurrences.ts";
import { clansAround, type Query, type Range } from "./query.ts";

/** The legend, whose order the protocol's numbers stand for. package.json declares the same for VS Code. */
export const tokenTypes = [
  "clanMachine",
  "clanTag",
  "clanInstance",
  "clanRole",
  "clanService",
  "clanSetting",
  "clanGenerator",
  "clanGeneratorFile",
  "clanPrompt",
  "clanInput",
] as const;

/** `defaultLibrary`: a tag every clan has. */
export const tokenModifiers = ["declaration", "defaultLibrary"] as const;

export type TokenType = (typeof tokenTypes)[number];
export type TokenModifier = (typeof tokenModifiers)[number];

export interface SemanticToken extends Range {
  readonly type: TokenType;
  readonly modifiers: readonly TokenModifier[];
}

const types: Readonly<Record<Exclude<EntityKind, "path">, TokenType>> = {
  machine: "clanMachine",
  tag: "clanTag",
  instance: "clanInstance",
  role: "clanRole",
  service: "clanService",
  setting: "clanSetting",
  generator: "clanGenerator",
  "generator-file": "clanGeneratorFile",
  prompt: "clanPrompt",
  input: "clanInput",
};

/** In the order written, none over another or over the end of a line; empty for a file no clan and no machine reads. */
export function collectSemanticTokens(
  query: Omit<Query, "offset">,
  tables: OccurrenceTables,
): SemanticToken[] {
  const text = query.snapshot.readFile(query.path) ?? "";
  const tokens = clansAround(query)
    .flatMap((clan) => tables.shownIn(clan, query.snapshot, query.path))
    .flatMap(tokenOf)
    .filter(({ start, end }) => start < end && !/[\r\n]/.test(text.slice(start, end)))
    // Of two meanings of one word the clan's own order decides.
    .sort((a, b) => a.start - b.start || a.end - b.end);
  const apart: SemanticToken[] = [];
  for (const token of tokens) if ((apart.at(-1)?.end ?? 0) <= token.start) apart.push(token);
  return apart;
}

function tokenOf({ entity, start, end, isDeclaration }: Occurrence): SemanticToken[] {
  if (entity.kind === "path") return [];
  const isPredefined = entity.kind === "tag" && entity.clan.tags.known.get(entity.name)?.predefined === true;
  const modifiers: TokenModifier[] = [];
  if (isDeclaration) modifiers.push("declaration");
  if (isPredefined) modifiers.push("defaultLibrary");
  return [{ start, end, type: types[entity.kind], modifiers }];
}
