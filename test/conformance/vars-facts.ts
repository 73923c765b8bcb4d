/**
 * Compares the facts about clan-core's services with what evaluating their source says, for the machines of a
 * real clan.
 *
 *   npm run conformance -- --vars /path/to/clan --core /path/to/clan-core
 *   ->  clan: 182 generators, 0 differ
 */
import { basename } from "node:path";
import { evaluateClans } from "../../server/src/clan/evaluate.ts";
import type { Clan } from "../../server/src/clan/model.ts";
import type { Generator } from "../../server/src/clan/vars/model.ts";
import { nodeFileSystem } from "../../server/src/entry/node-files.ts";
import { Workspace } from "../../server/src/project/workspace.ts";
import type { NixParser } from "../../server/src/syntax/parser.ts";

/** Prints each difference; false if there are any, or no clan. */
export function compareVarsFacts(parser: NixParser, root: string, core: string): boolean {
  const evaluate = (overrides?: ReadonlyMap<string, string>): Clan | undefined => {
    const snapshot = new Workspace({ fileSystem: nodeFileSystem, parser, roots: [root] }).snapshot();
    return evaluateClans(snapshot, overrides && { overrides }).find((clan) => clan.root === root);
  };
  const facts = evaluate();
  const source = evaluate(new Map([["clan-core", core]]));
  if (facts === undefined || source === undefined) {
    console.log(`${root}: no clan`);
    return false;
  }
  const differences: string[] = [];
  let count = 0;
  for (const machine of facts.machines.known.keys()) {
    const known = facts.vars.of(machine).generators.known;
    const evaluated = source.vars.of(machine).generators.known;
    for (const name of new Set([...known.keys(), ...evaluated.keys()])) {
      count++;
      const [fact, found] = [show(known.get(name)), show(evaluated.get(name))];
      // What clan-core once had may be there.
      if (fact !== found && !(evaluated.get(name) === undefined && known.get(name)?.conditional))
        differences.push(`  ${machine}/${name}\n    facts:  ${fact}\n    source: ${found}`);
    }
  }
  console.log(
    [`${basename(root)}: ${count} generators, ${differences.length} differ`, ...differences].join("\n"),
  );
  return differences.length === 0;
}

function show(generator: Generator | undefined): string {
  if (generator === undefined) return "none";
  const { share, conditional, files, prompts, dependencies } = generator;
  return JSON.stringify({
    share,
    conditional,
    files: [...files.known.values()].map(({ name, secret, deploy }) => [name, secret, deploy]),
    prompts: [...prompts.known.values()].map(({ name, type, persist }) => [name, type, persist]),
    dependencies: [...dependencies.known.keys()],
  });
}
