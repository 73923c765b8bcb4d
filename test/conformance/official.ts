/**
 * Whether we are silent where clan-core's own material is right: its templates, the tests of its services and the Nix of its
 * documentation, as far as a real evaluation accepts them.
 *
 *   npm run conformance -- --official CLAN-CORE --sources DIR
 */
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClanCache } from "../../server/src/clan/clan-cache.ts";
import { nodeFileSystem } from "../../server/src/entry/node-files.ts";
import { collectFindings } from "../../server/src/features/findings.ts";
import { Workspace } from "../../server/src/project/workspace.ts";
import type { NixParser } from "../../server/src/syntax/parser.ts";
import { writeClan } from "./evaluate-clan.ts";
import { type ClanFiles, type OfficialCase, readOfficialCases } from "./official-cases.ts";
import { collectModuleNames, refusal, type TruthAttribute } from "./truth.ts";

interface Verdict {
  readonly name: string;
  /** The frame real Nix accepts; undefined where it accepts none. */
  readonly frame: string | undefined;
  /** Why not, of the first frame; or what we say of the accepted one. */
  readonly said: readonly string[];
}

/** Evaluations that run at one time. */
const PARALLEL = 2;

/** False where we say something of what is right. `log` gets that, and what was skipped with Nix's reason. */
export async function checkOfficial(
  parser: NixParser,
  { root, core, sources }: { readonly root: string; readonly core: string; readonly sources: string },
  log: (line: string) => void,
): Promise<boolean> {
  const verdicts: Verdict[] = [];
  const queue = readOfficialCases(core).values();
  const worker = async () => {
    for (const official of queue) verdicts.push(await judge(parser, root, sources, official));
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  const skipped = verdicts.filter(({ frame }) => frame === undefined);
  for (const { name, said } of skipped)
    log(
      `  skipped: ${name}: ${said.join(" ").split("error:").at(-1)?.replaceAll(/\s+/g, " ").slice(0, 400)}`,
    );
  const accepted = verdicts.filter(({ frame }) => frame !== undefined);
  const wrong = accepted.filter(({ said }) => said.length > 0);
  for (const { name, frame, said } of wrong) log(`  ${name}, as ${frame}:\n    ${said.join("\n    ")}`);
  log(
    `official: of ${verdicts.length}, Nix accepts ${accepted.length}; we are silent about ${accepted.length - wrong.length}`,
  );
  return wrong.length === 0;
}

async function judge(
  parser: NixParser,
  root: string,
  sources: string,
  { name, frames }: OfficialCase,
): Promise<Verdict> {
  let reason: string | undefined;
  for (const frame of frames) {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "clan-official-")));
    try {
      writeClan(folder, frame.files);
      const ask = (attribute: TruthAttribute) =>
        refusal({ root, sources, moduleNames: collectModuleNames(folder), attribute }, folder);
      const refused = await ask("checkVars");
      if (refused === undefined) {
        const said = findingsIn(parser, folder, frame.files);
        // What we say of a machine may be what Nix sees only in all of its configuration.
        const late = said.length > 0 ? await ask("checkMachines") : undefined;
        return late === undefined
          ? { name, frame: frame.name, said }
          : { name, frame: undefined, said: [`${late}; we say: ${said.join("; ")}`] };
      }
      reason ??= refused;
      // No frame helps what is no Nix.
      if (refused.includes("syntax error")) break;
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  return { name, frame: undefined, said: [reason ?? "no frame"] };
}

function findingsIn(parser: NixParser, folder: string, files: ClanFiles): string[] {
  const snapshot = new Workspace({ fileSystem: nodeFileSystem, parser, roots: [folder] }).snapshot();
  const beginnings = [...files.keys()]
    .filter((file) => file.endsWith(".nix"))
    .map((file) => `${folder}/${file}`);
  return collectFindings(snapshot, new ClanCache().clansOf(snapshot), beginnings)
    .filter(({ severity }) => severity === "error" || severity === "warning")
    .map(
      ({ path, start, code, message }) =>
        `${path.slice(folder.length + 1)}:${lineOf(snapshot.source(path)?.text, start)} ${code} ${message}`,
    );
}

function lineOf(text = "", offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
