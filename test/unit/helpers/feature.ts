/**
 * A feature's query at the cursor `$0` of a fixture, over the clan at /clan, as a session asks it: of clans that other
 * questions were asked of before, in an order nobody chose.
 */
import { ClanCache } from "../../../server/src/clan/clan-cache.ts";
import { collectAssists } from "../../../server/src/features/assists/index.ts";
import { collectCodeLenses } from "../../../server/src/features/code-lenses.ts";
import { complete } from "../../../server/src/features/completion/complete.ts";
import { findDefinitions } from "../../../server/src/features/definition.ts";
import { collectDocumentSymbols } from "../../../server/src/features/document-symbols.ts";
import { collectFindings } from "../../../server/src/features/findings.ts";
import { hover } from "../../../server/src/features/hover.ts";
import { OccurrenceTables } from "../../../server/src/features/occurrences.ts";
import type { Query } from "../../../server/src/features/query.ts";
import { collectSemanticTokens } from "../../../server/src/features/semantic-tokens.ts";
import { MemoryFileSystem } from "../../../server/src/project/file-system.ts";
import { Workspace } from "../../../server/src/project/workspace.ts";
import { cursorOf, parseFixture } from "./fixture.ts";
import { testParser } from "./parse.ts";
import { randomFrom, seedOfTest, shuffled } from "./shuffle.ts";

export interface FeatureCase {
  readonly query: Query;
  /** Of the file with the cursor. */
  readonly text: string;
  /** What a feature that tries other states answers. */
  readonly ask: <T>(feature: (query: Query) => T) => T;
}

/** Text before the first `#- /path` is /clan/clan.nix. */
export async function queryAtCursor(fixtureText: string): Promise<FeatureCase> {
  const fixture = parseFixture(fixtureText, "/clan/clan.nix");
  const { path, offset } = cursorOf(fixture);
  const fileSystem = new MemoryFileSystem(fixture.files);
  const workspace = new Workspace({ fileSystem, parser: await testParser(), roots: ["/clan"] });
  const cache = new ClanCache();
  const query = { snapshot: workspace.snapshot(), clans: cache.clansOf, path, offset };
  const ask = <T>(feature: (query: Query) => T): T => cache.consistently(() => feature(query));
  const seed = seedOfTest();
  for (const question of shuffled(questions, seed).slice(0, 3))
    ask(({ snapshot, clans }) => {
      const random = randomFrom(seed + questions.indexOf(question));
      const all = [...fixture.files].filter(([name]) => name.endsWith(".nix"));
      const [other, text] = all[Math.floor(random() * all.length)] ?? [path, ""];
      question({ snapshot, clans, path: other, offset: Math.floor(random() * text.length) });
    });
  return { query, text: fixture.files.get(path) ?? "", ask };
}

const lenses = { machines: "always", roles: "always", generators: true } as const;

/** Whatever an editor asks meanwhile. */
const questions: readonly ((query: Query) => unknown)[] = [
  ({ snapshot, clans }) => collectFindings(snapshot, clans(snapshot)),
  (query) => complete(query),
  (query) => complete({ ...query, offset: Math.floor(query.offset / 2) }),
  (query) => hover(query, new OccurrenceTables()),
  (query) => findDefinitions(query, new OccurrenceTables()),
  (query) => collectSemanticTokens(query, new OccurrenceTables()),
  (query) => collectCodeLenses(query, lenses),
  (query) => collectDocumentSymbols(query, new OccurrenceTables()),
  (query) => collectAssists(query),
];
