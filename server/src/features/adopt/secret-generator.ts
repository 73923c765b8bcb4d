/**
 * A secret of sops-nix or agenix becomes a vars generator with a prompt. First both are there; once the generator has its value
 * on all machines, what reads the secret reads the generator's file, and the secret goes.
 *
 *   age.secrets.token.file = ./token.age;
 *   ->   clan.core.vars.generators.token = { prompts.token = { type = "hidden"; persist = true; }; };   beside it
 */
import type { Clan } from "../../clan/model.ts";
import { isWithin } from "../../nix/path.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import type { TextEdit } from "../../rules/finding.ts";
import { appendBeside, hasComment, remove, textOf } from "../../rules/fix/edit.ts";
import type { AttrSet, Binding, Node, Source } from "../../syntax/ast.ts";
import { walk } from "../../syntax/navigate.ts";
import { printAttrName } from "../../syntax/quote.ts";
import { tryEdits } from "../new-things/tried-edits.ts";
import type { ClansOf } from "../query.ts";
import { collectFiles, collectWritten } from "./written-options.ts";

export interface WrittenSecret {
  readonly tool: "sops" | "age";
  readonly name: string;
  /** Absolute. */
  readonly file: string;
  /** `age.secrets.token…`; the first of several for the same secret. */
  readonly node: Binding;
  /** The machines of the clan that read the file, sorted. */
  readonly machines: readonly string[];
  /** "secret": nothing is done yet; "both": the generator is there; "generated": it has its value everywhere. */
  readonly state: "secret" | "both" | "generated";
}

/** Those that stand in a file of the clan's flake, sorted by file and name. */
export function collectSecrets(snapshot: Snapshot, clan: Clan): readonly WrittenSecret[] {
  const written = collectWritten(snapshot, collectFiles(snapshot, clan.root));
  const found = new Map<string, WrittenSecret>();
  for (const { path, file, node } of written) {
    const [, tool, name] = /^(sops|age)\.secrets\.([^.*]+)(?:\.|$)/.exec(path) ?? [];
    const key = `${file} ${tool} ${name}`;
    if (name === undefined || (tool !== "sops" && tool !== "age") || found.has(key)) continue;
    const machines = [...clan.machines.known.keys()]
      .filter((one) => clan.vars.of(one).files.has(file))
      .sort();
    found.set(key, { tool, name, file, node, machines, state: stateOf(clan, name, machines) });
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, secret]) => secret);
}

function stateOf(clan: Clan, name: string, machines: readonly string[]): WrittenSecret["state"] {
  const generators = machines.flatMap((one) => clan.vars.of(one).generators.known.get(name) ?? []);
  if (generators.length === 0 || generators.length < machines.length) return "secret";
  const isDone = generators.every((one) => ["generated", "stale"].includes(clan.vars.state(one).status));
  return isDone ? "generated" : "both";
}

export interface SecretChange {
  readonly edits: readonly TextEdit[];
  /** Why nothing can be done, or what would be wrong. */
  readonly problems: readonly string[];
}

/** The next step for the secret. */
export function secretToGenerator(
  clan: Clan,
  snapshot: Snapshot,
  clans: ClansOf,
  secret: WrittenSecret,
): SecretChange {
  const { name, machines, state } = secret;
  if (machines.length === 0)
    return refusal(
      `No machine of the clan reads the file in which \`${name}\` stands. Move its host into the clan first.`,
    );
  if (state === "both")
    return refusal(
      `The generator \`${name}\` has no value yet: run \`clan vars generate ${machines[0]}\`. Until then both stay.`,
    );
  const edits = state === "secret" ? generatorEdits(secret) : replacement(snapshot, clan, secret);
  if ("problems" in edits) return edits;
  const tried = tryEdits(clan, snapshot, clans, edits);
  if (tried === undefined) return refusal("The clan could not be read any more afterwards.");
  return { edits, problems: tried.problems.map(({ message }) => message) };
}

function refusal(problem: string): SecretChange {
  return { edits: [], problems: [problem] };
}

/** What says who may read it, which vars have by the same names. */
const KEPT = ["owner", "group", "mode"];

function generatorEdits(secret: WrittenSecret): readonly TextEdit[] {
  const { name, tool, node } = secret;
  const own = printAttrName(name);
  const lines = [
    `# In place of ${tool}.secrets.${own}, which stays until this is generated.`,
    `clan.core.vars.generators.${own} = {`,
    `\tprompts.${own} = {`,
    `\t\tdescription = ${JSON.stringify(`The secret ${name}`)};`,
    '\t\ttype = "multiline-hidden";',
    "\t\tpersist = true;",
    "\t};",
    ...keptOptions(secret).map((line) => `\tfiles.${own}.${line}`),
    "};",
  ];
  return [appendBeside(topBinding(node), lines.join("\n"))];
}

