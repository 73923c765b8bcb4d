/**
 * What machines take from outputs of their own flake that nobody evaluates here: packages, overlays, functions. What
 * they are is compared as code, with the files that names.
 *
 *   services.site.package = self.packages.${system}.site;      in a module
 *   packages.site = pkgs.callPackage ./site { };               in the flake: ./site/index.html concerns the machine
 */
import { closureOf, pathOf } from "../../nix/closure-text.ts";
import { isWithin } from "../../nix/path.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import type { Binding, Expr, Inherit, Node, Select, Source } from "../../syntax/ast.ts";
import { sourceCode } from "../../syntax/code-text.ts";
import { walk } from "../../syntax/navigate.ts";
import { withNamedFiles } from "./changed-files.ts";
import { type Chain, isSystem, walkPlaces } from "./written-places.ts";

/** `self.packages.${system}.site`; without a name, any of them may be used. */
export interface OutputUse {
  readonly output: string;
  readonly name: string | undefined;
}

/** What of `self` is evaluated, or says nothing of what it holds. */
const EVALUATED = new Set([
  "clan",
  "darwinConfigurations",
  "darwinModules",
  "flakeModules",
  "homeModules",
  "inputs",
  "lastModified",
  "lastModifiedDate",
  "narHash",
  "nixosConfigurations",
  "nixosModules",
  "outPath",
  "rev",
  "shortRev",
  "dirtyRev",
  "dirtyShortRev",
  "sourceInfo",
]);

const known = new WeakMap<Source, readonly OutputUse[]>();

/** Of one file. */
export function outputsUsed(source: Source): readonly OutputUse[] {
  const found = known.get(source) ?? collectUses(source);
  known.set(source, found);
  return found;
}

function collectUses(source: Source): readonly OutputUse[] {
  const uses = new Map<string, OutputUse>();
  const add = (output: string, name: string | undefined): unknown =>
    EVALUATED.has(output) || uses.set(`${output} ${name}`, { output, name });
  const handled = new Set<Node>();
  walk(source.root, (node) => {
    if (node.kind === "inherit" && node.from?.kind === "select") {
      const whole = outputOf(node.from);
      if (whole === undefined || whole.name !== undefined) return;
      handled.add(node.from);
      for (const { name } of node.names) add(whole.output, name);
    }
    if (node.kind === "binding" && node.value.kind === "select" && node.path.length === 1) {
      const [alias] = node.path;
      const whole = outputOf(node.value);
      const names = whole && whole.name === undefined ? selectedFrom(alias?.name, source) : undefined;
      if (whole === undefined || names === undefined) return;
      handled.add(node.value);
      for (const name of names) add(whole.output, name);
    }
    const use = node.kind === "select" && !handled.has(node) ? outputOf(node) : undefined;
    if (use !== undefined) add(use.output, use.name);
  });
  return [...uses.values()];
}

function outputOf({ target, path }: Select): OutputUse | undefined {
  if (target.kind !== "identifier") return undefined;
  const isInputs = target.name === "inputs" && path[0]?.name === "self";
  if (!isInputs && target.name !== "self" && target.name !== "self'") return undefined;
  const [output, ...names] = path.slice(isInputs ? 1 : 0).map(({ name }) => name);
  if (output === undefined) return undefined;
  return { output, name: names.find((name) => name !== undefined && !isSystem(name)) };
}

/** The names taken from a variable of the file; undefined where it is used as a whole. */
function selectedFrom(variable: string | undefined, { root }: Source): ReadonlySet<string> | undefined {
  if (variable === undefined) return undefined;
  const names = new Set<string>();
  const targets = new Set<Node>();
  let isWhole = false;
  walk(root, (node) => {
    if (node.kind === "select" && node.target.kind === "identifier" && node.target.name === variable) {
      targets.add(node.target);
      const name = node.path.map((part) => part.name).find((part) => part === undefined || !isSystem(part));
      if (name === undefined) isWhole = true;
      else names.add(name);
    }
    if (node.kind === "inherit") {
      if (node.from?.kind === "identifier" && node.from.name === variable) {
        targets.add(node.from);
        for (const { name } of node.names) if (name !== undefined) names.add(name);
      } else if (node.from === undefined && node.names.some(({ name }) => name === variable)) isWhole = true;
    }
    if (node.kind === "identifier" && node.name === variable && !targets.has(node)) isWhole = true;
  });
  return isWhole ? undefined : names;
}

/** What outputs are made of. */
export interface OutputCode {
  /** To be compared. */
  readonly text: string;
  /** Absolute paths of files and folders it names. */
  readonly paths: ReadonlySet<string>;
  /** All names it uses. */
  readonly words: ReadonlySet<string>;
}

interface Definition {
  readonly node: Binding | Inherit;
  readonly output: string;
  /** Undefined where the names are computed. */
  readonly name: string | undefined;
}

/** What one definition says, the files it names, and all names in it and in these. */
interface LookedAt {
  readonly text: string;
  readonly files: ReadonlySet<string>;
  readonly words: ReadonlySet<string>;
}

export class OwnOutputs {
  private readonly looked = new Map<Definition, LookedAt>();
  private readonly definitions: Definition[];
  /** Files in which outputs were looked for. */
  readonly files: Set<string>;

  /**
   * `sources`: the files that make the clan; `more`: those that the flake may be made of besides, for outputs that are in
   * none of the others.
   */
  constructor(
    private readonly snapshot: Snapshot,
    private readonly sources: readonly Source[],
    private more: (() => readonly Source[]) | undefined,
  ) {
    this.definitions = sources.flatMap(collectDefinitions);
    this.files = new Set(sources.map(({ path }) => path));
  }

