/** Asks a real evaluation about every condition, and says where it is not what is recorded. */
import { parseFixture } from "../unit/helpers/fixture.ts";
import { type Condition, fixtureOf } from "./conditions/condition.ts";
import { conditions } from "./conditions/index.ts";
import { evaluateClan } from "./evaluate-clan.ts";
import type { Evaluation } from "./truth.ts";

/** Evaluations that run at one time. */
const PARALLEL = 2;

/** Whether all are as recorded; `log` gets those that are not, with the end of what Nix said. */
export async function checkConditions(
  root: string,
  sources: string,
  log: (line: string) => void,
): Promise<boolean> {
  const all = [...conditions.values()].flat();
  let wrong = 0;
  const queue = all.values();
  const worker = async () => {
    for (const condition of queue) {
      const files = [...parseFixture(fixtureOf(condition)).files];
      const relative = new Map(files.map(([path, text]) => [path.slice(1), withoutCarets(text)]));
      const attribute = condition.asksMachines === true ? "checkMachines" : "check";
      const evaluation = await evaluateClan(root, sources, relative, attribute);
      if (isAsRecorded(condition, evaluation)) continue;
      wrong++;
      const verdict = evaluation.refused ? "refused" : "not refused";
      log(`${condition.title}: ${condition.nix}? ${verdict}: ${evaluation.output.trim().slice(-600)}`);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  log(`conditions: ${all.length - wrong} of ${all.length} as recorded`);
  return wrong === 0;
}

function isAsRecorded({ nix, says }: Condition, { refused, output }: Evaluation): boolean {
  return refused === (nix === "refused") && (says === undefined || output.includes(says));
}

/** Comments in Nix, but none in JSON. */
function withoutCarets(text: string): string {
  return text.replace(/^\s*#\s*\^.*\n/gm, "");
}