/** The binding that stands in the module itself: `age = { secrets = { token = …; }; };` as a whole. */
function topBinding(node: Binding): Binding {
  let top = node;
  walk(node.source.root, (each) => {
    if (each.kind !== "binding" || each.start > top.start || each.end < top.end) return;
    const name = each.path[0]?.name;
    if (name === "age" || name === "sops") top = each;
  });
  return top;
}

/** `owner = "web";` and the like, of all that is written for the secret in the file. */
function keptOptions({ tool, name, node }: WrittenSecret): readonly string[] {
  const found = new Map<string, string>();
  const take = (key: string | undefined, binding: Binding): void => {
    if (key === undefined || !KEPT.includes(key)) return;
    // vars want four digits.
    const value = textOf(binding.value).replace(/^"([0-7]{3})"$/, '"0$1"');
    found.set(key, `${key} = ${value};`);
  };
  for (const binding of bindingsOf(node.source, tool, name)) {
    if (binding.value.kind === "attrset")
      for (const each of binding.value.bindings)
        if (each.kind === "binding" && each.path.length === 1) take(each.path[0]?.name, each);
    take(binding.path.at(-1)?.name, binding);
  }
  return [...found.values()];
}

/** All bindings of the file that are for the secret: `age.secrets.x.file = …;`, `age.secrets = { x = …; };`. */
function bindingsOf(source: Source, tool: string, name: string): readonly Binding[] {
  const found: Binding[] = [];
  const inSet = (set: AttrSet, path: readonly string[]): void => {
    for (const each of set.bindings) {
      if (each.kind !== "binding") continue;
      const here = [...path, ...each.path.map((one) => one.name ?? "*")].join(".").replace(/^config\./, "");
      const wanted = `${tool}.secrets.${name}`;
      if (here === wanted || here.startsWith(`${wanted}.`)) found.push(each);
      else if (wanted.startsWith(`${here}.`) && each.value.kind === "attrset")
        inSet(each.value, here.split("."));
      else if (here === "config" && each.value.kind === "attrset") inSet(each.value, []);
    }
  };
  const tops: AttrSet[] = [];
  const values = new Set<Node>();
  walk(source.root, (node) => {
    if (node.kind === "binding" && node.value.kind === "attrset") values.add(node.value);
    if (node.kind === "attrset" && !values.has(node)) tops.push(node);
  });
  for (const top of tops) inSet(top, []);
  return found;
}

/** What reads the secret reads the generator's file; the secret goes. */
function replacement(
  snapshot: Snapshot,
  clan: Clan,
  secret: WrittenSecret,
): readonly TextEdit[] | SecretChange {
  const { tool, name, file, node } = secret;
  const others = collectSecrets(snapshot, clan).filter(
    (one) => one.name === name && one.tool === tool && one.file !== file,
  );
  if (others.length > 0)
    return refusal(`\`${name}\` is written in ${others.length + 1} files: replace it there by hand.`);
  const bindings = bindingsOf(node.source, tool, name);
  if (bindings.some(hasComment))
    return refusal(`Comments stand in the secret \`${name}\`: take it out by hand, so that none is lost.`);
  const path = `config.clan.core.vars.generators.${printAttrName(name)}.files.${printAttrName(name)}.path`;
  const uses: TextEdit[] = [];
  let strange: string | undefined;
  for (const each of collectFiles(snapshot, clan.root)) {
    const source = each.endsWith(".nix") && isWithin(each, clan.root) ? snapshot.source(each) : undefined;
    if (source === undefined) continue;
    walk(source.root, (found) => {
      if (found.kind !== "select" || found.target.kind !== "identifier" || found.target.name !== "config")
        return;
      const names = found.path.map((one) => one.name);
      if (names[0] !== tool || (names[1] ?? "secrets") !== "secrets" || (names[2] ?? name) !== name) return;
      if (names.length === 4 && names[3] === "path" && found.fallback === undefined)
        uses.push({ path: each, start: found.start, end: found.end, text: path });
      else strange ??= textOf(found);
    });
  }
  if (strange !== undefined)
    return refusal(`\`${strange}\` has no counterpart in vars: replace it by hand first.`);
  return [...uses, ...bindings.map(remove)];
}
