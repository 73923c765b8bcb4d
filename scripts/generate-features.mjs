#!/usr/bin/env node
/**
 * Writes docs/features.md from the lists of what the server answers and listens to.
 *
 *   npm run generate:features
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import esbuild from "esbuild";
import { renderFeatures } from "./lib/features-page.mjs";
import { outFolder, root } from "./lib/paths.mjs";
import { say } from "./lib/process.mjs";

const bundle = path.join(outFolder, "handlers.cjs");
await esbuild.build({
  stdin: {
    contents: `
      export { requestHandlers } from "./server/src/protocol/handlers/index.ts";
      export { notificationHandlers } from "./server/src/protocol/notifications/index.ts";
      export { entities } from "./server/src/protocol/handlers/handler.ts";
    `,
    resolveDir: root,
  },
  outfile: bundle,
  bundle: true,
  platform: "node",
  format: "cjs",
  mainFields: ["module", "main"],
  logLevel: "warning",
  // It is only imported, never started.
  external: ["web-tree-sitter"],
});
const { requestHandlers, notificationHandlers, entities } = await import(pathToFileURL(bundle).href);
const page = path.join(root, "docs/features.md");
writeFileSync(
  page,
  renderFeatures({ handlers: requestHandlers, notifications: notificationHandlers, entities }),
);
say(`wrote ${page}`);
