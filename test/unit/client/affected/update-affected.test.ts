/** Which machines are offered after a comparison, with what is said of each, and what runs then. */
import { beforeEach, expect, it, test } from "vitest";
import { registerAffectedMachines } from "../../../../client/src/affected/update-affected.ts";
import { createDialogue } from "../../../../client/src/commands/dialogue.ts";
import { registerClanCommands } from "../../../../client/src/commands/run.ts";
import { Runs } from "../../../../client/src/runs/runs.ts";
import type { ClanSummary } from "../../../../shared/requests.ts";
import { editor } from "../helpers/editor.ts";
import { Machine, platformOf } from "../helpers/machine.ts";
import { clan } from "../views/clan.ts";

const inventory = async (): Promise<readonly ClanSummary[]> => [clan];
const command = "clan.updateAffectedMachines";
let machine = new Machine("clan");

beforeEach(() => {
  machine = new Machine("clan");
  registerAffectedMachines(platformOf(machine), inventory);
  registerClanCommands(
    platformOf(machine),
    createDialogue(
      inventory,
      async () => ({ generators: [], open: undefined }),
      async () => [],
    ),
    async () => ({ mistakes: [], untracked: [], missingVars: [], withoutHost: [] }),
    new Runs(inventory),
  );
});

/** `clan-ls diff` since the revision prints this. */
function prints(revision: string, affected: object): void {
  const vector = ["diff", "--format", "json", "--", revision, "/clan"].join(" ");
  const printed = { version: 1, rev: "1", machines: {}, unaffected: [], unknown: [], ...affected };
  machine.results.set(vector, { stdout: JSON.stringify(printed) });
}

const tag = { what: "tag", path: "inventory.tags.srv", file: "clan.nix" };
const file = { what: "file", path: "modules/a.nix", file: "modules/a.nix" };

function rows() {
  const list = editor.dialogues.find(({ kind }) => kind === "list");
  const items = list?.options["items"] as { label: string; description: string; picked?: boolean }[];
  return items.map(({ label, description, picked }) => [label, description, picked === true]);
}

test("machines that are concerned are ticked, with why; those that may be are not", async () => {
  prints("HEAD~2", {
    machines: { web: { reasons: [file, file, tag] } },
    unknown: [{ path: "machines.mac", reason: "its configuration takes too long to compare" }],
  });
  editor.answers.push("HEAD~2", "web");
  await editor.run(command);
  expect(rows()).toEqual([
    ["web", "modules/a.nix, tag srv", true],
    ["mac", "not known: its configuration takes too long to compare", false],
  ]);
  expect(editor.started.map(({ name }) => name)).toEqual(["machines update web"]);
});

test("nobody is updated where the person leaves the list, or the box", async () => {
  prints("HEAD", { machines: { web: { reasons: [file] } } });
  editor.answers.push("HEAD");
  await editor.run(command);
  editor.answers.push(undefined);
  await editor.run(command);
  expect(editor.started).toEqual([]);
  expect(machine.ran).toHaveLength(1);
});

test("that no machine is concerned is said, with what may concern some", async () => {
  prints("HEAD", { unaffected: ["web"] });
  editor.answers.push("HEAD");
  await editor.run(command);
  prints("v1", { unknown: [{ path: "inventory.machines", reason: "the input hosts is not here" }] });
  editor.answers.push(" v1 ");
  await editor.run(command);
  expect(editor.messages).toEqual([
    "information: No machine is affected by what has changed since HEAD.",
    "information: No machine is affected by what has changed since v1. Other machines may be affected: inventory.machines is not known (the input hosts is not here).",
  ]);
});

test("files that are not saved are not among what is compared, which is said", async () => {
  prints("HEAD", { machines: { web: { reasons: [file] } } });
  editor.open("file:///clan/clan.nix", "{ }");
  editor.answers.push("HEAD", "web");
  await editor.run(command);
  const list = editor.dialogues.find(({ kind }) => kind === "list");
  expect(list?.options["placeHolder"]).toBe("Changed since HEAD, but for files that are not saved.");
});

it.each([
  ["is refused", { exitCode: 2, stderr: "clan-ls: there is no revision nonsense\n" }],
  ["does not start", { exitCode: undefined, stderr: "there is no revision nonsense" }],
])("a comparison that %s is said", async (_, result) => {
  machine.results.set("diff --format json -- nonsense /clan", result);
  editor.answers.push("nonsense");
  await editor.run(command);
  expect(editor.messages).toEqual(["error: Could not compare with nonsense: there is no revision nonsense."]);
});

test("a comparison can be cancelled", async () => {
  prints("HEAD", { machines: { web: { reasons: [file] } } });
  editor.cancelsProgress = true;
  editor.answers.push("HEAD");
  await editor.run(command);
  expect(editor.dialogues.map(({ kind }) => kind)).toEqual(["box"]);
});

test("a name is asked for, and nothing runs in a workspace that is not trusted", async () => {
  editor.answers.push(" ", "HEAD");
  prints("HEAD", {});
  await editor.run(command);
  expect(editor.problems).toEqual(["Name a revision."]);
  editor.isTrusted = false;
  machine.ran.length = 0;
  await editor.run(command);
  expect(machine.ran).toEqual([]);
});

test("a revision that is chosen already is not asked for", async () => {
  prints("v1", { machines: { web: { reasons: [file] } } });
  editor.answers.push("web");
  await editor.run(command, { root: "file:///clan", revision: "v1" });
  expect(editor.started.map(({ name }) => name)).toEqual(["machines update web"]);
});
