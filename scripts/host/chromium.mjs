/**
 * The browser of the editor tests: one that is installed already. None is downloaded.
 *
 *   const browser = await launchChromium()
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { chromium } from "playwright-core";
import { within } from "../lib/within.mjs";

const programs = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const macPrograms = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** The browser's path: CHROMIUM_PATH, or the first on PATH. Undefined when there is none. */
function findChromium() {
  const onPath = (process.env.PATH ?? "")
    .split(path.delimiter)
    .flatMap((folder) => programs.map((program) => path.join(folder, program)));
  const named = process.env.CHROMIUM_PATH === undefined ? [] : [process.env.CHROMIUM_PATH];
  return [...named, ...onPath, ...macPrograms].find((file) => existsSync(file));
}

const chromiumMissing =
  "no browser: the editor tests need Chromium or Chrome. Get it with `apt-get install -y chromium`, " +
  "or name one in CHROMIUM_PATH.";

/** Starts it without a window. Throws `chromiumMissing` when there is none. */
export function launchChromium() {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(chromiumMissing);
  return chromium.launch({
    executablePath,
    args: [
      // It shows only pages of our own; root, as in a container, cannot use its sandbox.
      ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
      ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
    ],
  });
}

/** Closes it; one that does not close in time is left to end with this process. */
export async function closeBrowser(browser) {
  await within(5000, browser.close(), "").catch(() => undefined);
}
