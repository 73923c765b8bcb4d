/**
 * What the server knows of one client: its workspace, open documents and settings, what it can show, and the
 * clans of the state of the moment, evaluated once a state.
 */
import { type ClientCapabilities, CompletionItemTag } from "vscode-languageserver";
import type { InitializationOptions } from "../../../shared/requests.ts";
import { ClanCache } from "../clan/clan-cache.ts";
import { collectProjects, findClanFolder } from "../clan/evaluate.ts";
import type { Clan } from "../clan/model.ts";
import type { NixServices } from "../clan/nix-services.ts";
import { findLostOverrides, findUnusedOverrides } from "../clan/unused-overrides.ts";
import { collectFindings } from "../features/findings.ts";
import { OccurrenceTables } from "../features/occurrences.ts";
import type { ClansOf } from "../features/query.ts";
import { resolvePath } from "../nix/path.ts";
import { describeThrown } from "../nix/thrown.ts";
import type { FileSystem } from "../project/file-system.ts";
import { findProjectRoot } from "../project/project-root.ts";
import type { Snapshot } from "../project/snapshot.ts";
import { Workspace } from "../project/workspace.ts";
import type { Finding } from "../rules/finding.ts";
import type { OnDefect, RuleLevels } from "../rules/index.ts";
import type { ColumnUnit } from "../syntax/line-index.ts";
import type { NixParser } from "../syntax/parser.ts";
import { type ClientFormats, Converter } from "./convert.ts";
import { OpenDocuments } from "./documents.ts";
import { ruleUri } from "./documents-of-ours.ts";
import type { AskTool } from "./environment.ts";
import type { Offer } from "./offer.ts";
import { defaultSettings, type Settings } from "./settings.ts";
import { TokenResults } from "./token-results.ts";
import { Turn } from "./turn.ts";
import { Uris } from "./uris.ts";

export interface SessionOptions {
  readonly fileSystem: FileSystem;
  readonly parser: NixParser;
  readonly capabilities: ClientCapabilities;
  readonly options: InitializationOptions;
  /** URIs of the workspace folders. */
  readonly folders: readonly string[];
  /** See `Environment`. */
  readonly worked?: (() => number) | undefined;
  /** Tells the person at the editor. */
  readonly showMessage: (message: string) => void;
  /** URL of the folder of our documentation, with a slash; undefined where it is not at hand. */
  readonly documentation?: string | undefined;
  /** See `Environment`. */
  readonly loadTools?: (() => Promise<AskTool>) | undefined;
  /** A line in the client's log. */
  readonly log: (message: string) => void;
}

export class Session {
  readonly workspace: Workspace;
  readonly documents: OpenDocuments;
  readonly capabilities: ClientCapabilities;
  readonly options: InitializationOptions;
  readonly formats: ClientFormats;
  uris: Uris;
  /** What was offered last: a person looks at some of it, and then asks for its documentation. */
  offered: Offer | undefined;
  readonly fileSystem: FileSystem;
  readonly showMessage: (message: string) => void;
  private readonly log: (message: string) => void;
  private readonly toolsFrom: (() => Promise<AskTool>) | undefined;
  /** The tools for assistants, once they are loaded. */
  askTool: AskTool | undefined;
  private folders: readonly string[];
  /** Folders above the opened ones that a person was told of. */
  private readonly above = new Set<string>();
  /** Problems with settings that a person was told of. */
  private readonly told = new Set<string>();
  readonly occurrences = new OccurrenceTables();
  readonly tokens = new TokenResults();
  /** The clans of a state, in order of their folders. The same as long as nothing they were read from changes. */
  readonly clans: ClansOf = (snapshot) => this.cache.clansOf(snapshot);
  /** The message being answered. */
  readonly turn: Turn;
  private readonly cache: ClanCache;
  private readonly nixServices = new Map<string, NixServices>();
  private taken: Settings = defaultSettings;
  private readonly onDefect: OnDefect = (what, thrown) => this.log(`${what}: ${describeThrown(thrown)}`);
  private checked:
    | { readonly snapshot: Snapshot; readonly settings: Settings; readonly findings: readonly Finding[] }
    | undefined;

  constructor({
    fileSystem,
    parser,
    capabilities,
    options,
    folders,
    showMessage,
    documentation,
    worked,
    loadTools,
    log,
  }: SessionOptions) {
    this.log = log;
    this.toolsFrom = loadTools;
    this.turn = new Turn(worked);
    this.cache = new ClanCache(this.turn.isOver, (folder, thrown) =>
      this.log(`the clan in ${folder}: ${describeThrown(thrown)}`),
    );
    this.showMessage = showMessage;
    this.fileSystem = fileSystem;
    this.capabilities = capabilities;
    this.options = options;
    this.folders = folders;
    this.uris = new Uris(folders);
    this.formats = formatsOf(capabilities, rulePagesFor(options, documentation));
    this.workspace = new Workspace({ fileSystem, parser, roots: [] });
    this.documents = new OpenDocuments(this.workspace, () => this.uris, this.formats.columns);
    this.updateRoots();
  }

  get settings(): Settings {
    return this.taken;
  }

  async loadTools(): Promise<void> {
    this.askTool ??= await this.toolsFrom?.();
  }

  configure(settings: Settings): void {
    // A person who names a rule gets it, whoever else reports the same.
    const rules =
      this.options.otherNixServer === true ? { ...leftToOthers, ...settings.rules } : settings.rules;
    this.taken = { ...settings, rules };
    this.configureCache();
  }

  /** What Nix says of services, for the clan in the folder. */
  takeNixServices(folder: string, services: NixServices): void {
    this.nixServices.set(folder, services);
    this.configureCache();
  }

