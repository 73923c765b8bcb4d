/**
 * Document symbols: what a file says of the clan, as an outline. A name holds what is written below it.
 *
 *   inventory.instances.mesh.roles.peer.tags = [ "srv" ];   ->   instance mesh > role peer > tag srv
 */
import type { Binding, Node } from "../syntax/ast.ts";
import { walk } from "../syntax/navigate.ts";
import { type Entity, type EntityKind, entityKey } from "./entity.ts";
import type { Occurrence, OccurrenceTables } from "./occurrences.ts";
import { clansAround, type Query, type Range } from "./query.ts";

export interface DocumentSymbol {
  readonly name: string;
  readonly kind: EntityKind;
  /** A word on what it is: a machine's class, an instance's service, how many machines a role has. */
  readonly detail: string | undefined;
  /** From its name to the end of what is written for it. */
  readonly range: Range;
  /** Its name. */
  readonly selection: Range;
  /** In the order written. */
  readonly children: readonly DocumentSymbol[];
}

/** In the order written; empty for a file no clan and no machine reads. */
export function collectDocumentSymbols(
  query: Omit<Query, "offset">,
  tables: OccurrenceTables,
): DocumentSymbol[] {
  const source = query.snapshot.source(query.path);
  if (source === undefined) return [];
  const bindings = collectBindings(source.root);
  const found = new Map<number, OpenSymbol>();
  for (const clan of clansAround(query))
    for (const occurrence of tables.shownIn(clan, query.snapshot, query.path)) {
      const { entity, start, end, node } = occurrence;
      // `tags = [ "" ]` while it is being typed: VS Code takes no symbol without a name.
      if (!isOutlined(occurrence) || entity.name === "") continue;
      // Two clans may read one file, and one word name a role of two services.
      const binding = node?.kind === "attr-name" ? bindings.get(node) : undefined;
      const range = { start, end: binding?.end ?? end };
      if (!found.has(start)) found.set(start, { entity, range, selection: { start, end }, children: [] });
    }
  return nest([...found.values()]).map(finish);
}

/** A symbol that is still being filled. */
interface OpenSymbol {
  readonly entity: Entity;
  range: Range;
  readonly selection: Range;
  readonly children: OpenSymbol[];
}

/** Settings are options of their own kind, and the name of a service stands beside its instance. */
function isOutlined({ entity, how }: Occurrence): boolean {
  switch (entity.kind) {
    case "machine":
    case "instance":
    case "role":
    case "service":
    case "generator":
    case "generator-file":
    case "prompt":
      return how === "key" || how === "inherit";
    case "tag":
      return how === "key" || how === "inherit" || how === "string";
    default:
      return false;
  }
}

function collectBindings(root: Node): Map<Node, Binding> {
  const bindings = new Map<Node, Binding>();
  walk(root, (node) => {
    if (node.kind === "binding") for (const name of node.path) bindings.set(name, node);
  });
  return bindings;
}

/** By what holds what. What neighbouring bindings say of one thing is one symbol. */
function nest(symbols: readonly OpenSymbol[]): OpenSymbol[] {
  const top: OpenSymbol[] = [];
  const around: OpenSymbol[] = [];
  for (const symbol of symbols.toSorted(outermostFirst)) {
    while (around.length > 0 && (around.at(-1)?.range.end ?? 0) < symbol.range.end) around.pop();
    const siblings = around.at(-1)?.children ?? top;
    const before = siblings.at(-1);
    if (before !== undefined && entityKey(before.entity) === entityKey(symbol.entity)) {
      before.range = { start: before.range.start, end: symbol.range.end };
      around.push(before);
    } else {
      siblings.push(symbol);
      around.push(symbol);
    }
  }
  return top;
}

function outermostFirst(a: OpenSymbol, b: OpenSymbol): number {
  return a.range.start - b.range.start || b.range.end - a.range.end;
}

function finish({ entity, range, selection, children }: OpenSymbol): DocumentSymbol {
  return {
    name: entity.name,
    kind: entity.kind,
    detail: detailOf(entity),
    range,
    selection,
    children: children.map(finish),
  };
}

function detailOf({ kind, clan, name }: Entity): string | undefined {
  switch (kind) {
    case "machine":
      return clan.machines.known.get(name)?.class;
    case "instance": {
      const service = clan.instances.known.get(name)?.service;
      return service?.kind === "known" ? service.service.name : undefined;
    }
    default:
      return undefined;
  }
}