  codeOf(uses: readonly OutputUse[]): OutputCode {
    const used = new Set<Definition>();
    const paths = new Set<string>();
    const words = new Set<string>();
    const texts: string[] = [];
    const pending = [...uses];
    const asked = new Set<string>();
    for (let use = pending.pop(); use !== undefined; use = pending.pop()) {
      const key = `${use.output} ${use.name}`;
      if (asked.has(key)) continue;
      asked.add(key);
      const found = this.find(use);
      if (found.length === 0) this.addAll(texts, paths);
      for (const definition of found) {
        if (used.has(definition)) continue;
        used.add(definition);
        const { text, files, words: mentioned } = this.lookAt(definition);
        texts.push(text);
        for (const path of files) paths.add(path);
        for (const word of mentioned) words.add(word);
        // Packages that are made of each other.
        for (const other of this.definitions)
          if (other.name !== undefined && mentioned.has(other.name)) pending.push(other);
      }
    }
    return { text: texts.sort().join("\n"), paths, words };
  }

  private lookAt(definition: Definition): LookedAt {
    let found = this.looked.get(definition);
    if (found === undefined) {
      const { text, paths } = closureOf(definition.node);
      const files = withNamedFiles(paths, this.snapshot);
      found = { text, files, words: wordsOf(definition.node, files, this.snapshot) };
      this.looked.set(definition, found);
    }
    return found;
  }

  private find(use: OutputUse): readonly Definition[] {
    const found = this.findKnown(use);
    if (found.length > 0 || this.more === undefined) return found;
    const others = this.more().filter(({ path }) => !this.files.has(path));
    this.more = undefined;
    this.definitions.push(...others.flatMap(collectDefinitions));
    for (const { path } of others) this.files.add(path);
    return this.findKnown(use);
  }

  private findKnown({ output, name }: OutputUse): readonly Definition[] {
    const all = this.definitions.filter((one) => one.output === output);
    if (name === undefined) return all;
    const byName = all.filter((one) => one.name === name);
    return byName.length > 0 ? byName : all.filter((one) => one.name === undefined);
  }

  /** It is not known where the output comes from. */
  private addAll(texts: string[], paths: Set<string>): void {
    for (const source of this.sources) {
      texts.push(sourceCode(source));
      for (const { node, chain } of walkPlaces(source.root))
        if (node.kind === "path" && !chain.some((name) => name !== undefined && OTHERS.has(name)))
          for (const path of withNamedFiles([pathOf(node)], this.snapshot)) paths.add(path);
    }
  }
}

/** Files that these name are of machines, or of no output a machine is made of. */
const OTHERS = new Set([...EVALUATED, "imports", "machines", "checks", "devShells"]);

/** What makes an output: `packages`, and not the parts of what is called so inside of a package. */
function collectDefinitions(source: Source): Definition[] {
  const found: Definition[] = [];
  for (const { node, chain } of walkPlaces(source.root)) {
    if (node.kind === "binding") {
      const place = placeOf(chain);
      if (place === undefined || place.below.length > 1) continue;
      const [name] = place.below;
      if (name !== undefined || !isSetOf(node.value)) found.push({ node, output: place.output, name });
    }
    if (node.kind === "inherit") {
      const place = placeOf(chain);
      if (place === undefined || place.below.length > 0) continue;
      for (const { name } of node.names) found.push({ node, output: place.output, name });
    }
  }
  return found;
}

const OUTPUTS = /^(packages|legacyPackages|overlays|overlay|lib|apps|checks|devShells)$/;

function placeOf(chain: Chain): { readonly output: string; readonly below: readonly string[] } | undefined {
  const at = chain.findIndex((name) => name !== undefined && OUTPUTS.test(name));
  const output = chain[at];
  if (output === undefined) return undefined;
  return {
    output,
    below: chain.slice(at + 1).flatMap((name) => (name === undefined || isSystem(name) ? [] : [name])),
  };
}

/** `{ … }`, perhaps behind `let … in` and the like: its own bindings are the names. */
function isSetOf(value: Expr): boolean {
  if (value.kind === "attrset")
    return value.bindings.every((one) => one.kind === "inherit" || one.path[0]?.name !== undefined);
  return (value.kind === "let" || value.kind === "with" || value.kind === "assert") && isSetOf(value.body);
}

function wordsOf(root: Node, files: ReadonlySet<string>, snapshot: Snapshot): ReadonlySet<string> {
  const words = new Set<string>();
  const add = (node: Node): void => {
    if ((node.kind === "identifier" || node.kind === "attr-name") && node.name !== undefined)
      words.add(node.name);
  };
  walk(root, add);
  for (const path of files) {
    const file = snapshot.isDirectory(path) ? `${path}/default.nix` : path;
    const source = file.endsWith(".nix") ? snapshot.source(file) : undefined;
    if (source !== undefined) walk(source.root, add);
  }
  return words;
}

/** The Nix files of the flake among them. */
export function sourcesOf(files: Iterable<string>, root: string, snapshot: Snapshot): readonly Source[] {
  return [...files]
    .filter((path) => path.endsWith(".nix") && isWithin(path, root))
    .sort()
    .flatMap((path) => (snapshot.fileType(path) === "regular" ? (snapshot.source(path) ?? []) : []));
}
