/**
 * Generators in the order in which clan runs them: each after those it depends on, otherwise by name.
 *
 *   [ cert (needs ca), ca, token ]   ->   [ ca, cert, token ]
 */
import type { Generator } from "./model.ts";

/** All of them; where dependencies go in a circle, the one whose name comes first is begun with. */
export function inDependencyOrder(generators: ReadonlyMap<string, Generator>): readonly Generator[] {
  const placed = new Set<string>();
  const ordered: Generator[] = [];
  const names = [...generators.keys()].sort();
  for (const first of names) {
    const open = [first];
    for (let name = open.at(-1); name !== undefined; name = open.at(-1)) {
      const generator = generators.get(name);
      const missing = [...(generator?.dependencies.known.keys() ?? [])]
        .sort()
        .find(
          (dependency) => generators.has(dependency) && !placed.has(dependency) && !open.includes(dependency),
        );
      if (missing !== undefined && !placed.has(name)) {
        open.push(missing);
        continue;
      }
      open.pop();
      if (generator === undefined || placed.has(name)) continue;
      placed.add(name);
      ordered.push(generator);
    }
  }
  return ordered;
}
