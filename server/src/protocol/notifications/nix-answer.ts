/** clan/nixAnswer, a notification of our own: what Nix printed about services, run by an editor that may. */
import { type NixAnswer, nixAnswerNotification } from "../../../../shared/requests.ts";
import { parseNixServices } from "../../clan/nix-services.ts";
import type { NotificationHandler } from "./notification.ts";

export const didAnswerNix: NotificationHandler<NixAnswer> = {
  method: nixAnswerNotification,
  summary:
    "Services of inputs that cannot be read are as Nix says, until its source is available. It is not a method of the protocol.",
  handle(session, { root, output }) {
    const path = session.uris.toPath(root);
    const services = parseNixServices(output);
    if (path === undefined) return;
    if (services === undefined)
      session.showMessage("What `nix eval` printed about services is not understood.");
    else session.takeNixServices(path, services);
  },
};
