/** What each command asks before it runs: which machine, host, generator, var or template. */
import { describe, expect, it, test } from "vitest";
import { listBackups } from "../../../../client/src/commands/backups.ts";
import { editor } from "../helpers/editor.ts";
import { Machine } from "../helpers/machine.ts";
import { clan } from "../views/clan.ts";
import { open, setUp, started, vars, web } from "./commands.ts";

it("types a new machine's name until it is a hostname that is free", async () => {
  setUp();
  editor.answers.push("web", "-x", "nb", "new-machine");
  await editor.run("clan.createMachine");
  expect(editor.problems).toEqual([
    "There is a machine web already.",
    "A hostname has letters, digits and dashes, and neither begins nor ends with a dash.",
  ]);
  expect(started()).toEqual(["/clan$ /bin/clan machines create nb"]);
});

it("offers the templates that clan has and those of the clan, and takes one of another flake", async () => {
  setUp({ clans: [{ ...clan, machineTemplates: ["router"] }] });
  editor.answers.push("nb", "Other…", "-t", "x y", "github:me/x#big");
  await editor.run("clan.createMachine");
  expect(editor.dialogues[1]?.choices).toEqual(["new-machine", "flash-installer", "router", "Other…"]);
  expect(editor.problems).toHaveLength(2);
  expect(started()).toEqual(["/clan$ /bin/clan machines create nb --template github:me/x#big"]);
});

it.each([["flash-installer"], ["router"]])("names the template %s", async (template) => {
  setUp({ clans: [{ ...clan, machineTemplates: ["router"] }] });
  editor.answers.push("nb", template);
  await editor.run("clan.createMachine");
  expect(started()).toEqual([`/clan$ /bin/clan machines create nb --template ${template}`]);
});

it("offers the host of the configuration, and asks before disks are wiped", async () => {
  setUp();
  editor.answers.push("web", "root@10.0.0.7 -x", "root@10.0.0.7", "Wipe and Install");
  await editor.run("clan.installMachine");
  expect(editor.dialogues[1]?.options["value"]).toBe("root@web");
  expect(editor.problems).toHaveLength(1);
  expect(started()).toEqual(["/clan$ /bin/clan machines install web --target-host root@10.0.0.7"]);
});

it("leaves the host to clan where none is typed", async () => {
  setUp();
  editor.answers.push("mac", "", "Wipe and Install");
  await editor.run("clan.installMachine");
  expect(editor.dialogues[1]?.options["value"]).toBe("");
  expect(editor.dialogues[2]?.text).toBe("Install mac on the host its configuration names?");
  expect(started()).toEqual(["/clan$ /bin/clan machines install mac"]);
});

it.each([[[]], [["web"]]])("installs nothing where the person leaves after %j", async (answers) => {
  setUp();
  editor.answers.push(...answers);
  await editor.run("clan.installMachine");
  expect(editor.dialogues).toHaveLength(answers.length + 1);
  expect(started()).toEqual([]);
});

it.each([[[]], [["nb"]], [["nb", "Other…"]]])(
  "creates nothing where the person leaves after %j",
  async (answers) => {
    setUp();
    editor.answers.push(...answers);
    await editor.run("clan.createMachine");
    expect(editor.dialogues).toHaveLength(answers.length + 1);
    expect(started()).toEqual([]);
  },
);

test("a clan without machines is explained, and one that may have some is asked for a name", async () => {
  const none = { ...clan, machines: [] };
  setUp({ clans: [none] });
  await editor.run("clan.listBackups");
  expect(editor.messages).toEqual(["information: The clan home has no machines."]);
});

test("where machines may be missing, a name can be typed that is one", async () => {
  setUp({ clans: [{ ...clan, machines: [], open }] });
  editor.answers.push("Other…", "-x", "ghost");
  await editor.run("clan.listBackups");
  const items = editor.dialogues[0]?.options["items"] as { description: string }[];
  expect(items.map(({ description }) => description)).toEqual([open.reason]);
  expect(editor.problems).toEqual(["This is not the name of a machine."]);
  expect(started()).toEqual(["/clan$ /bin/clan backups list ghost"]);
});

test("where all machines are known none can be typed", async () => {
  setUp();
  await editor.run("clan.listBackups");
  expect(editor.dialogues[0]?.choices).toEqual(["mac", "web"]);
});

