/**
 * Version and package names as Nix compares and splits them.
 *
 *   compareVersions("2.3pre1", "2.3") -> -1      parseName("nix-2.3") -> { name: "nix", version: "2.3" }
 */

const COMPONENTS = /\d+|[^\d.-]+/g;

/** `"1.2pre3"` -> `["1", "2", "pre", "3"]` */
export function splitVersion(version: string): string[] {
  return version.match(COMPONENTS) ?? [];
}

/** -1, 0 or 1. A missing component comes before a number and after "pre". */
export function compareVersions(left: string, right: string): -1 | 0 | 1 {
  const lefts = splitVersion(left);
  const rights = splitVersion(right);
  for (let index = 0; index < Math.max(lefts.length, rights.length); index++) {
    const one = lefts[index] ?? "";
    const other = rights[index] ?? "";
    if (comesBefore(one, other)) return -1;
    if (comesBefore(other, one)) return 1;
  }
  return 0;
}

function comesBefore(left: string, right: string): boolean {
  const one = component(left);
  const other = component(right);
  if (one !== undefined && other !== undefined) return one < other;
  if (left === "" && other !== undefined) return true;
  if (left === "pre" && right !== "pre") return true;
  if (right === "pre") return false;
  if (other !== undefined) return true;
  return one === undefined && left < right;
}

/** Nix reads components as 32-bit integers; a larger one is text. */
function component(text: string): number | undefined {
  const value = /^\d+$/.test(text) ? Number(text) : undefined;
  return value !== undefined && value <= 0x7fffffff ? value : undefined;
}

/** The version starts after the first dash that no letter follows. */
export function parseName(text: string): { name: string; version: string } {
  const dash = text.search(/-[^A-Za-z]/);
  if (dash < 0) return { name: text, version: "" };
  return { name: text.slice(0, dash), version: text.slice(dash + 1) };
}
