/**
 * Code names a file that its generator does not have.
 *
 *   config.clan.core.vars.generators.ca.files.ca-key.path   ->   error at `ca-key`
 *   cat $in/ca/ca-key                                       ->   error at `ca-key`
 *   cp $in/ca $out/key                                      ->   error at `$in/ca`, which is a folder
 */
import type { Clan } from "../clan/model.ts";
import { folderReads } from "../clan/vars/folder-reads.ts";
import type { Generator, MachineVars, VarsReference } from "../clan/vars/model.ts";
import type { Definition, OptionNode } from "../modules/option-node.ts";
import type { OptionSet } from "../modules/option-type.ts";
import { printAttrName } from "../syntax/quote.ts";
import { atPlace, bindFix, pathsOf, renameWordFix, varsOfMachines } from "./fix/vars-fix.ts";
import { collectMissingVars } from "./parts/machine-failures.ts";
import { offered, optionSetOf } from "./parts/option-walk.ts";
import { place } from "./parts/place.ts";
import type { Problem, Rule } from "./rule.ts";
import { findSuggestion } from "./words/suggest.ts";
import { choices } from "./words/words.ts";

export const unknownGeneratorFile: Rule = {
  code: "unknown-generator-file",
  severity: "error",
  summary: "A script or configuration names a file its generator does not have.",
  *checkClan(clan: Clan): Iterable<Problem> {
    for (const vars of varsOfMachines(clan)) {
      for (const reference of vars.references) yield* check(reference, vars);
      for (const generator of vars.generators.known.values())
        if (!generator.conditional) yield* checkFolders(generator, vars);
      for (const { name, node } of collectMissingVars(clan, vars, "file"))
        yield { ...place(node), message: `The generator has no file \`${name}\`.` };
    }
  },
};

/** The files of a generator are in a folder of its name. */
function* checkFolders(generator: Generator, { generators }: MachineVars): Iterable<Problem> {
  for (const { generator: read, ...place } of folderReads(generator, generators)) {
    const [file = "<file>"] = read.files.known.keys();
    const message = `The files of \`${read.name}\` are in this folder: write \`$in/${read.name}/${file}\`.`;
    yield { ...place, message };
  }
}

function* check(reference: VarsReference, { generators }: MachineVars): Iterable<Problem> {
  yield* checkAttributes(reference, generators);
  const { file, how, conditional } = reference;
  const generator = generators.known.get(reference.generator.name);
  // What a script writes beside its files is dropped, and no mistake for that.
  if (file === undefined || generator === undefined || conditional || how === "script-out") return;
  if (generator.conditional || generator.files.open !== undefined) return;
  if (generator.files.known.has(file.name) || (how === "script-in" && isFolder(file.name, generator))) return;
  const names = generator.files.known.keys();
  const suggestion = findSuggestion(file.name, generator.files.known.keys());
  const message = `The generator \`${generator.name}\` has no file \`${file.name}\`.`;
  yield atPlace(file, `${message}${choices("Files", names, suggestion)}`, {
    restsOn: [...pathsOf(generator, "files"), ...pathsOf(generator, "prompts")],
    fixes: [
      ...renameWordFix(file, suggestion, how === "configuration"),
      ...bindFix(generator.option, ["files", file.name], "{ }"),
    ],
  });
}

/** `generators.ca.key.path` lacks `files`, and a file has no `pth`. */
function* checkAttributes(
  { how, generator: { name }, part, file, attribute, conditional }: VarsReference,
  { known }: MachineVars["generators"],
): Iterable<Problem> {
  const option = known.get(name)?.option;
  const generator = known.get(name);
  if (how !== "configuration" || conditional || generator?.conditional !== false || option === undefined)
    return;
  // What is like no other name may be an option that a module adds to all generators.
  const canBeMeant = (written: string): boolean =>
    generator.files.known.has(written) ||
    OF_FILES.has(written) ||
    findSuggestion(written, offered(setOf(option))) !== undefined;
  if (part !== undefined && isUnknown(option, part.name) && canBeMeant(part.name)) {
    const isFile = generator.files.known.has(part.name);
    const names = offered(setOf(option));
    const suggestion = isFile
      ? `files.${part.name}`
      : OF_FILES.has(part.name)
        ? undefined
        : findSuggestion(part.name, names);
    const fixes = isFile
      ? [
          {
            title: `Change to \`${suggestion}\``,
            edits: [
              {
                path: part.path,
                start: part.start,
                end: part.end,
                text: `files.${printAttrName(part.name)}`,
              },
            ],
            preferred: true,
          },
        ]
      : renameWordFix(part, suggestion, true);
    const [anyFile = "<file>"] = generator.files.known.keys();
    const rest = isFile
      ? ` Its files are in \`files\`: write \`${suggestion}\`.`
      : OF_FILES.has(part.name)
        ? ` Each of its files has one: write \`files.${printAttrName(anyFile)}.${part.name}\`.`
        : choices("It has", names, suggestion);
    yield atPlace(part, `The generator \`${name}\` has no attribute \`${part.name}\`.${rest}`, { fixes });
  }
  const fileOption = file && generator.files.known.get(file.name)?.option;
  if (file === undefined || attribute === undefined || fileOption === undefined) return;
  if (!isUnknown(fileOption, attribute.name)) return;
  const names = offered(setOf(fileOption));
  const suggestion = findSuggestion(attribute.name, names);
  if (suggestion === undefined) return;
  const message = `The file \`${name}/${file.name}\` has no attribute \`${attribute.name}\`.${choices("It has", names, suggestion)}`;
  yield atPlace(attribute, message, { fixes: renameWordFix(attribute, suggestion, true) });
}

/** What people ask of a file. */
const OF_FILES: ReadonlySet<string> = new Set(["path", "value", "flakePath", "secret", "deploy", "exists"]);

const nothingOffered: OptionSet = { options: new Map() };

function setOf({ type }: OptionNode): OptionSet {
  return (type && optionSetOf(type)) ?? nothingOffered;
}

/** It is no option of the set, and nothing that defines it makes it one. */
function isUnknown(option: OptionNode, name: string): boolean {
  const set = option.type && optionSetOf(option.type);
  if (set === undefined || set.open !== undefined || set.freeform !== undefined || set.options.has(name))
    return false;
  return option.child(name) === undefined && option.open === undefined && option.definitions.every(isPlain);
}

/** A set of values: a module may declare options of its own. */
function isPlain({ value }: Definition): boolean {
  return value.type === "attrs" && !["options", "imports", "config"].some((name) => value.attrs.has(name));
}

/** Names of files can have slashes: `$in/ssh` is a folder then. */
function isFolder(name: string, { files }: Generator): boolean {
  return [...files.known.keys()].some((file) => file.startsWith(`${name}/`));
}
