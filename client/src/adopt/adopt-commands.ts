/** The commands on the way of a flake into a clan, and what they share. */
import { Uri } from "vscode";

export const adoptCommands = {
  /** Shows the page. */
  adopt: "clan.adopt",
  /** Asks for the clan and writes it. */
  write: "clan.writeClan",
  moveHost: "clan.moveHost",
  secretToGenerator: "clan.secretToGenerator",
} as const;

/** What one is started with by the page. */
export interface FolderArgument {
  /** URI of the folder of the flake. */
  readonly root?: string;
}

/** The last part of its path. `root`: a URI. */
export function folderName(root: string): string {
  return Uri.parse(root).path.split("/").at(-1) ?? "";
}
