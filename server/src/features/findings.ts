/**
 * All that is wrong in a state of the workspace: in the clans, and in files by themselves, whether a clan
 * reads them or not.
 *
 *   collectFindings(snapshot, clans)   ->   findings by file, range and code; none twice
 */
import { collectMachineFiles } from "../clan/machine-files.ts";
import type { Clan } from "../clan/model.ts";
import type { Snapshot } from "../project/snapshot.ts";
import type { Finding } from "../rules/finding.ts";
import { checkClan, checkSource, type OnDefect, type RuleLevels } from "../rules/index.ts";

/**
 * `others` are absolute paths of further files to look at, such as open documents. Without `onDefect`, a defect of a
 * rule is thrown.
 */
export function collectFindings(
  snapshot: Snapshot,
  clans: readonly Clan[],
  others: Iterable<string> = [],
  levels: RuleLevels = {},
  onDefect?: OnDefect,
): Finding[] {
  const found = new Map<string, Finding>();
  const add = (finding: Finding) => {
    const { path, start, end, code, message } = finding;
    found.set(JSON.stringify([path, start, end, code, message]), finding);
  };
  for (const clan of clans) for (const finding of checkClan(snapshot, clan, levels, onDefect)) add(finding);
  const read = new Set(clans.flatMap((clan) => [...clan.files]));
  // Nix surely reads these, while the clan's evaluation leaves them alone.
  const machineFiles = clans.flatMap((clan) => collectMachineFiles(snapshot, clan)).map(({ path }) => path);
  const alone = new Set([...others, ...machineFiles.filter((path) => path.endsWith(".nix"))]);
  for (const path of alone) {
    const source = read.has(path) ? undefined : snapshot.source(path);
    if (source !== undefined)
      for (const finding of checkSource(source, snapshot, levels, onDefect)) add(finding);
  }
  return [...found.values()].sort(inOrder);
}

function inOrder(a: Finding, b: Finding): number {
  return compare(a.path, b.path) || a.start - b.start || a.end - b.end || compare(a.code, b.code);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