it("asks which generator, of the machine chosen, and what is replaced", async () => {
  const asked = setUp();
  editor.answers.push("web", "ca", "Regenerate");
  await editor.run("clan.runGenerator");
  expect(asked).toEqual([{ root: clan.root, machine: "web" }]);
  expect(editor.dialogues[1]).toMatchObject({ text: "Run One Generator: home", choices: ["ca", "ssh"] });
  const items = editor.dialogues[1]?.options["items"] as { description: string }[];
  expect(items.map(({ description }) => description)).toEqual(["key, cert, odd", "pub"]);
  expect(editor.dialogues[2]?.options["detail"]).toMatch(/\nca\/key \(web\)$/);
  expect(started()).toEqual(["/clan$ /bin/clan vars generate web --generator ca"]);
});

test("a generator that replaces nothing runs without a question", async () => {
  setUp();
  editor.answers.push("ssh");
  await editor.run("clan.runGenerator", web);
  expect(started()).toEqual(["/clan$ /bin/clan vars generate web --generator ssh"]);
});

test("a generator that is typed may replace anything: the question says so", async () => {
  setUp({ vars: { ...vars, open } });
  editor.answers.push("Other…", "a/b", "new", "Regenerate");
  await editor.run("clan.runGenerator", web);
  expect(editor.problems).toEqual(["This is not the name of a generator."]);
  expect(editor.dialogues.at(-1)?.options["detail"]).toMatch(
    /\nall that new made before\nall that generators made which depend on it$/,
  );
  expect(started()).toEqual(["/clan$ /bin/clan vars generate web --generator new"]);
});

test("from the row of a generator it is that one, with what it replaces", async () => {
  setUp();
  editor.answers.push("Regenerate");
  await editor.run("clan.runGenerator", { ...web, within: "ca" });
  expect(editor.dialogues.map(({ text }) => text)).toEqual(["Regenerate ca?"]);
  expect(started()).toEqual(["/clan$ /bin/clan vars generate web --generator ca"]);
});

test("a row whose generator is gone by now asks as if it were typed", async () => {
  setUp();
  await editor.run("clan.runGenerator", { ...web, within: "gone" });
  expect(editor.dialogues[0]?.options["detail"]).toMatch(/all that gone made before/);
  expect(started()).toEqual([]);
});

test("a machine without generators has none to run, which is said", async () => {
  setUp({ vars: { generators: [], open: undefined } });
  await editor.run("clan.runGenerator", web);
  expect(editor.messages).toEqual(["information: Run One Generator: home: this machine has none."]);
});

it("offers all vars to set, saying which are secret and which have a value", async () => {
  setUp();
  editor.answers.push("ca/cert");
  await editor.run("clan.setVar", web);
  const items = editor.dialogues[0]?.options["items"] as { label: string; description: string }[];
  expect(items.map(({ label, description }) => [label, description])).toEqual([
    ["ca/key", "secret, has a value"],
    ["ca/cert", "has no value yet"],
    ["ca/odd", ""],
    ["ssh/pub", "has a value"],
  ]);
  expect(started()).toEqual(["/clan$ /bin/clan vars set web ca/cert"]);
});

it("prints no secret: neither one that is known nor one that may be", async () => {
  setUp({ vars: { ...vars, open } });
  await editor.run("clan.getVar", web);
  expect(editor.dialogues[0]?.choices).toEqual(["ca/cert", "ssh/pub"]);
});

it("says that a machine has no public vars", async () => {
  const [ca] = vars.generators;
  if (ca === undefined) throw new Error("there is a generator");
  setUp({ vars: { generators: [{ ...ca, files: ca.files.slice(0, 1) }], open } });
  await editor.run("clan.getVar", web);
  expect(editor.messages).toEqual(["information: Get Public Var: home: this machine has none."]);
});

test("from the row of a generator only its vars are offered", async () => {
  setUp();
  await editor.run("clan.setVar", { ...web, within: "ssh" });
  expect(editor.dialogues[0]?.choices).toEqual(["ssh/pub"]);
});

it("lets a var be typed where there may be more", async () => {
  setUp({ vars: { ...vars, open } });
  editor.answers.push("Other…", "ca", "new/key");
  await editor.run("clan.setVar", web);
  expect(editor.problems).toEqual(["A var is written as GENERATOR/FILE."]);
  expect(started()).toEqual(["/clan$ /bin/clan vars set web new/key"]);
});

