/** The views select what the cursor of the editor is in. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Runs } from "../../../../client/src/runs/runs.ts";
import { registerViews } from "../../../../client/src/views/clan-views.ts";
import type { ThingAtSummary } from "../../../../shared/requests.ts";
import { editor } from "../helpers/editor.ts";
import { LanguageClient } from "../helpers/language-client.ts";
import { State, settled } from "../helpers/machine.ts";
import { clan } from "./clan.ts";

const { root } = clan;
let asked: unknown[] = [];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  asked = [];
});
afterEach(() => vi.useRealTimers());

/** Of a server that says this of every place. */
function views(thing: ThingAtSummary | null | Error, state = new State()): { dispose(): unknown } {
  const thingAt = async (params: unknown) => {
    asked.push(params);
    if (thing instanceof Error) throw thing;
    return thing;
  };
  return registerViews(
    new LanguageClient().real,
    async () => [clan],
    async () => ({ generators: [], open: undefined }),
    { runs: new Runs(async () => [clan]), affected: undefined, thingAt, state },
  );
}

function moveCursor(uri = "file:///clan/clan.nix"): void {
  const document = editor.open(uri, "{ }");
  editor.events.cursor.fire({ textEditor: { document, selection: { active: { line: 0, character: 2 } } } });
}

async function rest(): Promise<void> {
  vi.advanceTimersByTime(250);
  await settled();
}

const revealed = () =>
  editor.executed.filter(([what]) => what === "reveal").map(([, view, row]) => [view, row]);

it.each<[ThingAtSummary, readonly string[]]>([
  [{ root, kind: "machine", name: "web" }, ["clan.machines", "file:///clan/machine:web"]],
  [{ root, kind: "instance", name: "mesh" }, ["clan.services", "file:///clan/instance:mesh"]],
  [
    { root, kind: "role", name: "peer", instance: "mesh" },
    ["clan.services", "file:///clan/instance:mesh/role:peer"],
  ],
])("selects %j, and takes no focus", async (thing, row) => {
  views(thing);
  moveCursor();
  await rest();
  expect(asked).toEqual([
    { textDocument: { uri: "file:///clan/clan.nix" }, position: { line: 0, character: 2 } },
  ]);
  expect(revealed()).toEqual([row]);
  expect(editor.executed.at(-1)?.at(-1)).toEqual({ select: true, focus: false });
});

it("waits until the cursor rests", async () => {
  views({ root, kind: "machine", name: "web" });
  moveCursor();
  vi.advanceTimersByTime(249);
  moveCursor();
  vi.advanceTimersByTime(249);
  await settled();
  expect(asked).toEqual([]);
  await rest();
  expect(asked).toHaveLength(1);
});

it("leaves the row that the person chose, where it stands for the same", async () => {
  const state = new State();
  await state.update("clan.groupMachines", "class");
  views({ root, kind: "machine", name: "web" }, state);
  moveCursor();
  await rest();
  expect(revealed()).toEqual([["clan.machines", "file:///clan/group:NixOS/machine:web"]]);
  moveCursor();
  await rest();
  expect(revealed()).toHaveLength(1);
});

it.each<[string, ThingAtSummary | null | Error]>([
  ["is in nothing", null],
  ["is in something that has no row", { root, kind: "machine", name: "gone" }],
  ["is in another clan", { root: "file:///other", kind: "machine", name: "web" }],
  ["cannot be asked about", new Error("the server does not run")],
])("selects nothing where the cursor %s", async (_, thing) => {
  views(thing);
  moveCursor();
  await rest();
  expect(asked).toHaveLength(1);
  expect(revealed()).toEqual([]);
});

it.each<[string, () => void]>([
  [
    "no view is on the screen",
    () => {
      for (const view of editor.views.values()) view.visible = false;
    },
  ],
  ["the person does not want it", () => editor.set("clan.followCursor", { globalValue: false })],
])("asks nothing where %s", async (_, setUp) => {
  views({ root, kind: "machine", name: "web" });
  setUp();
  moveCursor();
  await rest();
  expect(asked).toEqual([]);
});

it("asks nothing of a file that is no Nix, nor after it is disposed", async () => {
  const shown = views({ root, kind: "machine", name: "web" });
  moveCursor("file:///clan/notes.txt");
  await rest();
  moveCursor();
  shown.dispose();
  await rest();
  expect(asked).toEqual([]);
});
