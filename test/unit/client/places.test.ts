/** What leads to places: links of the terminal, lenses that show a list, and read-only documents. */
import { expect, it, test } from "vitest";
import { type TerminalLink, type TerminalLinkProvider, type TextDocumentContentProvider, Uri } from "vscode";
import { registerDocuments } from "../../../client/src/documents.ts";
import { registerShowPlaces } from "../../../client/src/show-places.ts";
import { registerTerminalLinks } from "../../../client/src/terminal-link-provider.ts";
import { documentRequest } from "../../../shared/requests.ts";
import { editor } from "./helpers/editor.ts";
import { LanguageClient } from "./helpers/language-client.ts";
import { clan } from "./views/clan.ts";

type Links = TerminalLinkProvider<TerminalLink>;

function terminal(roots: readonly string[] | undefined = ["file:///clan"]): Links {
  registerTerminalLinks(async () => {
    if (roots === undefined) throw new Error("the server does not run");
    return roots.map((root) => ({ ...clan, root }));
  });
  return editor.registration<Links>("terminal links");
}

async function linksIn(links: Links, line: string): Promise<TerminalLink[]> {
  return [...((await links.provideTerminalLinks({ line } as never, {} as never)) ?? [])];
}

/** What is underlined, and what a click on it opens: the file, and the line and column of the cursor. */
async function clicked(links: Links, line: string): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const link of await linksIn(links, line)) {
    await links.handleTerminalLink(link);
    const [uri, selection] = editor.shown.at(-1) ?? [];
    expect(selection?.start).toEqual(selection?.end);
    const words = line.slice(link.startIndex, link.startIndex + link.length);
    found.push([words, uri, selection?.start.line, selection?.start.character]);
  }
  return found;
}

const copy = "/nix/store/0123456789abcdfghijklmnpqrsvwxyz-source";
const file = "file:///clan/modules/x.nix";
const lines = "{\n  a = 1;\n  b = 2;\n}\n";

it("leads from the store's copy of the flake to the clan's own file", async () => {
  editor.files.set(file, lines);
  expect(await clicked(terminal(), `at ${copy}/modules/x.nix:3:5:`)).toEqual([
    [`${copy}/modules/x.nix:3:5`, file, 2, 4],
  ]);
});

it("leads to a file by its path, and to the end of one that is shorter by now", async () => {
  editor.files.set(file, lines);
  expect(await clicked(terminal(), "at /clan/modules/x.nix:2:90 and /clan/modules/x.nix:99:1")).toEqual([
    ["/clan/modules/x.nix:2:90", file, 1, 8],
    ["/clan/modules/x.nix:99:1", file, 4, 0],
  ]);
});

it("says which file it is", async () => {
  editor.files.set(file, lines);
  const [link] = await linksIn(terminal(), `at ${copy}/modules/x.nix:3:5:`);
  expect(link?.tooltip).toBe("modules/x.nix");
});

it("takes the clan that has the file, then the workspace's folders", async () => {
  editor.folders = ["file:///flake"];
  editor.files.set("file:///flake/lib/y.nix", "1");
  editor.files.set("file:///lab/x.nix", "1");
  const links = terminal(["file:///flake/clan", "file:///lab"]);
  expect(await clicked(links, `${copy}/lib/y.nix:1:1 ${copy}/x.nix:1:1`)).toEqual([
    [`${copy}/lib/y.nix:1:1`, "file:///flake/lib/y.nix", 0, 0],
    [`${copy}/x.nix:1:1`, "file:///lab/x.nix", 0, 0],
  ]);
});

it("is no link where no file is: nothing, a folder, or a file of another flake", async () => {
  editor.files.set(file, lines);
  const links = terminal();
  expect(await linksIn(links, `at ${copy}/other.nix:1:1 /clan/modules:1:1 /clan/gone.nix:1:1`)).toEqual([]);
  expect(await linksIn(links, "Building web")).toEqual([]);
});

it("is on the machine of the clan, also a remote one", async () => {
  editor.files.set("vscode-remote://host/home/me/x.nix", "1");
  expect(await clicked(terminal(["vscode-remote://host/clan"]), "/home/me/x.nix:1:1")).toEqual([
    ["/home/me/x.nix:1:1", "vscode-remote://host/home/me/x.nix", 0, 0],
  ]);
});

test("links work without a clan, and where the server does not answer", async () => {
  editor.files.set(file, lines);
  for (const roots of [[], undefined]) {
    expect(await clicked(terminal(roots), "/clan/modules/x.nix:1:1")).toHaveLength(1);
    editor.registered.clear();
  }
  editor.folders = [];
  expect(await clicked(terminal([]), "/clan/modules/x.nix:1:1")).toHaveLength(1);
  expect(await clicked(editor.registration<Links>("terminal links"), `${copy}/modules/x.nix:1:1`)).toEqual(
    [],
  );
});

test("a lens shows its places as VS Code shows references", async () => {
  registerShowPlaces();
  const place = (line: number) => ({
    uri: "file:///clan/clan.nix",
    range: { start: { line, character: 2 }, end: { line, character: 5 } },
  });
  await editor.run("clan.showPlaces", { from: place(1), places: [place(7), place(8)] });
  const uri = Uri.parse("file:///clan/clan.nix");
  expect(editor.executed).toEqual([
    [
      "editor.action.showReferences",
      uri,
      { line: 1, character: 2 },
      [7, 8].map((line) => ({ uri, range: place(line).range })),
    ],
  ]);
});

/** The text of a read-only document, and what the server was asked. */
async function documentAt(uri: string, answer: string | null = null) {
  const client = new LanguageClient();
  client.answers.set(documentRequest, () => answer);
  registerDocuments(client.real, Uri.parse("file:///extension"));
  const provider = editor.registration<TextDocumentContentProvider>("documents clan-docs");
  const text = await provider.provideTextDocumentContent(Uri.parse(uri), {} as never);
  return { text, asked: client.requests };
}

it("has the pages of rules itself, without the server", async () => {
  editor.files.set("file:///extension/docs/rules/unknown-role.md", "# unknown-role");
  expect(await documentAt("clan-docs:/rules/unknown-role.md")).toEqual({ text: "# unknown-role", asked: [] });
});

it("asks the server for services", async () => {
  const uri = "clan-docs:/services/zerotier.md";
  expect(await documentAt(uri, "# zerotier")).toEqual({
    text: "# zerotier",
    asked: [[documentRequest, { uri }]],
  });
});

it.each(["/services/none.md", "/rules/../../secret.md", "/rules/x.nix", "/x/rules/unknown-role.md"])(
  "reads no file for %s: the server is asked",
  async (path) => {
    editor.files.set("file:///extension/docs/rules/unknown-role.md", "# unknown-role");
    const { text, asked } = await documentAt(`clan-docs:${path}`);
    expect(text).toMatch(/^There is no .* in the catalogue\.$/);
    expect(asked).toHaveLength(1);
  },
);
