/**
 * All translation between our plain data and the protocol's, for one state of the workspace.
 *
 *   { path: "/clan/clan.nix", start: 12, end: 17 }  <->  { uri, range: { start: { line: 0, character: 12 }, … } }
 */
import {
  type CodeAction,
  CodeActionKind,
  type Command,
  type CompletionItem,
  CompletionItemKind,
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type Hover,
  InsertTextFormat,
  type Location,
  MarkupKind,
  type Position,
  type Range,
  type TextEdit,
} from "vscode-languageserver";
import {
  type MachineCommandArguments,
  machineCommands,
  type OpenSummary,
  type TrackFilesArguments,
  trackFilesCommand,
} from "../../../shared/requests.ts";
import type { Clan, UnknownPart } from "../clan/model.ts";
import type { GeneratorRun, MachineCommandName, CodeAction as OurAction } from "../features/code-actions.ts";
import type { CandidateKind } from "../features/completion/candidate.ts";
import type { CompletionItem as OurItem } from "../features/completion/item.ts";
import type { Location as OurLocation } from "../features/definition.ts";
import type { Hover as OurHover } from "../features/hover.ts";
import type { Range as OurRange } from "../features/query.ts";
import type { Snapshot } from "../project/snapshot.ts";
import type { Finding, Fix, Severity } from "../rules/finding.ts";
import { place } from "../rules/parts/place.ts";
import type { Node } from "../syntax/ast.ts";
import { type ColumnUnit, LineIndex } from "../syntax/line-index.ts";
import type { Uris } from "./uris.ts";

/** What the client can show. */
export interface ClientFormats {
  readonly columns: ColumnUnit;
  readonly snippets: boolean;
  readonly markdown: boolean;
  /** The URI of the page about a rule; undefined where there is none for this client. */
  readonly rulePage: ((code: string) => string) | undefined;
  /** A few words beside each label of a list of completions. */
  readonly labelDetails: boolean;
  /** How a completion is said to be deprecated. */
  readonly deprecated: Pick<CompletionItem, "tags" | "deprecated">;
}

export const diagnosticSource = "clan";

const completionKinds: Readonly<Record<CandidateKind, CompletionItemKind>> = {
  option: CompletionItemKind.Property,
  setting: CompletionItemKind.Property,
  machine: CompletionItemKind.Struct,
  tag: CompletionItemKind.Keyword,
  instance: CompletionItemKind.Module,
  role: CompletionItemKind.Interface,
  service: CompletionItemKind.Module,
  input: CompletionItemKind.Reference,
  value: CompletionItemKind.Value,
  generator: CompletionItemKind.Constructor,
  "generator-file": CompletionItemKind.File,
  prompt: CompletionItemKind.Field,
  variable: CompletionItemKind.Variable,
  file: CompletionItemKind.File,
  folder: CompletionItemKind.Folder,
  snippet: CompletionItemKind.Snippet,
};

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Sources a hover links to: more would hide what it says. */
const MAX_LINKS = 3;

export class Converter {
  private readonly lines = new Map<string, LineIndex>();

  constructor(
    private readonly snapshot: Snapshot,
    private readonly uris: Uris,
    private readonly formats: ClientFormats,
  ) {}

  toOffset(path: string, { line, character }: Position): number {
    return this.linesOf(path).offset({ line, column: character }, this.formats.columns);
  }

  toOurRange(path: string, { start, end }: Range): OurRange {
    return { start: this.toOffset(path, start), end: this.toOffset(path, end) };
  }

  toRange(path: string, { start, end }: OurRange): Range {
    return { start: this.toPosition(path, start), end: this.toPosition(path, end) };
  }

  toLocation({ path, ...range }: OurLocation): Location {
    return { uri: this.uris.toUri(path), range: this.toRange(path, range) };
  }

  /** The word a node stands for; undefined without a node. */
  toPlace(node: Node | undefined): Location | undefined {
    return node && this.toLocation(place(node));
  }

  toOpenSummary(part: UnknownPart | undefined): OpenSummary | undefined {
    return part && { reason: part.reason, place: this.toPlace(part.node) };
  }

  /** `sources`: where what is described is defined; the first of them are linked. */
  toHover(path: string, hover: OurHover, sources: readonly OurLocation[] = []): Hover {
    const links = this.formats.markdown
      ? sources.slice(0, MAX_LINKS).map((source) => this.toLink(source))
      : [];
    const text = links.length === 0 ? hover.text : `${hover.text}\n\nDefined in ${links.join(", ")}`;
    return { range: this.toRange(path, hover.range), contents: this.toMarkup(text) };
  }

  /** `[clan.nix:12](file:///clan/clan.nix#L12)` */
  private toLink({ path, start }: OurLocation): string {
    const line = this.toPosition(path, start).line + 1;
    return `[${path.slice(path.lastIndexOf("/") + 1)}:${line}](${this.uris.toUri(path)}#L${line})`;
  }

