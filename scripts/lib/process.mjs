/**
 * Running programs from our scripts: always with an argument vector, never through a shell.
 *
 *   await run("git", ["init"], { cwd: folder })   resolves on exit code 0, throws otherwise
 */
import { execFileSync, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";

/** One line a person reads while a script works. */
export function say(text) {
  console.log(`clan: ${text}`);
}

/**
 * Runs a program and waits for it. Its output goes to this terminal, or to the file `log` when given.
 * Throws when the program cannot be started or ends with another code than 0.
 */
export async function run(command, args, { cwd, env, log } = {}) {
  const code = await exitCode(command, args, { cwd, env, log });
  if (code !== 0) {
    const where = log === undefined ? "" : ` (its output: ${log})`;
    throw new Error(`\`${[command, ...args].join(" ")}\` ended with code ${code}${where}`);
  }
}

/** What a program prints, without the last line's end. Throws as `run` does. */
export function outputOf(command, args, { cwd } = {}) {
  return execFileSync(command, args, { cwd, encoding: "utf8" }).trimEnd();
}

/** The program's exit code; one ended by a signal counts as 1. */
function exitCode(command, args, { cwd, env, log } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: env ?? process.env,
      stdio: log === undefined ? "inherit" : ["ignore", "pipe", "pipe"],
    });
    if (log !== undefined) {
      const file = createWriteStream(log, { flags: "a" });
      child.stdout.pipe(file, { end: false });
      child.stderr.pipe(file, { end: false });
      child.on("close", () => file.end());
    }
    child.on("error", (error) => reject(new Error(`cannot start \`${command}\`: ${error.message}`)));
    child.on("close", (code) => resolve(code ?? 1));
  });
}

/** Runs npm with this very Node, whatever the platform calls the npm program. */
export function npm(args, options) {
  const script = process.env.npm_execpath;
  return script?.endsWith(".js")
    ? run(process.execPath, [script, ...args], options)
    : run("npm", args, options);
}
