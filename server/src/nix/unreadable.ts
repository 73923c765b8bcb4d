/**
 * Files that are there and still are not read: secrets, pipes, devices, and what is larger than anybody writes. Nix may well
 * read them, so nothing is said of what they hold.
 */
import { Undecided } from "./errors.ts";
import type { EvalHost } from "./host.ts";
import { unknown } from "./make.ts";

/**
 * Throws Undecided if something that is no directory lies at `path`, or a link to such, or to what may not be read. A
 * link to nothing is as good as no file, as for Nix.
 */
export function refuseUnreadable(host: Pick<EvalHost, "fileType" | "mayRead">, path: string): void {
  const own = host.fileType(path);
  const isLink = own === "symlink" && host.mayRead(path);
  // As everywhere, `link/.` is what the link leads to.
  const type = isLink ? host.fileType(`${path}/.`) : own;
  if (type !== undefined && type !== "directory") throw new Undecided(unknown(whyUnreadable(path)));
}

/**
 * Whether clan, sops or age keep a secret there, encrypted: code may name it, as for `sops.secrets.x.sopsFile`, and we do not
 * open it whatever code does.
 */
export function holdsSecret(path: string): boolean {
  return path.endsWith(".age") || /\/(?:vars|sops)\/.*\/secret$/.test(path);
}

export function whyUnreadable(path: string): string {
  if (holdsSecret(path)) return `${path} holds a secret, and secrets are not read`;
  return `${path} cannot be read: it is no regular file, or larger than the 8 MB that are read`;
}
