/** Adding an instance of a service, question by question. */
import { expect, it } from "vitest";
import { registerWizards } from "../../../../client/src/wizards/wizards.ts";
import {
  type AvailableServiceSummary,
  type ClanSummary,
  type NewInstanceParams,
  newInstanceRequest,
  servicesRequest,
} from "../../../../shared/requests.ts";
import { editor } from "../helpers/editor.ts";
import { LanguageClient } from "../helpers/language-client.ts";
import { settled } from "../helpers/machine.ts";
import { clan } from "../views/clan.ts";
import { tick } from "./lists.ts";

const file = "file:///clan/clan.nix";

const service = (name: string, more: Partial<AvailableServiceSummary> = {}): AvailableServiceSummary => ({
  name,
  input: null,
  description: `What ${name} is for`,
  deprecated: undefined,
  categories: ["Network"],
  roles: [],
  ...more,
});
const role = (name: string, minMachines?: number, maxMachines?: number) => ({
  name,
  description: `What ${name} does`,
  minMachines,
  maxMachines,
});

const services = [
  service("old", { deprecated: "Use mesh." }),
  service("mesh", { roles: [role("controller", 1, 1), role("peer")] }),
  service("sshd", { roles: [role("server", undefined, 2)] }),
  service("door", { input: "self" }),
];

const endpoint = {
  role: "controller",
  path: ["endpoint"],
  description: "Where it\n is reached",
  example: '"vpn.example.org"',
  type: "string",
  choices: undefined,
};
const mode = {
  ...endpoint,
  path: ["mode"],
  description: undefined,
  type: "one of fast, slow",
  choices: ["fast", "slow"],
};

const position = { line: 1, character: 0 };
const edit = {
  changes: { [file]: [{ range: { start: position, end: position }, newText: "  mesh = { };\n" }] },
};

/** What is missing, and wrong, of what was asked. */
type Reply = (params: NewInstanceParams) => {
  missing?: readonly unknown[];
  problems?: readonly string[];
  edit?: null;
};

function setUp(reply: Reply = () => ({}), of: ClanSummary = clan) {
  const client = new LanguageClient();
  client.answers.set(servicesRequest, () => services);
  client.answers.set(newInstanceRequest, (params: NewInstanceParams) => ({
    edit,
    problems: [],
    missing: [],
    ...reply(params),
  }));
  editor.files.set(file, "{\n}\n");
  registerWizards(client.real, async () => [of]);
  const asked = () =>
    client.requests
      .filter(([method]) => method === newInstanceRequest)
      .map(([, params]) => params as NewInstanceParams);
  return { asked };
}

const start = () => editor.run("clan.addInstance");

it("asks for the service, the name, the roles and who is in each, and writes what it has shown", async () => {
  const { asked } = setUp();
  editor.answers.push("mesh", "mesh", "vpn", "Add");
  const done = start();
  expect(await tick("controller", "peer")).toEqual({
    title: "Add Service Instance: home / vpn",
    placeholder: "Which roles?",
    rows: ["controller · exactly 1 machine", "peer"],
    ticked: ["controller"],
  });
  const inTags: ClanSummary["tags"] = clan.tags;
  expect(inTags).toEqual([]);
  expect(await tick("web")).toEqual({
    title: "Add Service Instance: home / vpn / controller",
    placeholder: "Which tags or machines? It takes exactly 1 machine.",
    rows: ["tags", "machines", "mac · all, darwin", "web · all, nixos", "", "No machine yet"],
    ticked: [],
  });
  await tick("mac", "web");
  await done;
  const [list, box, , question] = editor.dialogues;
  expect(list?.choices).toEqual(["mesh", "sshd", "door", "old"]);
  const items = list?.options["items"] as { label: string; detail?: string }[];
  expect(items.map(({ label, detail }) => detail ?? `# ${label}`)).toEqual([
    "# clan",
    "What mesh is for",
    "What sshd is for",
    "# this flake",
    "What door is for",
    "# deprecated",
    "Use mesh.",
  ]);
  // An instance is called mesh.
  expect(box?.options["value"]).toBe("mesh-2");
  expect(editor.problems).toEqual(["There is an instance mesh already."]);
  expect([question?.text, question?.options["detail"]]).toEqual([
    "Add the instance vpn of mesh?",
    "clan.nix:\n    mesh = { };",
  ]);
  expect(asked()).toEqual([
    {
      root: clan.root,
      name: "vpn",
      service: "mesh",
      input: null,
      roles: [
        { name: "controller", machines: ["web"], tags: [], settings: [] },
        { name: "peer", machines: ["mac", "web"], tags: [], settings: [] },
      ],
    },
  ]);
  expect(editor.files.get(file)).toBe("{\n  mesh = { };\n}\n");
  const at = { line: 1, character: 2 };
  expect(editor.shown).toEqual([[file, { start: at, end: at }]]);
});

