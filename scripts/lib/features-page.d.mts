/** See features-page.mjs. */
import type { RequestHandler } from "../../server/src/protocol/handlers/handler.ts";

export function renderFeatures(list: {
  readonly handlers: readonly Pick<RequestHandler<never, unknown>, "method" | "about">[];
  readonly entities: readonly string[];
}): string;
