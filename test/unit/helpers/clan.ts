/** Fixtures as the workspace of a clan, in a folder of its own. */
import { evaluateClans } from "../../../server/src/clan/evaluate.ts";
import type { Clan } from "../../../server/src/clan/model.ts";
import { MemoryFileSystem } from "../../../server/src/project/file-system.ts";
import type { Snapshot } from "../../../server/src/project/snapshot.ts";
import { Workspace } from "../../../server/src/project/workspace.ts";
import { parseFixture } from "./fixture.ts";
import { gitIndex } from "./git-index.ts";
import { testParser } from "./parse.ts";

/** Where the files of a fixture lie. */
export const fixtureRoot = "/workspace";

/** The text of a `.git/index` in it is the paths that git tracks, one a line. */
export async function snapshotOf(fixture: ReadonlyMap<string, string>): Promise<Snapshot> {
  const files = new Map(
    [...fixture].map(([path, text]) => [
      `${fixtureRoot}${path}`,
      path.endsWith("/.git/index") ? gitIndex(text.trim().split("\n")) : text,
    ]),
  );
  const fileSystem = new MemoryFileSystem(files);
  return new Workspace({ fileSystem, parser: await testParser(), roots: [fixtureRoot] }).snapshot();
}

/** Throws unless there is exactly one. */
export async function clanOf(text: string): Promise<Clan> {
  const [clan, ...others] = evaluateClans(await snapshotOf(parseFixture(text).files));
  if (clan === undefined || others.length > 0) throw new Error("the fixture is not one clan");
  return clan;
}