describe("secrets that are no vars", () => {
  function setUpSecrets(): void {
    setUp();
    for (const name of [
      "users/bob/key.json",
      "users/alice/key.json",
      "secrets/wifi/secret",
      "secrets/README.md",
    ])
      editor.files.set(`file:///clan/sops/${name}`, "");
  }

  it("offers the names of those there are, and reads no more", async () => {
    setUpSecrets();
    editor.answers.push("alice", "wifi");
    await editor.run("clan.addSecretToUser");
    expect(editor.dialogues.map(({ choices }) => choices)).toEqual([
      ["alice", "bob", "Other…"],
      ["wifi", "Other…"],
    ]);
    expect(started()).toEqual(["/clan$ /bin/clan secrets users add-secret alice wifi"]);
  });

  it("lets one be typed that lies elsewhere", async () => {
    setUp();
    editor.answers.push("Other…", "Admins", "admins", "Other…", "carol");
    await editor.run("clan.addUserToGroup");
    expect(editor.problems).toEqual([expect.stringMatching(/^This name has at most 32 small letters/)]);
    expect(started()).toEqual(["/clan$ /bin/clan secrets groups add-user admins carol"]);
  });

  it("sets a secret whose value clan asks for itself", async () => {
    setUp();
    editor.answers.push("a b", "wifi.home");
    await editor.run("clan.setSecret");
    expect(editor.problems).toHaveLength(1);
    expect(started()).toEqual(["/clan$ /bin/clan secrets set wifi.home"]);
    expect(editor.started[0]?.presentationOptions).toEqual({ focus: true });
  });

  it("takes the public key of a new user, and no private one", async () => {
    setUp();
    editor.answers.push("carol", "AGE-SECRET-KEY-1QQQ", "age1abc");
    await editor.run("clan.addSecretUser");
    expect(editor.problems).toEqual(["A public age key begins with age1."]);
    expect(started()).toEqual(["/clan$ /bin/clan secrets users add carol --age-key age1abc"]);
  });

  it("gives a machine a secret from its row, where only the secret is asked for", async () => {
    setUpSecrets();
    editor.answers.push("wifi");
    await editor.run("clan.addSecretToMachine", web);
    expect(started()).toEqual(["/clan$ /bin/clan secrets machines add-secret web wifi"]);
  });

  it.each([
    ["clan.removeSecret", "wifi", "Remove the secret wifi?"],
    ["clan.removeSecretUser", "bob", "Remove the user bob?"],
  ])("asks before %s", async (command, name, question) => {
    setUpSecrets();
    editor.answers.push(name);
    await editor.run(command);
    expect(editor.dialogues.at(-1)?.text).toBe(question);
    expect(started()).toEqual([]);
    editor.answers.push(name, "Remove");
    await editor.run(command);
    expect(started()).toHaveLength(1);
  });
});

describe("a backup", () => {
  it("is picked from those of the machine, the newest first, and asked about before it is restored", async () => {
    setUp({ backups: ["web-2026-11-28", "web-2026-11-29"] });
    editor.answers.push("borgbackup", "web-2026-11-29", "Restore");
    await editor.run("clan.restoreBackup", web);
    expect(editor.dialogues[1]?.choices).toEqual(["web-2026-11-29", "web-2026-11-28", "Other…"]);
    expect(editor.dialogues[2]?.text).toBe("Restore web from a backup?");
    expect(started()).toEqual(["/clan$ /bin/clan backups restore web borgbackup web-2026-11-29"]);
  });

  it("is typed where clan does not say which there are", async () => {
    setUp();
    editor.answers.push("Other…", "-x", "restic", "Other…", "snapshot 7", "Restore");
    await editor.run("clan.restoreBackup", web);
    expect(editor.problems).toHaveLength(1);
    expect(started()).toEqual(["/clan$ /bin/clan backups restore web restic snapshot 7"]);
  });

  it("is not restored where the person leaves the question", async () => {
    setUp({ backups: ["a"] });
    editor.answers.push("borgbackup", "a");
    await editor.run("clan.restoreBackup", web);
    expect(started()).toEqual([]);
  });
});

describe("the backups of a machine", () => {
  const target = { root: clan.root, machines: ["web"], provider: "borgbackup" };
  const line = "backups list web --provider borgbackup --flake /clan";

  it("are what clan prints, a line each", async () => {
    const machine = new Machine("clan");
    machine.results.set(line, { stdout: "a\nb\n" });
    expect(await listBackups(() => machine)(target)).toEqual(["a", "b"]);
    expect(machine.ran).toEqual([["/bin/clan", line.split(" "), "/clan"]]);
  });

  it("are none where clan fails, is not there, or may not run", async () => {
    const machine = new Machine("clan");
    machine.results.set(line, { exitCode: 1, stdout: "a\n" });
    expect(await listBackups(() => machine)(target)).toEqual([]);
    expect(await listBackups(() => new Machine())(target)).toEqual([]);
    expect(await listBackups(() => undefined)(target)).toEqual([]);
  });

  it("are not waited for when that is cancelled", async () => {
    editor.cancelsProgress = true;
    const machine = new Machine("clan");
    machine.results.set(line, { exitCode: undefined as never });
    expect(await listBackups(() => machine)(target)).toEqual([]);
  });
});
