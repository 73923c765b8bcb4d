/** docs/features.md says what the server does. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { renderFeatures } from "../../scripts/lib/features-page.mjs";
import { entities } from "../../server/src/protocol/handlers/handler.ts";
import { requestHandlers } from "../../server/src/protocol/handlers/index.ts";
import { notificationHandlers } from "../../server/src/protocol/notifications/index.ts";

const page = readFileSync(new URL("../../docs/features.md", import.meta.url), "utf8");

test("the page is made of the lists of handlers; `npm run generate:features` writes it", () => {
  expect(page).toBe(
    renderFeatures({ handlers: requestHandlers, notifications: notificationHandlers, entities }),
  );
});

test("each method is there once, and does something for some thing of a clan", () => {
  const methods = requestHandlers.map(({ method }) => method);
  expect(methods).toEqual([...new Set(methods)]);
  const idle = requestHandlers.filter(({ about }) => Object.keys(about.entities).length === 0);
  expect(idle.map(({ method }) => method)).toEqual([]);
});
