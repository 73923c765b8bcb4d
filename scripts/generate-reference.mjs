#!/usr/bin/env node
/**
 * Writes docs/reference.md from the declared options.
 *
 *   npm run generate:reference
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { importTypeScript } from "./lib/import-typescript.mjs";
import { root } from "./lib/paths.mjs";
import { say } from "./lib/process.mjs";
import { renderReference } from "./lib/reference-page.mjs";

const { clanOptions, catalogue, describeType } = await importTypeScript(`
  export { clanOptions } from "./server/src/clan/schema/clan-options.ts";
  export { catalogue } from "./server/src/clan/catalogue/services.ts";
  export { describeType } from "./server/src/modules/describe.ts";
`);
const page = path.join(root, "docs/reference.md");
writeFileSync(
  page,
  renderReference({ options: clanOptions, services: [...catalogue.values()], describeType }),
);
say(`wrote ${page}`);
