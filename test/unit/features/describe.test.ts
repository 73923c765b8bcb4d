/** Machines, tags, instances, services and roles in words: each part is said where it is known, and left out where not. */
import { expect, test } from "vitest";
import type { Clan, Service, ServiceRole } from "../../../server/src/clan/model.ts";
import {
  describeBounds,
  describeInstance,
  describeMachine,
  describeRole,
  describeService,
  describeTag,
} from "../../../server/src/features/describe.ts";
import { clanOf } from "../helpers/clan.ts";
import { FLAKE } from "../helpers/flakes.ts";

/** The paragraphs, each in a line. */
function lines(text: string | undefined): string[] {
  return (text ?? "").split("\n\n").map((paragraph) => paragraph.replaceAll("\n", " / "));
}

const clan: Clan = await clanOf(`{
  inventory.machines = {
    web = { tags = [ "srv" ]; deploy.targetHost = "root@web"; };
    mac.machineClass = "darwin";
  };
  inventory.instances = {
    mesh = { module.name = "zerotier"; roles.controller.machines.web = { }; roles.peer.tags = [ "all" ]; roles.moon = { }; };
    gone.module.name = "none";
    hidden.module.name = builtins.fetchTree { };
    sshd = { };
  };
}`);

test("a machine, with its class, tags, host and roles", () => {
  expect(lines(describeMachine(clan, "web"))).toEqual([
    "**machine** `web` · NixOS",
    "Tags: `all`, `nixos`, `srv`",
    "Deployed to: `root@web`",
    "Roles: / - `controller` in `mesh` / - `peer` in `mesh`, by tag `all`",
  ]);
  expect(lines(describeMachine(clan, "mac"))).toEqual([
    "**machine** `mac` · macOS",
    "Tags: `all`, `darwin`",
    "Roles: / - `peer` in `mesh`, by tag `all`",
  ]);
  expect(describeMachine(clan, "none")).toBeUndefined();
});

test("a tag, with its machines", () => {
  expect(lines(describeTag(clan, "srv"))).toEqual(["**tag** `srv`", "Machines: `web`"]);
  expect(lines(describeTag(clan, "all"))).toEqual(["**tag** `all` · predefined", "Machines: `mac`, `web`"]);
  expect(describeTag(clan, "none")).toBeUndefined();
});

test("a tag no machine has, and one that more may have", async () => {
  const empty = await clanOf(`{ inventory.machines.web = { }; inventory.tags.unused = [ ]; }`);
  expect(lines(describeTag(empty, "unused"))).toEqual(["**tag** `unused`", "No machine has it."]);
  const open = await clanOf(`{ inventory.machines.web.tags = [ "srv" ] ++ builtins.fetchTree { }; }`);
  expect(lines(describeTag(open, "srv")).slice(0, 2)).toEqual(["**tag** `srv`", "Machines: `web`"]);
  expect(lines(describeTag(open, "srv"))[2]).toMatch(/^There may be more: .*\.$/);
});

function instance(name: string): string[] {
  const found = clan.instances.known.get(name) ?? expect.fail(`there is no ${name}`);
  return lines(describeInstance(found));
}

test("an instance, with its service and who is in its roles", () => {
  const [head, text, roles, origin] = instance("mesh");
  expect(head).toBe("**instance** `mesh` of the service `zerotier`");
  expect(text).not.toBe("");
  expect(roles).toBe("Roles: / - `controller`: `web` / - `moon`: no machines / - `peer`: `mac`, `web`");
  expect(origin).toBe("_From the bundled catalogue of clan-core's services._");
  expect(instance("sshd").join()).not.toContain("Roles");
});

test("an instance whose service is not there, or not known", () => {
  expect(instance("gone")).toEqual(["**instance** `gone`", "There is no service `none`."]);
  expect(instance("hidden")[1]).toMatch(/^Its service cannot be read: .*\.$/);
});

test("an instance of a flake input that is not there", async () => {
  const other = await clanOf(`${FLAKE}
    #- /clan.nix
    { inventory.instances.other.module = { name = "x"; input = "none"; }; }`);
  const found = other.instances.known.get("other") ?? expect.fail("there is no instance");
  expect(lines(describeInstance(found))).toEqual(["**instance** `other`", "There is no flake input `none`."]);
});

const role: ServiceRole = { name: "r", description: undefined } as ServiceRole;

const service = {
  name: "s",
  origin: "self",
  categories: [],
  description: "Does something.",
  deprecated: undefined,
  catalogued: undefined,
  roles: new Map(),
} as unknown as Service;

test("a service, with its categories, roles and what it is replaced by", () => {
  expect(lines(describeService(service))).toEqual([
    "**service** `s`",
    "Does something.",
    "_Read from this flake's source._",
  ]);
  const roles = new Map([
    ["a", { ...role, description: "Helps." }],
    ["b", role],
  ]);
  const whole = { ...service, categories: ["Network", "System"], deprecated: "Use t.", roles };
  const named = new Map([...roles].map(([name, one]) => [name, { ...one, name }]));
  expect(lines(describeService({ ...whole, roles: named }))).toEqual([
    "**service** `s` · Network, System",
    "**Deprecated.** Use t.",
    "Does something.",
    "Roles: / - `a`: Helps. / - `b`",
    "_Read from this flake's source._",
  ]);
});

test.each([
  [{}, undefined],
  [{ minMachines: 1 }, "At least 1 machine."],
  [{ minMachines: 2 }, "At least 2 machines."],
  [{ maxMachines: 1 }, "At most 1 machine."],
  [{ minMachines: 1, maxMachines: 1 }, "Exactly 1 machine."],
  [{ minMachines: 1, maxMachines: 3 }, "1 to 3 machines."],
])("the bounds %j", (bounds, words) => {
  expect(describeBounds({ ...role, ...bounds })).toBe(words);
});

test("a role, as far as it is known", () => {
  const mesh = clan.instances.known.get("mesh");
  expect(lines(describeRole("peer", { ...role, description: "Joins." }, service, mesh))).toEqual([
    "**role** `peer` of `s`",
    "Joins.",
    "Machines: / - `mac`, by tag `all` / - `web`, by tag `all`",
  ]);
  expect(lines(describeRole("none", undefined, undefined, undefined))).toEqual(["**role** `none`"]);
  expect(lines(describeRole("moon", { ...role, minMachines: 1 }, undefined, mesh))).toEqual([
    "**role** `moon`",
    "At least 1 machine.",
  ]);
});
