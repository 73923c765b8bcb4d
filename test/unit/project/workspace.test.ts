import { describe, expect, test } from "vitest";
import { MemoryFileSystem } from "../../../server/src/project/file-system.ts";
import { Workspace } from "../../../server/src/project/workspace.ts";
import { testParser } from "../helpers/parse.ts";

async function workspace(
  files: Record<string, string>,
  links: Record<string, string> = {},
  roots = ["/clan"],
) {
  const fileSystem = new MemoryFileSystem(files, links);
  return { fileSystem, workspace: new Workspace({ fileSystem, parser: await testParser(), roots }) };
}

describe("snapshots", () => {
  test("open documents lie over the disk", async () => {
    const { workspace: here } = await workspace({ "/clan/a.nix": "1" });
    const before = here.snapshot();
    here.open("/clan/a.nix", "2");
    here.open("/clan/new/b.nix", "3");
    const after = here.snapshot();
    expect(before.readFile("/clan/a.nix")).toBe("1");
    expect(after.readFile("/clan/a.nix")).toBe("2");
    expect(after.source("/clan/a.nix")?.text).toBe("2");
    expect([...(after.readDir("/clan") ?? [])]).toEqual([
      ["a.nix", "regular"],
      ["new", "directory"],
    ]);
    expect(after.fileType("/clan/new")).toBe("directory");
    expect(after.revision).toBeGreaterThan(before.revision);
    here.close("/clan/a.nix");
    expect(here.snapshot().readFile("/clan/a.nix")).toBe("1");
    here.dispose();
  });

  test("edits change the text and its tree; older snapshots keep theirs", async () => {
    const { workspace: here } = await workspace({});
    here.open("/clan/a.nix", "{ a = 1; }");
    const before = here.snapshot();
    here.edit("/clan/a.nix", [{ start: 6, end: 7, text: "22" }]);
    expect(here.snapshot().source("/clan/a.nix")?.text).toBe("{ a = 22; }");
    expect(before.source("/clan/a.nix")?.text).toBe("{ a = 1; }");
    here.dispose();
  });

  test("a file is parsed once for a text", async () => {
    const { workspace: here, fileSystem } = await workspace({ "/clan/a.nix": "1", "/clan/b.json": "{}" });
    const source = here.snapshot().source("/clan/a.nix");
    here.open("/clan/other.nix", "");
    expect(here.snapshot().source("/clan/a.nix")).toBe(source);
    expect(here.snapshot().source("/clan/b.json")?.language).toBe("json");
    fileSystem.write("/clan/a.nix", "2");
    expect(here.snapshot().source("/clan/a.nix")).toBe(source);
    here.changed(["/clan/a.nix"]);
    expect(here.snapshot().source("/clan/a.nix")?.text).toBe("2");
    here.dispose();
  });

  test("the same until something changes", async () => {
    const { workspace: here } = await workspace({});
    expect(here.snapshot()).toBe(here.snapshot());
  });

  test("with: one text tried out, one tree for it", async () => {
    const { workspace: here } = await workspace({ "/clan/a.nix": "1", "/clan/b.nix": "2" });
    const snapshot = here.snapshot();
    const tried = snapshot.with("/clan/a.nix", "3").with("/clan/b.nix", "4");
    expect(tried.source("/clan/a.nix")?.text).toBe("3");
    expect(tried.source("/clan/b.nix")?.text).toBe("4");
    expect(tried.including(["/other"]).source("/clan/a.nix")).toBe(tried.source("/clan/a.nix"));
    expect(snapshot.source("/clan/a.nix")?.text).toBe("1");
  });

  test("what was not there may come", async () => {
    const { workspace: here, fileSystem } = await workspace({ "/clan/a.nix": "1" });
    expect(here.snapshot().fileType("/clan/machines/web/x.nix")).toBeUndefined();
    expect(here.snapshot().readDir("/clan/machines")).toBeUndefined();
    fileSystem.write("/clan/machines/web/x.nix", "{ }");
    here.changed(["/clan/machines/web/x.nix"]);
    expect([...(here.snapshot().readDir("/clan/machines")?.keys() ?? [])]).toEqual(["web"]);
  });
});