  /** Without its documentation. */
  toCompletionItem(path: string, item: OurItem): CompletionItem {
    const newText = this.formats.snippets ? item.insertText : withoutPlaceholders(item.insertText);
    return {
      label: item.label,
      kind: completionKinds[item.kind],
      ...(item.detail === undefined ? {} : { detail: item.detail }),
      ...(item.summary !== undefined && this.formats.labelDetails
        ? { labelDetails: { description: item.summary } }
        : {}),
      ...(item.deprecated ? this.formats.deprecated : {}),
      textEdit: { range: this.toRange(path, item.replace), newText },
      ...(item.remove === undefined
        ? {}
        : { additionalTextEdits: [{ range: this.toRange(path, item.remove), newText: "" }] }),
      insertTextFormat: this.formats.snippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
      filterText: item.filterText,
      sortText: item.sortText,
    };
  }

  toDiagnostic(finding: Finding): Diagnostic {
    const rulePage = this.formats.rulePage?.(finding.code);
    return {
      range: this.toRange(finding.path, finding),
      severity: severities[finding.severity],
      source: diagnosticSource,
      code: finding.code,
      ...(rulePage === undefined ? {} : { codeDescription: { href: rulePage } }),
      message: finding.message,
      ...(finding.code === "deprecated-option" ? { tags: [DiagnosticTag.Deprecated] } : {}),
      ...(finding.related === undefined
        ? {}
        : {
            relatedInformation: finding.related.map(({ message, ...place }) => ({
              location: this.toLocation(place),
              message,
            })),
          }),
    };
  }

  toCodeAction(action: OurAction): CodeAction {
    if (action.kind !== "fix") {
      const command =
        action.kind === "generator"
          ? this.toGeneratorCommand(action.title, action)
          : this.toMachineCommand(action.title, action.command, action.clan, action.machine);
      return { title: action.title, kind: CodeActionKind.Empty, command };
    }
    const { title, preferred, track } = action.fix;
    return {
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [this.toDiagnostic(action.finding)],
      ...(preferred === true ? { isPreferred: true } : {}),
      ...(track === undefined
        ? { edit: { changes: this.toTextChanges(action.fix.edits) } }
        : { command: this.toTrackCommand(title, track) }),
    };
  }

  private toTrackCommand(title: string, paths: readonly string[]): Command {
    const argument: TrackFilesArguments = { files: paths.map((path) => this.uris.toUri(path)) };
    return { title, command: trackFilesCommand, arguments: [argument] };
  }

  toMachineCommand(title: string, command: MachineCommandName, clan: Clan, machine: string): Command {
    const argument: MachineCommandArguments = { root: this.uris.toUri(clan.root), machines: [machine] };
    return { title, command: machineCommands[command], arguments: [argument] };
  }

  toGeneratorCommand(title: string, { command, clan, machines, generator, replaces }: GeneratorRun): Command {
    const root = this.uris.toUri(clan.root);
    const argument: MachineCommandArguments = { root, machines, generator, replaces };
    return { title, command: machineCommands[command], arguments: [argument] };
  }

  /** By URI. */
  toTextChanges(edits: Fix["edits"]): Record<string, TextEdit[]> {
    const changes: Record<string, TextEdit[]> = {};
    for (const { path, text, ...range } of edits) {
      const uri = this.uris.toUri(path);
      changes[uri] = [...(changes[uri] ?? []), { range: this.toRange(path, range), newText: text }];
    }
    return changes;
  }

  /** `text` is Markdown. */
  toMarkup(text: string): { kind: MarkupKind; value: string } {
    if (this.formats.markdown) return { kind: MarkupKind.Markdown, value: text };
    return { kind: MarkupKind.PlainText, value: text.replaceAll(/\*\*|`/g, "") };
  }

  private toPosition(path: string, offset: number): Position {
    const { line, column } = this.linesOf(path).position(offset, this.formats.columns);
    return { line, character: column };
  }

  private linesOf(path: string): LineIndex {
    let lines = this.lines.get(path);
    if (lines === undefined) {
      lines = new LineIndex(this.snapshot.readFile(path) ?? "");
      this.lines.set(path, lines);
    }
    return lines;
  }
}

/** A range of a text that is no file of the workspace. */
export function toRangeIn(text: string, { start, end }: OurRange, { columns }: ClientFormats): Range {
  const lines = new LineIndex(text);
  const position = (offset: number): Position => {
    const { line, column } = lines.position(offset, columns);
    return { line, character: column };
  };
  return { start: position(start), end: position(end) };
}

/** `a = { $0 };` -> `a = {  };` with its escapes resolved, for clients without snippets. */
function withoutPlaceholders(snippet: string): string {
  return snippet.replace(/\\(.)|\$\d/gs, (_all, escaped: string | undefined) => escaped ?? "");
}
