/** When Nix is asked of services, that it never is unasked, and what becomes of its answers. */
import { expect, it, test } from "vitest";
import { NixAsker } from "../../../client/src/ask-nix.ts";
import { type NixQuestion, nixAnswerNotification, nixQuestionsRequest } from "../../../shared/requests.ts";
import { editor } from "./helpers/editor.ts";
import { LanguageClient, State } from "./helpers/language-client.ts";
import { State as Kept, log, Machine, platformOf, settled } from "./helpers/machine.ts";

const door: NixQuestion = {
  root: "file:///clan",
  services: ["door of community", "bell of community"],
  arguments: ["eval", "--json", ".#door"],
  key: "lock-1",
};

function nixMachine(stdout = "{}"): Machine {
  const machine = new Machine("nix");
  machine.results.set(door.arguments.join(" "), { stdout });
  return machine;
}

interface Setup {
  readonly machine?: Machine | undefined;
  readonly kept?: Kept;
  readonly questions?: readonly NixQuestion[];
}

/** A server that runs and has these questions. */
async function setUp(setup: Setup = {}) {
  const machine = "machine" in setup ? setup.machine : nixMachine();
  const kept = setup.kept ?? new Kept();
  const client = new LanguageClient();
  client.answers.set(nixQuestionsRequest, () => setup.questions ?? [door]);
  const disposable = new NixAsker(platformOf(machine), client.real, kept, log).register();
  await client.start();
  await settled();
  return { client, machine, kept, disposable };
}

async function ask(): Promise<void> {
  await editor.run("clan.askNix");
  await settled();
}

const allow = () => editor.settings.set("clan.nixEval", { globalValue: true });
const answer = (output = "{}") => [nixAnswerNotification, { root: "file:///clan", output }];
const run = ["/bin/nix", door.arguments, "/clan"];

it("asks Nix in the clan's folder, with the vector of the server, and hands over what it prints", async () => {
  const { client, machine } = await setUp();
  expect(machine?.ran).toEqual([]);
  await ask();
  expect(machine?.ran).toEqual([run]);
  expect(client.notifications).toEqual([answer()]);
  expect(editor.statusMessages).toEqual(["Asking Nix for door of community, bell of community"]);
});

it("asks nothing by itself unless the setting says so", async () => {
  const { machine, client } = await setUp();
  editor.events.saved.fire({ languageId: "nix" });
  editor.fileChanged("changed", "file:///clan/flake.lock");
  editor.set("clan.nixEval", { globalValue: false });
  await settled();
  expect([machine?.ran, client.notifications]).toEqual([[], []]);
});

it("asks when the server runs, where the setting allows that, and the same question once", async () => {
  allow();
  const { machine, client } = await setUp();
  expect(machine?.ran).toEqual([run]);
  editor.events.saved.fire({ languageId: "nix" });
  await settled();
  expect(machine?.ran).toHaveLength(1);
  expect(client.notifications).toEqual([answer()]);
});

it("asks again about another flake.lock", async () => {
  allow();
  const { machine, client } = await setUp();
  client.answers.set(nixQuestionsRequest, () => [{ ...door, key: "lock-2" }]);
  editor.fileChanged("changed", "file:///clan/flake.lock");
  await settled();
  expect(machine?.ran).toHaveLength(2);
});

it.each([
  ["a flake.lock changes", () => editor.fileChanged("changed", "file:///clan/flake.lock"), 1],
  ["a flake.lock comes", () => editor.fileChanged("created", "file:///clan/flake.lock"), 1],
  ["a Nix file is saved", () => editor.events.saved.fire({ languageId: "nix" }), 1],
  ["the setting is turned on", () => editor.set("clan.nixEval", { globalValue: true }), 1],
  ["another file is saved", () => editor.events.saved.fire({ languageId: "json" }), 0],
  ["another file changes", () => editor.fileChanged("changed", "file:///clan/clan.nix"), 0],
  ["another setting changes", () => editor.set("clan.rules", { globalValue: {} }), 0],
])("looks for questions where %s", async (_name, happens, times) => {
  const { client, machine } = await setUp({ questions: [] });
  allow();
  client.answers.set(nixQuestionsRequest, () => [door]);
  happens();
  await settled();
  expect(machine?.ran).toHaveLength(times);
});

it("starts nothing in a workspace that is not trusted, also where the setting is on", async () => {
  editor.isTrusted = false;
  allow();
  const { machine } = await setUp();
  await ask();
  expect([machine?.looked, machine?.ran]).toEqual([[], []]);
  expect(editor.messages).toEqual([expect.stringContaining("is not trusted")]);
  editor.trust();
  await settled();
  expect(machine?.ran).toEqual([run]);
});

