/**
 * What of a machine's vars the word at a cursor is: a generator, one of its files or prompts, in Nix or in a script.
 *
 *   cat $in/ca/ke▮y   ->   the file key of the generator ca, on web
 */
import type { Clan } from "../clan/model.ts";
import type { Generator, MachineVars, NamedPlace } from "../clan/vars/model.ts";
import { place } from "../rules/parts/place.ts";
import { clansAround, type Query, type Range } from "./query.ts";

export interface VarsWord {
  readonly clan: Clan;
  readonly vars: MachineVars;
  readonly range: Range;
  readonly kind: "generator" | "generator-file" | "prompt";
  /** The generator itself, or the one the file or prompt is of. */
  readonly generator: Generator;
  readonly name: string;
}

/** On the first machine that has the file and knows the word; undefined where it is none of a generator. */
export function findVarsWord(query: Query): VarsWord | undefined {
  // To know that no machine has a file, all have to be evaluated.
  if (query.snapshot.source(query.path)?.text.includes("generators") !== true) return undefined;
  for (const clan of clansAround(query))
    for (const vars of clan.vars.machinesReading(query.path)) {
      const found = findWritten(vars, query) ?? findReferred(vars, query);
      if (found !== undefined) return { clan, vars, ...found };
    }
  return undefined;
}

type Found = Omit<VarsWord, "clan" | "vars">;

/** Where generators are defined. */
function findWritten({ generators }: MachineVars, query: Query): Found | undefined {
  for (const generator of generators.known.values()) {
    const parts = [
      { kind: "generator" as const, known: [generator] },
      // A prompt that is kept is a file as well.
      { kind: "prompt" as const, known: generator.prompts.known.values() },
      { kind: "generator-file" as const, known: generator.files.known.values() },
    ];
    for (const { kind, known } of parts)
      for (const { name, origins } of known) {
        const range = origins.map(place).find((at) => holds(at, query));
        if (range !== undefined) return { kind, range, generator, name };
      }
  }
  return undefined;
}

function findReferred({ generators, references }: MachineVars, query: Query): Found | undefined {
  for (const reference of references) {
    const generator = generators.known.get(reference.generator.name);
    const { file, prompt } = reference;
    const words = [
      ["generator-file", file],
      ["prompt", prompt],
      ["generator", reference.generator],
    ] as const;
    for (const [kind, word] of words)
      if (generator !== undefined && word !== undefined && holds(word, query))
        return { kind, range: word, generator, name: word.name };
  }
  return undefined;
}

function holds({ path, start, end }: Pick<NamedPlace, "path" | "start" | "end">, query: Query): boolean {
  return path === query.path && start <= query.offset && query.offset <= end;
}
