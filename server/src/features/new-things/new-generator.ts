/**
 * A generator of the kind a person chose, in the file they chose.
 *
 *   { name: "wifi", kind: "prompt", share: true, path: "/clan/modules/base.nix" }
 *   ->  clan.core.vars.generators.wifi = { share = true; prompts.value = { … }; };
 */
import type { Clan } from "../../clan/model.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import type { TextEdit } from "../../rules/finding.ts";
import { append } from "../../rules/fix/edit.ts";
import { addArgument } from "../../rules/parts/pkgs-argument.ts";
import { printAttrName } from "../../syntax/quote.ts";
import type { Proposal } from "../assists/assist.ts";
import { readsWell } from "../checked-edits.ts";
import type { ClansOf } from "../query.ts";
import { findModule, generatorPlaces, newModule } from "./generator-places.ts";
import { tryEdits } from "./tried-edits.ts";

export type GeneratorKind = "token" | "password" | "ssh-key" | "prompt";

export interface GeneratorChoice {
  /** Absolute; one of `generatorPlaces`. */
  readonly path: string;
  readonly name: string;
  readonly kind: GeneratorKind;
  /** One value for all machines. */
  readonly share: boolean;
}

export interface NewGenerator {
  /** Undefined where the file is not written in a way that can be added to. */
  readonly proposal: Proposal | undefined;
  /** Sentences on what would be wrong. */
  readonly problems: readonly string[];
}

export function newGenerator(
  clan: Clan,
  snapshot: Snapshot,
  clans: ClansOf,
  choice: GeneratorChoice,
): NewGenerator {
  const { path, name } = choice;
  const place = generatorPlaces(clan, snapshot).find((one) => one.path === path);
  if (place === undefined) return { proposal: undefined, problems: [] };
  const taken = place.machines.find((machine) => clan.vars.of(machine).generators.known.has(name));
  if (taken !== undefined)
    return { proposal: undefined, problems: [`${taken} has a generator ${name} already.`] };
  const change = place.isNew ? createFile(choice, snapshot) : editsFor(choice, snapshot);
  if (change === undefined || !readsWell(snapshot, change.edits, change.creates))
    return { proposal: undefined, problems: [] };
  const tried = tryEdits(clan, snapshot, clans, change.edits, change.creates);
  // In a file that is something else besides, it would be written in the wrong place.
  const isThere = place.machines.every((machine) => tried?.clan.vars.of(machine).generators.known.has(name));
  if (tried === undefined || !isThere) return { proposal: undefined, problems: [] };
  return {
    proposal: { title: `Add generator \`${name}\``, ...change },
    problems: tried.problems.map(({ message }) => message),
  };
}

type Change = Pick<Proposal, "edits" | "creates">;

function editsFor(choice: GeneratorChoice, snapshot: Snapshot): Change | undefined {
  const source = snapshot.source(choice.path);
  const module = source && findModule(source);
  if (source === undefined || module === undefined) return undefined;
  const { set, lambda } = module;
  return { edits: [...pkgsEdits(choice, source.path, lambda), append(set, generatorText(choice))] };
}

/** The function takes `pkgs` from then on, or the set becomes one that does. */
function pkgsEdits(
  { kind }: GeneratorChoice,
  path: string,
  lambda: NonNullable<ReturnType<typeof findModule>>["lambda"],
): readonly TextEdit[] {
  if (programs[kind] === undefined) return [];
  if (lambda === undefined) return [{ path, start: 0, end: 0, text: "{ pkgs, ... }:\n" }];
  const takes = lambda.param.formals?.some(({ name }) => name.name === "pkgs") === true;
  return takes ? [] : addArgument(lambda, "pkgs").edits;
}

/** The text that comes into being is edited as if it were there. */
function createFile(choice: GeneratorChoice, snapshot: Snapshot): Change | undefined {
  const { path } = choice;
  const change = editsFor(choice, snapshot.with(path, newModule));
  if (change === undefined) return undefined;
  const text = [...change.edits]
    .sort((a, b) => b.start - a.start)
    .reduce((written, edit) => written.slice(0, edit.start) + edit.text + written.slice(edit.end), newModule);
  return { edits: [], creates: new Map([[path, text]]) };
}

/** Of the package that has what the script runs. */
const programs: Readonly<Record<GeneratorKind, string | undefined>> = {
  token: "openssl",
  password: "mkpasswd",
  "ssh-key": "openssh",
  prompt: undefined,
};

const bodies: Readonly<Record<GeneratorKind, readonly string[]>> = {
  token: [
    "files.token = { };",
    "runtimeInputs = [ pkgs.openssl ];",
    "script = ''",
    "\topenssl rand -hex 32 | tr -d '\\n' > \"$out/token\"",
    "'';",
  ],
  password: [
    "prompts.password = {",
    '\tdescription = "The password";',
    '\ttype = "hidden";',
    "};",
    'files.hash.neededFor = "users";',
    "runtimeInputs = [ pkgs.mkpasswd ];",
    "script = ''",
    '\tmkpasswd --stdin --method=yescrypt < "$prompts/password" > "$out/hash"',
    "'';",
  ],
  "ssh-key": [
    "files.id_ed25519 = { };",
    'files."id_ed25519.pub".secret = false;',
    "runtimeInputs = [ pkgs.openssh ];",
    "script = ''",
    '\tssh-keygen -q -t ed25519 -N "" -C "" -f "$out/id_ed25519"',
    "'';",
  ],
  prompt: [
    "prompts.value = {",
    '\tdescription = "What to type here";',
    '\ttype = "hidden";',
    "\tpersist = true;",
    "};",
  ],
};

function generatorText({ name, kind, share }: GeneratorChoice): string {
  const lines = [...(share ? ["share = true;"] : []), ...bodies[kind]].map((line) => `\t${line}\n`);
  return `clan.core.vars.generators.${printAttrName(name)} = {\n${lines.join("")}};`;
}
