/**
 * A terminal for tests: the command line on files in memory, in the working directory /work.
 *
 *   await clanLs(["check"], `#- /work/clan.nix …`)   ->   { code: 1, out: "error[…", err: "" }
 */
import path from "node:path";
import { runCli } from "../../../server/src/cli/main.ts";
import type { Terminal } from "../../../server/src/cli/terminal.ts";
import { nodeFileSystem, writeFile } from "../../../server/src/entry/node-files.ts";
import { askGit } from "../../../server/src/entry/node-git.ts";
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

/** On files on disk, in the folder, with the real git. */
export function clanLsIn(folder: string, args: readonly string[]): Promise<Ran> {
  return run(args, {
    fileSystem: nodeFileSystem,
    cwd: folder,
    git: askGit,
    toPath: (written) => path.resolve(folder, written),
    writeFile,
  });
}

export function clanLsOn(
  fileSystem: FileSystem,
  args: readonly string[],
  color = false,
  input = "",
): Promise<Ran> {
  return run(args, {
    fileSystem,
    cwd: "/work",
    color,
    git: () => undefined,
    toPath: (written) => resolvePath("/work", written),
    readInput: () => input,
    writeFile: () => {
      throw new Error("these files are only read");
    },
  });
}

type Surroundings = Pick<Terminal, "fileSystem" | "cwd" | "git" | "toPath" | "writeFile"> & Partial<Terminal>;

/** On the files of a fixture; what it prints goes nowhere. */
export function fixtureTerminal(fixture: string): Terminal {
  return terminalOn({
    fileSystem: new MemoryFileSystem(parseFixture(fixture, "/work/clan.nix").files),
    cwd: "/work",
    git: () => undefined,
    toPath: (written) => resolvePath("/work", written),
    writeFile: () => {
      throw new Error("these files are only read");
    },
  });
}

function terminalOn(surroundings: Surroundings): Terminal {
  return {
    version: "1.2.3",
    documentation: "file:///docs/",
    color: false,
    loadParser: testParser,
    readInput: () => "",
    print: () => {},
    printError: () => {},
    serve: async () => {},
    serveMcp: async () => {},
    ...surroundings,
  };
}

async function run(args: readonly string[], surroundings: Surroundings): Promise<Ran> {
  let [out, err, served] = ["", "", false];
  const code = await runCli(
    args,
    terminalOn({
      ...surroundings,
      print: (text) => {
        out += text;
      },
      printError: (text) => {
        err += text;
      },
      serve: async () => {
        served = true;
      },
      serveMcp: async () => {
        served = true;
      },
    }),
  );
  return { code, out, err, served };
}
