/**
 * The recorded results of `lib.evalModules` and `lib.types`, beside what nixpkgs' own lib says of each expression.
 *
 *   (lib.evalModules { modules = [ … ]; }).config.port      and on the next line      => 80
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

interface EvalModulesCase {
  readonly expression: string;
  /** As Nix prints it, or `error`. */
  readonly result: string;
}

export function readEvalModulesCases(root: string): EvalModulesCase[] {
  const text = readFileSync(join(root, "test/unit/modules/cases/eval-modules.txt"), "utf8");
  const lines = text.trimEnd().split("\n");
  const written = Array.from({ length: lines.length / 2 }, (_, index) => ({
    expression: lines[2 * index] as string,
    result: (lines[2 * index + 1] as string).replace(/^=> /, ""),
  }));
  return [...written, ...readTypeMatrix(root)];
}

/** A section of the matrix: by name, what stands behind the colon. */
function readSection(root: string, section: "types" | "definitions" | "results"): Map<string, string> {
  const text = readFileSync(join(root, "test/unit/modules/cases/type-matrix.txt"), "utf8");
  const lines = text.split(`\n\n${section}\n`)[1]?.split("\n\n")[0]?.trimEnd().split("\n") ?? [];
  return new Map(lines.map((line) => [line.replace(/:.*/, ""), line.replace(/^[^:]*: ?/, "")]));
}

/** Types of nixpkgs' lib by short names, as they are written. */
export const readTypes = (root: string): ReadonlyMap<string, string> => readSection(root, "types");

/** Each type with each of the definitions: an option that has both. */
function readTypeMatrix(root: string): EvalModulesCase[] {
  const results = readSection(root, "results");
  const definitions = [...readSection(root, "definitions")];
  return [...readTypes(root)].flatMap(([type, typeCode]) =>
    definitions.map(([name, defined]) => {
      const values = defined === "" ? [] : defined.split(" ;; ");
      const modules = [
        `{ options.o = lib.mkOption { type = ${typeCode}; }; }`,
        ...values.map((value) => `{ o = ${value}; }`),
      ];
      const expression = `(lib.evalModules { modules = [ ${modules.join(" ")} ]; }).config.o`;
      return { expression, result: results.get(`${type} ${name}`) ?? "error" };
    }),
  );
}

/** Prints those that differ; `lib` is the folder of nixpkgs' lib. */
export function checkEvalModules(root: string, lib: string): boolean {
  const cases = readEvalModulesCases(root);
  const different = cases.filter(({ expression, result }) => {
    const code = `let lib = import ${lib}; in ${expression}`;
    const { status, stdout } = spawnSync("nix-instantiate", ["--eval", "--strict", "-E", code], {
      encoding: "utf8",
    });
    return (status === 0 ? stdout.trim() : "error") !== result;
  });
  console.log(`evalModules: ${cases.length - different.length} of ${cases.length} as recorded`);
  for (const { expression } of different) console.log(`  different: ${expression}`);
  return different.length === 0;
}
