import { expect, test } from "vitest";
import { clanLs } from "./terminal.ts";

const clan = '{ meta.name = "x"; inventory.machines.web = { }; }';

test("prints Mermaid unless told otherwise, and refuses other formats", async () => {
  expect((await clanLs(["graph"], clan)).out).toBe('flowchart LR\n  n0["web"]\n');
  expect((await clanLs(["graph", "--format", "svg"], clan)).out).toMatch(/^<svg [^>]+>/);
  expect(await clanLs(["graph", "--format", "png"], clan)).toMatchObject({
    code: 2,
    err: "clan-ls: there is no format png; there are: mermaid, dot, svg\n",
  });
});
