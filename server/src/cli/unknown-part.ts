/** What could not be known of a clan, as the commands' JSON shows it. */
import type { UnknownPart } from "../clan/model.ts";
import { relativePath } from "../nix/path.ts";
import { jsonRange, type Positions } from "./report/report.ts";

/** `file` and `range` say where the unknown comes from, if it is written anywhere. */
export function jsonUnknown({ path, reason, node }: UnknownPart, root: string, positions: Positions) {
  if (node === undefined) return { path, reason };
  const { source, start, end } = node;
  return {
    path,
    reason,
    file: relativePath(source.path, root),
    range: jsonRange({ path: source.path, start, end }, positions),
  };
}
