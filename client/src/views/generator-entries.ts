/**
 * Below "Vars" of a machine: its generators, and what there is of their files.
 *
 *   openssh  generated
 *   wifi     1 of 2 files missing
 */
import type { GeneratorSummary, VarsParams, VarsSummary } from "../../../shared/requests.ts";
import { type TreeEntry, unknownEntry } from "./entry.ts";

/** `parent`: the id of "Vars", which has the vars of `machine`. A machine that surely has no generators has one row that says so. */
export function generatorEntries(
  { generators, open }: VarsSummary,
  parent: string,
  machine: VarsParams,
): readonly TreeEntry[] {
  if (generators.length === 0 && open === undefined)
    return [{ kind: "none", id: `${parent}/none`, label: "No generators", icon: "dash" }];
  return [
    ...generators.map((generator) => generatorEntry(generator, parent, machine)),
    ...unknownEntry("generators or files", open, parent),
  ];
}

export function generatorEntry(
  generator: GeneratorSummary,
  parent: string,
  { root, machine }: VarsParams,
): TreeEntry {
  const { name, files, place, folder } = generator;
  const missing = missingFiles(generator);
  return {
    kind: "generator",
    id: `${parent}/generator:${name}`,
    label: name,
    description: stateOf(generator, missing),
    tooltip: files.map(fileLine).join("\n") || undefined,
    icon: missing > 0 ? "circle-outline" : "circle-filled",
    place,
    folder,
    target: { root, machines: [machine], within: name },
  };
}

export function isMissing(generator: GeneratorSummary): boolean {
  return missingFiles(generator) > 0;
}

function missingFiles({ files }: GeneratorSummary): number {
  return files.filter(({ exists }) => exists === false).length;
}

/** Undefined where it has no files, or it cannot be known whether one of them is there. */
function stateOf({ files }: GeneratorSummary, missing: number): string | undefined {
  if (missing === 0) {
    const isKnown = files.length > 0 && files.every(({ exists }) => exists !== undefined);
    return isKnown ? "generated" : undefined;
  }
  return missing === files.length ? "missing" : `${missing} of ${files.length} files missing`;
}

type File = GeneratorSummary["files"][number];

function fileLine(file: File): string {
  const notes = fileNotes(file);
  return notes === "" ? file.name : `${file.name}: ${notes}`;
}

/** "secret, missing"; what is not known is left out. */
export function fileNotes({ secret, exists }: File): string {
  const notes = [
    secret === true && "secret",
    exists !== undefined && (exists ? "generated" : "missing"),
  ].filter((note) => typeof note === "string");
  return notes.join(", ");
}
