/** The machines that what has changed concerns, in the sidebar and above a changed file: when they are compared, and what is shown. */
import { beforeEach, describe, expect, it } from "vitest";
import type { CodeLensProvider, TextDocument, TreeDataProvider } from "vscode";
import { registerAffectedActions } from "../../../../client/src/affected/affected-actions.ts";
import { registerAffectedLens } from "../../../../client/src/affected/affected-lens.ts";
import { AffectedMachines } from "../../../../client/src/affected/affected-machines.ts";
import type { Run } from "../../../../client/src/runs/run.ts";
import { Runs } from "../../../../client/src/runs/runs.ts";
import { registerViews } from "../../../../client/src/views/clan-views.ts";
import { type TreeEntry, viewItem } from "../../../../client/src/views/entry.ts";
import { EventEmitter } from "../helpers/classes.ts";
import { editor } from "../helpers/editor.ts";
import { LanguageClient } from "../helpers/language-client.ts";
import { Machine, State, settled } from "../helpers/machine.ts";
import { clan } from "../views/clan.ts";

const inventory = async () => [clan];
const file = { what: "file", path: "modules/a b.nix", file: "modules/a b.nix" };
const tag = { what: "tag", path: "inventory.tags.srv", file: "clan.nix" };
let machine: Machine;
let ended: EventEmitter<Run>;
let affected: AffectedMachines;

beforeEach(() => {
  machine = new Machine();
  ended = new EventEmitter<Run>();
  affected = new AffectedMachines(machine, new State(), { onDidEnd: ended.event });
  prints("HEAD", { machines: { web: { reasons: [file, tag] } } });
});

/** `clan-ls diff` since the revision prints this. */
function prints(revision: string, found: object): void {
  const printed = { version: 1, rev: "1", machines: {}, unaffected: [], unknown: [], ...found };
  machine.results.set(`diff --format json -- ${revision} /clan`, { stdout: JSON.stringify(printed) });
}

describe("machines are compared", () => {
  it("when somebody looks, once", async () => {
    expect(machine.ran).toEqual([]);
    expect(await affected.of(clan.root)).toMatchObject({ machines: { web: {} } });
    await affected.of(clan.root);
    expect(machine.ran).toEqual([["clan-ls", ["diff", "--format", "json", "--", "HEAD", "/clan"], "/clan"]]);
  });

  it.each([
    ["a file was saved", () => editor.events.saved.fire({ languageId: "nix" })],
    ["a commit was made", () => editor.fileChanged("changed", "file:///clan/.git/logs/HEAD")],
    ["the first commit was made", () => editor.fileChanged("created", "file:///clan/.git/logs/HEAD")],
    ["a command of clan has ended", () => ended.fire({} as Run)],
    ["they are told to", () => affected.forget()],
  ])("again when %s", async (_, happens) => {
    let changes = 0;
    affected.onDidChange(() => changes++);
    await affected.of(clan.root);
    happens();
    expect(changes).toBe(1);
    expect(machine.ran).toHaveLength(1);
    await affected.of(clan.root);
    expect(machine.ran).toHaveLength(2);
  });

  it("no longer when what is compared is no more", async () => {
    editor.cancelsProgress = true;
    const comparison = affected.of(clan.root);
    affected.forget();
    // It has come to its end, which only the signal brings about.
    await comparison;
  });

  it("with the revision that is chosen, each clan with its own", async () => {
    prints("v1", {});
    await affected.choose(clan.root, "v1");
    expect([affected.revisionOf(clan.root), affected.revisionOf("file:///other")]).toEqual(["v1", "HEAD"]);
    expect(await affected.of(clan.root)).toMatchObject({ machines: {} });
  });

  it("by nobody after it is disposed", () => {
    affected.dispose();
    expect([editor.watchers.size, editor.events.saved.size, ended.size]).toEqual([0, 0, 0]);
  });
});

type Tree = TreeDataProvider<TreeEntry>;

