/**
 * The native `lib` on the expressions of cases/*.txt. `npm run conformance -- --lib DIR` asks Nix, with
 * nixpkgs' own `lib` in DIR, for the same results.
 */
import { fileURLToPath } from "node:url";
import { createLib } from "../../../../server/src/nix/lib/index.ts";
import { Thunk } from "../../../../server/src/nix/thunk.ts";
import { describeTables } from "../../helpers/tables.ts";

await describeTables(
  fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, ""),
  (evaluator) => new Map([["lib", new Thunk(() => createLib(evaluator()))]]),
);
