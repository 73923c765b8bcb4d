/** What a package says it contains. */
import { expect, it } from "vitest";
import { billOfMaterials } from "../../../scripts/lib/sbom.mjs";

const manifest = { name: "vscode-clan", version: "0.1.0", license: "MIT" };

it("names each package once with its address and licence, and data by whose it is", () => {
  const files = [
    "node_modules/semver/index.js",
    "node_modules/semver/functions/cmp.js",
    "node_modules/@dagrejs/dagre/dist/dagre.esm.js",
    "server/src/clan/catalogue/services.json",
    "client/src/node.ts",
  ];
  const bom = JSON.parse(billOfMaterials(manifest, files));
  expect(bom).toMatchObject({ bomFormat: "CycloneDX", specVersion: "1.6" });
  expect(bom.metadata.component).toMatchObject({ name: "vscode-clan", purl: "pkg:npm/vscode-clan@0.1.0" });
  const parts = bom.components.map(({ type, name, purl }: Record<string, string>) => [
    type,
    name?.split(":")[0],
    purl?.replace(/[\d.]+$/, "N"),
  ]);
  expect(parts).toEqual([
    ["data", "clan-core", undefined],
    ["library", "@dagrejs/dagre", "pkg:npm/%40dagrejs/dagre@N"],
    ["library", "semver", "pkg:npm/semver@N"],
  ]);
  expect(bom.components[2].licenses).toEqual([{ expression: "ISC" }]);
});

it("is the same each time", () => {
  const files = ["node_modules/semver/index.js"];
  expect(billOfMaterials(manifest, files)).toBe(billOfMaterials(manifest, files));
});
