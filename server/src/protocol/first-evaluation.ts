/**
 * The first evaluation of the clans, with a progress bar where the client shows one. Later ones are short, for
 * only what changed is evaluated again.
 */
import type { Connection } from "vscode-languageserver";
import { type Guard, letMessagesIn } from "./guard.ts";
import type { Session } from "./session.ts";

/**
 * Project by project; requests get their turn in between, and find done what is done. When a person cancels
 * it, the rest is left to whoever asks first. Nothing where the client shows no progress.
 */
export async function evaluateFirst(connection: Connection, guard: Guard, session: Session): Promise<void> {
  const projects = session.projects();
  if (session.capabilities.window?.workDoneProgress !== true || projects.length === 0) return;
  const progress = await connection.window.createWorkDoneProgress();
  progress.begin("Clan", 0, undefined, true);
  for (const [index, folder] of projects.entries()) {
    progress.report((100 * index) / projects.length, `Reading ${folder}`);
    await letMessagesIn();
    if (progress.token.isCancellationRequested) break;
    guard.attempt("first evaluation", () => void session.evaluate(folder), undefined);
  }
  progress.done();
}
