/**
 * Gives real flakes a clan, and asks a real evaluation whether the clan is there and every host is made of what it was.
 *
 *   npm run conformance -- --adopt DIR --adopt DIR --sources DIR
 *
 * `sources` has checkouts of clan-core, nixpkgs/lib and of the frameworks, by their names; all other inputs are stand-ins. A
 * host that Nix cannot evaluate with stand-ins before is not compared.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { nodeFileSystem } from "../../server/src/entry/node-files.ts";
import { adopt } from "../../server/src/features/adopt/adopt.ts";
import { layoutOf } from "../../server/src/features/adopt/layout.ts";
import { readFlake } from "../../server/src/features/adopt/read-flake.ts";
import type { AdoptPlan, AdoptRequest, Refusal } from "../../server/src/features/adopt/request.ts";
import { Workspace } from "../../server/src/project/workspace.ts";
import type { NixParser } from "../../server/src/syntax/parser.ts";

const request: AdoptRequest = {
  name: "conformance",
  machine: { name: "adopted-by-test", class: "nixos" },
  target: "root@adopted.example.org",
  services: ["sshd", "users"],
  move: [],
};

/** In place of hosts, where these cannot be told. */
const OUTPUTS = "the outputs";

interface Asked {
  readonly root: string;
  readonly sources: string;
  readonly roles: ReadonlyMap<string, string>;
  readonly used: ReadonlyMap<string, readonly (readonly string[])[]>;
  /** A folder for the stand-ins' files and for a store. */
  readonly scratch: string;
}

/** Prints lines; false where Nix does not agree. What is refused is no failure. */
export function checkAdoption(
  parser: NixParser,
  root: string,
  sources: string,
  folder: string,
  log: (line: string) => void,
): boolean {
  const snapshot = new Workspace({ fileSystem: nodeFileSystem, parser, roots: [folder] }).snapshot();
  const view = readFlake(snapshot, folder);
  const layout = layoutOf(view);
  const roles = new Map([...view.flake.inputs.values()].map((input) => [input.name, roleOf(input)]));
  const names = [...roles.keys()];
  const used = collectUsed(folder, names);
  const title = `${basename(folder)} (${layout})`;
  const { move: _, ...begin } = request;
  const planned = (move: readonly string[]): AdoptPlan | Refusal =>
    adopt(snapshot, folder, { begin, move: move.map((name) => ({ name })) });
  const inFolder = <T>(plan: AdoptPlan | undefined, use: (asked: Asked, copy: string) => T): T =>
    inCopy(folder, (copy, scratch) => {
      writeStandIns(folder, names, join(scratch, "places"));
      for (const [path, text] of plan?.files ?? []) {
        const place = copy + path.slice(folder.length);
        mkdirSync(dirname(place), { recursive: true });
        writeFileSync(place, text);
      }
      return use({ root, sources, roles, used, scratch }, copy);
    });
  const before = layout === "none" ? new Map<string, string>() : inFolder(undefined, hostsOf);
  const plan = planned([]);
  if ("reasons" in plan) {
    log(`${title}: refused: ${plan.reasons.join(" ")}`);
    return true;
  }
  const outputs = before.get(OUTPUTS);
  if (outputs !== undefined) {
    log(`${title}: cannot be evaluated with stand-ins, without a clan neither: ${outputs}`);
    return true;
  }
  const known = [...before].filter(([, made]) => !made.startsWith("error:"));
  const same = inFolder(plan, (asked, copy) => differences(asked, copy, known, []));
  log(`${title}: ${verdict(same)}; ${known.length} of ${before.size} hosts compared`);
  for (const line of same) log(`  ${line}`);
  const movable = known.filter(([host]) => !host.startsWith("home")).slice(0, MOVED);
  const moves = movable.map(([host, made]) => {
    const name = host.slice(host.indexOf(".") + 1);
    const moved = planned([name]);
    if ("reasons" in moved) {
      log(`  ${host} stays: ${moved.reasons.join(" ")}`);
      return [];
    }
    const lines = inFolder(moved, (asked, copy) => differences(asked, copy, known, [[host, made]]));
    log(`  ${host} moved: ${verdict(lines)}`);
    for (const line of lines) log(`    ${line}`);
    return lines;
  });
  return same.length === 0 && moves.every((lines) => lines.length === 0);
}

/** So many hosts of each flake are moved. */
const MOVED = 2;

const verdict = (lines: readonly string[]): string => (lines.length === 0 ? "right" : "DIFFERENT");

/** What is not as it should be. */
function differences(
  asked: Asked,
  folder: string,
  before: readonly (readonly [string, string])[],
  moved: readonly (readonly [string, string])[],
): readonly string[] {
  const names = [request.machine.name, ...moved.map(([host]) => host.slice(host.indexOf(".") + 1))].sort();
  const isDarwin = (name: string): boolean => moved.some(([host]) => host === `darwinConfigurations.${name}`);
  const wanted = JSON.stringify({
    instances: { sshd: "sshd", users: "users" },
    machines: Object.fromEntries(names.map((name) => [name, isDarwin(name) ? "darwin" : "nixos"])),
    made: names,
    name: request.name,
  });
  const clan = ask(asked, folder, "inventory");
  const after = hostsOf(asked, folder);
  const others = before.filter(([host]) => !moved.some(([each]) => each === host));
  return [
    ...(clan === wanted ? [] : [`the clan: ${clan}`]),
    ...others
      .filter(([host, made]) => after.get(host) !== made)
      .map(([host, made]) => `${host}: ${made}\n    now ${after.get(host) ?? "not there"}`),
    ...moved.flatMap(([host, made]) => {
      const now = after.get(host) ?? "";
      const modules = (JSON.parse(made) as { modules?: readonly unknown[] }).modules ?? [];
      const lost = modules
        .filter((module) => isOwn(module, now))
        .map((module) => JSON.stringify(module))
        .filter((module) => !now.includes(module));
      return lost.map((module) => `${host} lacks ${module}: ${now}`);
    }),
  ];
}

