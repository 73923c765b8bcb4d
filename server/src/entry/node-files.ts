/**
 * The machine's file system as the project reads it. Inside, paths have `/` and begin with it, also on Windows.
 *
 *   toPath("C:\\clan")  ->  /C:/clan      toPath("clan")  ->  /home/me/clan
 */
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import type { FileType } from "../nix/host.ts";
import type { FileSystem } from "../project/file-system.ts";

export const nodeFileSystem: FileSystem = {
  readFile: (file) => attempt(() => readFileSync(toNative(file), "utf8")),
  readBytes: (file) => attempt(() => readFileSync(toNative(file))),
  readDir: (folder) =>
    attempt(() => {
      const entries = readdirSync(toNative(folder), { withFileTypes: true });
      return new Map(entries.map((entry) => [entry.name, typeOf(entry)]));
    }),
  fileType: (file) => attempt(() => typeOf(lstatSync(toNative(file)))),
  // Windows has no such mark.
  isExecutable: (file) =>
    attempt(() => (path.sep === "/" ? (statSync(toNative(file)).mode & 0o100) !== 0 : undefined)),
  readLink: (link) => attempt(() => readlinkSync(toNative(link))),
};

export function writeFile(file: string, text: string): void {
  mkdirSync(path.dirname(toNative(file)), { recursive: true });
  writeFileSync(toNative(file), text);
}

/** `native` as the person wrote it, relative to the working directory, made absolute. */
export function toPath(native: string): string {
  const absolute = path.resolve(native).split(path.sep).join("/");
  return absolute.startsWith("/") ? absolute : `/${absolute}`;
}

export function toNative(file: string): string {
  return path.sep === "/" ? file : path.normalize(file.replace(/^\/(?=[A-Za-z]:)/, ""));
}

function typeOf(entry: Pick<Stats, "isFile" | "isDirectory" | "isSymbolicLink">): FileType {
  if (entry.isFile()) return "regular";
  if (entry.isDirectory()) return "directory";
  return entry.isSymbolicLink() ? "symlink" : "unknown";
}

/** Whatever the reason a file cannot be read for, it is not there for us. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
