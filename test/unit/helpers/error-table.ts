/**
 * Tables of expressions that fail, and of what Nix says of them: where (in the expression, or in another file of the
 * table's folder), and what. `-` is no place; `~>` is what we say where we say something else on purpose.
 *
 *   1 +
 *     ""
 *   => 2:3 cannot add a string to an integer
 *   { inherit a; }
 *   => 1:2 undefined variable 'a'
 *   ~> 1:11 undefined variable 'a'
 */
import { readFileSync } from "node:fs";
import { Evaluator } from "../../../server/src/nix/evaluator.ts";
import { positionText } from "../../../server/src/nix/position.ts";
import type { Failure } from "../../../server/src/nix/value.ts";
import { parseNix } from "../../../server/src/syntax/lower.ts";
import type { NixParser } from "../../../server/src/syntax/parser.ts";
import { fileHost } from "./file-host.ts";

export interface ErrorCase {
  readonly expression: string;
  /** What Nix 2.8 says: "1:5 cannot add …". */
  readonly nix: string;
  /** What we say instead, if it is not the same. */
  readonly ours: string | undefined;
}

export function readErrorTable(file: string): ErrorCase[] {
  const cases: ErrorCase[] = [];
  let code: string[] = [];
  for (const line of readFileSync(file, "utf8").trimEnd().split("\n")) {
    const last = cases.at(-1);
    if (line.startsWith("=> ")) {
      cases.push({ expression: code.join("\n"), nix: line.slice(3), ours: undefined });
      code = [];
    } else if (line.startsWith("~> ") && last) cases[cases.length - 1] = { ...last, ours: line.slice(3) };
    else code.push(line);
  }
  return cases;
}

/** What we say of an expression in `directory`, in the table's form; undefined if it does not fail. */
export function ourError(parser: NixParser, directory: string, expression: string): string | undefined {
  const evaluator = new Evaluator(fileHost(parser), { exact: true });
  const file = `${directory}/expression.nix`;
  const outcome = evaluator.forceDeep(evaluator.evalSource(parseNix(parser, file, expression)));
  return outcome.type === "failure" ? shown(outcome, directory) : undefined;
}

function shown({ message, origins, meant }: Failure, directory: string): string {
  const [node] = origins ?? [];
  const place = node ? positionText(node) : "-";
  const hint = meant ? ` (${meant.join(", ")}?)` : "";
  return `${place} ${message}${hint}`
    .replaceAll(`${directory}/expression.nix:`, "")
    .replaceAll(`${directory}/`, "./");
}

/** Whether we say the same; where Nix names no place, ours is a gain. */
export function saysTheSame(ours: string | undefined, nix: string): boolean {
  return nix.startsWith("- ") ? ours?.replace(/^\S+/, "-") === nix : ours === nix;
}
