import { describe, expect, it } from "vitest";
import type { Snapshot } from "../../../server/src/project/snapshot.ts";
import { readerOf, TrackedSnapshot } from "../../../server/src/project/tracked-snapshot.ts";
import { workspaceOf } from "../helpers/workspace.ts";

const FILES = `
#- /a/x.nix
1
#- /a/y.nix
2
#- /b/z.nix
3
`;

const questions: readonly [string, (snapshot: Snapshot) => unknown][] = [
  ["the text of x.nix", (snapshot) => snapshot.readFile("/a/x.nix")],
  ["the tree of x.nix", (snapshot) => snapshot.source("/a/x.nix")],
  ["the list of /a", (snapshot) => snapshot.readDir("/a")],
  ["the type of /a/new", (snapshot) => snapshot.fileType("/a/new")],
  ["whether /a/new is a folder", (snapshot) => snapshot.isDirectory("/a/new")],
  ["the text of /b/z.nix in a wider view", (snapshot) => snapshot.including(["/b"]).readFile("/b/z.nix")],
  ["the tree of a text that was put in", (snapshot) => snapshot.with("/a/x.nix", "4").source("/a/x.nix")],
  ["the list of a view with a text put in", (snapshot) => snapshot.with("/a/v.nix", "4").readDir("/a")],
];

const changes: readonly [string, string, string][] = [
  ["x.nix edited", "/a/x.nix", "5"],
  ["y.nix edited", "/a/y.nix", "5"],
  ["z.nix edited", "/b/z.nix", "5"],
  ["/a/new made", "/a/new", ""],
];

/** By question, which changes it notices. */
const noticed: Readonly<Record<string, readonly string[]>> = {
  "the text of x.nix": ["x.nix edited"],
  "the tree of x.nix": ["x.nix edited"],
  "the list of /a": ["/a/new made"],
  "the type of /a/new": ["/a/new made"],
  "whether /a/new is a folder": [],
  "the text of /b/z.nix in a wider view": ["z.nix edited"],
  "the tree of a text that was put in": [],
  "the list of a view with a text put in": ["/a/new made"],
};

describe("answers that were remembered", () => {
  it.each(questions)("%s", async (name, ask) => {
    const held: string[] = [];
    for (const [change, path, text] of changes) {
      const { workspace } = await workspaceOf(FILES, ["/a"]);
      const tracked = new TrackedSnapshot(readerOf(workspace.snapshot()));
      ask(tracked);
      workspace.open(path, text);
      if (!tracked.holdsIn(workspace.snapshot())) held.push(change);
    }
    expect(held).toEqual(noticed[name]);
  });

  it("are those of the new state once the one before is over", async () => {
    const { workspace } = await workspaceOf(FILES, ["/a"]);
    const tracked = new TrackedSnapshot(readerOf(workspace.snapshot()));
    const view = tracked.including(["/b"]);
    tracked.readFile("/a/x.nix");
    workspace.open("/a/y.nix", "5");
    workspace.open("/b/z.nix", "6");
    expect(tracked.holdsIn(workspace.snapshot())).toBe(true);
    tracked.share(readerOf(workspace.snapshot()));
    expect([tracked.readFile("/a/y.nix"), view.readFile("/b/z.nix")]).toEqual(["5", "6"]);
  });

  it.each(questions)("are told apart from those of a state that shares them: %s", async (name, ask) => {
    const different: string[] = [];
    for (const [change, path, text] of changes) {
      const { workspace } = await workspaceOf(FILES, ["/a"]);
      const before = workspace.snapshot();
      const tracked = new TrackedSnapshot(readerOf(before));
      const tried = before.with(path, text);
      tracked.share({ snapshot: tried, differs: () => different.push(change) });
      const [answer, own] = [ask(tracked), ask(before)];
      if (!name.startsWith("the tree of a text")) expect(answer).toEqual(own);
      ask(tracked);
    }
    expect(different).toEqual(noticed[name]);
  });
});
