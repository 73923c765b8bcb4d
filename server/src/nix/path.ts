/**
 * Absolute paths, by their text alone.
 *
 *   resolvePath("/flake/modules", "../lib/./x.nix")   ->   "/flake/lib/x.nix"
 */

/** Without `.`, `..`, doubled and trailing slashes; `..` of the root is the root. `path` must be absolute. */
export function normalizePath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  return `/${segments.join("/")}`;
}

/** `path`, relative to the directory `base` unless it is absolute. */
export function resolvePath(base: string, path: string): string {
  return normalizePath(path.startsWith("/") ? path : `${base}/${path}`);
}

/** The directory that holds `path`; the root's is the root. */
export function parentPath(path: string): string {
  return normalizePath(`${path}/..`);
}
