/**
 * The input clan-core in a flake.nix, written like its other inputs; those of clan-core follow what the flake has.
 *
 *   inputs.nixpkgs.url = "…";   ->   inputs.clan-core.url = "…"; inputs.clan-core.inputs.nixpkgs.follows = "nixpkgs";
 */
import type { FlakeInput } from "../../project/flake.ts";
import type { TextEdit } from "../../rules/finding.ts";
import { append, appendBeside } from "../../rules/fix/edit.ts";
import type { AttrSet, Binding, Source } from "../../syntax/ast.ts";

const URL = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";

/** clan-core's own inputs, and the repositories people have as theirs. */
const CORE_INPUTS: readonly (readonly [string, RegExp])[] = [
  ["nixpkgs", /(^|\/)nixpkgs$/],
  ["flake-parts", /(^|\/)flake-parts$/],
  ["nix-darwin", /(^|\/)nix-darwin$/],
  ["disko", /(^|\/)disko$/],
  ["sops-nix", /(^|\/)sops-nix$/],
  ["systems", /^nix-systems\/default$/],
  ["treefmt-nix", /(^|\/)treefmt-nix$/],
];

/** Undefined where flake.nix is no set with inputs that are written out. `leaveOut`: inputs that clan-core keeps its own of. */
export function clanCoreInputEdit(
  source: Source,
  inputs: ReadonlyMap<string, FlakeInput>,
  leaveOut: readonly string[] = [],
): TextEdit | undefined {
  if (source.root.kind !== "attrset") return undefined;
  const follows = followsOf(inputs).filter(([name]) => !leaveOut.includes(name));
  const bindings = source.root.bindings.filter(
    (binding): binding is Binding => binding.kind === "binding" && binding.path[0]?.name === "inputs",
  );
  const whole = bindings.find(({ path, value }) => path.length === 1 && value.kind === "attrset");
  if (whole !== undefined) return append(whole.value as AttrSet, writtenIn(whole.value as AttrSet, follows));
  const last = bindings.at(-1);
  if (last !== undefined)
    return last.path.length > 1 ? appendBeside(last, dotted(follows, "inputs.")) : undefined;
  // No inputs at all: they come first.
  const [first] = source.root.bindings;
  if (first === undefined) return undefined;
  return {
    path: source.path,
    start: first.start,
    end: first.start,
    text: `${dotted(follows, "inputs.").replaceAll("\n", "\n  ")}\n\n  `,
  };
}

/** The same as bindings of the option of flake-file, from which it writes the flake.nix. */
export function flakeFileLines(
  inputs: ReadonlyMap<string, FlakeInput>,
  leaveOut: readonly string[],
): readonly string[] {
  const follows = followsOf(inputs).filter(([name]) => !leaveOut.includes(name));
  return dotted(follows, "flake-file.inputs.").split("\n");
}

/** Names of clan-core's inputs with those of the flake that are the same. */
export function followsOf(inputs: ReadonlyMap<string, FlakeInput>): readonly (readonly [string, string])[] {
  return CORE_INPUTS.flatMap(([core, repository]) => {
    const same = [...inputs.values()].filter((input) => repository.test(input.repository ?? input.name));
    const found = same.find(({ name }) => name === core) ?? (core === "nixpkgs" ? undefined : same[0]);
    return found === undefined ? [] : [[core, found.name] as const];
  });
}

/** As most of the others are: `x.url = …;` or `x = { url = …; };`. */
function writtenIn({ bindings }: AttrSet, follows: readonly (readonly [string, string])[]): string {
  const isNested = (binding: Binding): boolean => binding.path.length === 1;
  const written = bindings.filter((binding): binding is Binding => binding.kind === "binding");
  const nested = written.filter(isNested).length;
  return nested * 2 > written.length ? inOneSet(follows) : dotted(follows, "");
}

function dotted(follows: readonly (readonly [string, string])[], prefix: string): string {
  return [
    `${prefix}clan-core.url = "${URL}";`,
    ...follows.map(([core, own]) => `${prefix}clan-core.inputs.${core}.follows = "${own}";`),
  ].join("\n");
}

function inOneSet(follows: readonly (readonly [string, string])[]): string {
  const lines = follows.map(([core, own]) => `\tinputs.${core}.follows = "${own}";`);
  return ["clan-core = {", `\turl = "${URL}";`, ...lines, "};"].join("\n");
}
