/** What an editor on Windows puts before a text: Nix refuses it, whether the editor shows it or not. */
import { expect, test } from "vitest";
import { evaluateClans } from "../../../server/src/clan/evaluate.ts";
import { collectFindings } from "../../../server/src/features/findings.ts";
import { MemoryFileSystem } from "../../../server/src/project/file-system.ts";
import { Workspace } from "../../../server/src/project/workspace.ts";
import type { Finding } from "../../../server/src/rules/finding.ts";
import { checkFindings } from "../helpers/check.ts";
import { applyEdits } from "../helpers/edits.ts";
import { testParser } from "../helpers/parse.ts";

const text = "{ inventory.machines.web.tag = [ ]; }";

async function open(files: Readonly<Record<string, string>>) {
  const fileSystem = new MemoryFileSystem(files);
  const workspace = new Workspace({ fileSystem, parser: await testParser(), roots: ["/clan"] });
  const findings = (): Finding[] => {
    const snapshot = workspace.snapshot();
    return collectFindings(snapshot, evaluateClans(snapshot), ["/clan/other.nix"]);
  };
  const codes = (): string[] =>
    findings().map(({ path, code, start, end }) => `${path} ${code} ${start}-${end}`);
  return { fileSystem, workspace, findings, codes };
}

test("is taken out by its fix", async () => {
  const { findings } = await open({ "/clan/clan.nix": `\ufeff${text}` });
  const edits = findings()[0]?.fixes?.[0]?.edits ?? expect.fail("the finding has no fix");
  expect(applyEdits(`\ufeff${text}`, edits)).toBe(text);
});

test("is no error in strings and comments", async () => {
  await checkFindings(`{ meta.description = "\ufeff"; } # \ufeff`);
});

test("does not keep the rest from being read", async () => {
  const { codes } = await open({ "/clan/clan.nix": `\ufeff${text}` });
  expect(codes()).toEqual(["/clan/clan.nix syntax-error 0-1", "/clan/clan.nix unknown-option 26-29"]);
});

test("that is on disk alone is an error until the editor saves the file without it", async () => {
  const files = { "/clan/clan.nix": `\ufeff${text}`, "/clan/other.nix": "\ufeff1" };
  const { fileSystem, workspace, codes } = await open(files);
  workspace.open("/clan/clan.nix", text);
  workspace.open("/clan/other.nix", "1");
  const unknown = "/clan/clan.nix unknown-option 25-28";
  expect(codes()).toEqual(["/clan/clan.nix syntax-error 0-1", unknown, "/clan/other.nix syntax-error 0-1"]);
  fileSystem.write("/clan/clan.nix", text);
  fileSystem.write("/clan/other.nix", "1");
  workspace.changed(["/clan"]);
  expect(codes()).toEqual([unknown]);
  workspace.dispose();
});
