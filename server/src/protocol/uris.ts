/**
 * URIs of the client to absolute paths and back. Documents that show something else than a file of the workspace
 * (`git:`, `output:`) have no path, so that they never stand in for a file.
 *
 *   file:///home/me/clan/flake.nix   <->   /home/me/clan/flake.nix
 *   vscode-vfs://github/o/r/x.nix    <->   /o/r/x.nix, if a workspace folder lies there
 *   untitled:Untitled-1              <->   /untitled:/Untitled-1.nix
 */
import { URI } from "vscode-uri";

/** What was never saved lies in a folder that no file system has: it is read, but nothing reads it. */
const untitled = { scheme: "untitled", folder: "/untitled:/", ending: ".nix" };

export class Uris {
  /** Scheme and authority of the files: those of the first folder. */
  private readonly base: { readonly scheme: string; readonly authority: string };

  /** `folders` are the URIs of the workspace folders. */
  constructor(folders: readonly string[]) {
    const [first] = folders;
    const { scheme, authority } = first === undefined ? { scheme: "file", authority: "" } : URI.parse(first);
    this.base = { scheme, authority };
  }

  /** Undefined for what is no file of the workspace's file system. */
  toPath(uri: string): string | undefined {
    const { scheme, authority, path } = URI.parse(uri);
    if (scheme === untitled.scheme) return untitled.folder + encodeURIComponent(path) + untitled.ending;
    if (scheme !== this.base.scheme || authority !== this.base.authority) return undefined;
    return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
  }

  toUri(path: string): string {
    if (path.startsWith(untitled.folder)) {
      const name = path.slice(untitled.folder.length, -untitled.ending.length);
      return URI.from({ scheme: untitled.scheme, path: decodeURIComponent(name) }).toString();
    }
    return URI.from({ ...this.base, path }).toString();
  }
}
