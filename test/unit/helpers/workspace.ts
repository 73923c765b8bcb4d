/** A workspace in memory, made from a fixture (fixture.ts). */
import { MemoryFileSystem } from "../../../server/src/project/file-system.ts";
import { Workspace } from "../../../server/src/project/workspace.ts";
import { type Fixture, parseFixture } from "./fixture.ts";
import { testParser } from "./parse.ts";

export interface TestWorkspace {
  readonly fixture: Fixture;
  readonly files: MemoryFileSystem;
  readonly workspace: Workspace;
}

/** All folders of the fixture may be read. */
export async function workspaceOf(text: string, roots: readonly string[] = ["/"]): Promise<TestWorkspace> {
  const fixture = parseFixture(text);
  const files = new MemoryFileSystem(fixture.files);
  return {
    fixture,
    files,
    workspace: new Workspace({ fileSystem: files, parser: await testParser(), roots }),
  };
}
