/**
 * How the generators of a machine depend on each other, as far as that is certain.
 *
 *   a.dependencies = [ "b" ]; b.dependencies = [ "a" ];   ->   edges a -> b, b -> a; cycle a, b
 */
import type { Generator, GeneratorDependency, MachineVars } from "../clan/vars/model.ts";

export interface DependencyEdge {
  readonly from: Generator;
  readonly to: Generator;
  readonly dependency: GeneratorDependency;
}

/** Dependencies on generators that are known; none that hang on a condition that cannot be decided. */
export function collectEdges({ generators }: MachineVars): DependencyEdge[] {
  return [...generators.known.values()].flatMap((from) => {
    const definitions = from.option?.child("dependencies")?.definitions ?? [];
    if (from.conditional || definitions.some(({ conditional }) => conditional)) return [];
    return [...from.dependencies.known.values()].flatMap((dependency): DependencyEdge[] => {
      const to = generators.known.get(dependency.name);
      return to === undefined || to.conditional ? [] : [{ from, to, dependency }];
    });
  });
}

/** The names on a shortest way from one generator to another, both included; undefined if there is none. */
export function findWay(edges: readonly DependencyEdge[], from: string, to: string): string[] | undefined {
  const cameFrom = new Map<string, string | undefined>([[from, undefined]]);
  // A map is gone through in the order of insertion, what is added meanwhile included.
  for (const [name] of cameFrom) {
    if (name === to) return wayTo(name, cameFrom);
    for (const edge of edges)
      if (edge.from.name === name && !cameFrom.has(edge.to.name)) cameFrom.set(edge.to.name, name);
  }
  return undefined;
}

function wayTo(name: string, cameFrom: ReadonlyMap<string, string | undefined>): string[] {
  const before = cameFrom.get(name);
  return [...(before === undefined ? [] : wayTo(before, cameFrom)), name];
}
