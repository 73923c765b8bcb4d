/**
 * Files that are there and still are not read: pipes, devices, and what is larger than anybody writes. Nix may well read
 * them, so nothing is said of what they hold.
 */
import { Undecided } from "./errors.ts";
import type { EvalHost } from "./host.ts";
import { unknown } from "./make.ts";

/** Throws Undecided if something that is no directory lies at `path`. */
export function refuseUnreadable(host: Pick<EvalHost, "fileType">, path: string): void {
  const type = host.fileType(path);
  if (type !== undefined && type !== "directory")
    throw new Undecided(
      unknown(`${path} cannot be read: it is no regular file, or larger than the 8 MB that are read`),
    );
}
