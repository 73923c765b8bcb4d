#!/usr/bin/env node
/**
 * Writes what package.json says of the tools for assistants, from their list.
 *
 *   npm run generate:tools
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { importTypeScript } from "./lib/import-typescript.mjs";
import { root } from "./lib/paths.mjs";
import { say } from "./lib/process.mjs";
import { toolContributions } from "./lib/tool-contributions.mjs";

const tools = await importTypeScript(
  `export { editorTools, inputSchemaOf } from "./server/src/cli/mcp/in-editor.ts";`,
);
const file = path.join(root, "package.json");
const manifest = JSON.parse(readFileSync(file, "utf8"));
manifest.contributes.languageModelTools = toolContributions(tools);
writeFileSync(file, `${JSON.stringify(manifest, undefined, 2)}\n`);
say(`wrote ${file}`);
