/** See features-page.mjs. */
import type { RequestHandler } from "../../server/src/protocol/handlers/handler.ts";
import type { NotificationHandler } from "../../server/src/protocol/notifications/notification.ts";

export function renderFeatures(list: {
  readonly handlers: readonly Pick<RequestHandler<never, unknown>, "method" | "about">[];
  readonly notifications: readonly Pick<NotificationHandler<never>, "method" | "summary">[];
  readonly entities: readonly string[];
}): string;
