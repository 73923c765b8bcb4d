/**
 * A terminal for tests: the command line on files in memory, in the working directory /work.
 *
 *   await clanLs(["check"], `#- /work/clan.nix …`)   ->   { code: 1, out: "error[…", err: "" }
 */
import { runCli } from "../../../server/src/cli/main.ts";
import { resolvePath } from "../../../server/src/nix/path.ts";
import { MemoryFileSystem } from "../../../server/src/project/file-system.ts";
import { parseFixture } from "../helpers/fixture.ts";
import { testParser } from "../helpers/parse.ts";

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly served: boolean;
}

export async function clanLs(args: readonly string[], fixture = "", color = false): Promise<Ran> {
  let [out, err, served] = ["", "", false];
  const code = await runCli(args, {
    version: "1.2.3",
    fileSystem: new MemoryFileSystem(parseFixture(fixture, "/work/clan.nix").files),
    cwd: "/work",
    color,
    loadParser: testParser,
    toPath: (written) => resolvePath("/work", written),
    print: (text) => {
      out += text;
    },
    printError: (text) => {
      err += text;
    },
    serve: () => {
      served = true;
    },
  });
  return { code, out, err, served };
}
