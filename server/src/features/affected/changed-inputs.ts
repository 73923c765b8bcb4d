/**
 * The flake inputs that are of another version than before, and which machines use one.
 *
 *   flake.lock: nixpkgs has another rev   ->   [ "nixpkgs" ]
 */
import { parseFlakeLock } from "../../project/flake-lock.ts";
import type { Node, Source } from "../../syntax/ast.ts";
import { type Chain, walkPlaces } from "./written-places.ts";

/** Every machine is made with these, whatever its files say. */
const OF_ALL = /^(nixpkgs|clan-core|clan|nix-darwin|darwin)$/;

/** What flakes make besides machines. */
const NOT_OF_MACHINES = new Set([
  "apps",
  "checks",
  "devShells",
  "flakeModules",
  "formatter",
  "herculesCI",
  "homeConfigurations",
  "hydraJobs",
  "legacyPackages",
  "packages",
  "perSystem",
  "templates",
]);

/** Names of the flake's own inputs, sorted; an input counts as changed where one of its own inputs did. */
export function changedInputs(before: string | undefined, after: string | undefined): readonly string[] {
  const [old, now] = [before, after].map((text) => (text === undefined ? undefined : parseFlakeLock(text)));
  const names = new Set([...(old?.names() ?? []), ...(now?.names() ?? [])]);
  return [...names].filter((name) => old?.closure(name) !== now?.closure(name)).sort();
}

/** Whether the code of one of the files uses the input for the machine, or for all. */
export function usesInput(files: readonly Source[], input: string, machine: string): boolean {
  return (
    OF_ALL.test(input) ||
    files.some(
      (source) =>
        mentionsOf(source).get(input)?.has(machine) === true ||
        mentionsOf(source).get(input)?.has(ALL) === true,
    )
  );
}

/** No machine is called so. */
const ALL = "*";

const known = new WeakMap<Source, ReadonlyMap<string, ReadonlySet<string>>>();

/** By name, the machines it is mentioned for. */
function mentionsOf(source: Source): ReadonlyMap<string, ReadonlySet<string>> {
  const found = known.get(source) ?? collectMentions(source);
  known.set(source, found);
  return found;
}

function collectMentions({ root }: Source): ReadonlyMap<string, ReadonlySet<string>> {
  const mentions = new Map<string, Set<string>>();
  const skipped = new Set<Node>();
  for (const { node, chain } of walkPlaces(root)) {
    // `inputs.treefmt-nix.flakeModule`, `flake-parts.lib.mkFlake`: of the flake itself.
    if (
      node.kind === "select" &&
      node.path.some(({ name }) => name !== undefined && /^(mkFlake|flakeModules?)$/.test(name))
    )
      for (const part of [node.target, ...node.path]) skipped.add(part);
    // Names that are given, and none that are used.
    if (node.kind === "binding") for (const name of node.path) skipped.add(name);
    if (node.kind === "formal") skipped.add(node.name);
    if (node.kind !== "identifier" && node.kind !== "attr-name") continue;
    if (node.name === undefined || skipped.has(node)) continue;
    if (chain.some((name) => name !== undefined && NOT_OF_MACHINES.has(name))) continue;
    const machines = mentions.get(node.name) ?? new Set();
    machines.add(machineOf(chain));
    mentions.set(node.name, machines);
  }
  return mentions;
}

/** `machines.web…` is of web. */
function machineOf(chain: Chain): string {
  const at = chain.indexOf("machines");
  return (at < 0 ? undefined : chain[at + 1]) ?? ALL;
}
