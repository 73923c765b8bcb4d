/**
 * Tells the client what is wrong. Findings are pushed as soon as they are known; where a check takes long, not before
 * typing pauses. A client that asks for them itself is only pushed those of files it has not open, and told to ask again.
 */
import type { Connection, Diagnostic } from "vscode-languageserver";
import { changedNotification } from "../../../shared/requests.ts";
import type { Clan } from "../clan/model.ts";
import type { Finding } from "../rules/finding.ts";
import type { Guard } from "./guard.ts";
import { askToRefresh } from "./refresh.ts";
import type { Session } from "./session.ts";
import type { Settings } from "./settings.ts";

/** A check that takes no longer than this is made at each key, in milliseconds. */
const quick = 100;
/** Typing that pauses for so long has come to an end for now. */
const longestPause = 150;

export class DiagnosticsPublisher {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isDisposed = false;
  /** Milliseconds the last check took that was not overtaken. */
  private took: number | undefined;
  /** What the client was last told, by URI. */
  private readonly told = new Map<string, string>();
  /** What the client was last asked to refresh for. */
  private shown: { readonly clans: readonly Clan[]; readonly settings: Settings } | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly guard: Guard,
  ) {}

  /** Something changed that findings hang on. `document` is the URI of the one being typed in, if any. */
  schedule(session: Session, document?: string): void {
    clearTimeout(this.timer);
    // A client that asks for what it shows need not be told at once of files that it does not show.
    const pause = pulls(session) ? longestPause : this.pause(session);
    this.timer = setTimeout(() => void this.check(session, document), pause);
  }

  private pause({ documents }: Session): number {
    // The first check waits for the documents an editor has open, and begins with them.
    const took = this.took ?? (documents.uris().length > 0 ? 0 : longestPause);
    return took <= quick ? 0 : Math.min(took, longestPause);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.isDisposed = true;
  }

  /** What changes meanwhile is checked by the next. */
  private async check(session: Session, document: string | undefined): Promise<void> {
    const snapshot = session.workspace.snapshot();
    const isStale = () => this.isDisposed || session.workspace.snapshot() !== snapshot;
    // Whoever asked for something waits for it now; much of what that finds out is found out for the check as well.
    await this.guard.answered();
    const begun = performance.now();
    // Nobody need wait for the configurations of all machines to see what is wrong in the file that is open.
    const isFirst = this.took === undefined && !pulls(session);
    const steps = session.evaluateMachines(isFirst ? () => this.publishFirst(session) : undefined);
    if (!(await this.guard.inSteps("diagnostics", steps, isStale))) return;
    this.guard.attempt("diagnostics", () => this.publish(session, document), undefined);
    this.took = performance.now() - begun;
  }

  private publishFirst(session: Session): void {
    for (const [uri, diagnostics] of byUri(session, session.firstFindings()))
      this.tell(session, uri, diagnostics);
  }

  private publish(session: Session, document: string | undefined): void {
    if (session.options.followsClans === true) void this.connection.sendNotification(changedNotification);
    const found = byUri(session, session.findings());
    for (const uri of new Set([...this.told.keys(), ...found.keys()]))
      this.tell(session, uri, found.get(uri) ?? []);
    this.refresh(session, document);
  }

  private tell(session: Session, uri: string, diagnostics: Diagnostic[]): void {
    const version = session.documents.get(uri)?.version;
    const isPulled = version !== undefined && pulls(session);
    const message = {
      uri,
      ...(version === undefined ? {} : { version }),
      diagnostics: isPulled ? [] : diagnostics,
    };
    const text = JSON.stringify(message);
    const before = this.told.get(uri);
    if (text === before || (before === undefined && message.diagnostics.length === 0)) return;
    if (message.diagnostics.length === 0) this.told.delete(uri);
    else this.told.set(uri, text);
    void this.connection.sendDiagnostics(message);
  }

  /** The document that was typed in is asked for anyway; others may look different because of it. */
  private refresh(session: Session, document: string | undefined): void {
    const { settings } = session;
    const clans = session.clans(session.workspace.snapshot());
    const isSame =
      this.shown?.settings === settings &&
      this.shown.clans.length === clans.length &&
      this.shown.clans.every(({ version }, index) => version === clans[index]?.version);
    this.shown = { clans, settings };
    if (!isSame && session.documents.uris().some((uri) => uri !== document))
      askToRefresh(this.connection, session);
  }
}

/** Whether the client asks for the findings of the documents it has open. */
export function pulls(session: Session): boolean {
  return session.capabilities.textDocument?.diagnostic !== undefined;
}

function byUri(session: Session, findings: readonly Finding[]): ReadonlyMap<string, Diagnostic[]> {
  const converter = session.converter();
  const groups = new Map<string, Diagnostic[]>();
  for (const finding of findings) {
    const uri = session.documents.at(finding.path)?.uri ?? session.uris.toUri(finding.path);
    const group = groups.get(uri);
    if (group === undefined) groups.set(uri, [converter.toDiagnostic(finding)]);
    else group.push(converter.toDiagnostic(finding));
  }
  return groups;
}
