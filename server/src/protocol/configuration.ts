/**
 * The settings of `clan`, asked of the client or taken from what it sends, at the start and whenever they change.
 */
import {
  type Connection,
  DidChangeConfigurationNotification,
  type DidChangeConfigurationParams,
} from "vscode-languageserver";
import type { Guard } from "./guard.ts";
import type { Session } from "./session.ts";
import { parseSettings } from "./settings.ts";

/** `then` is called when changed settings are taken. */
export function registerConfiguration(
  connection: Connection,
  guard: Guard,
  then: (session: Session) => void,
): void {
  const { method, type } = DidChangeConfigurationNotification;
  connection.onNotification(
    type,
    guard.notification(method, (session, { settings }: DidChangeConfigurationParams) => {
      void readSettings(connection, guard, session, settings).then(() => then(session));
    }),
  );
}

/** Asks the client, if it can be asked; else takes what it `sent`. */
export async function readSettings(
  connection: Connection,
  guard: Guard,
  session: Session,
  sent: unknown,
): Promise<void> {
  const canAsk = session.capabilities.workspace?.configuration === true;
  const value = canAsk
    ? await connection.workspace.getConfiguration("clan").catch(() => undefined)
    : Reflect.get(Object(sent), "clan");
  guard.attempt(
    "clan settings",
    () => {
      const { settings, problems } = parseSettings(value ?? {});
      session.configure(settings);
      for (const problem of problems) connection.console.warn(problem);
    },
    undefined,
  );
}
