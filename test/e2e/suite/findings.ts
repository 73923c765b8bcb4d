/** Findings of the language server, as the problems list has them. */
import { type Diagnostic, languages, type TextDocument } from "vscode";

/** The finding with this code at this word, waited for. */
export async function findingAt(document: TextDocument, code: string, word: string): Promise<Diagnostic> {
  let found: Diagnostic | undefined;
  await untilFindings(() => {
    found = languages
      .getDiagnostics(document.uri)
      .find((finding) => codeOf(finding) === code && document.getText(finding.range) === word);
    return found !== undefined;
  });
  return found as Diagnostic;
}

/** Until the findings are such. */
export function untilFindings(hold: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const listening = languages.onDidChangeDiagnostics(check);
    check();
    function check() {
      if (!hold()) return;
      listening.dispose();
      resolve();
    }
  });
}

export function codeOf({ code }: Diagnostic): unknown {
  return typeof code === "object" ? code.value : code;
}
