/**
 * flake.lock: which version of which input a flake uses.
 *
 *   parseFlakeLock(text).input("clan-core", "nixpkgs")   ->   the node that clan-core's nixpkgs is
 */

import * as z from "zod/mini";
import { lookUp } from "../syntax/look-up.ts";
import { isTooLarge } from "../syntax/too-large.ts";

const reference = z.looseObject({
  type: z.string(),
  owner: z.optional(z.string()),
  repo: z.optional(z.string()),
  url: z.optional(z.string()),
  path: z.optional(z.string()),
  id: z.optional(z.string()),
  ref: z.optional(z.string()),
  rev: z.optional(z.string()),
  dir: z.optional(z.string()),
  narHash: z.optional(z.string()),
  lastModified: z.optional(z.number()),
});

/** An input is a node's name, or the way to it from the root (`follows`). */
const nodeSchema = z.looseObject({
  inputs: z.optional(z.record(z.string(), z.union([z.string(), z.array(z.string())]))),
  locked: z.optional(reference),
  original: z.optional(reference),
  flake: z.optional(z.boolean()),
});

const schema = z.looseObject({
  version: z.number(),
  root: z.string(),
  nodes: z.record(z.string(), nodeSchema),
});

export type LockedReference = z.infer<typeof reference>;
export type LockNode = z.infer<typeof nodeSchema>;

/** Ways from the root may lead to further ways; a lock that goes in circles ends here. */
const MAX_FOLLOWS = 64;

export class FlakeLock {
  constructor(private readonly data: z.infer<typeof schema>) {}

  /** The node at a way of input names from the root; undefined if there is none. */
  input(...way: readonly string[]): LockNode | undefined {
    return this.resolve(way, 0);
  }

  nodes(): readonly LockNode[] {
    return Object.values(this.data.nodes);
  }

  /** Names of the flake's own inputs. */
  names(): readonly string[] {
    return Object.keys(lookUp(this.data.nodes, this.data.root)?.inputs ?? {});
  }

  /** All that an input of the flake is locked to, with its own inputs, as text to compare; undefined if there is none. */
  closure(name: string): string | undefined {
    const root = this.input(name);
    if (root === undefined) return undefined;
    const found = new Map<LockNode, string>();
    const pending = [root];
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      if (found.has(node)) continue;
      found.set(node, JSON.stringify(node.locked));
      for (const below of Object.keys(node.inputs ?? {})) {
        const next = this.step(node, below, 0);
        if (next !== undefined) pending.push(next);
      }
    }
    return [...found.values()].sort().join(" ");
  }

  private resolve(way: readonly string[], follows: number): LockNode | undefined {
    let node = lookUp(this.data.nodes, this.data.root);
    for (const name of way) node = node && this.step(node, name, follows);
    return node;
  }

  private step(node: LockNode, name: string, follows: number): LockNode | undefined {
    const to = lookUp(node.inputs ?? {}, name);
    // `follows = ""` is written as an empty way and means: no input.
    if (to === undefined || to.length === 0 || follows > MAX_FOLLOWS) return undefined;
    return typeof to === "string" ? lookUp(this.data.nodes, to) : this.resolve(to, follows + 1);
  }
}

/** Undefined if the text is no lock file, or larger than any. */
export function parseFlakeLock(text: string): FlakeLock | undefined {
  if (isTooLarge(text)) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = schema.safeParse(json);
  return parsed.success ? new FlakeLock(parsed.data) : undefined;
}
