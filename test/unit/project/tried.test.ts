/** A text that is tried lends its document's nodes for as long as it is looked at. */
import { expect, it } from "vitest";
import { MemoryFileSystem } from "../../../server/src/project/file-system.ts";
import { Workspace } from "../../../server/src/project/workspace.ts";
import { walk } from "../../../server/src/syntax/navigate.ts";
import { testParser } from "../helpers/parse.ts";

const path = "/clan/clan.nix";
const text = "{ a = { b = 1; }; c = 2; }";
const tried = "{ a = { bbb = 1; }; c = 2; }";

it("the document has its nodes again, also where the other is asked for late", async () => {
  const parser = await testParser();
  const workspace = new Workspace({ fileSystem: new MemoryFileSystem(new Map()), parser, roots: ["/clan"] });
  workspace.open(path, text);
  const snapshot = workspace.snapshot();
  const source = snapshot.source(path);
  const placeOfC = () => {
    const found: number[] = [];
    if (source !== undefined)
      walk(source.root, (node) => {
        if (node.kind === "attr-name" && node.name === "c") found.push(node.start);
      });
    return found;
  };
  expect(placeOfC()).toEqual([text.indexOf("c")]);
  const other = snapshot.trying?.(path, tried);
  other?.source(path);
  expect(placeOfC()).toEqual([tried.indexOf("c")]);
  snapshot.settle?.();
  expect(placeOfC()).toEqual([text.indexOf("c")]);
  other?.source(path);
  expect(placeOfC()).toEqual([tried.indexOf("c")]);
  snapshot.settle?.();
  expect(placeOfC()).toEqual([text.indexOf("c")]);
});
