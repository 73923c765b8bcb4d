/**
 * What runs the rules.
 *
 *   checkClan(snapshot, clan)  ->  findings sorted by file, range and code
 */
import type { Clan } from "../clan/model.ts";
import type { Snapshot } from "../project/snapshot.ts";
import type { Source } from "../syntax/ast.ts";
import { rules } from "./all.ts";
import type { Finding, Severity } from "./finding.ts";
import type { Problem, Rule } from "./rule.ts";
import { type Bearing, isWorse, removeConsequences } from "./run/consequences.ts";
import { Look } from "./run/look.ts";
import { removeSilenced } from "./run/silence.ts";

/** By code: another severity than the rule's own, or none. */
export type RuleLevels = Readonly<Record<string, Severity | "off">>;

/** Told of a rule that ended with a defect of ours: what it had not come to is not checked, all others are. */
export type OnDefect = (what: string, thrown: unknown) => void;

const rethrow: OnDefect = (_, thrown) => {
  throw thrown;
};

/** What is wrong in a clan's own files. Files of its inputs are not the user's to mend. */
export function checkClan(
  snapshot: Snapshot,
  clan: Clan,
  levels: RuleLevels = {},
  onDefect: OnDefect = rethrow,
): Finding[] {
  const findings = new FindingSet(levels, onDefect);
  const isOwn = (path: string): boolean =>
    [clan.root, ...snapshot.roots].some((root) => path.startsWith(root === "/" ? "/" : `${root}/`));
  const look = new Look([clan.root, clan.hasOtherCore, clan.hasOlderCore].join("\n"));
  for (const rule of rules)
    findings.addAll(rule, clan.root, () => rule.checkClan?.(clan, snapshot, look), isOwn);
  if (!findings.isCut) look.close();
  for (const path of clan.files) {
    const source = isOwn(path) && isCode(path) ? snapshot.source(path) : undefined;
    if (source === undefined) continue;
    findings.addSource(source, snapshot);
    for (const rule of rules) findings.addAll(rule, path, () => rule.checkFile?.(source, clan, snapshot));
  }
  return findings.sorted((path) => snapshot.readFile(path));
}

/** Of all that an evaluation reads (lock files, public keys, …), what people write for a clan. */
function isCode(path: string): boolean {
  return path.endsWith(".nix") || path.endsWith("/inventory.json");
}

/** What is wrong in one file by itself, whether a clan uses it or not. */
export function checkSource(
  source: Source,
  snapshot: Snapshot,
  levels: RuleLevels = {},
  onDefect: OnDefect = rethrow,
): Finding[] {
  const findings = new FindingSet(levels, onDefect);
  findings.addSource(source, snapshot);
  return findings.sorted(() => source.text);
}

/** Findings without doubles: one node can be evaluated many times, as the body of a `mapAttrs` is. */
class FindingSet {
  private readonly found = new Map<string, { readonly finding: Finding; readonly bearing: Bearing }>();
  /** By rule and file: how much it has found there, and the key of the last. */
  private readonly kinds = new Map<string, { readonly count: number; readonly last: string }>();
  private hasDefect = false;

  constructor(
    private readonly levels: RuleLevels,
    private readonly onDefect: OnDefect,
  ) {}

  /** What a rule finds in `place`, a file or a clan's folder, as far as it comes. */
  addAll(
    rule: Rule,
    place: string,
    check: () => Iterable<Problem> | undefined,
    isWanted: (path: string) => boolean = () => true,
  ): void {
    try {
      for (const problem of check() ?? []) {
        const isListed = !isWanted(problem.path) || this.add(rule, problem);
        if (!isListed && problem.path === place) break;
      }
    } catch (thrown) {
      this.hasDefect = true;
      this.onDefect(`rule ${rule.code} in ${place}`, thrown);
    }
  }

  /** A rule ended before it had looked at all. */
  get isCut(): boolean {
    return this.hasDefect;
  }

  /** False where the rule has found so many in the file that no more are listed. */
  private add(rule: Rule, problem: Problem): boolean {
    const { isUnused, isRemark, isRefused, spoils, restsOn, ...place } = problem;
    const unused = rule.severity === "error" && isUnused ? "warning" : isRefused ? "error" : rule.severity;
    const severity = this.levels[rule.code] ?? (isRemark ? "information" : unused);
    if (severity === "off") return true;
    const key = [rule.code, problem.path, problem.start, problem.end].join("\n");
    const before = this.found.get(key);
    if (before !== undefined && !isWorse(severity, before.finding.severity)) return true;
    const finding = { ...place, message: shortened(place.message), code: rule.code, severity };
    if (before === undefined && !this.hasRoom(`${rule.code}\n${problem.path}`, key)) return false;
    this.found.set(key, { finding, bearing: { spoils, restsOn } });
    return true;
  }

  /** Where no more of the kind are listed, the last that is listed says so. */
  private hasRoom(kind: string, key: string): boolean {
    const { count, last } = this.kinds.get(kind) ?? { count: 0, last: "" };
    if (count < MAX_OF_A_KIND) {
      this.kinds.set(kind, { count: count + 1, last: key });
      return true;
    }
    const listed = this.found.get(last);
    if (listed !== undefined && !listed.finding.message.endsWith(MORE)) {
      const message = `${listed.finding.message} ${MORE}`;
      this.found.set(last, { ...listed, finding: { ...listed.finding, message } });
    }
    return false;
  }

  addSource(source: Source, snapshot: Snapshot): void {
    for (const rule of rules) this.addAll(rule, source.path, () => rule.checkSource?.(source, snapshot));
  }

  /** Without those a comment silences. */
  sorted(textOf: (path: string) => string | undefined): Finding[] {
    const byPath = new Map<string, Finding[]>();
    for (const finding of removeConsequences([...this.found.values()])) {
      const findings = byPath.get(finding.path);
      if (findings === undefined) byPath.set(finding.path, [finding]);
      else findings.push(finding);
    }
    return [...byPath]
      .flatMap(([path, findings]) => removeSilenced(findings, textOf(path) ?? ""))
      .sort(inOrder);
  }
}

/** Findings of one rule in one file. Editors show no more in a file either. */
const MAX_OF_A_KIND = 1_000;
const MORE = "More mistakes of this kind in the file are not listed.";

/** Nobody reads more of what a `throw` says. */
const MAX_MESSAGE = 2_000;

function shortened(message: string): string {
  const more = message.length - MAX_MESSAGE;
  return more <= 0 ? message : `${message.slice(0, MAX_MESSAGE)}… (${more} more characters)`;
}

function inOrder(a: Finding, b: Finding): number {
  return compare(a.path, b.path) || a.start - b.start || a.end - b.end || compare(a.code, b.code);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
