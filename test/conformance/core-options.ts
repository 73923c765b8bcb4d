/**
 * What is declared by hand for machines (core-options.ts) beside what clan-core's own modules declare: names that are
 * only in one of both are told.
 */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { machineOptions } from "../../server/src/clan/vars/machine-options.ts";
import type { OptionSet } from "../../server/src/modules/option-type.ts";

/** Old names that are warned of, and what is set for clan's own use. */
const LEFT_OUT =
  /(^|\.)_|^vars\.(globalSettings|machineName|pkgs)$|^(facts|image|clanDir|clanIcon|clanName|icon|machineDescription|machineIcon|machineName|name)$/;

export function checkCoreOptions(root: string, sources: string, log: (line: string) => void): boolean {
  const expression = `import ${join(root, "test/conformance/truth/core-options.nix")} { sources = ${sources}; }`;
  const args = ["--eval", "--strict", "--json", "--expr", expression];
  const answer = execFileSync("nix-instantiate", args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const theirs = new Set((JSON.parse(answer) as string[]).filter((path) => !LEFT_OUT.test(path)));
  const facts = { machine: "m", machineClass: "nixos", directory: "/", name: "c", domain: "d" } as const;
  const ours = new Set(pathsOf(machineOptions(facts as Parameters<typeof machineOptions>[0])));
  const missing = [...theirs].filter((path) => !isCovered(path, ours));
  const gone = [...ours].filter((path) => !isCovered(path, theirs));
  for (const path of missing) log(`clan.core.${path} is not declared here`);
  for (const path of gone) log(`clan.core.${path} is not declared by clan-core`);
  log(
    `clan.core: ${theirs.size} options of clan-core, ${missing.length} missing here, ${gone.length} more here`,
  );
  return missing.length === 0 && gone.length === 0;
}

/** It is among them, or one of both holds the other: what is one option here may be a level of options there. */
function isCovered(path: string, paths: ReadonlySet<string>): boolean {
  return [...paths].some(
    (other) => other === path || other.startsWith(`${path}.`) || path.startsWith(`${other}.`),
  );
}

/** Of options, and not of the levels between them; generators are compared elsewhere. */
function pathsOf(all: OptionSet): string[] {
  const clan = all.options.get("clan")?.type;
  const core = clan?.kind === "submodule" ? clan.options.options.get("core")?.type : undefined;
  const below = (set: OptionSet, path: string): string[] =>
    [...set.options].flatMap(([name, { type }]) => {
      const here = path === "" ? name : `${path}.${name}`;
      if (LEFT_OUT.test(here) || here === "vars.generators") return [];
      return type.kind === "submodule" && type.group ? below(type.options, here) : [here];
    });
  return core?.kind === "submodule" ? below(core.options, "") : [];
}
