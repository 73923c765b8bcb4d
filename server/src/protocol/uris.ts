/**
 * URIs of the client to absolute paths and back. Documents that are no files of the workspace (`git:`,
 * `untitled:`) have no path, so that they never stand in for a file.
 *
 *   file:///home/me/clan/flake.nix   <->   /home/me/clan/flake.nix
 *   vscode-vfs://github/o/r/x.nix    <->   /o/r/x.nix, if a workspace folder lies there
 */
import { URI } from "vscode-uri";

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
    if (scheme !== this.base.scheme || authority !== this.base.authority) return undefined;
    return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
  }

  toUri(path: string): string {
    return URI.from({ ...this.base, path }).toString();
  }
}
