/**
 * The evaluator's view of a real directory: every file may be read, Nix files are parsed once.
 *
 *   new NodeHost(parser).source("/tmp/x/default.nix")   ->   its syntax tree
 */
import { lstatSync, readdirSync, readFileSync, type Stats } from "node:fs";
import type { EvalHost, FileType } from "../../server/src/nix/host.ts";
import type { Source } from "../../server/src/syntax/ast.ts";
import { parseNix } from "../../server/src/syntax/lower.ts";
import type { NixParser } from "../../server/src/syntax/parser.ts";

export class NodeHost implements EvalHost {
  private readonly sources = new Map<string, Source>();

  constructor(private readonly parser: NixParser) {}

  readFile(path: string): string | undefined {
    return attempt(() => readFileSync(path, "utf8"));
  }

  readDir(path: string): ReadonlyMap<string, FileType> | undefined {
    return attempt(
      () => new Map(readdirSync(path, { withFileTypes: true }).map((entry) => [entry.name, typeOf(entry)])),
    );
  }

  fileType(path: string): FileType | undefined {
    return attempt(() => typeOf(lstatSync(path)));
  }

  mayRead(): boolean {
    return true;
  }

  source(path: string): Source | undefined {
    let source = this.sources.get(path);
    if (source === undefined) {
      const text = this.readFile(path);
      if (text === undefined) return undefined;
      source = parseNix(this.parser, path, text);
      this.sources.set(path, source);
    }
    return source;
  }
}

function typeOf(entry: Pick<Stats, "isFile" | "isDirectory" | "isSymbolicLink">): FileType {
  if (entry.isFile()) return "regular";
  if (entry.isDirectory()) return "directory";
  return entry.isSymbolicLink() ? "symlink" : "unknown";
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
