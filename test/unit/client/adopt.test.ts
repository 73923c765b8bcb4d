/** The page about a flake without a clan, and the commands that bring it into one. */
import { beforeEach, expect, it, test } from "vitest";
import { registerAdopt } from "../../../client/src/adopt/adopt.ts";
import {
  type AdoptionSummary,
  type AdoptParams,
  adoptionRequest,
  adoptRequest,
  changedNotification,
  type HostSummary,
  type SecretSummary,
  secretsRequest,
  secretToGeneratorRequest,
} from "../../../shared/requests.ts";
import type { WorkspaceEdit } from "./helpers/classes.ts";
import { editor } from "./helpers/editor.ts";
import { LanguageClient } from "./helpers/language-client.ts";
import { settled } from "./helpers/machine.ts";
import { tick } from "./wizards/lists.ts";

const flake = "file:///clan/flake.nix";
const module = "file:///clan/parts/clan.nix";

const host = (name: string, more: Partial<HostSummary> = {}): HostSummary => ({
  name,
  class: "nixos",
  system: "x86_64-linux",
  file: `hosts/${name}.nix`,
  verdict: "gains",
  benefits: ["One `command`."],
  costs: [],
  ...more,
});

const without: AdoptionSummary = {
  layout: "flake-parts makes the outputs.",
  clan: undefined,
  hosts: [
    host("web"),
    host("ann", { class: "home", verdict: "stays", system: undefined, costs: ["<home>"] }),
  ],
  secrets: [{ tool: "agenix", files: ["hosts/web.nix"] }],
  deployment: ["colmena"],
  shared: ["nixpkgs", "nix-darwin: darwin"],
  collisions: [{ file: "flake.nix", message: "Use `directory`." }],
  steps: [],
  services: [
    { name: "borgbackup", description: "Backups" },
    { name: "sshd", description: "SSH" },
  ],
};
const withClan: AdoptionSummary = {
  ...without,
  clan: { name: "home", machines: ["nb"] },
  steps: [
    { title: "A key for yourself", command: "clan secrets key generate", done: true, left: undefined },
    { title: "Passwords", command: "clan vars generate nb", done: false, left: "nb" },
    { title: "And from then on", command: "clan machines update nb", done: null, left: undefined },
  ],
};

const start = { line: 0, character: 0 };
const edit = {
  documentChanges: [
    { kind: "create", uri: module },
    {
      textDocument: { uri: module, version: null },
      edits: [{ range: { start, end: start }, newText: "{ }\n" }],
    },
    {
      textDocument: { uri: flake, version: null },
      edits: [{ range: { start, end: start }, newText: "# clan\n" }],
    },
  ],
};

let client: LanguageClient;
let found: AdoptionSummary;
let answer: unknown;

beforeEach(() => {
  client = new LanguageClient();
  found = without;
  answer = { edit, problems: ["nixpkgs is old."] };
  client.answers.set(adoptionRequest, () => found);
  client.answers.set(adoptRequest, () => answer);
  client.answers.set(secretToGeneratorRequest, () => answer);
  editor.files.set(flake, "{ }\n");
  registerAdopt(client.real);
});

const asked = (method: string) =>
  client.requests.filter(([one]) => one === method).map(([, params]) => params);
const html = () => editor.registration<{ webview: { html: string } }>("webview clan.adopt").webview.html;

it("shows what there is, as text and not as HTML, and follows what changes", async () => {
  await editor.run("clan.adopt");
  for (const text of [
    "<h1>A clan in clan</h1>",
    "flake-parts makes the outputs.",
    "<b>web</b><br>NixOS, x86_64-linux<br>hosts/web.nix",
    "One <code>command</code>.",
    "&#60;home&#62;",
    "<b>agenix</b> hosts/web.nix",
    "Use <code>directory</code>.",
    "<li>nix-darwin: darwin</li>",
    `command:clan.writeClan?${encodeURIComponent('[{"root":"file:///clan"}]')}`,
  ])
    expect(html()).toContain(text);
  expect(html()).not.toContain("The first hour");
  found = withClan;
  client.notify(changedNotification);
  await settled();
  for (const text of [
    "The first hour",
    "✓</span>A key",
    "○</span>Passwords: nb",
    "–</span>And",
    "command:clan.moveHost",
  ])
    expect(html()).toContain(text);
  expect(html()).not.toContain("clan secrets key generate");
  expect(html()).not.toContain("clan.writeClan");
  // It is shown once.
  await editor.run("clan.adopt", { root: "file:///other" });
  expect(editor.executed).toContainEqual(["reveal webview", "clan.adopt"]);
  expect(html()).toContain("A clan in other");
});

