/** What a person is asked before a deploy, and what each answer does. */
import { beforeEach, expect, it, test } from "vitest";
import { createDialogue } from "../../../../client/src/commands/dialogue.ts";
import { registerClanCommands } from "../../../../client/src/commands/run.ts";
import { Runs } from "../../../../client/src/runs/runs.ts";
import { registerTrackFiles } from "../../../../client/src/track-files.ts";
import type { DeployProblemsParams, DeployProblemsSummary } from "../../../../shared/requests.ts";
import { editor } from "../helpers/editor.ts";
import { Machine, platformOf } from "../helpers/machine.ts";
import { clan, line } from "../views/clan.ts";

const none: DeployProblemsSummary = { mistakes: [], untracked: [], missingVars: [], withoutHost: [] };
const web = { root: clan.root, machines: ["web"] };
const all = { root: clan.root, machines: [] };

let problems: DeployProblemsSummary | "no server" = none;
let asked: DeployProblemsParams[] = [];
let machine = new Machine("clan", "git");

beforeEach(() => {
  problems = none;
  asked = [];
  machine = new Machine("clan", "git");
  registerClanCommands(
    platformOf(machine),
    createDialogue(
      async () => [clan],
      async () => ({ generators: [], open: undefined }),
      async () => [],
    ),
    async (params) => {
      asked.push(params);
      if (problems === "no server") throw new Error("connection got disposed");
      return problems;
    },
    new Runs(async () => [clan]),
  );
  registerTrackFiles(platformOf(machine));
});

const mistake = { message: "There is no role `controler`.\nzerotier has controller.", place: line(4) };

function question() {
  const [first] = editor.dialogues;
  return { text: first?.text, detail: first?.options["detail"], choices: first?.choices };
}

const started = (): string[] => editor.started.map(({ name }) => name);

test("nothing is asked where nothing is known against it", async () => {
  await editor.run("clan.updateMachines", web);
  expect(asked).toEqual([web]);
  expect(editor.dialogues).toEqual([]);
  expect(started()).toEqual(["machines update web"]);
});

test("a server that does not run is in nobody's way", async () => {
  problems = "no server";
  await editor.run("clan.updateMachines", web);
  expect(started()).toEqual(["machines update web"]);
});

test("commands that do not deploy ask nothing", async () => {
  problems = { ...none, mistakes: [mistake] };
  editor.files.set("file:///clan/clan.nix", "{ }");
  editor.open("file:///clan/clan.nix", "{ a = 1; }");
  await editor.run("clan.generateVars", web);
  await editor.run("clan.buildMachines", web);
  expect(asked).toEqual([]);
  expect(editor.dialogues).toEqual([]);
  expect(started()).toEqual(["vars generate web", "machines build web"]);
});

test("all that speaks against it is in one question, and Enter does not deploy", async () => {
  problems = {
    mistakes: [mistake, { ...mistake, place: line(9) }],
    untracked: ["file:///clan/a.nix", "file:///clan/b.nix", "file:///clan/c.nix", "file:///clan/d.nix"],
    missingVars: [
      { machine: "web", generators: ["ca", "ssh"] },
      { machine: "mac", generators: ["ca"] },
    ],
    withoutHost: [{ machine: "mac", place: line(1) }],
  };
  editor.files.set("file:///clan/clan.nix", "{ }");
  editor.open("file:///clan/clan.nix", "{ a = 1; }");
  await editor.run("clan.updateMachines", all);
  expect(question()).toEqual({
    text: "Update all machines now?",
    detail: [
      "• Unsaved changes will not be deployed: clan.nix.",
      "• 2 errors in the configuration. The first: There is no role `controler`.",
      "• Not in Git, so Nix does not see them: a.nix, b.nix, c.nix and 1 more.",
      "• Missing vars: ca, ssh of web; ca of mac. clan generates them first, and may ask for input.",
      "• No address for mac: set `deploy.targetHost`.",
    ].join("\n"),
    choices: ["Save All", "Show Error", "Add to Git", "Generate Vars", "Show Machine", "Update Anyway"],
  });
  expect(editor.dialogues).toHaveLength(1);
  expect(started()).toEqual([]);
});

