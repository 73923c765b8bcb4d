#!/usr/bin/env node
/**
 * Draws images/icon.png, the extension's picture in VS Code's lists, which take no SVG, from images/icon.svg.
 *
 *   npm run generate:icon
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { closeBrowser, launchChromium } from "./host/chromium.mjs";
import { root } from "./lib/paths.mjs";
import { say } from "./lib/process.mjs";

const [drawing, picture] = ["icon.svg", "icon.png"].map((name) => path.join(root, "images", name));
const browser = await launchChromium();
const page = await browser.newPage({ viewport: { width: 256, height: 256 } });
await page.setContent(`<style>body { margin: 0 }</style>${readFileSync(drawing, "utf8")}`);
await page.screenshot({ path: picture, omitBackground: true });
await closeBrowser(browser);
say(`wrote ${picture}`);
process.exit(0);
