/**
 * Which names code mentions for a machine: what is written for another machine, for what is no machine, or in a module of the flake
 * that the machine does not import, is not.
 *
 *   nixosModules = { web.imports = [ inputs.mail.x ]; db = { }; }   and   machines.a.imports = [ self.nixosModules.db ]
 *   ->   mayMention(files, "mail", "a")   false
 */
import type { Node, Select, Source } from "../../syntax/ast.ts";
import { type Chain, walkPlaces } from "./written-places.ts";

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

/** Outputs that hold modules by name. */
const MODULES = /^(nixos|darwin|home|homeManager)Modules$/;

/** "machine web", "module nixosModules.web", or one of these: for all, and any module of the flake. */
type Scope = string;
const ALL: Scope = "all";
const ANY_MODULE: Scope = "any module";

interface Mentions {
  /** By name, where it is mentioned. */
  readonly scopes: ReadonlyMap<string, ReadonlySet<Scope>>;
  /** The modules that code of a scope imports, or may import. */
  readonly imports: ReadonlyMap<Scope, ReadonlySet<Scope>>;
}

/** Whether code of one of the files that counts for the machine has the name. */
export function mayMention(files: readonly Source[], name: string, machine: string): boolean {
  const mentions = files.map(mentionsOf);
  const found = mentions.flatMap(({ scopes }) => [...(scopes.get(name) ?? [])]);
  if (found.length === 0) return false;
  const counting = new Set([ALL, `machine ${machine}`]);
  for (const scope of counting)
    for (const { imports } of mentions) for (const module of imports.get(scope) ?? []) counting.add(module);
  const isOfAny = counting.has(ANY_MODULE);
  return found.some((scope) => counting.has(scope) || (isOfAny && scope.startsWith("module ")));
}

const known = new WeakMap<Source, Mentions>();

function mentionsOf(source: Source): Mentions {
  const found = known.get(source) ?? collectMentions(source);
  known.set(source, found);
  return found;
}

function collectMentions({ root }: Source): Mentions {
  const scopes = new Map<string, Set<Scope>>();
  const imports = new Map<Scope, Set<Scope>>();
  const skipped = new Set<Node>();
  const add = (map: Map<string, Set<Scope>>, key: string, scope: Scope): void => {
    map.set(key, (map.get(key) ?? new Set()).add(scope));
  };
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
    if (chain.some((name) => name !== undefined && NOT_OF_MACHINES.has(name))) continue;
    const scope = scopeOf(chain);
    if (node.kind === "select") {
      const { module, words } = importOf(node);
      if (module !== undefined) add(imports, scope, module);
      for (const word of words) skipped.add(word);
    }
    if (node.kind !== "identifier" && node.kind !== "attr-name") continue;
    if (node.name === undefined || skipped.has(node)) continue;
    add(scopes, node.name, scope);
    // `with self.nixosModules;`, `inherit (self) nixosModules;`
    if (MODULES.test(node.name)) add(imports, scope, ANY_MODULE);
  }
  return { scopes, imports };
}

/** The module that `self.nixosModules.web` means, and the words that say no more than that. */
function importOf({ target, path }: Select): { readonly module?: Scope; readonly words: readonly Node[] } {
  const parts = [...(target.kind === "identifier" ? [target] : []), ...path];
  const at = parts.findIndex(({ name }) => name !== undefined && MODULES.test(name));
  const [holder, member] = [parts[at], parts[at + 1]];
  if (holder !== undefined && member?.name !== undefined)
    return { module: `module ${holder.name}.${member.name}`, words: [holder] };
  // `self.${output}.web` may be any; `self.inputs.x.${output}` is another flake's.
  const own = parts.slice(parts.findLastIndex(({ name }) => name === "self") + 1);
  const first = own.length < parts.length ? own.find(({ name }) => name !== "outputs") : undefined;
  const isComputed = first !== undefined && first.name === undefined;
  return isComputed ? { module: ANY_MODULE, words: [] } : { words: [] };
}

/** `machines.web…` is of web, `nixosModules.web…` of whom that is imported by. */
function scopeOf(chain: Chain): Scope {
  const module = chain.findIndex((name) => name !== undefined && MODULES.test(name));
  const name = module < 0 ? undefined : chain[module + 1];
  if (name !== undefined) return `module ${chain[module]}.${name}`;
  const machine = chain[chain.indexOf("machines") + 1];
  return chain.includes("machines") && machine !== undefined ? `machine ${machine}` : ALL;
}
