#!/usr/bin/env node
/**
 * Writes docs/features.md from the lists of what the server answers and listens to.
 *
 *   npm run generate:features
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { renderFeatures } from "./lib/features-page.mjs";
import { importTypeScript } from "./lib/import-typescript.mjs";
import { root } from "./lib/paths.mjs";
import { say } from "./lib/process.mjs";

const { handlers, notifications, entities } = await importTypeScript(`
  export { requestHandlers as handlers } from "./server/src/protocol/handlers/index.ts";
  export { notificationHandlers as notifications } from "./server/src/protocol/notifications/index.ts";
  export { entities } from "./server/src/protocol/handlers/handler.ts";
`);
const page = path.join(root, "docs/features.md");
writeFileSync(page, renderFeatures({ handlers, notifications, entities }));
say(`wrote ${page}`);
