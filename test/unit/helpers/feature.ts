/** A feature's query at the cursor `$0` of a fixture, over the clan at /clan. */
import { evaluateClans } from "../../../server/src/clan/evaluate.ts";
import type { Clan } from "../../../server/src/clan/model.ts";
import type { ClansOf, Query } from "../../../server/src/features/query.ts";
import { MemoryFileSystem } from "../../../server/src/project/file-system.ts";
import type { Snapshot } from "../../../server/src/project/snapshot.ts";
import { Workspace } from "../../../server/src/project/workspace.ts";
import { cursorOf, parseFixture } from "./fixture.ts";
import { testParser } from "./parse.ts";

export interface FeatureCase {
  readonly query: Query;
  /** Of the file with the cursor. */
  readonly text: string;
}

/** Text before the first `#- /path` is /clan/clan.nix. */
export async function queryAtCursor(fixtureText: string): Promise<FeatureCase> {
  const fixture = parseFixture(fixtureText, "/clan/clan.nix");
  const { path, offset } = cursorOf(fixture);
  const fileSystem = new MemoryFileSystem(fixture.files);
  const workspace = new Workspace({ fileSystem, parser: await testParser(), roots: ["/clan"] });
  return {
    query: { snapshot: workspace.snapshot(), clans: remembered(), path, offset },
    text: fixture.files.get(path) ?? "",
  };
}

/** The clans of each state once, as a server has them. */
function remembered(): ClansOf {
  const known = new WeakMap<Snapshot, readonly Clan[]>();
  return (snapshot) => {
    const clans = known.get(snapshot) ?? evaluateClans(snapshot);
    known.set(snapshot, clans);
    return clans;
  };
}
