/**
 * Finds a program on this machine, as the shell would.
 *
 *   await machinePrograms(process.env).find("clan", "/home/me/infra")   "/run/current-system/sw/bin/clan"
 */
import { access, constants, stat } from "node:fs/promises";
import path from "node:path";
import type { Programs } from "./platform.ts";

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
