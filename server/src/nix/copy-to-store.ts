/**
 * What a path becomes when it is interpolated: the store path of its copy, computed without copying.
 *
 *   "${./a.nix}"   ->   "/nix/store/…-a.nix", a string that refers to that path
 *
 * Only of single, smaller text files; hashing whole trees at every key would be slow, so these are Unknown.
 */
import { fail } from "./errors.ts";
import type { EvalHost } from "./host.ts";
import { string, unknown } from "./make.ts";
import { copiedPath, fileNarHash } from "./store-path.ts";
import { Thunk } from "./thunk.ts";
import type { Value } from "./value.ts";

/** Characters; enough for scripts, keys and configuration. */
const MAX_LENGTH = 1 << 20;

/** For code that needs the store path: yields to a string, or to an Unknown. */
export function storeCopy(path: string, name?: string): Thunk {
  return new Thunk((_, machine) => machine.world.copyToStore(path, name));
}

/** `name` is what the copy is called. Throws if there is nothing at `path`. */
export function copyToStore(path: string, host: EvalHost, name = baseName(path)): Value {
  const notComputed = unknown(`the store path of ${path} is not computed`);
  if (!host.mayRead(path)) return notComputed;
  const type = host.fileType(path);
  if (type === undefined) return fail("error", `path '${path}' does not exist`);
  if (type !== "regular") return notComputed;
  const contents = host.readFile(path);
  const executable = host.isExecutable?.(path);
  // U+FFFD may stand for bytes that are no text.
  if (contents === undefined || executable === undefined || contents.length > MAX_LENGTH) return notComputed;
  if (contents.includes("\ufffd")) return notComputed;
  const copy = copiedPath(name, fileNarHash(contents, executable));
  return string(copy, new Set([copy]));
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
