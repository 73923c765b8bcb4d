/**
 * What a person calls a clan. Pure.
 *
 *   clanName({ name: undefined, root: "file:///home/me/infra" })   ->   "infra"
 */
import type { ClanSummary } from "../../shared/requests.ts";

/** Its name, or its folder's. */
export function clanName({ name, root }: Pick<ClanSummary, "name" | "root">): string {
  return name ?? decodeURIComponent(root.split("/").findLast((part) => part !== "") ?? root);
}
