/**
 * Generators, their files and prompts in words, as Markdown. Of a secret it says whether it is there, never what
 * it is.
 *
 *   describeGenerator(clan, ca)   ->   "**generator** `ca` · shared\n\nFiles:\n- `ca.pem` · public\n…"
 */
import type { Clan } from "../clan/model.ts";
import type { Generator, GeneratorFile, GeneratorPrompt, MachineVars } from "../clan/vars/model.ts";
import { generatorsOf } from "./entity.ts";
import { code, codeBlock, paragraphs, prose, shorten } from "./markdown.ts";
import type { VarsWord } from "./vars-words.ts";

/** Deeper dependencies than this are not drawn. */
const MAX_DEPTH = 4;

/** A longer value is cut. */
const MAX_VALUE = 400;

export function describeVarsWord({ clan, vars, kind, generator, name }: VarsWord): string {
  const file = kind === "generator-file" ? generator.files.known.get(name) : undefined;
  const prompt = kind === "prompt" ? generator.prompts.known.get(name) : undefined;
  if (file !== undefined) return describeFile(clan, generator, file);
  if (prompt !== undefined) return describePrompt(generator, prompt);
  return describeGenerator(clan, generator, vars);
}

export function describeGenerator(clan: Clan, generator: Generator, vars: MachineVars): string {
  const { name, share, files, prompts, origin } = generator;
  const { files: states } = clan.vars.state(generator);
  const fileLines = [...files.known.values()].map(
    (file) => `- ${code(file.name)}${traits(file)}${presence(states.get(file.name)?.exists)}`,
  );
  const promptLines = [...prompts.known.values()].map(
    ({ name: prompt, type, description }) =>
      `- ${code(prompt)}${type === undefined ? "" : ` · ${prose(type)}`}${description === undefined ? "" : `: ${prose(description)}`}`,
  );
  const tree = dependencyLines(generator, vars, []);
  return paragraphs(
    `**generator** ${code(name)}${share === true ? " · shared" : ""}`,
    origin.kind === "configuration"
      ? undefined
      : `Of the service ${code(origin.service)}, instance ${code(origin.instance)}.`,
    list("Files", fileLines, files.open !== undefined),
    list("Prompts", promptLines, prompts.open !== undefined),
    list("Needs", tree, generator.dependencies.open !== undefined),
    `Machines: ${stateLines(clan, name).join(", ")}`,
  );
}

export function describeFile(clan: Clan, generator: Generator, file: GeneratorFile): string {
  const state = clan.vars.state(generator).files.get(file.name);
  // The state has a value of public files only; this makes sure of it.
  const value = file.secret === false ? state?.value : undefined;
  return paragraphs(
    `**file** ${code(file.name)} of the generator ${code(generator.name)}${traits(file)}${presence(state?.exists)}`,
    file.isPersistedPrompt ? "The answer to the prompt of its name." : undefined,
    value === undefined || value === "" ? undefined : block(value),
  );
}

function describePrompt(generator: Generator, { name, type, description, persist }: GeneratorPrompt): string {
  return paragraphs(
    `**prompt** ${code(name)} of the generator ${code(generator.name)}${type === undefined ? "" : ` · ${prose(type)}`}`,
    prose(description),
    persist === true ? "The answer is kept as a secret file." : undefined,
  );
}

/** ` · public · not deployed` */
function traits({ secret, deploy }: GeneratorFile): string {
  const kind = secret === undefined ? "" : secret ? " · secret" : " · public";
  return `${kind}${deploy === false ? " · not deployed" : ""}`;
}

function presence(exists: boolean | undefined): string {
  if (exists === undefined) return "";
  return exists ? " · generated" : " · missing";
}

/** The generators it needs, each with those that it needs. */
function dependencyLines(
  { dependencies }: Generator,
  vars: MachineVars,
  around: readonly string[],
): string[] {
  return [...dependencies.known.keys()].flatMap((name) => {
    const needed = vars.generators.known.get(name);
    const line = `${"  ".repeat(around.length)}- ${code(name)}${needed === undefined ? " (unknown)" : ""}`;
    if (needed === undefined || around.includes(name) || around.length >= MAX_DEPTH) return [line];
    return [line, ...dependencyLines(needed, vars, [...around, name])];
  });
}

/** Each machine that has it, with what is on disk. */
function stateLines(clan: Clan, name: string): string[] {
  const known = generatorsOf(clan, name).map((generator) => {
    const { status } = clan.vars.state(generator);
    return `${code(generator.machine)}${status === "unknown" ? "" : ` (${status})`}`;
  });
  return [...shorten(known)];
}

function list(title: string, lines: readonly string[], isOpen: boolean): string | undefined {
  const all = isOpen ? [...lines, "- …"] : lines;
  return all.length === 0 ? undefined : `${title}:\n${shorten(all).join("\n")}`;
}

function block(value: string): string {
  const shown = value.length > MAX_VALUE ? `${value.slice(0, MAX_VALUE)}…` : value.trimEnd();
  return codeBlock("text", shown);
}
