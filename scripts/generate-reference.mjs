#!/usr/bin/env node
/**
 * Writes docs/reference.md from the declared options.
 *
 *   npm run generate:reference
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import esbuild from "esbuild";
import { outFolder, root } from "./lib/paths.mjs";
import { say } from "./lib/process.mjs";
import { renderReference } from "./lib/reference-page.mjs";

const bundle = path.join(outFolder, "declared.cjs");
await esbuild.build({
  stdin: {
    contents: `
      export { clanOptions } from "./server/src/clan/schema/clan-options.ts";
      export { catalogue } from "./server/src/clan/catalogue/services.ts";
      export { describeType } from "./server/src/modules/describe.ts";
    `,
    resolveDir: root,
  },
  outfile: bundle,
  bundle: true,
  platform: "node",
  format: "cjs",
  mainFields: ["module", "main"],
  logLevel: "warning",
});
const { clanOptions, catalogue, describeType } = await import(pathToFileURL(bundle).href);
const page = path.join(root, "docs/reference.md");
writeFileSync(
  page,
  renderReference({ options: clanOptions, services: [...catalogue.values()], describeType }),
);
say(`wrote ${page}`);
