/**
 * A fix that moves a folder, with the paths that lead into it and out of it.
 *
 *   machines/common -> modules/common:  imports = [ ../common/users.nix ];   ->   [ ../../modules/common/users.nix ]
 */
import type { Clan } from "../../clan/model.ts";
import { collectSources } from "../../clan/sources.ts";
import { isWithin, parentPath, relativePath, resolvePath } from "../../nix/path.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import type { Node, PathExpr, Source } from "../../syntax/ast.ts";
import { walk } from "../../syntax/navigate.ts";
import type { Fix, TextEdit } from "../finding.ts";
import { repoint } from "./repoint.ts";

/** Absolute paths; undefined where something lies at `to`, or code may speak of the folder by a computed path. */
export function findMoveFix(clan: Clan, snapshot: Snapshot, from: string, to: string): Fix | undefined {
  if (snapshot.fileType(to) !== undefined) return undefined;
  const edits: TextEdit[] = [];
  for (const source of collectSources(clan, snapshot)) {
    const found = source.language === "nix" ? pathEdits(source, from, to) : [];
    if (found === undefined) return undefined;
    edits.push(...found);
  }
  const root = clan.directory ?? clan.root;
  return { title: `Move the folder to \`${relativePath(to, root)}\``, edits, moves: [{ from, to }] };
}

function pathEdits(source: Source, from: string, to: string): TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  // Most files have nothing to do with it: its name stands nowhere, and no path is computed.
  const name = from.slice(from.lastIndexOf("/") + 1);
  if (!isWithin(source.path, from) && !source.text.includes(name) && !source.text.includes("${"))
    return edits;
  let isSure = true;
  walk(source.root, (node) => {
    if (node.kind === "path") {
      const edit = pathEdit(node, from, to);
      if (edit === "unsure") isSure = false;
      else if (edit !== undefined) edits.push(edit);
    } else if (mentions(node, from)) isSure = false;
  });
  return isSure ? edits : undefined;
}

/** `"${self}/machines/common"`, in a string. */
function mentions(node: Node, folder: string): boolean {
  const [parent, name] = folder.split("/").slice(-2);
  return node.kind === "text" && node.text.includes(`${parent}/${name}`);
}

/** Only a path that leads from inside to outside, or the other way round, is another one afterwards. */
function pathEdit(node: PathExpr, from: string, to: string): TextEdit | "unsure" | undefined {
  const { path: file, text } = node.source;
  const written = text.slice(node.start, node.end);
  if (!/^\.\.?\//.test(written)) return undefined;
  const folder = parentPath(file);
  if (node.parts.some((part) => part.kind !== "text")) {
    const begun = resolvePath(folder, written.slice(0, written.indexOf("${")).replace(/[^/]*$/, "."));
    return isWithin(file, from) || isWithin(from, begun) || isWithin(begun, from) ? "unsure" : undefined;
  }
  return repoint(node, (path) => (isWithin(path, from) ? to + path.slice(from.length) : path));
}
