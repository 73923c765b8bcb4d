/**
 * How `clan` is started for a clan. Knows no VS Code; the programs are handed in.
 *
 *   await findClan(programs, undefined, "/home/me/infra")   ->   ["/usr/bin/direnv", "exec", "/home/me/infra", "clan"]
 */
import type { Programs } from "../platform.ts";

/** A program (absolute path) and the arguments before clan's own. */
export type ClanVector = readonly string[];

/**
 * What the setting says; without one, `clan` on PATH, else that of the environment which direnv loads in the folder, where
 * the person has allowed that. Undefined where there is none: of a setting that names
 * a missing program, too, so that the person learns of it. `signal` ends what is asked.
 */
export async function findClan(
  programs: Programs,
  configured: readonly string[] | undefined,
  folder: string,
  signal?: AbortSignal,
): Promise<ClanVector | undefined> {
  if (configured !== undefined) return resolveProgram(programs, configured, folder);
  return (
    (await resolveProgram(programs, ["clan"], folder)) ?? (await findThroughDirenv(programs, folder, signal))
  );
}

/**
 * As `findClan`, for a list of what could be run: nothing is started for it. Where only direnv may have clan, it is direnv
 * that says so when the person runs it.
 */
export async function findClanToOffer(
  programs: Programs,
  configured: readonly string[] | undefined,
  folder: string,
): Promise<ClanVector | undefined> {
  if (configured !== undefined) return resolveProgram(programs, configured, folder);
  return (
    (await resolveProgram(programs, ["clan"], folder)) ??
    resolveProgram(programs, ["direnv", "exec", folder, "clan"], folder)
  );
}

/** The vector with the absolute path of its program; undefined where there is none of that name. */
export async function resolveProgram(
  programs: Programs,
  [program = "", ...before]: readonly string[],
  folder: string,
): Promise<ClanVector | undefined> {
  const file = await programs.find(program, folder);
  return file === undefined ? undefined : [file, ...before];
}

/** direnv itself refuses an .envrc that is not allowed, but then runs the program without it: so it is asked before. */
async function findThroughDirenv(
  programs: Programs,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<ClanVector | undefined> {
  const direnv = await programs.find("direnv", folder);
  if (direnv === undefined) return undefined;
  const status = await programs.run(direnv, ["status"], folder, signal);
  if (status.exitCode !== 0 || !allowsEnvrc(status.stdout)) return undefined;
  const vector = [direnv, "exec", folder, "clan"];
  // Whether that environment has clan, only it can say.
  const tried = await programs.run(direnv, [...vector.slice(1), "--help"], folder, signal);
  return tried.exitCode === 0 ? vector : undefined;
}

/**
 * What clan calls its version: `unstable`, or a release such as `26.05`. It has no option for that; the links in its help say it.
 * Undefined of one that does not say it, and of one that Nix would have to fetch or build first, which nobody asked for.
 */
export async function clanVersion(
  programs: Programs,
  [program = "", ...before]: ClanVector,
  folder: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (isNix(program)) return undefined;
  const help = await programs.run(program, [...before, "--help"], folder, signal);
  return /clan\.lol\/docs\/([\w.-]+)/.exec(help.stdout)?.[1];
}

function isNix(program: string): boolean {
  return program.split("/").at(-1) === "nix";
}

/** What `direnv status` says of the .envrc that is found from here: 0 or, of versions before 2.33, true where it is allowed. */
export function allowsEnvrc(status: string): boolean {
  return /^Found RC allowed (0|true)$/m.test(status);
}

/**
 * Ways to clan that a person can choose where it is not found: its development shell, and clan-core as flake.lock pins it.
 * `lock`: the text of the flake.lock; without one that names clan-core there is only the first.
 */
export function waysThroughNix(lock: string | undefined): readonly ClanVector[] {
  const input = lock === undefined ? undefined : clanCoreInput(lock);
  const develop = ["nix", "develop", "-c", "clan"];
  return input === undefined
    ? [develop]
    : [develop, ["nix", "run", "--inputs-from", ".", `${input}#clan-cli`, "--"]];
}

/** The name by which the flake itself has clan-core; one that nix would take for something else is passed over. */
function clanCoreInput(lock: string): string | undefined {
  const { root, nodes } = parseLock(lock);
  const inputs = Object.entries(nodes[root]?.inputs ?? {});
  const found = inputs.find(([name, node]) => {
    if (!/^[a-zA-Z][\w-]*$/.test(name) || typeof node !== "string") return false;
    const { repo, url = "" } = nodes[node]?.locked ?? {};
    return repo === "clan-core" || /\/clan-core(\.git|\/|$|\?)/.test(url);
  });
  return found?.[0];
}

interface Lock {
  readonly root: string;
  readonly nodes: Readonly<
    Record<
      string,
      { readonly inputs?: Record<string, unknown>; readonly locked?: { repo?: string; url?: string } }
    >
  >;
}

/** Of a file that is none, a lock without inputs. */
function parseLock(text: string): Lock {
  try {
    const lock = JSON.parse(text);
    if (typeof lock.root === "string" && typeof lock.nodes === "object" && lock.nodes !== null) return lock;
  } catch {
    // Nix says what is wrong with it, when it runs.
  }
  return { root: "root", nodes: {} };
}
