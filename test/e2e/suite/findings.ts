/** Findings of the language server, as the problems list has them. */
import { type Diagnostic, languages, type TextDocument } from "vscode";

/** The finding with this code at this word, waited for. */
export function findingAt(document: TextDocument, code: string, word: string): Promise<Diagnostic> {
  const find = () =>
    languages
      .getDiagnostics(document.uri)
      .find((finding) => codeOf(finding) === code && document.getText(finding.range) === word);
  return new Promise((resolve) => {
    const listening = languages.onDidChangeDiagnostics(check);
    check();
    function check() {
      const finding = find();
      if (finding === undefined) return;
      listening.dispose();
      resolve(finding);
    }
  });
}

function codeOf({ code }: Diagnostic): unknown {
  return typeof code === "object" ? code.value : code;
}