it("says in a browser that nothing can run, and asks nothing by itself", async () => {
  allow();
  const { client } = await setUp({ machine: undefined });
  expect(editor.messages).toEqual([]);
  await ask();
  expect(editor.messages).toEqual([expect.stringContaining("in a browser")]);
  expect([client.notifications, editor.logged]).toEqual([[], []]);
});

it("keeps an answer for the next session, which needs no Nix for it", async () => {
  const { kept } = await setUp();
  await ask();
  for (const machine of [new Machine(), undefined]) {
    editor.commands.clear();
    const { client } = await setUp({ kept, machine });
    expect(machine?.ran ?? []).toEqual([]);
    expect(client.notifications).toEqual([answer()]);
  }
});

it("hands over no kept answer to another question", async () => {
  const { kept } = await setUp();
  await ask();
  editor.commands.clear();
  const { client } = await setUp({ kept, questions: [{ ...door, key: "lock-2" }] });
  expect(client.notifications).toEqual([]);
});

it("hands a server that starts anew its answer again", async () => {
  const { client, machine } = await setUp();
  await ask();
  await client.stop();
  await client.start();
  await settled();
  expect(machine?.ran).toHaveLength(1);
  expect(client.notifications).toEqual([answer(), answer()]);
});

it("asks nothing of a server that does not run", async () => {
  const { client } = await setUp();
  await client.stop();
  client.requests.length = 0;
  editor.events.saved.fire({ languageId: "nix" });
  await ask();
  expect(client.requests).toEqual([]);
  expect(editor.messages).toEqual([
    "information: All services of this workspace's clans are known without Nix.",
  ]);
});

it("says that all is known, and only where it is", async () => {
  await setUp({ questions: [] });
  await ask();
  expect(editor.messages).toEqual([
    "information: All services of this workspace's clans are known without Nix.",
  ]);
  editor.commands.clear();
  editor.dialogues.length = 0;
  await setUp();
  await ask();
  expect(editor.messages).toEqual([]);
});

const failure =
  "warning: Could not load door of community, bell of community from Nix. Everything else still works.";

function failing(): Machine {
  const machine = new Machine("nix");
  machine.results.set(door.arguments.join(" "), { exitCode: 1, stderr: "  error: no such attribute\n" });
  return machine;
}

it("tells of a failure once, and leads to what Nix said", async () => {
  allow();
  editor.answers.push("Show Output");
  const { client, machine, kept } = await setUp({ machine: failing() });
  expect(editor.messages).toEqual([failure]);
  expect(editor.logged).toEqual(["error: nix eval: error: no such attribute"]);
  expect(editor.executed).toEqual([["clan.showLog"]]);
  editor.events.saved.fire({ languageId: "nix" });
  await settled();
  expect(machine?.ran).toHaveLength(1);
  expect([client.notifications, kept.keys()]).toEqual([[], []]);
});

it("shows no output unasked", async () => {
  await setUp({ machine: failing() });
  await ask();
  expect(editor.dialogues[0]?.choices).toEqual(["Show Output"]);
  expect(editor.executed).toEqual([]);
});

it("asks again what failed where the person asks", async () => {
  allow();
  const { machine, client } = await setUp({ machine: failing() });
  machine?.results.clear();
  await ask();
  expect(machine?.ran).toHaveLength(2);
  expect(client.notifications).toEqual([answer("")]);
  // It did not fail the last time: a server that starts anew may be handed it.
  client.become(State.Stopped);
  client.become(State.Running);
  await settled();
  expect(client.notifications).toHaveLength(2);
});

it("says where there is no Nix", async () => {
  const { machine } = await setUp({ machine: new Machine() });
  await ask();
  expect(machine?.looked).toEqual([["nix", "/clan"]]);
  expect(editor.logged).toEqual(["error: nix eval: there is no program nix here"]);
  expect(editor.messages).toEqual([failure]);
});

it("says nothing of a question the person cancels, and may ask it again", async () => {
  editor.cancelsProgress = true;
  const { client, machine, kept } = await setUp();
  await ask();
  expect(machine?.ran).toHaveLength(1);
  expect([editor.messages, client.notifications, kept.keys()]).toEqual([[], [], []]);
  editor.cancelsProgress = false;
  await ask();
  expect(client.notifications).toEqual([answer()]);
});

test("a server that fails to say its questions is logged, and the next turn goes on", async () => {
  const { client } = await setUp();
  client.answers.set(nixQuestionsRequest, () => {
    throw new Error("broken");
  });
  await ask();
  expect(editor.logged).toEqual(["error: Error: broken"]);
  client.answers.set(nixQuestionsRequest, () => [door]);
  await ask();
  expect(client.notifications).toEqual([answer()]);
});
