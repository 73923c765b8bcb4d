/**
 * Finds programs on this machine, as the shell would, and runs them without one.
 *
 *   await machinePrograms(process.env).find("clan", "/home/me/infra")   "/run/current-system/sw/bin/clan"
 */
import { execFile } from "node:child_process";
import { access, constants, stat } from "node:fs/promises";
import path from "node:path";
import type { FinishedProgram, Programs } from "./platform.ts";

/** Of what a program prints, in bytes; one that prints more is ended. */
const maximumOutput = 64 * 1024 * 1024;

/**
 * Programs along `environment.PATH`. It is read at each search: an environment extension may change it. `clanLs`: the file of
 * the server, which the editor's own Node runs.
 */
export function machinePrograms(
  environment: { readonly PATH?: string | undefined },
  clanLs: string,
): Programs {
  return {
    async find(program, folder) {
      const candidates = program.includes("/")
        ? [path.resolve(folder, program)]
        : (environment.PATH ?? "").split(path.delimiter).map((entry) => path.join(entry, program));
      for (const candidate of candidates) {
        if (path.isAbsolute(candidate) && (await isExecutable(candidate))) return candidate;
      }
      return undefined;
    },
    run: (file, vector, folder, signal) => run(file, vector, { cwd: folder, signal }),
    runClanLs: (vector, folder, signal) =>
      // The program that runs here is the editor, unless it is told to be Node.
      run(process.execPath, [clanLs, ...vector], {
        cwd: folder,
        signal,
        env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
      }),
  };
}

interface RunOptions {
  readonly cwd: string;
  readonly signal: AbortSignal | undefined;
  readonly env?: NodeJS.ProcessEnv;
}

function run(
  file: string,
  vector: readonly string[],
  { signal, ...others }: RunOptions,
): Promise<FinishedProgram> {
  const options = {
    ...others,
    maxBuffer: maximumOutput,
    ...(signal === undefined ? {} : { signal }),
  };
  return new Promise((resolve) => {
    execFile(file, vector, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      const hasRun = typeof code === "number";
      resolve({
        exitCode: hasRun ? code : undefined,
        stdout,
        stderr: hasRun || stderr !== "" ? stderr : String(error?.message),
      });
    });
  });
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
