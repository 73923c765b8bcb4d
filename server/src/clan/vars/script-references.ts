/**
 * What the scripts of generators say of each other and of themselves.
 *
 *   web = { dependencies = [ "ca" ]; script = "sign $in/ca/key > $out/cert"; }
 *   ->   in the script of web: the file key of ca, and the file cert of web
 */
import type { ShellScript, ShellWord } from "../../syntax/shell/ast.ts";
import type { NameSet } from "../model.ts";
import type { Generator, GeneratorFile, NamedPlace, VarsReference } from "./model.ts";
import { wordsOf } from "./script-commands.ts";
import { collectMadeInputs, type MadeInputs, mayBeMade } from "./script-inputs.ts";
import { collectPaths, type PathName, type ScriptPath } from "./script-paths.ts";

/** The script of a generator, as shell; undefined where it is computed, or there is none. */
export function scriptOf({ script }: Generator): ShellScript | undefined {
  return script?.kind === "string" ? script.source.script?.(script) : undefined;
}

/** Nobody gives it one, or an empty one, and all that defines it is written out: no facts about a service, which say none. */
export function hasNoScript({ option }: Generator): boolean {
  const script = option?.child("script");
  if (option === undefined || option.open !== undefined) return false;
  // Where the evaluation of a script was ended there is no definition, and yet it has one.
  if (script?.open !== undefined) return false;
  return (
    option.definitions.every(({ origins }) => origins.length > 0) &&
    (script?.definitions ?? []).every(
      ({ value, conditional }) => !conditional && value.type === "string" && value.value.trim() === "",
    )
  );
}

/** References in the script; none to folders it gives another meaning. */
export function scriptReferences(
  generator: Generator,
  generators: NameSet<Generator>,
): readonly VarsReference[] {
  const script = scriptOf(generator);
  const path = generator.script?.source.path;
  if (script === undefined || path === undefined) return [];
  const tested = new Set<string>();
  const made = collectMadeInputs(script);
  const found: VarsReference[] = [];
  for (const command of script.commands)
    for (const word of wordsOf(command)) {
      // A path inside a longer text may be meant for people.
      const isText = hasBlank(word);
      for (const place of likelyPaths(collectPaths(word), generator, generators)) {
        if (script.assigned.has(place.folder)) continue;
        const reference = referenceOf(place, path, generator, generators);
        if (reference === undefined) continue;
        // A pattern that a loop goes over may match nothing.
        const isPattern = command.name === undefined && place.isComputed;
        const isOptional = script.broken || command.isOptional || place.isAmbiguous || isText || isPattern;
        if (isOptional) tested.add(keyOf(reference));
        found.push({ ...reference, conditional: isOptional || isMade(place, made, generators) });
      }
    }
  // What is tested once is known to be absent at times.
  return found.map((reference) =>
    tested.has(keyOf(reference)) ? { ...reference, conditional: true } : reference,
  );
}

/** Of two readings of a word the one that names something, else the shorter one. */
function likelyPaths(
  paths: readonly ScriptPath[],
  generator: Generator,
  generators: NameSet<Generator>,
): readonly ScriptPath[] {
  const isKnown = ({ folder, names: [first, ...others] }: ScriptPath): boolean => {
    if (first === undefined) return false;
    if (folder === "prompts") return generator.prompts.known.has(first.name);
    const files = folder === "in" ? generators.known.get(first.name)?.files : generator.files;
    const below = (folder === "in" ? others : [first, ...others]).map(({ name }) => name).join("/");
    return files?.known.has(below) === true;
  };
  return paths.filter((path, index) => {
    if (!path.isAmbiguous) return true;
    const [longer, shorter] = [paths[index - 1], paths[index + 1]];
    if (shorter?.start === path.start) return isKnown(path);
    return longer?.start !== path.start || !isKnown(longer);
  });
}

/** Part of what the script itself makes below `$in`. */
function isMade({ folder, names }: ScriptPath, made: MadeInputs, { known }: NameSet<Generator>): boolean {
  const path = names.map(({ name }) => name).join("/");
  return folder === "in" && mayBeMade(made, path, known.has(names[0]?.name ?? ""));
}

function referenceOf(
  { folder, names, isComputed, ...root }: ScriptPath,
  path: string,
  generator: Generator,
  generators: NameSet<Generator>,
): VarsReference | undefined {
  const [first, ...others] = names.map((name) => ({ ...name, path }));
  if (first === undefined) return undefined;
  const within = generator.name;
  const own = { name: within, path, start: root.start, end: root.end };
  if (folder === "in") {
    const file = filePlace(others, generators.known.get(first.name)?.files, isComputed);
    return { ...nothing, how: "script-in", within, generator: first, file };
  }
  if (folder === "prompts")
    return { ...nothing, how: "script-prompt", within, generator: own, prompt: first };
  const file = filePlace([first, ...others], generator.files, isComputed);
  return file && { ...nothing, how: "script-out", within, generator: own, file };
}

const nothing = {
  conditional: false,
  part: undefined,
  file: undefined,
  prompt: undefined,
  attribute: undefined,
};

/** Of how many folders and a file in them nobody makes a name. */
const MAX_FOLDERS = 32;

/** The name of a file can have slashes, and a file can be a folder in which more lies. */
function filePlace(
  names: readonly (PathName & { readonly path: string })[],
  files: NameSet<GeneratorFile> | undefined,
  isComputed: boolean,
): NamedPlace | undefined {
  for (let length = Math.min(names.length, MAX_FOLDERS); length > 0; length--) {
    const place = joined(names.slice(0, length));
    if (place !== undefined && files?.known.has(place.name)) return place;
  }
  return isComputed ? undefined : joined(names);
}

function joined(names: readonly (PathName & { readonly path: string })[]): NamedPlace | undefined {
  const [first] = names;
  const last = names.at(-1);
  if (first === undefined || last === undefined) return undefined;
  return { ...first, name: names.map(({ name }) => name).join("/"), end: last.end };
}

function hasBlank({ parts }: ShellWord): boolean {
  return parts.some((part) => part.kind === "text" && /\s/.test(part.text));
}

function keyOf({ how, generator, prompt }: VarsReference): string {
  return `${how} ${prompt?.name ?? generator.name}`;
}
