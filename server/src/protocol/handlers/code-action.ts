/** textDocument/codeAction: the fixes of findings in a range, and what can be done with the machine there. */
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  CodeActionRequest,
} from "vscode-languageserver";
import { collectFixes, collectMachineActions } from "../../features/code-actions.ts";
import type { RequestHandler } from "./handler.ts";
import { queryAt } from "./query.ts";

export const codeActionHandler: RequestHandler<CodeActionParams, CodeAction[]> = {
  method: CodeActionRequest.method,
  about: {
    title: "Quick fixes and actions",
    summary: "Mends what a finding says is wrong.",
    entities: {
      machine:
        "Corrects a misspelt name; updates it or generates its vars, in an editor that has the commands.",
      tag: "Corrects a misspelt name.",
      role: "Corrects a misspelt name.",
      service: "Corrects a misspelt name or input.",
      setting: "Corrects a misspelt name or value; adds the required ones.",
      option: "Corrects a misspelt name or value; replaces a removed or deprecated one.",
      input: "Corrects a misspelt name.",
    },
  },
  capability: () => ({
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.Empty] },
  }),
  empty: [],
  handle(session, { textDocument, range, context: { only } }) {
    const query = queryAt(session, { textDocument, position: range.start });
    if (query === undefined) return [];
    const converter = session.converter();
    const hasCommands = session.options.commands === true;
    const isWanted = (kind: CodeActionKind) =>
      only === undefined ||
      only.some(
        (wanted) => wanted === CodeActionKind.Empty || kind === wanted || kind.startsWith(`${wanted}.`),
      );
    const fixes = isWanted(CodeActionKind.QuickFix)
      ? collectFixes(session.findings(), query.path, converter.toOurRange(query.path, range)).filter(
          (action) => hasCommands || action.kind !== "fix" || action.fix.track === undefined,
        )
      : [];
    const commands = hasCommands && isWanted(CodeActionKind.Empty) ? collectMachineActions(query) : [];
    return [...fixes, ...commands].map((action) => converter.toCodeAction(action));
  },
};
