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
 * `others` are absolute paths of further files to look at, such as open documents. Without `onDefect`, a defect of
 * ours is thrown.
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
  const read = new Set<string>();
  const machineFiles: string[] = [];
  for (const clan of clans)
    try {
      for (const finding of checkClan(snapshot, clan, levels, onDefect)) add(finding);
      for (const path of clan.files) read.add(path);
      // Nix surely reads these, while the clan's evaluation leaves them alone.
      for (const { path } of collectMachineFiles(snapshot, clan)) machineFiles.push(path);
    } catch (thrown) {
      if (onDefect === undefined) throw thrown;
      onDefect(`the clan in ${clan.root}`, thrown);
    }
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
