/**
 * "Clan: Add File to Git": `git add -N`, after which a flake sees the file. The fix of the rule
 * untracked-file calls it with the files it found.
 */
import { commands, type Disposable, Uri, window, workspace } from "vscode";
import { type TrackFilesArguments, trackFilesCommand } from "../../shared/requests.ts";
import type { Platform } from "./platform.ts";
import { allowedPrograms } from "./trust.ts";

export function registerTrackFiles(platform: Platform): Disposable {
  return commands.registerCommand(trackFilesCommand, (chosen?: TrackFilesArguments) =>
    trackFiles(platform, chosen?.files.map((uri) => Uri.parse(uri)) ?? activeFiles()),
  );
}

function activeFiles(): Uri[] {
  const uri = window.activeTextEditor?.document.uri;
  return uri?.scheme === "file" ? [uri] : [];
}

/** A file that was never saved is saved first: git knows nothing of an editor's documents. */
async function trackFiles(platform: Platform, files: readonly Uri[]): Promise<void> {
  const programs = allowedPrograms(platform);
  const [first] = files;
  if (programs === undefined) return;
  if (first === undefined) {
    void window.showInformationMessage("Open the file you want to add to Git.");
    return;
  }
  const folder = Uri.joinPath(first, "..").fsPath;
  const git = await programs.find("git", folder);
  if (git === undefined) {
    void window.showErrorMessage("Git was not found.");
    return;
  }
  for (const document of workspace.textDocuments)
    if (files.some((file) => file.toString() === document.uri.toString())) await document.save();
  const vector = ["--literal-pathspecs", "add", "--intent-to-add", "--", ...files.map((file) => file.fsPath)];
  const { exitCode, stderr } = await programs.run(git, vector, folder);
  if (exitCode !== 0) void window.showErrorMessage(`git add --intent-to-add: ${stderr.trim()}`);
}
