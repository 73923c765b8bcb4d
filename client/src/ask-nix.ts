/**
 * "Clan: Ask Nix for Unknown Services", and the setting `clan.nixEval`: services of flake inputs whose source is not
 * on this machine, as `nix eval` tells of them. The server says what to ask, and is handed what Nix prints.
 */
import {
  commands,
  Disposable,
  type LogOutputChannel,
  type Memento,
  ProgressLocation,
  Uri,
  window,
  workspace,
} from "vscode";
import { type BaseLanguageClient, State } from "vscode-languageclient";
import {
  type NixAnswer,
  type NixQuestion,
  nixAnswerNotification,
  nixQuestionsRequest,
} from "../../shared/requests.ts";
import type { FinishedProgram, Platform, Programs } from "./platform.ts";
import { showLogCommand } from "./server-status.ts";
import { asksNix } from "./settings.ts";
import { allowedPrograms } from "./trust.ts";

/** An answer that is kept from one session to the next. */
interface KeptAnswer {
  readonly key: string;
  readonly output: string;
}

export class NixAsker {
  /** Questions that failed: they are not asked again by themselves. */
  private readonly failed = new Set<string>();
  /** The answer the server has, by the clan's folder. */
  private readonly given = new Map<string, string>();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly platform: Platform,
    private readonly client: BaseLanguageClient,
    private readonly state: Memento,
    private readonly log: LogOutputChannel,
  ) {}

  /** Registers the command, and whatever may raise a question. To be disposed with the extension. */
  register(): Disposable {
    const lock = workspace.createFileSystemWatcher("**/flake.lock");
    const answer = () => void this.answerAll();
    return Disposable.from(
      commands.registerCommand("clan.askNix", () => this.askAll()),
      this.client.onDidChangeState(({ newState }) => {
        // A server that starts anew knows of no answer.
        this.given.clear();
        if (newState === State.Running) answer();
      }),
      lock,
      lock.onDidChange(answer),
      lock.onDidCreate(answer),
      workspace.onDidSaveTextDocument(({ languageId }) => languageId === "nix" && answer()),
      workspace.onDidGrantWorkspaceTrust(answer),
      workspace.onDidChangeConfiguration((change) => change.affectsConfiguration("clan.nixEval") && answer()),
    );
  }

  /** Hands over answers that are kept; where the setting is on, asks for the others. One at a time. */
  private answerAll(): Promise<void> {
    return this.inTurn(async () => {
      for (const question of await this.questions()) {
        if (this.given.get(question.root) === question.key) continue;
        const kept = this.state.get<KeptAnswer>(stateKey(question));
        const { programs } = this.platform;
        const mayAsk = workspace.isTrusted && asksNix(Uri.parse(question.root));
        if (kept?.key === question.key) await this.give(question, kept.output);
        else if (programs !== undefined && mayAsk && !this.failed.has(question.key))
          await this.ask(programs, question);
      }
    });
  }

  private async askAll(): Promise<void> {
    const programs = allowedPrograms(this.platform);
    if (programs === undefined) return;
    await this.inTurn(async () => {
      const questions = await this.questions();
      if (questions.length === 0)
        void window.showInformationMessage("All services of this workspace's clans are known without Nix.");
      for (const question of questions) await this.ask(programs, question);
    });
  }

  private inTurn(act: () => Promise<void>): Promise<void> {
    this.running = this.running.then(act).catch((error: unknown) => this.log.error(String(error)));
    return this.running;
  }

  private async questions(): Promise<readonly NixQuestion[]> {
    return this.client.isRunning() ? this.client.sendRequest<NixQuestion[]>(nixQuestionsRequest, {}) : [];
  }

  private async ask(programs: Programs, question: NixQuestion): Promise<void> {
    const folder = Uri.parse(question.root).fsPath;
    const nix = await programs.find("nix", folder);
    const ended = nix === undefined ? missing : await runWithProgress(programs, nix, question, folder);
    if (ended === "cancelled") return;
    if (ended.exitCode !== 0) return this.reportFailure(question, ended.stderr);
    this.failed.delete(question.key);
    await this.state.update(stateKey(question), { key: question.key, output: ended.stdout });
    await this.give(question, ended.stdout);
  }

  private async give({ root, key }: NixQuestion, output: string): Promise<void> {
    const answer: NixAnswer = { root, output };
    this.given.set(root, key);
    await this.client.sendNotification(nixAnswerNotification, answer);
  }

  /** Nobody waits for the person's answer. */
  private reportFailure({ key, services }: NixQuestion, reason: string): void {
    this.failed.add(key);
    this.log.error(`nix eval: ${reason.trim()}`);
    const show = "Show Output";
    const message = `Could not load ${services.join(", ")} from Nix. Everything else still works.`;
    void window.showWarningMessage(message, show).then((chosen) => {
      if (chosen === show) void commands.executeCommand(showLogCommand);
    });
  }
}

const missing: FinishedProgram = {
  exitCode: undefined,
  stdout: "",
  stderr: "there is no program nix here",
};

function stateKey({ root }: NixQuestion): string {
  return `clan.nixAnswer ${root}`;
}

function runWithProgress(
  programs: Programs,
  nix: string,
  { services, arguments: vector }: NixQuestion,
  folder: string,
): Thenable<FinishedProgram | "cancelled"> {
  const title = `Asking Nix for ${services.join(", ")}`;
  const location = ProgressLocation.Notification;
  return window.withProgress({ title, location, cancellable: true }, async (_progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    const ended = await programs.run(nix, vector, folder, abort.signal);
    return token.isCancellationRequested ? "cancelled" : ended;
  });
}