it("asks for the clan, and previews the edit: all ticked, new files with their text", async () => {
  editor.answers.push("my clan", "home", "web", "nb", "NixOS", "root@nb");
  const run = editor.run("clan.writeClan", { root: "file:///clan" });
  // Those that most begin with come first.
  expect((await tick("sshd")).rows).toEqual(["sshd", "borgbackup", "No service yet"]);
  await run;
  expect(editor.problems).toEqual([
    "A clan's name has letters, digits, - and _.",
    "There is a host web already.",
  ]);
  expect(asked(adoptRequest)).toEqual([
    {
      root: "file:///clan",
      begin: { name: "home", machine: "nb", class: "nixos", target: "root@nb", services: ["sshd"] },
      move: [],
    } satisfies AdoptParams,
  ]);
  const [[changes] = []] = editor.applied as unknown as readonly (readonly [WorkspaceEdit])[];
  expect(changes?.told.map(({ kind, text, ...more }) => [kind, text, "metadata" in more])).toEqual([
    ["create", "{ }\n", false],
    ["replace", "# clan\n", false],
    // VS Code shows the preview where something is to be confirmed.
    ["replace", "", true],
  ]);
  expect(editor.files.get(module)).toBe("{ }\n");
  expect(editor.messages).toEqual(["information: nixpkgs is old."]);
});

it("leaves the page as it is while a person answers, who would lose the focus", async () => {
  found = withClan;
  await editor.run("clan.adopt");
  const before = html();
  client.answers.set(adoptRequest, () => {
    found = { ...withClan, layout: "changed" };
    client.notify(changedNotification);
    return answer;
  });
  let during = "";
  client.answers.set(adoptionRequest, () => {
    during = html();
    return found;
  });
  editor.answers.push("web", "", "");
  await editor.run("clan.moveHost");
  expect(during).toBe(before);
  expect(html()).toContain("changed");
});

it("says why nothing is written, and where all is done", async () => {
  found = withClan;
  await editor.run("clan.writeClan");
  answer = { edit: null, problems: ["`web` cannot be moved."] };
  editor.answers.push("web", "two tags", "");
  await editor.run("clan.moveHost");
  answer = { edit: null, problems: [] };
  editor.answers.push("web", "", "");
  await editor.run("clan.moveHost");
  expect(editor.messages).toEqual([
    "information: There is a clan here already: add machines to it, or move hosts into it.",
    "warning: This cannot be written.",
    "warning: There is nothing to change: this is done already.",
  ]);
  expect(editor.dialogues.find(({ text }) => text === "This cannot be written.")?.options).toMatchObject({
    detail: "`web` cannot be moved.",
  });
  expect(asked(adoptRequest)).toEqual([
    { root: "file:///clan", move: [{ name: "web", tags: ["two", "tags"], target: undefined }] },
    { root: "file:///clan", move: [{ name: "web", tags: [], target: undefined }] },
  ]);
  expect(editor.applied).toEqual([]);
});

test.each([
  ["no clan", without, "There is no clan in this flake yet."],
  [
    "no host left",
    { ...withClan, hosts: [host("nb"), host("ann", { class: "home" })] },
    "There is no host that is not in the clan.",
  ],
])("moves no host where there is %s", async (_, summary, text) => {
  found = summary;
  await editor.run("clan.moveHost");
  expect(editor.messages).toEqual([`information: ${text}`]);
});

it("turns a secret into a generator, step by step", async () => {
  const secret = { tool: "age", name: "token", uri: flake, machines: ["nb"], state: "both" } as const;
  let secrets: readonly SecretSummary[] = [];
  client.answers.set(secretsRequest, () => secrets);
  await editor.run("clan.secretToGenerator");
  expect(editor.messages).toEqual([
    "information: No secrets of sops-nix or agenix are written in the files of the clan.",
  ]);
  secrets = [secret, { ...secret, tool: "sops", name: "x", state: "generated" }];
  editor.answers.push("token");
  await editor.run("clan.secretToGenerator");
  expect(editor.dialogues.find(({ kind }) => kind === "list")?.options["items"]).toMatchObject([
    { description: "agenix, flake.nix", detail: "waits until its generator has a value" },
    { description: "sops-nix, flake.nix", detail: "takes it out: its generator has a value" },
  ]);
  expect(asked(secretToGeneratorRequest)).toEqual([
    { root: "file:///clan", uri: flake, tool: "age", name: "token" },
  ]);
  expect(editor.files.get(flake)).toBe("# clan\n{ }\n");
});

it.each(["clan.writeClan", "clan.moveHost"])(
  "%s: writes nothing where the person leaves",
  async (command) => {
    if (command === "clan.moveHost") found = withClan;
    await editor.run(command);
    expect(asked(adoptRequest)).toEqual([]);
  },
);

it("asks for the folder where there are several, and for one where there is none", async () => {
  editor.folders = ["file:///clan", "file:///other"];
  editor.answers.push("other");
  await editor.run("clan.adopt");
  expect(asked(adoptionRequest)).toEqual([{ root: "file:///other" }]);
  editor.folders = [];
  await editor.run("clan.adopt");
  expect(editor.messages).toEqual(["information: Open the folder of your flake first."]);
});
