/**
 * Which tests could notice a change of a file: first those that speak of it, then those of its folder and of the folders
 * that stand on it.
 *
 *   relatedTests("server/src/rules/unknown-tag.ts", …)   ->   [ [ unknown-names.test.ts, … ], [ test/unit/rules/… ] ]
 */
import { basename } from "node:path";

/** By the beginning of the path: where the tests of a folder are, the nearest first. */
const folders: readonly (readonly [folder: string, tests: readonly string[]])[] = [
  ["server/src/rules/", ["test/unit/rules/", "test/unit/cli/", "test/unit/features/code-actions"]],
  ["server/src/features/", ["test/unit/features/", "test/protocol/methods"]],
  [
    "server/src/clan/vars/",
    ["test/unit/clan/vars/", "test/unit/rules/vars", "test/unit/rules/", "test/unit/features/vars"],
  ],
  ["server/src/clan/", ["test/unit/clan/", "test/unit/rules/", "test/unit/features/"]],
  ["server/src/modules/", ["test/unit/modules/", "test/unit/rules/", "test/unit/clan/"]],
  ["server/src/nix/", ["test/unit/nix/", "test/unit/modules/"]],
  ["server/src/syntax/", ["test/unit/syntax/", "test/unit/rules/", "test/unit/features/"]],
  ["server/src/project/", ["test/unit/project/", "test/unit/clan/"]],
  ["server/src/protocol/", ["test/protocol/"]],
  ["server/src/cli/", ["test/unit/cli/"]],
  ["client/src/", ["test/unit/client/"]],
];

/** Groups to run one after the other; the first that fails decides. `textOf` gives a test's text. */
export function relatedTests(
  file: string,
  tests: readonly string[],
  textOf: (test: string) => string,
): readonly (readonly string[])[] {
  const name = basename(file, ".ts");
  const near = folders.find(([folder]) => file.startsWith(folder))?.[1] ?? [];
  const groups = near.map((folder) => tests.filter((test) => test.startsWith(folder)));
  const all = [...new Set(groups.flat())];
  const naming = all.filter((test) => textOf(test).includes(name));
  const seen = new Set<string>();
  return [naming, ...groups]
    .map((group) => group.filter((test) => !seen.has(test) && seen.add(test)))
    .filter((group) => group.length > 0);
}
