/**
 * How the generators of a machine depend on each other, as far as that is certain.
 *
 *   a.dependencies = [ "b" ]; b.dependencies = [ "a" ];   ->   edges a -> b, b -> a; cycle a, b
 */
import type { Generator, GeneratorDependency, MachineVars } from "../../clan/vars/model.ts";

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

/** An edge of a circle, with the names on a shortest way from its end back to its beginning, both included. */
export interface CircleEdge extends DependencyEdge {
  readonly back: readonly string[];
}

export function* collectCircles(edges: readonly DependencyEdge[]): Iterable<CircleEdge> {
  const ahead = withoutEnds(edges, "to", "from");
  // What is left leads from one circle to another, or is part of one.
  const inner = withoutEnds(ahead, "from", "to");
  const leaving = edgesBy(inner, "from");
  for (const edge of inner) {
    const back = findWay(leaving, edge.to.name, edge.from.name);
    if (back !== undefined) yield { ...edge, back };
  }
}

type End = "from" | "to";

/** Without all edges from which, going on to `end`, one comes to a generator where it ends. */
function withoutEnds(edges: readonly DependencyEdge[], end: End, begin: End): readonly DependencyEdge[] {
  const arriving = edgesBy(edges, end);
  const leaving = new Map<string, number>();
  for (const edge of edges) leaving.set(edge[begin].name, (leaving.get(edge[begin].name) ?? 0) + 1);
  const ended = new Set([...arriving.keys()].filter((name) => !leaving.has(name)));
  // A set is gone through in the order of insertion, what is added meanwhile included.
  for (const name of ended)
    for (const edge of arriving.get(name) ?? []) {
      const before = edge[begin].name;
      const left = (leaving.get(before) ?? 0) - 1;
      leaving.set(before, left);
      if (left === 0) ended.add(before);
    }
  return edges.filter((edge) => !ended.has(edge[end].name));
}

function edgesBy(edges: readonly DependencyEdge[], end: End): ReadonlyMap<string, readonly DependencyEdge[]> {
  const found = new Map<string, DependencyEdge[]>();
  for (const edge of edges) {
    const { name } = edge[end];
    const same = found.get(name);
    if (same === undefined) found.set(name, [edge]);
    else same.push(edge);
  }
  return found;
}

function findWay(
  leaving: ReadonlyMap<string, readonly DependencyEdge[]>,
  from: string,
  to: string,
): string[] | undefined {
  const cameFrom = new Map<string, string | undefined>([[from, undefined]]);
  for (const [name] of cameFrom) {
    if (name === to) return wayTo(name, cameFrom);
    for (const edge of leaving.get(name) ?? [])
      if (!cameFrom.has(edge.to.name)) cameFrom.set(edge.to.name, name);
  }
  return undefined;
}

function wayTo(name: string, cameFrom: ReadonlyMap<string, string | undefined>): string[] {
  const way: string[] = [];
  for (let at: string | undefined = name; at !== undefined; at = cameFrom.get(at)) way.push(at);
  return way.reverse();
}
