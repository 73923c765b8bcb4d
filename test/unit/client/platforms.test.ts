/** How the language server is started on a machine and in a browser, and what it is told of the editor. */
import { afterEach, expect, it, vi } from "vitest";
import { Uri } from "vscode";
import { activate as activateInBrowser } from "../../../client/src/browser.ts";
import { activate } from "../../../client/src/node.ts";
import { readWasmFiles, startServerWorker } from "../../../client/src/server-files.ts";
import { editor } from "./helpers/editor.ts";
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from "./helpers/language-client.ts";
import { extensionContext } from "./helpers/machine.ts";

afterEach(() => vi.unstubAllGlobals());

const built = {
  "web-tree-sitter.wasm": "runtime",
  "tree-sitter-nix.wasm": "grammar",
  "tree-sitter-bash.wasm": "shell",
  "clan-ls.js": "onmessage = 1;",
};

function installed(): void {
  for (const [name, text] of Object.entries(built))
    editor.files.set(`file:///extension/dist/server/${name}`, text);
}

/** A worker that only says from where it was started. */
class FakeWorker {
  constructor(readonly address: string) {}
}

type Options = {
  readonly documentSelector: readonly unknown[];
  initializationOptions(): Record<string, unknown>;
};

/** The client among what the extension has to dispose. */
async function clientOf(start: typeof activate): Promise<LanguageClient> {
  const context = extensionContext();
  await start(context);
  const client = context.subscriptions.find((one) => one instanceof LanguageClient);
  if (client === undefined) throw new Error("the extension has no client");
  return client;
}

it("runs the server on a machine as any other editor does, with its compiled code kept", async () => {
  const { server, options } = await clientOf(activate);
  const env = { NODE_COMPILE_CACHE: "/storage/compiled" };
  const run = { module: "/extension/dist/server/clan-ls.js", transport: 0, options: { env } };
  expect(server).toEqual({ run, debug: { ...run, options: { env, execArgv: ["--inspect=6009"] } } });
  expect((options as Options).initializationOptions()).toEqual({
    commands: true,
    followsClans: true,
    documents: true,
    opensSuggestions: true,
    otherNixServer: false,
  });
});

it("tells the server of Nix files and of inventory.json alone", async () => {
  const { options } = await clientOf(activate);
  expect((options as Options).documentSelector).toEqual([
    { language: "nix" },
    { language: "json", pattern: "**/inventory.json" },
  ]);
});

it.each([
  ["none", undefined, undefined, false],
  ["Nix IDE, whose server is off", "jnoortheen.nix-ide", { defaultValue: false }, false],
  ["Nix IDE with a server", "jnoortheen.nix-ide", { defaultValue: false, globalValue: true }, true],
  ["one that was made from it", undefined, { defaultValue: false, globalValue: true }, true],
  ["the setting of an extension that is gone", undefined, { globalValue: true }, false],
])(
  "says at each start whether another server looks after Nix files: %s",
  async (_name, extension, setting, expected) => {
    const { options } = await clientOf(activate);
    if (extension !== undefined) editor.extensions.add(extension);
    if (setting !== undefined) editor.settings.set("nix.enableLanguageServer", setting);
    expect((options as Options).initializationOptions()["otherNixServer"]).toBe(expected);
  },
);

it("hands a browser's server what it cannot read, and offers no commands that need programs", async () => {
  installed();
  const { options } = await clientOf(activateInBrowser);
  const { wasm, commands } = (options as Options).initializationOptions();
  expect(commands).toBe(false);
  expect(wasm).toEqual({ runtime: btoa("runtime"), grammar: btoa("grammar"), shell: btoa("shell") });
});

it("sends a browser's server the files of the workspace", async () => {
  installed();
  editor.files.set("file:///clan/clan.nix", "{ }");
  const client = await clientOf(activateInBrowser);
  await expect
    .poll(() => client.notifications)
    .toEqual([["clan/files", { files: { "file:///clan/clan.nix": "{ }" } }]]);
});

it("speaks with a worker that runs the server's text", async () => {
  installed();
  vi.stubGlobal("Worker", FakeWorker);
  const { server } = await clientOf(activateInBrowser);
  const { reader, writer } = await (server as () => Promise<Record<string, unknown>>)();
  expect(reader).toBeInstanceOf(BrowserMessageReader);
  expect(writer).toBeInstanceOf(BrowserMessageWriter);
  const { address } = (reader as { port: FakeWorker }).port;
  expect(await (await fetch(address)).text()).toBe(built["clan-ls.js"]);
});

it("keeps every byte of a file that is longer than a call takes arguments", async () => {
  installed();
  const long = "abcdefghij".repeat(10_000);
  editor.files.set("file:///extension/dist/server/tree-sitter-nix.wasm", long);
  const { grammar } = await readWasmFiles(Uri.parse("file:///extension"));
  expect(atob(grammar)).toBe(long);
});

it.each(Object.keys(built))("rejects where the extension lacks %s", async (name) => {
  installed();
  vi.stubGlobal("Worker", FakeWorker);
  editor.files.delete(`file:///extension/dist/server/${name}`);
  const extension = Uri.parse("file:///extension");
  await expect(Promise.all([readWasmFiles(extension), startServerWorker(extension)])).rejects.toThrow(name);
});
