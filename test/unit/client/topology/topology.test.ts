/** The topology as VS Code shows it: the frame of its page, and what the two say to each other. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { registerTopology } from "../../../../client/src/topology/topology.ts";
import { changedNotification, type ThingAtSummary } from "../../../../shared/requests.ts";
import type { FromPage } from "../../../../shared/topology.ts";
import { editor } from "../helpers/editor.ts";
import { LanguageClient } from "../helpers/language-client.ts";
import { extensionContext, settled } from "../helpers/machine.ts";
import { clan, line } from "../views/clan.ts";

interface Panel {
  readonly options: object;
  readonly webview: { readonly html: string };
  readonly posted: readonly unknown[];
  visible: boolean;
  receive(message: FromPage): void;
  dispose(): void;
}

const name = "webview clan.topology";
const panel = () => editor.registration<Panel>(name);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => vi.useRealTimers());

async function show(thing: ThingAtSummary | null = null) {
  const client = new LanguageClient();
  const asked: unknown[] = [];
  const registered = registerTopology(
    extensionContext(),
    client.real,
    async () => [clan],
    async (params) => {
      asked.push(params);
      return thing;
    },
  );
  await editor.run("clan.showTopology");
  return { client, registered, asked };
}

async function say(message: FromPage) {
  panel().receive(message);
  await settled();
}

it("runs and loads nothing but its own script and stylesheet", async () => {
  await show();
  const { html } = panel().webview;
  const [, nonce = "?"] = /script-src 'nonce-([^']+)'/.exec(html) ?? [];
  expect(html).toContain(
    `content="default-src 'none'; style-src https://webview.test; script-src 'nonce-${nonce}'; img-src data:"`,
  );
  expect(html.match(/<script[^>]*>/g)).toEqual([
    `<script nonce="${nonce}" src="https://webview.test/extension/dist/page/topology.js">`,
  ]);
  expect(html).toContain('href="https://webview.test/extension/dist/page/topology.css"');
  expect(html).not.toMatch(/\son\w+=|\sstyle=|<style/);
  expect(panel().options).toMatchObject({
    enableScripts: true,
    localResourceRoots: [{ path: "/extension/dist/page" }],
  });
});

it("is there once, and anew after it was closed", async () => {
  const { registered } = await show();
  await editor.run("clan.showTopology");
  expect(editor.executed).toEqual([["reveal webview", "clan.topology"]]);
  panel().dispose();
  expect(editor.registered.has(name)).toBe(false);
  await editor.run("clan.showTopology");
  expect(panel().posted).toEqual([]);
  registered.dispose();
  expect(editor.registered.has(name)).toBe(false);
});

it("shows the clans when the page is ready, and again when something changed", async () => {
  const { client } = await show();
  await say({ kind: "ready" });
  const clans = { kind: "clans", clans: [clan] };
  expect(panel().posted).toEqual([clans]);
  client.notify(changedNotification);
  await settled();
  expect(panel().posted).toEqual([clans, clans]);
});

it("leads to where something is written, beside itself", async () => {
  await show();
  const place = line(3);
  editor.files.set(place.uri, "{\n\n\n}\n");
  await say({ kind: "open", place });
  expect(editor.shown).toEqual([
    [place.uri, { start: { line: 3, character: 0 }, end: { line: 3, character: 0 } }],
  ]);
});

it("says what the editor says of it, without Markdown", async () => {
  await show();
  editor.results.set("vscode.executeHoverProvider", [
    { contents: [{ value: "**role** `peer` of [mesh](file:///x#L2)\n\n```nix\nport = 1;\n```\n\na\\_b" }] },
    { contents: ["_more_"] },
  ]);
  await say({ kind: "describe", of: "role:mesh:peer", place: line(5) });
  expect(panel().posted).toEqual([
    { kind: "description", of: "role:mesh:peer", text: "role peer of mesh\n\nport = 1;\n\na_b\n\nmore" },
  ]);
  editor.results.clear();
  await say({ kind: "describe", of: "x", place: line(5) });
  expect(panel().posted.at(-1)).toEqual({ kind: "description", of: "x", text: "" });
});

it("saves the picture where the person wants it, and nowhere else", async () => {
  await show();
  editor.answers.push("file:///clan/docs/a.svg");
  await say({ kind: "save", format: "svg", name: "my clan/../x", data: "<svg/>" });
  expect(editor.dialogues[0]?.text).toBe("file:///clan/my-clan-..-x-topology.svg");
  expect(editor.files.get("file:///clan/docs/a.svg")).toBe("<svg/>");
  expect(editor.statusMessages).toEqual(["Saved docs/a.svg"]);
  editor.answers.push("file:///clan/a.png");
  await say({ kind: "save", format: "png", name: "home", data: btoa("PNG") });
  expect(editor.files.get("file:///clan/a.png")).toBe("PNG");
  await say({ kind: "save", format: "png", name: "home", data: btoa("PNG") });
  expect(editor.files.size).toBe(2);
});

it("follows the cursor while it is seen", async () => {
  const thing: ThingAtSummary = { root: clan.root, kind: "machine", name: "web" };
  const { asked } = await show(thing);
  const move = async () => {
    const document = editor.open("file:///clan/clan.nix", "{ }");
    editor.events.cursor.fire({ textEditor: { document, selection: { active: { line: 0, character: 2 } } } });
    vi.advanceTimersByTime(250);
    await settled();
  };
  await move();
  expect(panel().posted).toEqual([{ kind: "select", thing }]);
  panel().visible = false;
  await move();
  expect(asked).toHaveLength(1);
});
