/**
 * A terminal for tests: the command line on files in memory, in the working directory /work.
 *
 *   await clanLs(["check"], `#- /work/clan.nix …`)   ->   { code: 1, out: "error[…", err: "" }
 */
import { runCli } from "../../../server/src/cli/main.ts";
import { resolvePath } from "../../../server/src/nix/path.ts";
import { type FileSystem, MemoryFileSystem } from "../../../server/src/project/file-system.ts";
import { parseFixture } from "../helpers/fixture.ts";
import { testParser } from "../helpers/parse.ts";

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly served: boolean;
}

export function clanLs(args: readonly string[], fixture = "", color = false): Promise<Ran> {
  return clanLsOn(new MemoryFileSystem(parseFixture(fixture, "/work/clan.nix").files), args, color);
}

/** With `input` on stdin. */
export function clanLsReading(input: string, args: readonly string[], fixture = ""): Promise<Ran> {
  return clanLsOn(new MemoryFileSystem(parseFixture(fixture, "/work/clan.nix").files), args, false, input);
}

export async function clanLsOn(
  fileSystem: FileSystem,
  args: readonly string[],
  color = false,
  input = "",
): Promise<Ran> {
  let [out, err, served] = ["", "", false];
  const code = await runCli(args, {
    version: "1.2.3",
    documentation: "file:///docs/",
    fileSystem,
    cwd: "/work",
    color,
    loadParser: testParser,
    git: () => undefined,
    toPath: (written) => resolvePath("/work", written),
    readInput: () => input,
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
