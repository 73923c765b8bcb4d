/**
 * What git ignores: `.gitignore` of each folder, and the exclude files of the repository and of the person. (gitignore(5))
 *
 *   .gitignore: local.nix   ->   ignores("/infra/local.nix") and ignores("/infra/machines/web/local.nix")
 */
import ignore, { type Ignore } from "ignore";
import type { FileType } from "../nix/host.ts";
import { parentPath, relativePath, resolvePath } from "../nix/path.ts";

export interface IgnoreFiles {
  readFile(path: string): string | undefined;
  fileType(path: string): FileType | undefined;
}

export class IgnoreRules {
  private readonly ofFolders = new Map<string, Ignore | undefined>();
  private readonly known = new Map<string, boolean>();
  private readonly outer: readonly Ignore[];

  constructor(
    private readonly files: IgnoreFiles,
    private readonly root: string,
    /** Texts of the files that hold for the whole repository, those first that others overrule. */
    outer: readonly string[],
  ) {
    this.outer = outer.map(rulesOf).reverse();
  }

  /** Below the root. Whether git tracks it all the same is another question. */
  ignores(path: string): boolean {
    if (path === this.root) return false;
    const known = this.known.get(path);
    if (known !== undefined) return known;
    // Nothing in an ignored folder can be taken back.
    const ignored = this.ignores(parentPath(path)) || this.decide(path);
    this.known.set(path, ignored);
    return ignored;
  }

  /** The innermost file that speaks of it decides. */
  private decide(path: string): boolean {
    const suffix = this.files.fileType(path) === "directory" ? "/" : "";
    for (let folder = parentPath(path); ; folder = parentPath(folder)) {
      const verdict = this.rulesIn(folder)?.test(relativePath(path, folder) + suffix);
      if (verdict?.ignored === true) return true;
      if (verdict?.unignored === true) return false;
      if (folder === this.root) break;
    }
    for (const rules of this.outer) {
      const verdict = rules.test(relativePath(path, this.root) + suffix);
      if (verdict.ignored || verdict.unignored) return verdict.ignored;
    }
    return false;
  }

  private rulesIn(folder: string): Ignore | undefined {
    if (!this.ofFolders.has(folder)) {
      const text = this.files.readFile(resolvePath(folder, ".gitignore"));
      this.ofFolders.set(folder, text === undefined ? undefined : rulesOf(text));
    }
    return this.ofFolders.get(folder);
  }
}

function rulesOf(text: string): Ignore {
  return ignore({ ignorecase: false }).add(text.replace(/^\uFEFF/, ""));
}