it("does not ask for the role of a service that has one, and takes tags", async () => {
  const { asked } = setUp(() => ({}), { ...clan, tags: [{ name: "srv", machines: ["web"] }] });
  editor.answers.push("sshd", "ssh", "Add");
  const done = start();
  expect(await tick("srv")).toMatchObject({
    placeholder: "Which tags or machines? It takes at most 2 machines.",
  });
  await done;
  expect(asked()[0]?.roles).toEqual([{ name: "server", machines: [], tags: ["srv"], settings: [] }]);
});

it("adds one without roles, and a role without machines", async () => {
  const { asked } = setUp();
  editor.answers.push("door", "door", "Add");
  await start();
  expect(asked()[0]).toMatchObject({ service: "door", input: "self", roles: [] });
  editor.answers.push("sshd", "ssh", "Add");
  const done = start();
  await tick("No machine yet");
  await done;
  expect(asked()[1]?.roles).toEqual([{ name: "server", machines: [], tags: [], settings: [] }]);
});

it("asks for the settings that are missing, one after the other, and checks each as it is typed", async () => {
  const { asked } = setUp(({ roles }) => {
    const given = roles[0]?.settings ?? [];
    return {
      missing: [endpoint, mode].filter(({ path }) => !given.some((one) => one.path[0] === path[0])),
      problems: ["wrong before", ...(given.some(({ value }) => value === "bad") ? ["bad is no host."] : [])],
      ...(given.some(({ value }) => value === "=") ? { edit: null } : {}),
    };
  });
  editor.answers.push("mesh", "vpn", "", "bad", "=", "vpn.org", "slow", "Add Anyway");
  const done = start();
  await tick("controller");
  await tick("web");
  await done;
  expect(editor.problems).toEqual([
    "This setting is required.",
    "bad is no host.",
    "This cannot be written as a value.",
  ]);
  const [, , box] = editor.dialogues;
  expect([box?.options["prompt"], box?.options["placeHolder"]]).toEqual([
    "controller: endpoint. Where it is reached",
    '"vpn.example.org"',
  ]);
  expect(editor.dialogues.at(-2)).toMatchObject({ kind: "list", choices: ["fast", "slow"] });
  expect(asked().at(-1)?.roles[0]?.settings).toEqual([
    { path: ["endpoint"], value: "vpn.org" },
    { path: ["mode"], value: "slow" },
  ]);
  // What is wrong then is said before it is written.
  expect(editor.dialogues.at(-1)).toMatchObject({
    kind: "warning",
    options: { detail: "This would be wrong:\nwrong before\n\nclan.nix:\n    mesh = { };" },
  });
  expect(editor.applied).toHaveLength(1);
});

it("says that instances that are computed cannot be added to", async () => {
  setUp(() => ({ edit: null }));
  editor.answers.push("door", "door");
  await start();
  expect(editor.messages).toEqual([
    "information: The instances of home are computed by code. Add the instance door there by hand.",
  ]);
  expect(editor.applied).toEqual([]);
});

it.each<readonly [string, readonly string[], readonly (readonly string[])[]]>([
  ["the list of services", [], []],
  ["the name", ["mesh"], []],
  ["the roles", ["mesh", "vpn"], [[]]],
  ["the machines", ["mesh", "vpn"], [["controller"], []]],
  ["a setting", ["mesh", "vpn"], [["controller"], ["web"]]],
  ["the question", ["mesh", "vpn", "vpn.org"], [["controller"], ["web"]]],
])("writes nothing where the person leaves %s", async (_what, answers, ticks) => {
  setUp(({ roles }) => ({ missing: roles[0]?.settings.length === 0 ? [endpoint] : [] }));
  editor.answers.push(...answers);
  const done = start();
  for (const labels of ticks) await tick(...labels);
  await done;
  await settled();
  expect(editor.answers).toEqual([]);
  expect(editor.applied).toEqual([]);
});
