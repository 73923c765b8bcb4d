/**
 * What is said of a file that git ignores: for a flake it is not there, whatever lies on the disk.
 *
 *   imports = [ ./local.nix ];   ->   path './local.nix' does not exist. Git ignores it, …
 */
import type { Clan } from "../../clan/model.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import type { Problem } from "../rule.ts";

/** Somebody wanted it ignored, perhaps because it is secret: that is not for a click to change. */
export function adviseIgnored(them: "it" | "them"): string {
  return `so the flake does not see ${them}. If ${them === "it" ? "it is" : "they are"} not to be ignored: \`git add -f -N\`.`;
}

/** Where a file is missing that git ignores, creating it would not help. */
export function sayIgnored(problem: Problem, { root }: Clan, snapshot: Snapshot): Problem {
  const created = (problem.fixes ?? []).flatMap(({ creates }) => [...(creates?.keys() ?? [])]);
  if (!created.some((path) => snapshot.isHiddenFrom(path, root))) return problem;
  return {
    ...problem,
    message: `${problem.message} Git ignores it, ${adviseIgnored("it")}`,
    fixes: problem.fixes?.filter(({ creates }) => creates === undefined),
  };
}
