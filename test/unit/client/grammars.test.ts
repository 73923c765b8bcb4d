/** The grammars the manifest adds to Nix: they are where it says, and begin and end where a script does. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const { contributes } = JSON.parse(readFileSync("package.json", "utf8"));
const injections: { scopeName: string; path: string }[] = contributes.grammars.filter(
  ({ injectTo }: { injectTo?: string[] }) => injectTo !== undefined,
);

function grammar(path: string) {
  return JSON.parse(readFileSync(path, "utf8"));
}

it("finds each grammar under its scope, in every package", () => {
  expect(injections.length).toBe(3);
  for (const { scopeName, path } of injections) expect(grammar(path).scopeName).toBe(scopeName);
  expect(readFileSync(".vscodeignore", "utf8")).toContain("!syntaxes/*.json");
});

it("knows the first line of a script, and the line it ends in", () => {
  const [script] = grammar("syntaxes/generator-script.tmLanguage.json").patterns;
  const begins = (line: string) => new RegExp(script.begin).test(line);
  expect(["    script = ''", "ca.script=''  "].map(begins)).toEqual([true, true]);
  expect(['script = "x";', "description = ''", "script = ''x'';"].map(begins)).toEqual([false, false, false]);
  const [body] = script.patterns;
  const goesOn = (line: string) => new RegExp(body.while).test(line);
  const inside = ["  wg genkey > $out/key", "", "  ''${out}/a", "  '''quoted'''", '  echo "open'];
  expect(inside.map(goesOn)).toEqual(inside.map(() => true));
  const last = ["    '';", "''", "  date > $out/x'';", "  '' + more;"];
  expect(last.map(goesOn)).toEqual(last.map(() => false));
});

it("tells the folders of a script from other variables, and Nix from shell", () => {
  const [folder, , nix] = grammar("syntaxes/generator-variables.tmLanguage.json").patterns;
  const found = (line: string) => [...line.matchAll(new RegExp(folder.match, "g"))].map(([text]) => text);
  expect(found(`cat $in/a "\${x}" $output ''\${out}/b $prompts`)).toEqual(["$in", "''${out}", "$prompts"]);
  const opensNix = (line: string) => new RegExp(nix.begin).test(line);
  expect(["${pkgs.x}", "''${out}", "$${x}"].map(opensNix)).toEqual([true, false, false]);
});
