/** The clan a request of our own is about, as it is now. Undefined where there is none in the folder of that URI any more. */
import type { Clan } from "../../clan/model.ts";
import type { Session } from "../session.ts";

export function clanAt(session: Session, root: string): Clan | undefined {
  const path = session.uris.toPath(root);
  return session.clans(session.workspace.snapshot()).find((clan) => clan.root === path);
}
