/**
 * A headless Neovim with its built-in language client on clan-ls, over a clan written for the test.
 *
 *   const { answer, files } = await inNeovim({ "clan.nix": "…" }, `Open("clan.nix") … return 1`);
 */
import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../../..");
const clanLs = [process.execPath, path.join(root, "server/bin/clan-ls.js"), "--stdio"];

export interface Outcome {
  /** What the script returned. */
  readonly answer: unknown;
  /** The files as the script left them on disk, by their path in the clan's folder. */
  readonly files: Readonly<Record<string, string | undefined>>;
}

/**
 * Runs a Lua script in a folder with these files; session.lua says what it can call. Throws with what went
 * wrong in the script, or how to install Neovim.
 */
export async function inNeovim(files: Readonly<Record<string, string>>, script: string): Promise<Outcome> {
  const scratch = realpathSync(mkdtempSync(path.join(tmpdir(), "clan-neovim-")));
  try {
    const folder = path.join(scratch, "clan");
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
    const outcome = path.join(scratch, "outcome.json");
    const scriptFile = path.join(scratch, "script.lua");
    const session = path.join(import.meta.dirname, "session.lua");
    writeFileSync(scriptFile, `dofile(${JSON.stringify(session)})\nRun(function()\n${script}\nend)\n`);
    const output = await runNeovim(scriptFile, folder, { OUTCOME: outcome, CLAN_LS: JSON.stringify(clanLs) });
    if (!existsSync(outcome)) throw new Error(`Neovim ended without an answer:\n${output}`);
    const { answer, error } = JSON.parse(readFileSync(outcome, "utf8"));
    if (error !== undefined) throw new Error(`${error}\n${output}`);
    const left = Object.keys(files).map((name) => [name, readIfThere(path.join(folder, name))] as const);
    return { answer, files: Object.fromEntries(left) };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** What it wrote on its terminal. */
function runNeovim(script: string, cwd: string, env: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const args = ["--headless", "--clean", "-c", `luafile ${script}`];
    const neovim = spawn("nvim", args, { cwd, env: { ...process.env, ...env }, timeout: 55_000 });
    let output = "";
    neovim.stdout.on("data", (chunk) => (output += chunk));
    neovim.stderr.on("data", (chunk) => (output += chunk));
    neovim.on("error", (error) =>
      reject(new Error(`cannot start Neovim (on Debian: apt-get install neovim): ${error.message}`)),
    );
    neovim.on("close", () => resolve(output));
  });
}

function readIfThere(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
