/** A feature's query at the cursor `$0` of a fixture, over all clans of its files. */
import { evaluateClans } from "../../../server/src/clan/evaluate.ts";
import type { Query } from "../../../server/src/features/query.ts";
import { cursorOf } from "./fixture.ts";
import { workspaceOf } from "./workspace.ts";

export interface FeatureCase {
  readonly query: Query;
  /** Of the file with the cursor. */
  readonly text: string;
}

export async function queryAtCursor(fixtureText: string): Promise<FeatureCase> {
  const { fixture, workspace } = await workspaceOf(fixtureText);
  const { path, offset } = cursorOf(fixture);
  return {
    query: { snapshot: workspace.snapshot(), clans: evaluateClans, path, offset },
    text: fixture.files.get(path) ?? "",
  };
}