/** What nixos-unified adds comes along in a file, which is looked for instead. */
function isOwn(module: unknown, now: string): boolean {
  return !now.includes("/modules/clan/unified-") || /^"\/configurations\//.test(JSON.stringify(module));
}

/** The checkout that an input is, by its repository. */
function roleOf({
  name,
  repository,
}: {
  readonly name: string;
  readonly repository: string | undefined;
}): string {
  const known: Readonly<Record<string, string>> = {
    "snowfallorg/lib": "snowfall-lib",
    "nix-systems": "systems",
  };
  const [owner = "", last = name] = repository?.split("/").slice(-2) ?? [];
  return known[repository ?? ""] ?? known[owner] ?? last;
}

/** What the code takes from inputs: `inputs.agenix.nixosModules.default`. */
function collectUsed(folder: string, inputs: readonly string[]): ReadonlyMap<string, readonly string[][]> {
  const used = new Map<string, string[][]>();
  for (const text of nixFiles(folder))
    for (const name of inputs) {
      for (const [, path = ""] of text.matchAll(new RegExp(`(?<![\\w-])${name}((?:\\.[\\w-]+)+)`, "g")))
        used.set(name, [...(used.get(name) ?? []), path.slice(1).split(".")]);
    }
  return used;
}

/** The files that the code imports from inputs: `"${inputs.hooks}/flake-module.nix"`. */
function writeStandIns(folder: string, inputs: readonly string[], places: string): void {
  for (const text of nixFiles(folder))
    for (const name of inputs) {
      const named = `(?<![\\w-])${name}(?:\\.outPath)?`;
      const written = new RegExp(
        `\\$\\{(?:inputs\\.)?${named}\\}(/[\\w./-]+)|${named}\\s*\\+\\s*"?(/[\\w./-]+)`,
        "g",
      );
      for (const [, inside, added] of text.matchAll(written)) {
        const file = `${places}/${name}${inside ?? added}`;
        const path = file.endsWith(".nix") ? file : `${file}/default.nix`;
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, "{ ... }: { }\n");
      }
    }
}

function nixFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".nix"))
    .map((path) => readFileSync(join(folder, path), "utf8"));
}

/** What each host is made of, or "error: …". */
function hostsOf(asked: Asked, folder: string): ReadonlyMap<string, string> {
  const names = ask(asked, folder, "hosts");
  if (names.startsWith("error:")) return new Map([[OUTPUTS, names]]);
  const outputs = JSON.parse(names) as Readonly<Record<string, readonly string[]>>;
  return new Map(
    Object.entries(outputs).flatMap(([output, hosts]) =>
      hosts
        .filter((host) => host !== request.machine.name)
        .map((host) => [`${output}.${host}`, ask(asked, folder, `host "${output}" "${host}"`)] as const),
    ),
  );
}

/** JSON, or "error: …" on one line. */
function ask({ root, sources, roles, used, scratch }: Asked, folder: string, what: string): string {
  const set = (of: ReadonlyMap<string, string>): string =>
    `{ ${[...of].map(([name, value]) => `"${name}" = ${value};`).join(" ")} }`;
  const paths = new Map(
    [...used].map(([name, all]) => {
      const unique = [...new Set(all.map((path) => path.map((one) => JSON.stringify(one)).join(" ")))];
      return [name, `[ ${unique.map((path) => `[ ${path} ]`).join(" ")} ]`];
    }),
  );
  const named = new Map([...roles].map(([name, role]) => [name, JSON.stringify(role)]));
  const expression = `(import ${join(root, "test/conformance/truth/adopt.nix")} { dir = ${folder}; sources = ${sources}; roles = ${set(named)}; used = ${set(paths)}; places = ${scratch}/places; machine = "${request.machine.name}"; }).${what}`;
  try {
    // Some read files that they copied to the store before.
    const store = ["--store", join(scratch, "store"), "--read-write-mode"];
    const args = [...store, "--eval", "--strict", "--json", "--expr", expression];
    const options = { encoding: "utf8", timeout: 120_000, stdio: "pipe", maxBuffer: 1 << 26 } as const;
    // A copy of the folder in the store is called otherwise each time.
    const copied = /\/nix\/store\/\w+-clan-adopt-\w+/g;
    return execFileSync("nix-instantiate", args, options).trim().replace(copied, "");
  } catch (error) {
    const text = (error as { stderr?: string }).stderr ?? String(error);
    return text.slice(text.lastIndexOf("error:")).replaceAll(/\s+/g, " ").trim();
  }
}

function inCopy<T>(folder: string, use: (copy: string, scratch: string) => T): T {
  const [copy, scratch] = [
    mkdtempSync(join(tmpdir(), "clan-adopt-")),
    mkdtempSync(join(tmpdir(), "clan-nix-")),
  ];
  try {
    const filter = (path: string): boolean => basename(path) !== ".git";
    cpSync(folder, copy, { recursive: true, verbatimSymlinks: true, filter });
    return use(copy, scratch);
  } finally {
    for (const each of [copy, scratch]) {
      // What Nix puts into a store may only be read.
      execFileSync("chmod", ["-R", "u+w", each]);
      rmSync(each, { recursive: true });
    }
  }
}
