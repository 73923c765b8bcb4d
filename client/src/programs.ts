/**
 * Finds programs on this machine, as the shell would, and runs them without one.
 *
 *   await machinePrograms(process.env).find("clan", "/home/me/infra")   "/run/current-system/sw/bin/clan"
 */
import { execFile } from "node:child_process";
import { access, constants, stat } from "node:fs/promises";
import path from "node:path";
import type { Programs } from "./platform.ts";

/** Of what a program prints, in bytes; one that prints more is ended. */
const maximumOutput = 64 * 1024 * 1024;

/** Programs along `environment.PATH`. It is read at each search: an environment extension may change it. */
export function machinePrograms(environment: { readonly PATH?: string | undefined }): Programs {
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
    run: (file, vector, folder, signal) =>
      new Promise((resolve) => {
        const options = {
          cwd: folder,
          maxBuffer: maximumOutput,
          ...(signal === undefined ? {} : { signal }),
        };
        execFile(file, vector, options, (error, stdout, stderr) => {
          const code = error === null ? 0 : error.code;
          const hasRun = typeof code === "number";
          resolve({
            exitCode: hasRun ? code : undefined,
            stdout,
            stderr: hasRun || stderr !== "" ? stderr : String(error?.message),
          });
        });
      }),
  };
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