test("it is deployed all the same where the person says so", async () => {
  problems = { ...none, mistakes: [mistake] };
  editor.answers.push("Update Anyway");
  await editor.run("clan.updateMachines", web);
  expect(question()).toMatchObject({
    text: "Update web now?",
    detail: "• One error in the configuration. The first: There is no role `controler`.",
  });
  expect(started()).toEqual(["machines update web"]);
});

test("the first error is shown, and nothing runs", async () => {
  problems = { ...none, mistakes: [mistake] };
  editor.files.set("file:///clan/clan.nix", "\n\n\n\n{ }");
  editor.answers.push("Show Error");
  await editor.run("clan.updateMachines", web);
  expect(editor.shown.map(([uri, at]) => [uri, at?.start.line])).toEqual([["file:///clan/clan.nix", 4]]);
  expect(started()).toEqual([]);
});

test("files are saved, and it goes on", async () => {
  editor.files.set("file:///clan/clan.nix", "{ }");
  editor.files.set("file:///other/x.nix", "{ }");
  const changed = editor.open("file:///clan/clan.nix", "{ a = 1; }");
  const elsewhere = editor.open("file:///other/x.nix", "{ a = 1; }");
  editor.answers.push("Save All");
  await editor.run("clan.updateMachines", web);
  expect([changed.isSaved, elsewhere.isSaved]).toEqual([true, false]);
  expect(editor.dialogues).toHaveLength(1);
  expect(started()).toEqual(["machines update web"]);
});

test("where a file cannot be saved nothing runs", async () => {
  editor.savesFiles = false;
  editor.files.set("file:///clan/clan.nix", "{ }");
  editor.open("file:///clan/clan.nix", "{ a = 1; }");
  editor.answers.push("Save All");
  await editor.run("clan.updateMachines", web);
  expect(editor.dialogues).toHaveLength(1);
  expect(started()).toEqual([]);
});

test("a file of a folder whose name only begins alike is not the clan's", async () => {
  editor.files.set("file:///clan-old/clan.nix", "{ }");
  editor.open("file:///clan-old/clan.nix", "{ a = 1; }");
  await editor.run("clan.updateMachines", web);
  expect(editor.dialogues).toEqual([]);
});

test("git is told of files, and what is left is asked about", async () => {
  problems = { ...none, untracked: ["file:///clan/a.nix"], mistakes: [mistake] };
  editor.answers.push("Add to Git", "Update Anyway");
  await editor.run("clan.updateMachines", web);
  expect(machine.ran.map(([file, vector]) => [file, vector.at(-1)])).toContainEqual([
    "/bin/git",
    "/clan/a.nix",
  ]);
  expect(editor.dialogues.map(({ choices }) => choices)).toEqual([
    ["Show Error", "Add to Git", "Update Anyway"],
    ["Show Error", "Update Anyway"],
  ]);
  expect(started()).toEqual(["machines update web"]);
});

test("vars are generated for the machines that lack them, and the update waits for the person", async () => {
  problems = { ...none, missingVars: [{ machine: "mac", generators: ["ca"] }] };
  editor.answers.push("Generate Vars");
  await editor.run("clan.updateMachines", all);
  expect(started()).toEqual(["vars generate mac"]);
});

test("a machine that nobody can reach is shown; one of which there is no place does no harm", async () => {
  editor.files.set("file:///clan/clan.nix", "\n\n{ }");
  problems = { ...none, withoutHost: [{ machine: "mac", place: line(1) }] };
  editor.answers.push("Show Machine");
  await editor.run("clan.updateMachines", all);
  expect(editor.shown.map(([uri, at]) => [uri, at?.start.line])).toEqual([["file:///clan/clan.nix", 1]]);
  problems = { ...none, withoutHost: [{ machine: "mac", place: undefined }] };
  editor.answers.push("Show Machine");
  await editor.run("clan.updateMachines", all);
  expect(editor.shown).toHaveLength(1);
  expect(started()).toEqual([]);
});

it("installing asks the same, but not where: that it asks by itself", async () => {
  problems = { ...none, mistakes: [mistake], withoutHost: [{ machine: "web", place: line(1) }] };
  editor.answers.push("Wipe and Install", "Install Anyway");
  await editor.run("clan.installMachine", { ...web, host: "root@web" });
  expect(editor.dialogues.at(-1)?.choices).toEqual(["Show Error", "Install Anyway"]);
  expect(started()).toEqual(["machines install web --target-host root@web"]);
});
