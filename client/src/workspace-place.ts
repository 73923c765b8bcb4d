/** The files of the workspace that places in what clan and Nix print lead to, also those in the store's copy of a flake. */
import { FileType, type Position, type TextDocument, Uri, workspace } from "vscode";
import type { PrintedPlace } from "./terminal-links.ts";

/** Undefined where there is no such file. `clans`: the folders of the clans. */
export async function fileOfPlace(
  { inSource, path }: PrintedPlace,
  clans: readonly Uri[],
): Promise<Uri | undefined> {
  const [first] = clans;
  const candidates =
    inSource === undefined
      ? [first?.with({ path }) ?? Uri.file(path)]
      : // A clan in a folder of its flake has its path in the copy of the whole flake: workspace folders may be that flake's.
        foldersWith(clans).map((folder) => Uri.joinPath(folder, inSource));
  for (const file of candidates) if (await isFile(file)) return file;
  return undefined;
}

/** The same, of files in the folders of the workspace and of its clans only. */
export async function ownFileOfPlace(place: PrintedPlace, clans: readonly Uri[]): Promise<Uri | undefined> {
  const file = await fileOfPlace(place, clans);
  const isOwn = foldersWith(clans).some((folder) => file?.path.startsWith(`${folder.path}/`));
  return isOwn ? file : undefined;
}

/** Where that is now: the file may be shorter. */
export function positionIn(document: TextDocument, { line, column }: PrintedPlace): Position {
  return document.validatePosition(document.positionAt(0).with(line - 1, column - 1));
}

function foldersWith(clans: readonly Uri[]): readonly Uri[] {
  return [...clans, ...(workspace.workspaceFolders ?? []).map(({ uri }) => uri)];
}

async function isFile(file: Uri): Promise<boolean> {
  try {
    return ((await workspace.fs.stat(file)).type & FileType.File) !== 0;
  } catch {
    return false;
  }
}
