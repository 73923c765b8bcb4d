/**
 * The recording stand-ins for `clan` and `nix`: an environment that finds them, and what they recorded.
 *
 *   standIns(log, "clan").env       for the editor under test
 *   standIns(log, "clan").runs()    [{ program: "clan", arguments: ["machines", "update", "web"], folder: "/…" }]
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * @typedef {object} Run
 * @property {string} program
 * @property {readonly string[]} arguments
 * @property {string} folder
 * @property {string} [clanDir] the clan it was told to take, where that is not the folder
 */

/**
 * Nothing is recorded yet, and the stand-ins succeed. A real `clan` on this machine is out of reach.
 *
 * @param {string} log file they record to (absolute path)
 * @param {readonly ("clan" | "nix")[]} programs
 */
export function standIns(log, ...programs) {
  mkdirSync(path.dirname(log), { recursive: true });
  const clear = () =>
    [log, `${log}.exit`, `${log}.out`, `${log}.hang`].forEach((file) => void rmSync(file, { force: true }));
  clear();
  const folders = programs.map((program) => path.join(import.meta.dirname, program));
  const others = (process.env.PATH ?? "")
    .split(path.delimiter)
    .filter((folder) => !existsSync(path.join(folder, "clan")));
  return {
    env: {
      ...process.env,
      PATH: [...folders, ...others].join(path.delimiter),
      STAND_IN_LOG: log,
      // The clan of the shell the editor was started from: none that a command is for.
      CLAN_DIR: "/elsewhere",
    },
    clear,
    /** From now on they end with this code. */
    exitWith: (/** @type {number} */ code) => writeFileSync(`${log}.exit`, String(code)),
    /** From now on they print this. */
    print: (/** @type {string} */ text) => writeFileSync(`${log}.out`, text),
    /** From now on they go on until they are ended. */
    hang: () => writeFileSync(`${log}.hang`, ""),
    /** @returns {number[]} of the one that hangs, and its child, once there is one: those of them that still run */
    processes: () =>
      readFileSync(`${log}.hang`, "utf8")
        .split(" ")
        .map(Number)
        .filter((id) => id > 0 && isRunning(id)),
    /** @returns {Run[]} what was run since `clear`, oldest first */
    runs: () =>
      existsSync(log)
        ? readFileSync(log, "utf8")
            .trimEnd()
            .split("\n")
            .map((line) => JSON.parse(line))
        : [],
  };
}

/** @param {number} id of a process */
function isRunning(id) {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
}
