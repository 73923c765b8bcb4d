/**
 * The server's word that something changed that is shown of clans, for all who want to know.
 *
 *   onClansChanged(client, () => view.update())
 */
import { type Disposable, EventEmitter } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { changedNotification } from "../../shared/requests.ts";

// A client keeps one handler for each notification, and the next one takes its place: it gets one of us, which tells the others.
const emitters = new WeakMap<BaseLanguageClient, EventEmitter<void>>();

export function onClansChanged(client: BaseLanguageClient, listener: () => unknown): Disposable {
  let changed = emitters.get(client);
  if (changed === undefined) {
    const emitter = new EventEmitter<void>();
    client.onNotification(changedNotification, () => emitter.fire());
    emitters.set(client, emitter);
    changed = emitter;
  }
  return changed.event(() => void listener());
}
