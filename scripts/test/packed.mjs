/**
 * The package as people get it: made by `npm run package`, installed in a real VS Code, and tested there.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { installedFolder } from "../host/extension.mjs";
import { hostFolder, outFolder, root } from "../lib/paths.mjs";
import { npm } from "../lib/process.mjs";
import { runBrowserSuite, runSuite } from "./extension-host.mjs";

const folder = path.join(outFolder, "packed");

/** The package's file, made anew. Throws where making it warns of something. */
export async function makePackage() {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const [vsix, log] = ["clan.vsix", "package.log"].map((name) => path.join(folder, name));
  await npm(["run", "package", "--", "--out", vsix], { cwd: root, log });
  const output = readFileSync(log, "utf8");
  if (/\b(WARNING|WARN|ERROR)\b/.test(output)) throw new Error(`packaging warns:\n${output}`);
  return vsix;
}

/** The file of the server's npm package, made anew. */
export async function makeServerPackage() {
  const out = path.join(folder, "server");
  await npm(["run", "package:server", "--", "--out", out], {
    cwd: root,
    log: path.join(folder, "package-server.log"),
  });
  const [file] = readdirSync(out);
  if (file === undefined) throw new Error("npm pack wrote nothing");
  return path.join(out, file);
}

/** The suites of the extension host, with the package in place of the checkout. */
export async function runPackedSuites(vsix) {
  const suites = [
    await runSuite("packed-node", { tests: "packed.js", vsix }),
    await runSuite("packed-idle", {
      tests: "idle.js",
      vsix,
      opened: path.join(root, "test/e2e/suite/plain-folder"),
    }),
    await runBrowserSuite("packed-browser", installedFolder(path.join(hostFolder, "packed-node"))),
  ];
  return {
    passed: suites.flatMap(({ passed }) => passed),
    failed: suites.flatMap(({ failed }) => failed),
  };
}