  private configureCache(): void {
    const overrides = new Map(Object.entries(this.settings.inputOverrides));
    this.cache.configure({ overrides, nixServices: this.nixServices });
    this.checked = undefined;
  }

  /** All that is wrong now: in the clans' files, and in every open document by itself. Sorted by file. */
  findings(): readonly Finding[] {
    const snapshot = this.workspace.snapshot();
    const { settings } = this;
    if (this.checked?.snapshot !== snapshot || this.checked.settings !== settings)
      this.checked = {
        snapshot,
        settings,
        findings: collectFindings(
          snapshot,
          this.judged(this.clans(snapshot)),
          this.documents.paths(),
          settings.rules,
          this.onDefect,
        ),
      };
    return this.checked.findings;
  }

  /** What is wrong in the open documents as far as that can be told without the configurations of machines. */
  firstFindings(): readonly Finding[] {
    const snapshot = this.workspace.snapshot();
    const clans = this.clans(snapshot).map((clan) => clan.withoutConfigurations());
    const found = collectFindings(
      snapshot,
      clans,
      this.documents.paths(),
      this.settings.rules,
      this.onDefect,
    );
    return found.filter(({ path }) => this.documents.at(path) !== undefined);
  }

  /** The clans; the person is told, once, of sources for their inputs that do nothing. */
  private judged(clans: readonly Clan[]): readonly Clan[] {
    const overrides = new Map(Object.entries(this.settings.inputOverrides));
    const lost = clans.flatMap(({ root }) =>
      findLostOverrides(this.fileSystem, (path) => resolvePath(root, path), overrides),
    );
    for (const problem of [...findUnusedOverrides(clans, overrides), ...lost]) {
      if (this.told.has(problem)) continue;
      this.told.add(problem);
      this.showMessage(`clan.inputOverrides: ${problem}`);
    }
    return clans;
  }

  /** Whether what is done from now on saw each state by itself: see `ClanCache`. */
  watch(): () => boolean {
    return this.cache.watch();
  }

  /** What `work` makes of the clans of this state and of states it tries: see `ClanCache`. */
  consistently<T>(work: () => T): T {
    return this.cache.consistently(work);
  }

  /** The folders that have clans, sorted. */
  projects(): readonly string[] {
    return collectProjects(this.workspace.snapshot());
  }

  /** Reads the clans of one project, so that nobody has to wait for them later. */
  evaluate(project: string): void {
    this.cache.clansIn(this.workspace.snapshot(), project);
  }

  /**
   * The configurations of machines that findings need, which take long: a machine a step, for callers that let others in
   * between. One that nobody wrote anything for cannot have any. `before` is called before the first of them, if any.
   */
  *evaluateMachines(before: () => void = () => undefined): Generator<unknown> {
    let isFirst = true;
    for (const clan of this.clans(this.workspace.snapshot()))
      for (const machine of clan.machines.known.keys()) {
        const vars = clan.vars.of(machine);
        if (!vars.isWritten) continue;
        if (isFirst) yield before();
        isFirst = false;
        yield vars.references;
      }
  }

  converter(snapshot = this.workspace.snapshot()): Converter {
    return new Converter(snapshot, this.uris, this.formats);
  }

  changeFolders(added: readonly string[], removed: readonly string[]): void {
    this.folders = [...this.folders.filter((folder) => !removed.includes(folder)), ...added];
    this.uris = new Uris(this.folders);
    this.updateRoots();
  }

  /** The roots are the workspace folders, or the flakes above those that have no clan, and the projects of open documents that are not these folders. */
  updateRoots(): void {
    const opened = this.folders.flatMap((folder) => this.uris.toPath(folder) ?? []);
    const folders = opened.map((folder) => findClanFolder(this.fileSystem, folder));
    for (const [index, folder] of folders.entries())
      if (folder !== opened[index] && !this.above.has(folder)) {
        this.above.add(folder);
        this.showMessage(`Reading the flake in ${folder}, above the opened folder ${opened[index]}.`);
      }
    const projects = [...this.documents.paths()].flatMap(
      (path) => findProjectRoot(this.fileSystem, path, folders) ?? [],
    );
    const roots = [...new Set([...folders, ...projects])];
    const before = this.workspace.snapshot().roots;
    if (roots.join("\n") !== before.join("\n")) this.workspace.setRoots(roots);
  }
}

/** What nixd and nil report as well. */
const leftToOthers: RuleLevels = { "syntax-error": "off" };

/** A client that shows our documents has the page of a rule; for others it is a file beside the server. */
function rulePagesFor(
  { documents }: InitializationOptions,
  documentation: string | undefined,
): ClientFormats["rulePage"] {
  if (documents === true) return ruleUri;
  return documentation === undefined ? undefined : (code) => `${documentation}rules/${code}.md`;
}

function formatsOf(
  { general, textDocument }: ClientCapabilities,
  rulePage: ClientFormats["rulePage"],
): ClientFormats {
  const item = textDocument?.completion?.completionItem;
  return {
    columns: columnsOf(general?.positionEncodings),
    snippets: item?.snippetSupport === true,
    markdown: textDocument?.hover?.contentFormat?.includes("markdown") === true,
    rulePage,
    labelDetails: item?.labelDetailsSupport === true,
    deprecated:
      item?.tagSupport?.valueSet.includes(CompletionItemTag.Deprecated) === true
        ? { tags: [CompletionItemTag.Deprecated] }
        : { deprecated: true },
  };
}

/** The client's first choice among those there are; UTF-16 is what every client knows. */
function columnsOf(offered: readonly string[] = []): ColumnUnit {
  return offered.find((unit) => unit === "utf-16" || unit === "utf-8" || unit === "utf-32") ?? "utf-16";
}
