/**
 * The evaluator's view of the real file system, all of it. Files are read and parsed whenever asked for.
 *
 *   fileHost(parser).source("/tmp/x/default.nix")   ->   its syntax tree
 */
import { lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import type { EvalHost, FileType } from "../../../server/src/nix/host.ts";
import type { Source } from "../../../server/src/syntax/ast.ts";
import { parseJsonSource } from "../../../server/src/syntax/json.ts";
import { parseNix } from "../../../server/src/syntax/lower.ts";
import type { NixParser } from "../../../server/src/syntax/parser.ts";

export function fileHost(parser: NixParser): EvalHost {
  return {
    readFile: (path) => attempt(() => readFileSync(path, "utf8")),
    readDir: (path) =>
      attempt(
        () => new Map(readdirSync(path, { withFileTypes: true }).map((entry) => [entry.name, typeOf(entry)])),
      ),
    fileType: (path) => attempt(() => typeOf(lstatSync(path))),
    isExecutable: (path) => attempt(() => (statSync(path).mode & 0o100) !== 0),
    mayRead: () => true,
    source: (path) => attempt(() => parseFile(parser, path, readFileSync(path, "utf8"))),
  };
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function typeOf(entry: { isDirectory(): boolean; isFile(): boolean; isSymbolicLink(): boolean }): FileType {
  if (entry.isDirectory()) return "directory";
  if (entry.isSymbolicLink()) return "symlink";
  return entry.isFile() ? "regular" : "unknown";
}

function parseFile(parser: NixParser, path: string, text: string): Source {
  return path.endsWith(".json") ? parseJsonSource(path, text) : parseNix(parser, path, text);
}
