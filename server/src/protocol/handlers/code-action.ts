/** textDocument/codeAction: the fixes of findings in a range, and what can be done with what stands there. */
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  CodeActionRequest,
  type Command,
} from "vscode-languageserver";
import { type NewMachineArguments, newMachineCommand } from "../../../../shared/requests.ts";
import type { Clan } from "../../clan/model.ts";
import type { AssistKind } from "../../features/assists/assist.ts";
import { collectAssists, type OfferedAssist } from "../../features/assists/index.ts";
import {
  collectFixes,
  collectMachineActions,
  collectVarsActions,
  findingsIn,
  mendable,
} from "../../features/code-actions.ts";
import { collectIgnores } from "../../features/ignore-finding.ts";
import type { Fix } from "../../rules/finding.ts";
import type { Session } from "../session.ts";
import { canMake, toPossibleEdit, toWorkspaceEdit } from "../workspace-edit.ts";
import type { RequestHandler } from "./handler.ts";
import { queryAt } from "./query.ts";

export const codeActionHandler: RequestHandler<CodeActionParams, CodeAction[]> = {
  method: CodeActionRequest.method,
  about: {
    title: "Quick fixes and actions",
    summary: "Mends what a finding says is wrong, and changes what is right: comments and layout stay.",
    entities: {
      machine:
        "Corrects a misspelt name; adds one with its folder; tags it; removes it everywhere, with its files if the person agrees; updates it, generates its vars or runs another command of clan for it, in an editor that has the commands.",
      tag: "Corrects a misspelt name; names its machines one by one in a role; writes a role's tags as a set or a list.",
      instance: "Adds a role; moves it to a file of its own; removes it.",
      role: "Corrects a misspelt name; puts a tag in the place of its machines.",
      service: "Corrects a misspelt name or input.",
      setting: "Corrects a misspelt name or value; adds the required ones.",
      option:
        "Corrects a misspelt name or value; replaces a removed or deprecated one; nests and flattens attribute paths.",
      input: "Corrects a misspelt name.",
      generator: "Corrects a misspelt name; adds a dependency; shares one; generates what is missing.",
    },
  },
  capability: () => ({
    codeActionProvider: {
      codeActionKinds: [
        ...new Set([CodeActionKind.QuickFix, ...Object.values(assistKinds), CodeActionKind.Empty]),
      ],
    },
  }),
  empty: [],
  prepare: (session) => session.evaluateMachines(),
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
    const found = isWanted(CodeActionKind.QuickFix)
      ? mendable(
          query.snapshot,
          findingsIn(session.findings(), query.path, converter.toOurRange(query.path, range)),
        )
      : [];
    const fixes = [...collectFixes(query.snapshot, found), ...collectIgnores(query.snapshot, found)].filter(
      (action) => action.kind !== "fix" || isPossible(session, action.fix),
    );
    const commands =
      hasCommands && isWanted(CodeActionKind.Empty)
        ? [...collectMachineActions(query), ...collectVarsActions(query)]
        : [];
    const assists = Object.values(assistKinds).some(isWanted) ? collectAssists(query) : [];
    return [
      ...[...fixes, ...commands].map((action) => ({
        ...converter.toCodeAction(action),
        ...(action.kind === "fix" && (action.fix.moves ?? action.fix.creates) !== undefined
          ? { edit: toWorkspaceEdit(session, action.fix) }
          : {}),
      })),
      ...assists
        .filter((offer) => isWanted(assistKinds[offer.assist.kind]))
        .flatMap((offer) => toAssist(session, offer)),
    ];
  },
};

function toAssist(session: Session, offer: OfferedAssist): CodeAction[] {
  const kind = assistKinds[offer.assist.kind];
  const { asksFor, creates, mayLackFiles } = offer;
  if (asksFor !== undefined && session.options.commands === true)
    return [{ title: asksFor.title, kind, command: toNewMachineCommand(session, asksFor) }];
  const edit = toPossibleEdit(session, { ...offer, creates }, mayLackFiles === true);
  return edit === undefined ? [] : [{ title: offer.title, kind, edit }];
}

function toNewMachineCommand(
  { uris }: Session,
  { title, clan }: { readonly title: string; readonly clan: Clan },
): Command {
  const argument: NewMachineArguments = { root: uris.toUri(clan.root) };
  return { title, command: newMachineCommand, arguments: [argument] };
}

const assistKinds: Readonly<Record<AssistKind, CodeActionKind>> = {
  rewrite: CodeActionKind.RefactorRewrite,
  extract: CodeActionKind.RefactorExtract,
  add: CodeActionKind.Refactor,
  // One of our own, by which an editor can ask for these alone.
  remove: `${CodeActionKind.Refactor}.remove`,
};

/** Some fixes need a command, others files that are moved. */
function isPossible(session: Session, fix: Fix): boolean {
  return (fix.track === undefined || session.options.commands === true) && canMake(session, fix);
}
