/** Asks the client to ask again for what it shows of open documents, where that may be different now. */
import {
  CodeLensRefreshRequest,
  type Connection,
  DiagnosticRefreshRequest,
  InlayHintRefreshRequest,
  SemanticTokensRefreshRequest,
} from "vscode-languageserver";
import { pulls } from "./diagnostics.ts";
import type { Session } from "./session.ts";

/** Only what the client says it can be asked for. */
export function askToRefresh(connection: Connection, session: Session): void {
  const { workspace } = session.capabilities;
  const wanted = [
    { method: DiagnosticRefreshRequest.method, is: pulls(session) && workspace?.diagnostics?.refreshSupport },
    { method: SemanticTokensRefreshRequest.method, is: workspace?.semanticTokens?.refreshSupport },
    { method: InlayHintRefreshRequest.method, is: workspace?.inlayHint?.refreshSupport },
    { method: CodeLensRefreshRequest.method, is: workspace?.codeLens?.refreshSupport },
  ];
  // A client that goes away meanwhile needs no answer.
  for (const { method, is } of wanted) if (is === true) connection.sendRequest(method).catch(() => undefined);
}
