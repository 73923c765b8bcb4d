/** Adding machines and tags to a role, from its row or that of its instance. */
import { expect, it } from "vitest";
import { registerWizards } from "../../../../client/src/wizards/wizards.ts";
import { newMembersRequest } from "../../../../shared/requests.ts";
import { editor } from "../helpers/editor.ts";
import { LanguageClient } from "../helpers/language-client.ts";
import { settled } from "../helpers/machine.ts";
import { clan } from "../views/clan.ts";
import { tick } from "./lists.ts";

const file = "file:///clan/clan.nix";
const position = { line: 1, character: 0 };
const edit = { changes: { [file]: [{ range: { start: position, end: position }, newText: "  a = 1;\n" }] } };
const tagged = {
  ...clan,
  tags: [
    { name: "all", machines: ["mac", "web"] },
    { name: "srv", machines: ["web"] },
  ],
};

function setUp(answer: object = { edit, problems: [] }): LanguageClient {
  const client = new LanguageClient();
  client.answers.set(newMembersRequest, () => answer);
  editor.files.set(file, "{\n}\n");
  registerWizards(client.real, async () => [tagged]);
  return client;
}

const add = (kind: "role" | "instance", name: string, instance?: string) =>
  editor.run("clan.addMembers", { thing: { root: clan.root, kind, name, instance } });

it("offers those that are not in the role, and writes what it has shown", async () => {
  const client = setUp();
  editor.answers.push("Add");
  const done = add("role", "controller", "mesh");
  const { title, rows } = await tick("srv", "mac");
  expect(title).toBe("Add to mesh / controller");
  expect(rows).toEqual(["tags", "all · mac, web", "srv · web", "machines", "mac · all, darwin"]);
  await done;
  const params = { root: clan.root, instance: "mesh", role: "controller", tags: ["srv"], machines: ["mac"] };
  expect(client.requests).toEqual([[newMembersRequest, params]]);
  expect(editor.dialogues.at(-1)?.text).toBe("Add tag srv, mac to the role controller of mesh?");
  expect(editor.files.get(file)).toBe("{\n  a = 1;\n}\n");
});

it("offers a machine that only a tag brought, and no tag that is there", async () => {
  setUp();
  const done = add("role", "peer", "mesh");
  expect((await tick()).rows).toEqual([
    "tags",
    "srv · web",
    "machines",
    "mac · all, darwin",
    "web · all, nixos",
  ]);
  await done;
  expect(editor.applied).toEqual([]);
});

it("asks for the role of an instance that has several", async () => {
  const client = setUp();
  editor.answers.push("peer", "Add");
  const done = add("instance", "mesh");
  await settled();
  expect(editor.dialogues[0]).toMatchObject({ text: "Add to mesh", choices: ["controller", "peer"] });
  await tick("web");
  await done;
  expect(client.requests[0]?.[1]).toMatchObject({ role: "peer" });
  // Nothing where the person leaves, and where it is gone.
  await add("instance", "mesh");
  await add("instance", "gone");
  expect(client.requests).toHaveLength(1);
});

it("says where the role is computed", async () => {
  setUp({ edit: null, problems: [] });
  const done = add("role", "controller", "mesh");
  await tick("mac");
  await done;
  expect(editor.messages).toEqual([
    "information: The role controller of mesh is computed by code. Add mac there by hand.",
  ]);
});
