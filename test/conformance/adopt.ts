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
import { layoutOf } from "../../server/src/features/adopt/layout.ts";
import { planAdoption, withFiles } from "../../server/src/features/adopt/plan.ts";
import { readFlake } from "../../server/src/features/adopt/read-flake.ts";
import type { AdoptRequest } from "../../server/src/features/adopt/request.ts";
import { findObjections } from "../../server/src/features/adopt/verify.ts";
import { Workspace } from "../../server/src/project/workspace.ts";
import type { NixParser } from "../../server/src/syntax/parser.ts";

const request: AdoptRequest = {
  name: "conformance",
  machine: { name: "adopted-by-test", class: "nixos" },
  target: "root@adopted.example.org",
  services: ["sshd", "users"],
  move: [],
};

interface Asked {
  readonly root: string;
  readonly sources: string;
  readonly roles: ReadonlyMap<string, string>;
  readonly used: ReadonlyMap<string, readonly (readonly string[])[]>;
  /** A folder for the stand-ins' files and for a store. */
  readonly scratch: string;
}

/** Prints a line; false where Nix does not agree. What is refused is no failure. */
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
  const plan = planAdoption(view, layout, request);
  const refused =
    "reasons" in plan
      ? plan.reasons
      : findObjections(snapshot, withFiles(snapshot, plan.files), folder, request);
  if ("reasons" in plan || refused.length > 0) {
    log(`${basename(folder)} (${layout}): refused: ${refused.join(" ")}`);
    return true;
  }
  const roles = new Map([...view.flake.inputs.values()].map((input) => [input.name, roleOf(input)]));
  return inCopy(folder, (copy, scratch) => {
    const names = [...roles.keys()];
    const asked: Asked = { root, sources, roles, used: collectUsed(folder, names), scratch };
    writeStandIns(folder, names, join(scratch, "places"));
    const before = layout === "none" ? new Map<string, string>() : hostsOf(asked, copy);
    for (const [path, text] of plan.files) {
      const place = copy + path.slice(folder.length);
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, text);
    }
    const { name } = request.machine;
    const inventory = ask(asked, copy, "inventory");
    const wanted = `{"instances":{"sshd":"sshd","users":"users"},"machines":{"${name}":"nixos"},"made":["${name}"],"name":"${request.name}","store":{"${name}":"sops"}}`;
    const after = hostsOf(asked, copy);
    const known = [...before].filter(([, made]) => !made.startsWith("error:"));
    const different = known.filter(([host, made]) => after.get(host) !== made);
    const isRight = inventory === wanted && different.length === 0;
    log(
      `${basename(folder)} (${layout}): ${isRight ? "right" : "DIFFERENT"}; ${known.length} hosts are the same, ${before.size - known.length} of ${before.size} need more than stand-ins`,
    );
    if (inventory !== wanted) log(`  the clan: ${inventory}`);
    for (const [host, made] of different)
      log(`  ${host}: ${made}\n    now ${after.get(host) ?? "not there"}`);
    for (const [host, made] of before) if (made.startsWith("error:")) log(`  ${host}: ${made}`);
    return isRight;
  });
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
  if (names.startsWith("error:")) return new Map([["the outputs", names]]);
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
  const expression = `(import ${join(root, "test/conformance/truth/adopt.nix")} { dir = ${folder}; sources = ${sources}; roles = ${set(named)}; used = ${set(paths)}; places = ${scratch}/places; }).${what}`;
  try {
    // Some read files that they copied to the store before.
    const store = ["--store", join(scratch, "store"), "--read-write-mode"];
    const args = [...store, "--eval", "--strict", "--json", "--expr", expression];
    const options = { encoding: "utf8", timeout: 120_000, stdio: "pipe", maxBuffer: 1 << 26 } as const;
    return execFileSync("nix-instantiate", args, options).trim();
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
