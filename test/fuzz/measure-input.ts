/**
 * A clan with a hostile file is opened beside one that is not, in the built server over stdio: how long each answer
 * takes, how much memory that needs, and whether the other clan is answered as if nothing were.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { DocumentDiagnosticReport } from "vscode-languageserver/node";
import { asked, capabilities, positionAt } from "../stdio/editor.ts";
import { ServerProcess } from "../stdio/server-process.ts";
import type { HostileInput } from "./hostile-inputs.ts";
import { writeFiles } from "./write-files.ts";

export interface Measured {
  /** Of the slowest answer: how long the server worked on it, as far as the system tells, since others work as well. */
  readonly seconds: number;
  /** Which that was. */
  readonly slowest: string;
  /** Megabytes. */
  readonly peak: number;
  /** What went wrong: requests that failed or were not answered, what was logged, the other clan. */
  readonly faults: readonly string[];
}

/** Nobody waits longer, in milliseconds. */
const PATIENCE = 240_000;

const beside = {
  "flake.nix": `{
  inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
  outputs = { self, clan-core, ... }: { clan = clan-core.lib.clan { inherit self; imports = [ ./clan.nix ]; }; };
}
`,
  "clan.nix": `{
  inventory.machines.one = { };
  inventory.instances.a = { module.name = "sshd"; roles.servr.machines.one = { }; };
}
`,
};

export async function measureInput(root: string, input: HostileInput): Promise<Measured> {
  const scratch = mkdtempSync(join(tmpdir(), "clan-fuzz-"));
  const [folder, other] = [join(scratch, "hostile"), join(scratch, "beside")];
  mkdirSync(folder);
  writeFiles(other, beside);
  const end = input.write(folder);
  const server = await ServerProcess.start(root, [folder, other], capabilities);
  try {
    return await new Measurement(server, PATIENCE).run(join(folder, input.opened), join(other, "clan.nix"));
  } finally {
    await server.kill();
    end?.();
    rmSync(scratch, { recursive: true });
  }
}

class Measurement {
  private slowest = { seconds: 0, method: "" };
  private isStuck = false;
  private readonly faults: string[] = [];

  constructor(
    private readonly server: ServerProcess,
    private readonly patience: number,
  ) {}

  async run(hostile: string, other: string): Promise<Measured> {
    const text = await this.open(hostile);
    const textDocument = { uri: pathToFileURL(hostile).href };
    await this.ask("textDocument/diagnostic", { textDocument });
    const ends = [0, Math.floor(text.length / 2), text.length];
    const [start, middle, end] = ends.map((offset) => positionAt(text, offset));
    if (start === undefined || middle === undefined || end === undefined) throw new Error("unreachable");
    const whole = { start, end };
    for (const position of [start, middle, end])
      for (const method of [
        "textDocument/hover",
        "textDocument/completion",
        "textDocument/definition",
        "textDocument/references",
      ])
        await this.ask(method, { textDocument, position, context: { includeDeclaration: true } });
    for (const [capability, method, params] of asked)
      if (this.server.offers[capability] !== undefined)
        await this.ask(method, { textDocument, ...params({ position: middle, whole }) });
    await this.ask("textDocument/documentSymbol", { textDocument });
    await this.ask("textDocument/codeAction", { textDocument, range: whole, context: { diagnostics: [] } });
    const insert = { range: { start: end, end }, text: " " };
    await this.server.notify("textDocument/didChange", {
      textDocument: { ...textDocument, version: 2 },
      contentChanges: [insert],
    });
    await this.ask("textDocument/diagnostic", { textDocument });
    await this.askBeside(other);
    const { seconds, method } = this.slowest;
    return {
      seconds,
      slowest: method,
      peak: this.server.peakMemory() ?? 0,
      faults: [...this.faults, ...this.server.failed, ...this.server.said],
    };
  }

  private async open(path: string): Promise<string> {
    const text = readFileSync(path, "utf8");
    const languageId = path.endsWith(".json") ? "json" : "nix";
    const textDocument = { uri: pathToFileURL(path).href, languageId, version: 1, text };
    await this.server.notify("textDocument/didOpen", { textDocument });
    return text;
  }

  private async askBeside(path: string): Promise<void> {
    await this.open(path);
    const textDocument = { uri: pathToFileURL(path).href };
    const report = await this.ask<DocumentDiagnosticReport>("textDocument/diagnostic", { textDocument });
    const codes = report?.kind === "full" ? report.items.map(({ code }) => code) : [];
    if (codes.join() !== "unknown-role")
      this.faults.push(`the clan beside it: ${codes.join() || "nothing found"}`);
  }

  /** After one that is not answered nothing more is asked. */
  private async ask<T>(method: string, params: object): Promise<T | undefined> {
    if (this.isStuck) return undefined;
    const begun = performance.now();
    const worked = this.server.processorTime();
    const timer = new AbortController();
    const giveUp = (why: string) => () => {
      this.isStuck = true;
      this.faults.push(`${method}: ${why}`);
      return undefined;
    };
    const answer = await Promise.race([
      this.server.ask<T>(method, params),
      this.server.ended.then(giveUp("the server died")),
      pause(this.patience, undefined, { signal: timer.signal }).then(giveUp("no answer"), () => undefined),
    ]);
    timer.abort();
    const elapsed = (performance.now() - begun) / 1000;
    const now = this.server.processorTime();
    const seconds = worked === undefined || now === undefined ? elapsed : now - worked;
    if (seconds > this.slowest.seconds) this.slowest = { seconds, method };
    return answer;
  }
}
