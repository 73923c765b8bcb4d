/**
 * The licences of what others wrote and the extension contains, as the text of THIRD_PARTY_NOTICES.txt.
 *
 *   thirdPartyNotices(["node_modules/zod/v4/core/core.js", "client/src/node.ts"])   ->   "… zod 4.4.3 (MIT) … Permission is …"
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./paths.mjs";

/** Files of ours that are made from those of others: the folder that has the licence. */
const madeFrom = {
  "grammar/tree-sitter-nix.wasm": "node_modules/tree-sitter-nix",
};

const heading = `Clan for VS Code contains what others wrote. Each part is named with its licence.
`;

/** `files`: all that is in the package, as paths in the checkout. Throws for a package that has no licence beside it. */
export function thirdPartyNotices(files) {
  return [
    heading,
    ...thirdParties(files).map(({ title, text }) => `${"-".repeat(100)}\n${title}\n\n${text.trim()}\n`),
  ].join("\n");
}

/**
 * What others wrote, each once, by title: { title, text of the licence, manifest }. `manifest` is that of the npm package;
 * data that is made from a repository has none.
 */
export function thirdParties(files) {
  const notices = new Map(
    files.flatMap((file) => noticeOf(file) ?? []).map((notice) => [notice.title, notice]),
  );
  return [...notices.keys()].sort().map((title) => notices.get(title));
}

/** Undefined for what we wrote ourselves. */
function noticeOf(file) {
  const folder = madeFrom[file] ?? licensedFolder(path.dirname(file));
  if (folder === undefined) return undefined;
  if (folder === "node_modules/tm-grammars") return grammarNotice(folder, path.basename(file));
  const manifest = readManifest(folder);
  const text = readText(path.join(folder, licenceFile(folder)));
  // Data that is made from a repository has no manifest: its licence says whose it is.
  return manifest === undefined
    ? { title: text.split("\n")[0], text }
    : { title: titleOf(manifest), text, manifest };
}

/** The package the folder belongs to, or the folder of ours with a licence of its own. */
function licensedFolder(folder) {
  if (folder === ".") return undefined;
  const isPackage = folder.includes("node_modules") && readManifest(folder)?.version !== undefined;
  return isPackage || (!folder.includes("node_modules") && licenceFile(folder, false) !== undefined)
    ? folder
    : licensedFolder(path.dirname(folder));
}

/** The grammars in this package are those of other repositories; its NOTICE has a part for each. */
function grammarNotice(folder, file) {
  const part = readText(path.join(folder, "NOTICE"))
    .split(/^=+$/m)
    .find((text) =>
      /^Files:(.*)$/m
        .exec(text)?.[1]
        .split(",")
        .some((name) => name.trim() === file),
    );
  if (part === undefined) throw new Error(`${folder}/NOTICE says nothing of ${file}`);
  const manifest = readManifest(folder);
  const title = `${file} of ${manifest.name} ${manifest.version}`;
  return { title, text: part.replace(/^-+$/m, ""), manifest };
}

function titleOf({ name, version, license }) {
  return `${name} ${version} (${license})`;
}

function licenceFile(folder, isNeeded = true) {
  const found = readdirSync(path.join(root, folder)).find((name) =>
    /^licen[cs]e(-\w+)?(\.(md|txt))?$/i.test(name),
  );
  if (found === undefined && isNeeded) throw new Error(`${folder} has no licence to add to the notices`);
  return found;
}

function readManifest(folder) {
  const file = path.join(root, folder, "package.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

function readText(file) {
  return readFileSync(path.join(root, file), "utf8").replaceAll("\r\n", "\n");
}
