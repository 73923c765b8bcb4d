/** Our documentation, which lies beside the bundle in a checkout and in the installed extension. */
import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** URL of its folder, with a slash; undefined where the bundle was put somewhere alone. */
export function findDocumentation(): string | undefined {
  const folder = path.join(__dirname, "../../docs");
  return existsSync(path.join(folder, "rules")) ? `${pathToFileURL(folder).href}/` : undefined;
}
