/**
 * The generators of an evaluated machine as people think of them.
 *
 *   generators.ca = { files."ca.pem".secret = false; dependencies = [ "root" ]; }
 *   ->  ca: files { ca.pem public }, dependencies { root }
 */
import type { OptionNode } from "../../modules/option-node.ts";
import { unknown } from "../../nix/make.ts";
import type { Unknown } from "../../nix/value.ts";
import type { Node } from "../../syntax/ast.ts";
import { originsOf, unknownPart } from "../definitions.ts";
import type { NameSet } from "../model.ts";
import type {
  Generator,
  GeneratorDependency,
  GeneratorFile,
  GeneratorOrigin,
  GeneratorPrompt,
} from "./model.ts";

export function readGenerator(
  name: string,
  machine: string,
  option: OptionNode,
  origin: GeneratorOrigin,
): Generator {
  const prompts = readPrompts(option);
  return {
    name,
    machine,
    origin,
    conditional: mayBeAbsent(option),
    share: boolean(option, "share", false),
    files: readFiles(option, prompts),
    prompts,
    dependencies: readDependencies(option),
    script: scriptOf(option),
    option,
    origins: originsOf(option),
  };
}

/** All its definitions hang on what cannot be decided. */
function mayBeAbsent(option: OptionNode): boolean {
  return option.definitions.every(({ conditional }) => conditional);
}

function readFiles(generator: OptionNode, prompts: NameSet<GeneratorPrompt>): NameSet<GeneratorFile> {
  const option = generator.child("files");
  const found = new Map<string, GeneratorFile>();
  for (const [name, file] of option?.children() ?? [])
    found.set(name, {
      name,
      secret: boolean(file, "secret", true),
      deploy: boolean(file, "deploy", true),
      option: file,
      origins: originsOf(file),
      isPersistedPrompt: prompts.known.get(name)?.persist === true,
    });
  let open: Unknown | undefined = option?.open ?? generator.open;
  for (const [name, { persist, origins, option: prompt }] of prompts.known) {
    if (persist === false || found.has(name)) continue;
    if (persist === undefined) {
      open ??=
        prompt?.open ?? unknown(`it is not known whether the answer to \`${name}\` is kept`, origins[0]);
      continue;
    }
    found.set(name, {
      name,
      secret: true,
      deploy: true,
      option: undefined,
      origins,
      isPersistedPrompt: true,
    });
  }
  return nameSet(found, "files", open, generator, prompts);
}

function readPrompts(generator: OptionNode): NameSet<GeneratorPrompt> {
  const option = generator.child("prompts");
  const found = new Map<string, GeneratorPrompt>();
  for (const [name, prompt] of option?.children() ?? []) {
    const type = prompt.child("type");
    found.set(name, {
      name,
      type: type === undefined && !isOpen(prompt, "type") ? "line" : type?.string(),
      description: prompt.child("description")?.string(),
      persist: boolean(prompt, "persist", false),
      option: prompt,
      origins: originsOf(prompt),
    });
  }
  return nameSet(found, "prompts", option?.open ?? generator.open, generator);
}

/** One that hangs on a condition is among them: it may be needed. */
function readDependencies(generator: OptionNode): NameSet<GeneratorDependency> {
  const option = generator.child("dependencies");
  const found = new Map<string, GeneratorDependency>();
  let open = option?.open ?? (option === undefined ? generator.open : undefined);
  for (const element of option?.children().values() ?? [])
    for (const { value, origins } of element.definitions) {
      if (value.type === "string") {
        const known = found.get(value.value)?.origins ?? [];
        found.set(value.value, { name: value.value, origins: [...known, ...origins.slice(0, 1)] });
      } else if (value.type === "unknown") open ??= value;
    }
  return nameSet(found, "dependencies", open, generator);
}

/** A string as written; a computed one says nothing. */
function scriptOf(generator: OptionNode): Node | undefined {
  const definitions = generator.child("script")?.effective() ?? [];
  const [definition, ...others] = definitions;
  if (definition === undefined || !definition.isLookedAt || others.length > 0) return undefined;
  const written = definition.origins.filter(({ kind }) => kind === "string");
  return written.length === 1 ? written[0] : undefined;
}

/** The default where nobody says otherwise; undefined if it is not known. */
function boolean(option: OptionNode, name: string, fallback: boolean): boolean | undefined {
  const child = option.child(name);
  if (child === undefined) return isOpen(option, name) ? undefined : fallback;
  const value = child.value();
  return value.type === "bool" ? value.value : agreed(child, mayBeAbsent(option) ? undefined : fallback);
}

/** What all definitions say, those that may not apply among them; `otherwise` holds if none of them applies. */
function agreed(option: OptionNode, otherwise: boolean | undefined): boolean | undefined {
  const values = new Set<boolean | undefined>();
  for (const { value } of option.definitions) values.add(value.type === "bool" ? value.value : undefined);
  if (mayBeAbsent(option) && otherwise !== undefined) values.add(otherwise);
  return values.size === 1 && option.open === undefined ? [...values][0] : undefined;
}

function isOpen(option: OptionNode, name: string): boolean {
  return option.child(name) === undefined && option.open !== undefined;
}

function nameSet<T>(
  found: ReadonlyMap<string, T>,
  what: string,
  open: Unknown | undefined,
  generator: OptionNode,
  alsoOpen?: NameSet<unknown>,
): NameSet<T> {
  const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    known: new Map(sorted),
    open: open === undefined ? alsoOpen?.open : unknownPart([...generator.path, what], open, generator),
  };
}