describe("the sidebar", () => {
  function tree(shown: AffectedMachines | undefined = affected, of = clan): Tree {
    const followed = {
      runs: new Runs(inventory),
      affected: shown,
      thingAt: async () => null,
      state: new State(),
    };
    registerViews(
      new LanguageClient().real,
      async () => [of],
      async () => ({ generators: [], open: undefined }),
      followed,
    );
    registerAffectedActions(shown);
    return editor.registration<Tree>("tree clan.machines");
  }

  async function section(machines: Tree): Promise<TreeEntry> {
    const [first] = (await machines.getChildren()) ?? [];
    if (first?.kind !== "affected") throw new Error(`the first row is ${first?.label}`);
    return first;
  }

  async function below(machines: Tree): Promise<unknown[]> {
    const rows = (await machines.getChildren(await section(machines))) ?? [];
    return rows.map(({ label, description, tooltip }) => [label, description ?? tooltip]);
  }

  it("has them at the top, with why, and compares nothing until they are opened", async () => {
    const machines = tree();
    const row = await section(machines);
    expect([row.label, row.description, machine.ran]).toEqual(["Affected Machines", "since HEAD", []]);
    expect(machines.getTreeItem(row)).toMatchObject({ collapsibleState: 1, contextValue: "clan.affected" });
    const [web] = (await machines.getChildren(row)) ?? [];
    expect(web).toMatchObject({
      label: "web",
      description: "modules/a b.nix, tag srv",
      target: { machines: ["web"] },
    });
    const why = (await machines.getChildren(web)) ?? [];
    expect(why.map((reason) => [reason.label, reason.description, reason.place?.uri])).toEqual([
      ["modules/a b.nix", undefined, "file:///clan/modules/a%20b.nix"],
      ["tag srv", "clan.nix", "file:///clan/clan.nix"],
    ]);
    expect(why.map(viewItem)).toEqual(["clan.reason written", "clan.reason written"]);
  });

  it.each([
    [{}, [["No machine is affected", undefined]]],
    [
      { unknown: [{ path: "inventory.machines", reason: "the input hosts is not here" }] },
      [["Other machines may be affected", "inventory.machines is not known: the input hosts is not here"]],
    ],
    [
      { machines: { gone: { reasons: [{ what: "option", path: "x.y", file: "" }] } } },
      [["gone", "option x.y"]],
    ],
  ])("says what is known: %j", async (found, rows) => {
    prints("HEAD", found);
    expect(await below(tree())).toEqual(rows);
  });

  it("says why nothing can be compared", async () => {
    const result = { exitCode: 2, stderr: "clan-ls: there is no revision HEAD\n" };
    machine.results.set("diff --format json -- HEAD /clan", result);
    expect(await below(tree())).toEqual([["Could not compare", "there is no revision HEAD"]]);
  });

  it("has no such row in a workspace that is not trusted, or in a browser", async () => {
    editor.isTrusted = false;
    const machines = tree();
    const labels = async (shown: Tree) => ((await shown.getChildren()) ?? []).map(({ label }) => label);
    expect(await labels(machines)).toEqual(["mac", "web"]);
    let changes = 0;
    machines.onDidChangeTreeData?.(() => changes++);
    editor.trust();
    expect(changes).toBe(1);
    expect(await labels(machines)).toEqual(["Affected Machines", "mac", "web"]);
    expect(machine.ran).toEqual([]);
  });

  it("has no such row for a clan without machines, of which a text says so", async () => {
    const machines = tree(affected, { ...clan, machines: [] });
    expect(await machines.getChildren()).toEqual([]);
  });

  it("compares with another revision, and again, from its menu", async () => {
    const machines = tree();
    prints("v1", {});
    editor.answers.push(" v1 ");
    await editor.run("clan.compareWith", await section(machines));
    expect((await section(machines)).description).toBe("since v1");
    expect(await below(machines)).toEqual([["No machine is affected", undefined]]);
    await editor.run("clan.compareWith", await section(machines));
    expect((await section(machines)).description).toBe("since v1");
    await editor.run("clan.refreshAffected", await section(machines));
    await below(machines);
    expect(machine.ran).toHaveLength(2);
  });

  it("updates them from its menu, and asks for no revision", async () => {
    const machines = tree();
    await editor.run("clan.updateAffectedHere", await section(machines));
    expect(editor.executed).toEqual([["clan.updateAffectedMachines", { root: clan.root, revision: "HEAD" }]]);
  });
});

describe("above a changed file", () => {
  const distrust = () => {
    editor.isTrusted = false;
  };

  async function lenses(uri = "file:///clan/modules/a%20b.nix"): Promise<unknown[]> {
    if (!editor.registered.has("lenses")) registerAffectedLens(affected, inventory);
    const { provider } = editor.registration<{ provider: CodeLensProvider }>("lenses");
    const document = editor.open(uri, "{ }") as unknown as TextDocument;
    const found = (await provider.provideCodeLenses(document, {} as never)) ?? [];
    return found.map(({ range, command }) => [range.start.line, command?.title, command?.arguments]);
  }

  it("stand the machines that it changes, and their update, where that is wanted", async () => {
    editor.settings.set("clan.codeLens.affected", { globalValue: true });
    const machines = [{ root: clan.root, machines: ["web"] }];
    expect(await lenses()).toEqual([[0, "Changes web (since HEAD): update", machines]]);
    expect(await lenses("file:///clan/modules/other.nix")).toEqual([]);
    expect(await lenses("file:///elsewhere/a.nix")).toEqual([]);
    machine.results.set("diff --format json -- HEAD /clan", { exitCode: 2, stderr: "" });
    affected.forget();
    expect(await lenses()).toEqual([]);
  });

  it.each([
    ["by default", () => undefined],
    [
      "where no lenses are wanted",
      () => editor.settings.set("clan.codeLens.enabled", { globalValue: false }),
    ],
    ["where the workspace is not trusted", distrust],
  ])("stands nothing, and nothing is compared, %s", async (name, setUp) => {
    if (name !== "by default") editor.settings.set("clan.codeLens.affected", { globalValue: true });
    setUp();
    expect(await lenses()).toEqual([]);
    await settled();
    expect(machine.ran).toEqual([]);
  });
});
