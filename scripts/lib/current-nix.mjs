/**
 * A current Nix beside the system's, for the conformance suite: what is an error says the Nix that people run, and that of a
 * stable Debian is years older. The packages of Debian's newest suite are unpacked into .host/nix and run with the loader and
 * the libraries that come with them; nothing is installed.
 *
 *   withCurrentNix(process.env)   ->   { …, PATH: "<checkout>/.host/nix/bin:/usr/bin" }
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hostFolder } from "./paths.mjs";

/** The oldest minor version of Nix 2 that is used as it is. */
const CURRENT = 30;

/** Debian's suite that always has the newest packages. */
const SUITE = "sid";

/** The environment with a current Nix first on its PATH; as it is where that Nix is new enough, or none can be had. */
export function withCurrentNix(environment) {
  if (minorVersion(environment) >= CURRENT) return environment;
  const folder = join(hostFolder, "nix");
  if (!existsSync(join(folder, "bin/nix-instantiate"))) {
    try {
      unpackNix(folder);
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      console.error(
        `No current Nix could be unpacked, so the one on PATH is asked.\n${error.stderr ?? error.message}`,
      );
      return environment;
    }
  }
  return { ...environment, PATH: `${join(folder, "bin")}:${environment.PATH}` };
}

/** 8 of "nix-instantiate (Nix) 2.8.0"; 0 where there is no Nix. */
function minorVersion(env) {
  const { stdout } = spawnSync("nix-instantiate", ["--version"], { encoding: "utf8", env });
  return Number(/ 2\.(\d+)/.exec(stdout ?? "")?.[1] ?? 0);
}

function unpackNix(folder) {
  const parts = { lists: join(folder, "lists/partial"), archives: join(folder, "cache/archives/partial") };
  for (const part of [...Object.values(parts), join(folder, "bin"), join(folder, "root")])
    mkdirSync(part, { recursive: true });
  const list = join(folder, "sources.list");
  // From where this machine has its own packages; its keys need not know a suite it does not use.
  writeFileSync(list, `deb [trusted=yes] ${debianSite()} ${SUITE} main\n`);
  writeFileSync(join(folder, "status"), "");
  const options = [
    `Dir::State::lists=${join(folder, "lists")}`,
    `Dir::State::status=${join(folder, "status")}`,
    `Dir::Etc::sourcelist=${list}`,
    "Dir::Etc::sourceparts=/dev/null",
    `Dir::Cache=${join(folder, "cache")}`,
    "APT::Sandbox::User=root",
  ].flatMap((option) => ["-o", option]);
  const apt = (...args) =>
    execFileSync("apt-get", [...options, "-qq", ...args], { stdio: "pipe", encoding: "utf8" });
  apt("update");
  apt("install", "-y", "--no-install-recommends", "--download-only", "nix-bin");
  const packages = join(folder, "cache/archives");
  for (const name of readdirSync(packages).filter((file) => file.endsWith(".deb")))
    execFileSync("dpkg-deb", ["-x", join(packages, name), join(folder, "root")]);
  for (const part of ["cache", "lists"]) rmSync(join(folder, part), { recursive: true, force: true });
  for (const name of ["nix", "nix-instantiate"])
    writeFileSync(join(folder, "bin", name), launcher(folder, name), { mode: 0o755 });
  execFileSync(join(folder, "bin/nix-instantiate"), ["--version"], { stdio: "pipe" });
}

/** As apt has it for this machine's own suite. */
function debianSite() {
  const targets = execFileSync("apt-get", ["indextargets", "--format", "$(SITE) $(LABEL)"], {
    encoding: "utf8",
  });
  const [, site] = /^(\S+) Debian$/m.exec(targets) ?? [];
  if (site === undefined) throw new Error("apt knows no mirror of Debian.");
  return site;
}

/** Runs a program of the unpacked folder with what was unpacked beside it. */
function launcher(folder, name) {
  const root = join(folder, "root");
  const loader = execFileSync(
    "find",
    [root, "-name", "ld-linux*.so.*", "-path", "*/lib*", "-print", "-quit"],
    {
      encoding: "utf8",
    },
  ).trim();
  const libraries = execFileSync("find", [join(root, "usr/lib"), "-maxdepth", "2", "-type", "d"], {
    encoding: "utf8",
  });
  const path = libraries
    .trim()
    .split("\n")
    .filter((found) => /-linux-gnu(\/nix)?$|\/lib$/.test(found));
  return [
    "#!/bin/sh",
    `exec '${loader}' --argv0 ${name} --library-path '${path.join(":")}' '${join(root, "usr/bin/nix")}' --extra-experimental-features 'nix-command flakes pipe-operators' "$@"`,
    "",
  ].join("\n");
}
