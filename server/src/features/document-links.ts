/**
 * Document links: paths in code that lead to a file there is.
 *
 *   imports = [ ./disko.nix ../modules ];   ->   disko.nix, ../modules/default.nix
 */

import { targetOf } from "../rules/fix/repoint.ts";
import { walk } from "../syntax/navigate.ts";
import { findImported } from "./definition.ts";
import { clansAround, type Query, type Range } from "./query.ts";

export interface DocumentLink extends Range {
  /** Absolute path of the file. */
  readonly target: string;
}

/** In source order; empty for a file that is not part of a clan. */
export function collectDocumentLinks(query: Omit<Query, "offset">): DocumentLink[] {
  const source = query.snapshot.source(query.path);
  if (source === undefined || clansAround(query).length === 0) return [];
  const links: DocumentLink[] = [];
  walk(source.root, (node) => {
    if (node.kind !== "path") return;
    const path = targetOf(node);
    const target = path && findImported(path, query.snapshot);
    if (target !== undefined) links.push({ start: node.start, end: node.end, target });
  });
  return links;
}
