/**
 * Absolute paths, by their text alone.
 *
 *   resolvePath("/flake/modules", "../lib/./x.nix")   ->   "/flake/lib/x.nix"
 */

/** Without `.`, `..`, doubled and trailing slashes; `..` of the root is the root. `path` must be absolute. */
export function normalizePath(path: string): string {
  // Most paths are, and nothing is asked for more often.
  if (isNormal(path)) return path;
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  return `/${segments.join("/")}`;
}

/** No empty segment, none that begins with a dot and could be `.` or `..`, and no slash at the end. */
function isNormal(path: string): boolean {
  return path.length > 1 && !path.endsWith("/") && !path.includes("//") && !path.includes("/.");
}

/** `path`, relative to the directory `base` unless it is absolute. */
export function resolvePath(base: string, path: string): string {
  return normalizePath(path.startsWith("/") ? path : `${base}/${path}`);
}

/** The directory that holds `path`; the root's is the root. */
export function parentPath(path: string): string {
  return isNormal(path) ? path.slice(0, path.lastIndexOf("/")) || "/" : normalizePath(`${path}/..`);
}

/** Whether `path` is the directory or lies somewhere in it. */
export function isWithin(path: string, directory: string): boolean {
  return directory === "/" || path === directory || path.startsWith(`${directory}/`);
}

/** `path` as seen from `directory`, if it lies in it; else as it is. */
export function relativePath(path: string, directory: string): string {
  if (path === directory || !isWithin(path, directory)) return path;
  return path.slice(directory === "/" ? 1 : directory.length + 1);
}

/** `path` as code in a file of `directory` names it: "./a.nix", "../hosts/db.nix", "../.". */
export function pathFrom(directory: string, path: string): string {
  let common = directory;
  let up = "";
  while (!isWithin(path, common)) {
    common = parentPath(common);
    up += "../";
  }
  const below = path === common ? "." : relativePath(path, common);
  return `${up === "" ? "./" : up}${below}`;
}
