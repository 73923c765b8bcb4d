/** Compiles `__curPos`, the place it is written at: `{ file = "/x.nix"; line = 1; column = 5; }`. */
import type { Identifier } from "../../syntax/ast.ts";
import { attrs, int, string } from "../make.ts";
import { positionOf } from "../position.ts";
import type { Code } from "./code.ts";

export function positionCode(expr: Identifier): Code {
  return () => {
    const { file, line, column } = positionOf(expr);
    return attrs({ file: string(file), line: int(line), column: int(column) }, [expr]);
  };
}
