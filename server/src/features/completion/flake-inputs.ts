/**
 * Candidates in the `inputs` of a flake.nix: clan-core with its address, what else an input may say, and what
 * it can follow.
 *
 *   inputs.clan-core.inputs.▮              ->   nixpkgs, sops-nix, …
 *   inputs.nixpkgs.follows = "▮"                    ->   clan-core/nixpkgs, then other inputs of inputs
 *   inputs.clan-core.inputs.nixpkgs.follows = "▮"   ->   nixpkgs, then the flake's other inputs
 */
import type { OptionType } from "../../modules/option-type.ts";
import { parentPath } from "../../nix/path.ts";
import { readLock } from "../../project/flake-inputs.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import type { Binding, Node } from "../../syntax/ast.ts";
import { type Marked, markerName } from "../marker.ts";
import { type Candidate, word } from "./candidate.ts";

const address = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
const text: OptionType = { kind: "str" };
const clanCoreStub = `{\n  url = "${address}";\n  inputs.nixpkgs.follows = "nixpkgs";\n}`;

/** Inputs of clan-core (its flake.nix), where no flake.lock lists them. */
const clanCoreInputs = [
  "data-mesher",
  "disko",
  "flake-parts",
  "nix-darwin",
  "nix-select",
  "nixpkgs",
  "sops-nix",
  "systems",
  "treefmt-nix",
];

/** What an input may say. */
const attributes: readonly (Candidate & { readonly detail: string })[] = [
  { kind: "option", text: word("url"), detail: "where the flake is", type: text, rank: 1 },
  { kind: "option", text: word("follows"), detail: "another input to use instead", type: text, rank: 2 },
  {
    kind: "option",
    text: word("inputs"),
    detail: "replacements for its own inputs",
    stub: "{ $0 }",
    rank: 3,
  },
  { kind: "option", text: word("flake"), detail: "false for a source that is no flake", rank: 4 },
];

/** Undefined where the marker does not stand in a flake's `inputs`. */
export function collectFlakeInputs(marked: Marked, path: string): Candidate[] | undefined {
  if (!path.endsWith("/flake.nix") || marked.ancestors.some(({ kind }) => kind === "lambda"))
    return undefined;
  const way = wayTo(marked);
  if (way?.[0] !== "inputs") return undefined;
  const declared = declaredInputs(marked.ancestors[0]);
  const isValue = marked.node.kind === "string";
  const [, input, attribute, inner, innerAttribute] = isValue ? way : [...way, markerName];
  if (isValue) {
    const others = (name: string) => inputsOf(marked.snapshot, path, name);
    if (attribute === "follows" && input !== undefined) return replacements(input, input, declared, others);
    if (innerAttribute === "follows" && input !== undefined && inner !== undefined)
      return replacements(inner, input, declared, others);
    return attribute === "url" && input === "clan-core"
      ? [{ kind: "value", text: word(address), rank: 1 }]
      : [];
  }
  if (input === markerName) return declared.includes("clan-core") ? [] : [clanCore()];
  if (attribute === markerName) return [...attributes];
  if (attribute !== "inputs") return [];
  if (inner === markerName) return innerInputs(marked.snapshot, path, input, declared);
  return innerAttribute === markerName ? attributes.filter((each) => each.text.value === "follows") : [];
}

/** Names of the bindings around the marker, outermost first; without the marker's own. */
function wayTo({ ancestors, node }: Marked): string[] | undefined {
  const names: string[] = [];
  for (const binding of ancestors.filter((each): each is Binding => each.kind === "binding"))
    for (const segment of binding.path) {
      if (segment === node) return names;
      if (segment.name === undefined) return undefined;
      names.push(segment.name);
    }
  return names;
}

/** The flake's inputs, however they are written. */
function declaredInputs(root: Node | undefined): string[] {
  const bindings = (node: Node): Binding[] =>
    node.kind === "attrset" ? node.bindings.filter((each): each is Binding => each.kind === "binding") : [];
  const found = (root === undefined ? [] : bindings(root)).flatMap(({ path, value }) => {
    const [first, second] = path;
    if (first?.name !== "inputs") return [];
    return second === undefined ? bindings(value).map((binding) => binding.path[0]?.name) : [second.name];
  });
  return [...new Set(found)].flatMap((name) => (name === undefined || name === markerName ? [] : [name]));
}

function clanCore(): Candidate {
  return {
    kind: "input",
    text: word("clan-core"),
    detail: "the clan framework",
    stub: clanCoreStub,
    rank: 0,
  };
}

/**
 * What the input called `name` can be replaced with; `owner` is the flake's input whose lock would change: it cannot
 * follow itself. Those of the same name first, and the flake's own before those of its inputs.
 */
function replacements(
  name: string,
  owner: string,
  declared: readonly string[],
  inputs: (of: string) => readonly string[],
): Candidate[] {
  const rank = (found: string, isOwn: boolean) => (found === name ? 0 : 2) + (isOwn ? 0 : 1);
  return declared
    .filter((input) => input !== owner)
    .flatMap((input): Candidate[] => [
      { kind: "input", text: word(input), detail: "input of this flake", rank: rank(input, true) },
      ...inputs(input).map(
        (inner): Candidate => ({
          kind: "input",
          text: word(`${input}/${inner}`),
          detail: `input of ${input}`,
          rank: rank(inner, false),
        }),
      ),
    ]);
}

/** By flake.lock; what clan-core has is known without it. */
function inputsOf(snapshot: Snapshot, path: string, input: string): readonly string[] {
  const locked = readLock(snapshot, parentPath(path))?.input(input)?.inputs;
  return locked === undefined ? (input === "clan-core" ? clanCoreInputs : []) : Object.keys(locked);
}

/** Those this flake has, too, first: they are the ones to follow. */
function innerInputs(
  snapshot: Snapshot,
  path: string,
  input: string | undefined,
  declared: readonly string[],
): Candidate[] {
  if (input === undefined) return [];
  return inputsOf(snapshot, path, input).map((name) => {
    const isShared = declared.includes(name);
    return {
      kind: "input",
      text: word(name),
      detail: `input of ${input}`,
      below: ".follows",
      stub: `"${isShared ? name : ""}$0"`,
      offersNext: !isShared,
      rank: isShared ? 1 : 2,
    };
  });
}
