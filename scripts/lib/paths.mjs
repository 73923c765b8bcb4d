/** Where things are in a checkout. Absolute paths. */
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../..");

/** What our scripts install and write while they run; git-ignored, and safe to delete at any time. */
export const hostFolder = path.join(root, ".host");

/** Built test bundles, results and screenshots; git-ignored. */
export const outFolder = path.join(root, "out");

/** The clan that `npm start` opens and the editor tests use. */
export const exampleFolder = path.join(root, "examples/nix-config");
