/** Commands that are chosen from "Clan: Run…", and the question before one that cannot be undone. */
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { clanFile, type Editor, openEditor } from "./editor.ts";

let editor: Editor;

beforeAll(async () => {
  editor = await openEditor("commands", { programs: ["clan"] });
  await editor.openFile(clanFile);
  await editor.untilServerAnswers();
});
beforeEach(() => editor.recorder.clear());
afterAll(() => editor.close());

/** Chooses "Delete Machine…" from the list of all commands, then the machine. */
async function askToDelete(machine: string) {
  await editor.runCommand("Clan: Run…");
  await editor.screenshot("list");
  await editor.pick("Run", "Delete Machine…");
  await editor.pick("Delete Machine", machine);
  const question = await editor.question(`Delete ${machine}?`);
  expect(await question.text()).toContain(`the folder machines/${machine}`);
  return question;
}

it("deletes nothing when the question is answered with Enter", async () => {
  const question = await askToDelete("hetzner-02");
  await editor.screenshot("question");
  expect(await question.buttons()).toEqual(["Cancel", "Copy Command", "Delete"]);
  expect(await question.text()).not.toContain("`");
  await editor.press("Enter");
  await editor.untilNoQuestion();
  // Were it run, it would be before this one.
  await editor.runCommand("Clan: List Machines");
  await editor.status("clan machines list: done.");
  expect(editor.recorder.runs().map((run) => run.arguments)).toEqual([["machines", "list"]]);
});

it("installs a machine on the host of the inventory, when that is chosen", async () => {
  await editor.runCommand("Clan: Install Machine…");
  await editor.pick("Install Machine", "hetzner-02");
  await editor.accept("Install Machine", "root@hetzner-02.example.net");
  const question = await editor.question("Install hetzner-02 on root@hetzner-02.example.net?");
  await editor.screenshot("install");
  await question.click("Wipe and Install");
  await (await editor.question("Install hetzner-02 now?")).click("Install Anyway");
  await expect
    .poll(() => editor.recorder.runs().map((run) => run.arguments.join(" ")))
    .toEqual(["machines install hetzner-02 --target-host root@hetzner-02.example.net"]);
});

it("deletes a machine when that is chosen", async () => {
  const question = await askToDelete("hetzner-02");
  await question.click("Delete");
  await expect
    .poll(() => editor.recorder.runs().map((run) => run.arguments))
    .toEqual([["machines", "delete", "hetzner-02"]]);
});
