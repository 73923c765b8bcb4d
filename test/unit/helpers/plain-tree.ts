import type { Node, Source } from "../../../server/src/syntax/ast.ts";
import { fieldsOf, standingOf } from "../../../server/src/syntax/places.ts";

/** A tree with all its places, without its references to the source: to be compared. */
export function plainTree({ root, problems }: Source): string {
  return JSON.stringify({ root, problems }, (key, value) => {
    if (key === "source") return undefined;
    const isPlaced = typeof value === "object" && value !== null && standingOf(value as Node) !== undefined;
    if (!isPlaced) return value;
    const { kind, start, end } = value;
    return Object.assign({ kind, start, end }, fieldsOf(value));
  });
}
