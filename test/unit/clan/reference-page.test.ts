/** docs/reference.md says what is declared. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { renderReference } from "../../../scripts/lib/reference-page.mjs";
import { catalogue } from "../../../server/src/clan/catalogue/services.ts";
import { clanOptions } from "../../../server/src/clan/schema/clan-options.ts";
import { describeType } from "../../../server/src/modules/describe.ts";

const page = readFileSync(new URL("../../../docs/reference.md", import.meta.url), "utf8");

test("the page is made of the declared options; `npm run generate:reference` writes it", () => {
  expect(page).toBe(
    renderReference({ options: clanOptions, services: [...catalogue.values()], describeType }),
  );
});

test.each([
  "| `meta.name` | string matching the pattern [a-zA-Z0-9_-]* | required | Name of the clan",
  '| `inventory.machines.<name>.machineClass` | one of "nixos", "darwin" | `"nixos"` |',
  "**Removed.** Write `inventory.instances` instead.",
  "#### `zerotier`: role `controller`",
])("%s", (part) => {
  expect(page).toContain(part);
});
