/**
 * Names of generators, files and prompts that code of a machine reads or needs.
 *
 *   config.clan.core.vars.generators.▮            ->   the machine's generators
 *   config.clan.core.vars.generators.ca.▮         ->   files, prompts, share, …
 *   config.clan.core.vars.generators.ca.files.▮   ->   the files of ca
 *   dependencies = [ "▮" ]                        ->   the machine's other generators
 */
import type { Clan } from "../../clan/model.ts";
import { generatorsOption } from "../../clan/vars/generator-options.ts";
import { generatorsPath } from "../../clan/vars/machine-options.ts";
import type { Generator, MachineVars, VarsReference } from "../../clan/vars/model.ts";
import type { Node } from "../../syntax/ast.ts";
import { printAttrName } from "../../syntax/quote.ts";
import { describeOption } from "../describe.ts";
import { describeFile, describeGenerator } from "../describe-vars.ts";
import { type Marked, markerName } from "../marker.ts";
import { attributesOf, type OptionPlace, optionsOf } from "../option-place.ts";
import { clansAround, type Query } from "../query.ts";
import { optionInBrief } from "../type-words.ts";
import { type Candidate, code, word } from "./candidate.ts";

/** What the marker stands for in a path of the configuration; `query` is over the marked state. */
export function collectSelectedVars(query: Query): Candidate[] {
  for (const clan of clansAround(query))
    for (const vars of clan.vars.machinesReading(query.path)) {
      const reference = vars.references.find(
        ({ how, ...names }) => how === "configuration" && isMarked(names),
      );
      if (reference !== undefined) return candidatesFor(reference, clan, vars);
    }
  return [];
}

/** After `inherit (config.clan.core.vars.generators)`, and as a variable inside of `with …;`. */
export function collectVarsInScope(marked: Marked, query: Query): Candidate[] {
  const { node, ancestors, snapshot, word: written } = marked;
  const text = snapshot.readFile(query.path);
  // To know that no machine has a file, all have to be evaluated.
  if (text?.includes("generators") !== true) return [];
  if (ancestors.at(-1)?.kind === "inherit") return collectSelectedVars({ ...query, snapshot });
  if (node.kind !== "string" || written.quoted || !ancestors.some(mayBringGenerators)) return [];
  // Without its quotes the marker is a variable, which the `with` may bring.
  const bare = text.slice(0, node.start) + markerName + text.slice(node.end);
  const found = collectSelectedVars({ ...query, snapshot: snapshot.with(query.path, bare) });
  return found.map((candidate) => ({ ...candidate, text: code(printAttrName(candidate.text.value)) }));
}

/** `with lib;` surely brings none, and is all over the code. */
function mayBringGenerators(node: Node): boolean {
  return node.kind === "with" && !(node.scope.kind === "identifier" && /^(lib|pkgs)$/.test(node.scope.name));
}

function isMarked({ generator, part, file, prompt, attribute }: Omit<VarsReference, "how">): boolean {
  return [generator, part, file, prompt, attribute].some((place) => place?.name === markerName);
}

function candidatesFor(reference: VarsReference, clan: Clan, vars: MachineVars): Candidate[] {
  const { generator, part, file, attribute } = reference;
  if (generator.name === markerName) return generatorCandidates(clan, vars);
  // Whoever reads a generator may define it later.
  if (part?.name === markerName) return partCandidates(generator.name);
  const found = vars.generators.known.get(generator.name);
  if (found === undefined) return [];
  if (file?.name === markerName) return fileCandidates(clan, found);
  if (attribute?.name === markerName)
    return attributeCandidates(found.files.known.get(file?.name ?? "")?.secret);
  return [...found.prompts.known.keys()].map((name) => ({ kind: "prompt", text: word(name), rank: 1 }));
}

/** What can be read of any generator; mostly its files are. */
function partCandidates(generator: string): Candidate[] {
  const type = attributesOf(generatorsOption.type)?.of;
  const options = type && optionsOf(type)?.options;
  return [...(options ?? [])]
    .filter(([, { internal }]) => internal !== true)
    .map(([name, option]) => ({
      kind: "option",
      text: word(name),
      detail: optionInBrief(option),
      documentation: () => describeOption([...generatorsPath, generator, name], option.type, option),
      rank: name === "files" ? 0 : 1,
    }));
}

/** Only a public file has a value. */
function attributeCandidates(secret: boolean | undefined): Candidate[] {
  const names = ["path", ...(secret === false ? ["value", "exists"] : [])];
  return names.map((name, rank) => ({ kind: "option", text: word(name), rank }));
}

function generatorCandidates(clan: Clan, vars: MachineVars): Candidate[] {
  return [...vars.generators.known.values()]
    .filter(({ name }) => name !== markerName)
    .map((generator) => ({
      kind: "generator",
      text: word(generator.name),
      detail: [...generator.files.known.keys()].join(", "),
      documentation: () => describeGenerator(clan, generator, vars),
      rank: 1,
    }));
}

function fileCandidates(clan: Clan, generator: Generator): Candidate[] {
  return [...generator.files.known.values()]
    .filter(({ name }) => name !== markerName)
    .map((file) => ({
      kind: "generator-file",
      text: word(file.name),
      detail: file.secret === false ? "public file" : "file",
      documentation: () => describeFile(clan, generator, file),
      rank: 1,
    }));
}

/** For the name of a generator, as a key or as a dependency: a key is completed to define more of one. */
export function collectGenerators({ clan, option }: OptionPlace): Candidate[] {
  const around = option.path[option.path.indexOf("generators") + 1];
  for (const machine of clan.machines.known.keys()) {
    const vars = clan.vars.of(machine);
    if (vars.option === undefined || !isInTree(option, vars.option)) continue;
    return generatorCandidates(clan, vars).filter(({ text }) => text.value !== around);
  }
  return [];
}

function isInTree(option: OptionPlace["option"], root: OptionPlace["option"]): boolean {
  for (let at: OptionPlace["option"] | undefined = option; at !== undefined; at = at.parent)
    if (at === root) return true;
  return false;
}
