/**
 * Scripts that bash runs without a failure, with the files they leave in `$out`: nothing is said about any of them.
 *
 * test/fixtures/scripts/valid.txt was recorded with bash 5.2 under `set -eu -o pipefail`, where `$in` had `ca/key` and
 * `ca/x y`, and `$prompts` had `p`.
 */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findingsOf } from "../helpers/check.ts";

interface Recorded {
  readonly script: string;
  readonly files: readonly string[];
}

const recorded = readFileSync(new URL("../../fixtures/scripts/valid.txt", import.meta.url), "utf8")
  .split(/^#### /m)
  .slice(1)
  .map((text): Recorded => {
    const end = text.indexOf("\n");
    return { files: JSON.parse(text.slice(0, end)) as string[], script: text.slice(end + 1).trimEnd() };
  });

const packages =
  "bash coreutils diffutils findutils gawk gnugrep gnused gnutar jq openssl perl util-linux xxd".split(" ");

/** One machine with a generator for each script, which has these files. */
function clanWith(filesOf: (one: Recorded) => readonly string[]): string {
  const generators = recorded.map((one, index) => {
    const script = one.script.replaceAll("''", "'''").replaceAll("${", "''${");
    const files = filesOf(one).map((name) => `files.${JSON.stringify(name).replaceAll("${", "\\${")} = { };`);
    return `g${index} = {
      dependencies = [ "ca" ];
      prompts.p.type = "line";
      runtimeInputs = [ ${packages.map((name) => `pkgs.${name}`).join(" ")} ];
      ${files.join(" ")}
      script = ''\n${script}\n'';
    };`;
  });
  return `{ inventory.machines.web = { }; machines.web = { pkgs, ... }: { clan.core.vars.generators = {
    ca = { files.key = { }; files."x y" = { }; script = "touch $out/key \\"$out/x y\\""; };
    ${generators.join("\n")}
  }; }; }`;
}

/** What is found, each with the generator that it is about. */
async function found(text: string): Promise<string[]> {
  const findings = await findingsOf(new Map([["/clan.nix", text]]));
  return findings.map(({ finding: { code, message, start } }) => {
    const [, generator] = [...text.slice(0, start).matchAll(/^ *g(\d+) = \{$/gm)].at(-1) ?? [];
    return `${code}: ${message}\n${recorded[Number(generator)]?.script}`;
  });
}

test("nothing is said about a script that bash runs, and the files that it writes", async () => {
  expect(recorded.length).toBeGreaterThan(400);
  expect(await found(clanWith(({ files }) => files))).toEqual([]);
});

test("most of them are followed: a file that they do not write is found", async () => {
  const findings = await found(clanWith(({ files }) => [...files, "never written"]));
  expect(findings.filter((text) => !text.startsWith("missing-output: "))).toEqual([]);
  expect(findings.length).toBeGreaterThan(recorded.length / 3);
});