describe("a change on disk", () => {
  const files = {
    "/clan/a.nix": "1",
    "/clan/keys/admin.pub": "key",
    "/clan/keys/other/x": "",
    "/clan/listed/a": "",
    "/clan/.git/HEAD": "ref: x",
  };
  const read = async () => {
    const { workspace: here, fileSystem } = await workspace(files);
    const snapshot = here.snapshot();
    snapshot.readFile("/clan/keys/admin.pub");
    snapshot.readDir("/clan/listed");
    snapshot.fileType("/clan/missing/b.txt");
    snapshot.readDir("/clan/gone");
    return { here, fileSystem, snapshot };
  };

  test.each([
    ["of any file that was read", "/clan/keys/admin.pub"],
    ["of the folder it is in", "/clan/keys"],
    ["of what is new in a folder that was listed", "/clan/listed/b"],
    ["of what is in a new folder there", "/clan/listed/new/folder/b"],
    ["of a file that was missing", "/clan/missing/b.txt"],
    ["of a folder that was missing", "/clan/gone/c"],
    ["of git's index", "/clan/.git/index"],
    ["of what git ignores", "/clan/.git/info/exclude"],
  ])("%s makes a new state", async (_of, path) => {
    const { here, snapshot } = await read();
    here.changed([path]);
    expect(here.snapshot()).not.toBe(snapshot);
  });

  test.each([
    "/clan/keys/new.pub",
    "/clan/keys/other/x",
    "/clan/target/debug/out.o",
    "/clan/.git/index.lock",
    "/clan/.git/objects/ab/cd",
    "/clan/listed/a/below",
  ])("of what nobody asked for makes none: %s", async (path) => {
    const { here, snapshot } = await read();
    here.changed([path]);
    expect(here.snapshot()).toBe(snapshot);
  });

  test("is there in the next", async () => {
    const { here, fileSystem } = await read();
    fileSystem.write("/clan/missing/b.txt", "now");
    here.changed(["/clan/missing/b.txt"]);
    expect(here.snapshot().readFile("/clan/missing/b.txt")).toBe("now");
  });
});

describe("what may be read", () => {
  test("only what is in the roots and what was included", async () => {
    const { workspace: here } = await workspace({
      "/clan/a.nix": "1",
      "/etc/secret": "x",
      "/clan2/a.nix": "2",
    });
    const snapshot = here.snapshot();
    expect(snapshot.mayRead("/clan/a.nix")).toBe(true);
    for (const path of ["/etc/secret", "/clan2/a.nix"]) {
      expect(snapshot.mayRead(path)).toBe(false);
      expect(snapshot.readFile(path)).toBeUndefined();
      expect(snapshot.fileType(path)).toBeUndefined();
      expect(snapshot.source(path)).toBeUndefined();
    }
    expect(snapshot.including(["/clan2"]).readFile("/clan2/a.nix")).toBe("2");
    expect(snapshot.isDirectory("/clan2")).toBe(true);
  });

  test("links are followed inside and not outside", async () => {
    const { workspace: here } = await workspace(
      { "/clan/real/a.nix": "1", "/etc/secret": "x" },
      {
        "/clan/link": "real",
        "/clan/real/up": "../real/a.nix",
        "/clan/out": "/etc",
        "/clan/file": "../etc/secret",
        "/clan/round": "round",
      },
    );
    const snapshot = here.snapshot();
    expect(snapshot.readFile("/clan/link/a.nix")).toBe("1");
    expect(snapshot.readFile("/clan/link/up")).toBe("1");
    expect(snapshot.fileType("/clan/link")).toBe("symlink");
    expect(snapshot.readFile("/clan/out/secret")).toBeUndefined();
    expect(snapshot.fileType("/clan/out/secret")).toBeUndefined();
    expect(snapshot.readDir("/clan/out")).toBeUndefined();
    expect(snapshot.readFile("/clan/file")).toBeUndefined();
    expect(snapshot.readFile("/clan/round")).toBeUndefined();
  });

  test("a folder that is no root any more is forgotten, but for what is open or in another root", async () => {
    const files = { "/clan/a.nix": "1", "/clan/b.nix": "2", "/clan/in/c.nix": "3", "/other/d.nix": "4" };
    const { workspace: here, fileSystem } = await workspace(files, {}, ["/clan", "/other"]);
    here.open("/clan/b.nix", "2");
    const sources = () => Object.keys(files).map((path) => here.snapshot().source(path));
    const before = sources();
    here.setRoots(["/clan/in", "/other"]);
    expect(sources()).toEqual([undefined, undefined, before[2], before[3]]);
    fileSystem.write("/clan/e.nix", "5");
    here.setRoots(["/clan", "/other"]);
    expect(here.snapshot().source("/clan/e.nix")?.text).toBe("5");
    expect(sources().map((source, index) => source === before[index])).toEqual([false, true, true, true]);
    const again = sources();
    here.setRoots(["/clan", "/clan/in", "/other", "/new"]);
    expect(sources().every((source, index) => source === again[index])).toBe(true);
    here.dispose();
  });

  test("a root may be /", async () => {
    const { workspace: here } = await workspace({ "/a.nix": "1" }, {}, ["/"]);
    expect(here.snapshot().readFile("/a.nix")).toBe("1");
    expect([...(here.snapshot().readDir("/")?.keys() ?? [])]).toEqual(["a.nix"]);
  });
});
