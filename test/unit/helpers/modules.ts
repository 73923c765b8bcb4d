/** Evaluates the modules of a fixture: /main.nix, which declares its options in Nix, and what it imports. */
import { type EvaluatedModules, evaluateModules } from "../../../server/src/modules/evaluate.ts";
import type { OptionNode } from "../../../server/src/modules/option-node.ts";
import type { OptionSet } from "../../../server/src/modules/option-type.ts";
import { Evaluator } from "../../../server/src/nix/evaluator.ts";
import { path, unknown } from "../../../server/src/nix/make.ts";
import { Thunk } from "../../../server/src/nix/thunk.ts";
import { nativeLib } from "../../../server/src/project/native-lib.ts";
import { workspaceOf } from "./workspace.ts";

export interface ModulesCase {
  readonly evaluator: Evaluator;
  readonly evaluated: EvaluatedModules;
  readonly root: OptionNode;
}

/** The module argument `mystery` is Unknown. `more` are options declared as data. */
export async function evaluateFixture(
  text: string,
  more: OptionSet = { options: new Map() },
  unknownImports: "open" | "ignore" = "open",
): Promise<ModulesCase> {
  const { workspace } = await workspaceOf(text.includes("#- /") ? text : `#- /main.nix\n${text}`);
  const evaluator = new Evaluator(workspace.snapshot());
  const evaluated = evaluateModules(evaluator, {
    modules: [Thunk.of(path("/main.nix"))],
    options: more,
    lib: nativeLib(evaluator),
    specialArgs: new Map([["mystery", Thunk.of(unknown("a test asks for it"))]]),
    unknownImports,
  });
  return { evaluator, evaluated, root: evaluated.root };
}

/** The text a definition or a problem was written as. */
export function textsAt(
  nodes: readonly { source: { text: string }; start: number; end: number }[],
): string[] {
  return nodes.map(({ source, start, end }) => source.text.slice(start, end));
}
