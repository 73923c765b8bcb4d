/**
 * Evaluates expressions for tests, reading real files.
 *
 *   const evaluate = await createEvaluate("/some/dir");
 *   evaluate("builtins.length [ 1 2 ]")   ->   "2"
 *   evaluate("throw \"x\"")               ->   "error (throw): x"
 */
import { lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { Evaluator } from "../../../server/src/nix/evaluator.ts";
import type { EvalHost, FileType } from "../../../server/src/nix/host.ts";
import { printValue } from "../../../server/src/nix/print.ts";
import type { Thunk } from "../../../server/src/nix/thunk.ts";
import type { Value } from "../../../server/src/nix/value.ts";
import type { Source } from "../../../server/src/syntax/ast.ts";
import { parseJsonSource } from "../../../server/src/syntax/json.ts";
import { parseNix } from "../../../server/src/syntax/lower.ts";
import type { NixParser } from "../../../server/src/syntax/parser.ts";
import { testParser } from "./parse.ts";

export type Evaluate = (expression: string) => string;

/** Makes further global names; the evaluator is there once they are forced. */
export type Globals = (evaluator: () => Evaluator) => ReadonlyMap<string, Thunk | Value>;

/** The expressions are read as if they stood in a file of `directory`, evaluated deeply and printed. */
export async function createEvaluate(
  directory: string,
  globals: Globals = () => new Map(),
): Promise<Evaluate> {
  const parser = await testParser();
  const host = fileHost(parser);
  return (expression) => {
    const evaluator: Evaluator = new Evaluator(host, { globals: globals(() => evaluator) });
    const thunk = evaluator.evalSource(parseNix(parser, `${directory}/expression.nix`, expression));
    const outcome = evaluator.forceDeep(thunk);
    return outcome.type === "failure" ? `error (${outcome.kind}): ${outcome.message}` : printValue(thunk);
  };
}

/** Reads the real file system, all of it. */
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
