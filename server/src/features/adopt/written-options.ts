/**
 * What is written for options in the Nix files of a folder, whoever reads them: a look at the text alone.
 *
 *   { sops = { defaultSopsFile = ./s.yaml; }; }   ->   sops, sops.defaultSopsFile
 */
import type { Snapshot } from "../../project/snapshot.ts";
import type { AttrSet, Binding, Node, Source } from "../../syntax/ast.ts";
import { walk } from "../../syntax/navigate.ts";

export interface WrittenOption {
  /** "sops.defaultSopsFile" */
  readonly path: string;
  /** Absolute. */
  readonly file: string;
  readonly node: Binding;
}

const SKIPPED = new Set(["node_modules", "result", ".git", ".direnv"]);

/** More than a person's own repository has. */
const MAX_FILES = 5000;

/** Absolute paths of the regular files below a folder, sorted. */
export function collectFiles(snapshot: Snapshot, folder: string): readonly string[] {
  const found: string[] = [];
  const pending = [folder];
  for (let next = pending.pop(); next !== undefined && found.length < MAX_FILES; next = pending.pop())
    for (const [name, type] of snapshot.readDir(next) ?? []) {
      const path = `${next === "/" ? "" : next}/${name}`;
      if (type === "regular") found.push(path);
      else if (type === "directory" && !SKIPPED.has(name)) pending.push(path);
    }
  return found.sort();
}

export function collectWritten(snapshot: Snapshot, files: readonly string[]): readonly WrittenOption[] {
  return files
    .filter((file) => file.endsWith(".nix"))
    .flatMap((file) => {
      const source = snapshot.source(file);
      return source === undefined ? [] : [...writtenIn(source)];
    });
}

/** Below the sets that are no value of a binding; a leading `config` is left out. */
function* writtenIn(source: Source): Iterable<WrittenOption> {
  const values = new Set<Node>();
  const tops: AttrSet[] = [];
  walk(source.root, (node) => {
    if (node.kind === "binding" && node.value.kind === "attrset") values.add(node.value);
    if (node.kind === "attrset" && !values.has(node)) tops.push(node);
  });
  const pending = tops.map((set) => ({ set, above: "" }));
  for (let next = pending.pop(); next !== undefined; next = pending.pop())
    for (const node of next.set.bindings) {
      if (node.kind !== "binding") continue;
      const names = node.path.map(({ name }) => name ?? "*");
      const path = `${next.above}${names.join(".")}`.replace(/^config\./, "");
      yield { path, file: source.path, node };
      if (node.value.kind === "attrset") pending.push({ set: node.value, above: `${path}.` });
    }
}
