/**
 * The machine's file system as the project reads it. Inside, paths have `/` and begin with it, also on Windows.
 *
 *   toPath("C:\\clan")  ->  /C:/clan      toPath("clan")  ->  /home/me/clan
 */
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import type { FileType } from "../nix/host.ts";
import type { FileSystem } from "../project/file-system.ts";

export const nodeFileSystem: FileSystem = {
  readFile: (file) => attempt(() => readRegular(toNative(file), MAX_TEXT)?.toString("utf8")),
  readBytes: (file) => attempt(() => readRegular(toNative(file), MAX_BYTES)),
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
  excludesFile: toPath(
    path.join(process.env.XDG_CONFIG_HOME || path.join(homedir(), ".config"), "git/ignore"),
  ),
};

export function writeFile(file: string, text: string): void {
  mkdirSync(path.dirname(toNative(file)), { recursive: true });
  writeFileSync(toNative(file), text);
}

/** Larger ones are not read: what people write is a thousandth of it. */
const MAX_TEXT = 8 * 1024 * 1024;
/** Git's index has some hundred bytes for a file: this is half a million files. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * The bytes of a regular file, or of what a link to one leads to. A pipe or a device would keep the reader for ever, so
 * the file is opened without waiting and looked at before it is read.
 */
function readRegular(native: string, most: number): Buffer | undefined {
  // Windows has no such flag, and no such files.
  const file = openSync(native, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(file);
    return stats.isFile() && stats.size <= most ? readFileSync(file) : undefined;
  } finally {
    closeSync(file);
  }
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
