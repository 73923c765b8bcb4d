/** Whose licences the notices tell, for what is bundled. */
import { expect, it } from "vitest";
import { thirdPartyNotices } from "../../../scripts/lib/notices.mjs";

const titles = (...files: string[]) =>
  thirdPartyNotices(files)
    .split(/^-+$/m)
    .slice(1)
    .map((part: string) =>
      part
        .trim()
        .split("\n")[0]
        ?.replace(/ \d[\d.]*/, ""),
    );

it("tells of each package once, whatever files of it are bundled", () => {
  expect(titles("node_modules/semver/index.js", "node_modules/semver/functions/cmp.js")).toEqual([
    "semver (ISC)",
  ]);
});

it("tells of a package below another, of the grammar ours is made from, and of data that is made from a repository", () => {
  expect(
    titles(
      "node_modules/zod/v4/mini/schemas.js",
      "grammar/tree-sitter-nix.wasm",
      "node_modules/tm-grammars/grammars/nix.json",
      "server/src/clan/catalogue/services.json",
    ),
  ).toEqual([
    "clan-core: names, types and descriptions of options and services (MIT)",
    "nix.json of tm-grammars",
    "tree-sitter-nix (MIT)",
    "zod (MIT)",
  ]);
});

it("has the text of the licence", () => {
  expect(thirdPartyNotices(["node_modules/zod/index.js"])).toContain("Permission is hereby granted");
});

it("tells nothing of what is ours", () => {
  expect(titles("client/src/node.ts", "server/src/nix/value.ts")).toEqual([]);
});
