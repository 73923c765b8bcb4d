/** An instance of what a person chose: the text, what would be wrong with it, and what is missing. */
import { describe, expect, it, test } from "vitest";
import { ClanCache } from "../../../../server/src/clan/clan-cache.ts";
import type { Clan } from "../../../../server/src/clan/model.ts";
import {
  type InstanceChoice,
  newInstance,
  type RoleChoice,
} from "../../../../server/src/features/new-things/new-instance.ts";
import { snapshotOf } from "../../helpers/clan.ts";
import { applyEdits } from "../../helpers/edits.ts";
import { parseFixture } from "../../helpers/fixture.ts";

async function setUp(fixture: string) {
  const lines = fixture.split("\n").map((line) => line.replace(/^ {4}/, ""));
  const files = parseFixture(lines.join("\n"), "/clan.nix").files;
  const snapshot = await snapshotOf(files);
  const { clansOf } = new ClanCache();
  const [clan] = clansOf(snapshot);
  if (clan === undefined) throw new Error("no clan");
  const add = (choice: Partial<InstanceChoice>) => {
    const all = { name: "vpn", service: "wireguard", input: null, roles: [], ...choice };
    const { proposal, problems, missing } = newInstance(clan, snapshot, clansOf, all);
    const [edit] = proposal?.edits ?? [];
    return {
      text: edit && applyEdits(snapshot.readFile(edit.path) ?? "", [edit]),
      problems,
      missing: missing.map(({ role, path, choices }) => [role, path.join("."), choices]),
    };
  };
  return { clan, add };
}

const role = (name: string, more: Partial<RoleChoice> = {}): RoleChoice => ({
  name,
  machines: [],
  tags: [],
  settings: [],
  ...more,
});

const home = `
    {
      meta.name = "x";
      inventory.machines = { web = { tags = [ "srv" ]; }; db = { }; };
      inventory.instances = {
        sshd.roles.server.tags = [ "all" ];
      };
    }
`;

function namesOf(clan: Clan): string[] {
  return clan.availableServices().map(({ name, input }) => (input === null ? name : `${name} of ${input}`));
}

test("what there is to choose from is clan's own, and this flake's", async () => {
  const { clan } = await setUp(`
    { meta.name = "x"; modules.door = { _class = "clan.service"; manifest.name = "door"; roles.lock = { }; }; }
  `);
  expect(namesOf(clan)).toEqual(expect.arrayContaining(["zerotier", "wireguard", "door of self"]));
  expect(namesOf(clan)).not.toContain("door");
  const zerotier = clan.availableServices().find(({ name }) => name === "zerotier");
  expect([...(zerotier?.service.roles.keys() ?? [])]).toEqual(["controller", "moon", "peer"]);
});

describe("the text", () => {
  it("stands beside the other instances, with the machines and tags of each role", async () => {
    const { add } = await setUp(home);
    const roles = [role("controller", { machines: ["web"] }), role("peer", { tags: ["all", "srv"] })];
    const { text, problems } = add({ name: "net", service: "zerotier", roles });
    expect(problems).toEqual([]);
    expect(text).toContain(`
    sshd.roles.server.tags = [ "all" ];
    net = {
      module.name = "zerotier";
      roles.controller.machines.web = { };
      roles.peer.tags = [ "all" "srv" ];
    };
  };
`);
  });

  it("says no service that is called like the instance, and the input of one that is not clan's", async () => {
    const { add } = await setUp(
      home.replace("inventory.instances", "modules.door.roles.lock = { };\n      inventory.instances"),
    );
    expect(add({ name: "zerotier", service: "zerotier" }).text).toContain("    zerotier = { };\n");
    expect(add({ name: "door", service: "door", input: "self", roles: [role("lock")] }).text).toContain(
      '    door = {\n      module.input = "self";\n      roles.lock = { };\n    };\n',
    );
  });

  it("quotes what Nix would take for something else", async () => {
    const { add } = await setUp(home);
    const { text } = add({ name: "a b", roles: [role("peer", { machines: ["web"], tags: ['"; x'] })] });
    expect(text).toContain('    "a b" = {');
    expect(text).toContain('tags = [ "\\"; x" ];');
  });

  it("is none where the instances are computed", async () => {
    const { add } = await setUp('\n    { meta.name = "x"; inventory = import ./gone.nix; }\n');
    expect(add({})).toEqual({ text: undefined, problems: [], missing: [] });
  });
});

describe("settings", () => {
  const roles = (value?: string) => [
    role("controller", {
      machines: ["web"],
      settings: value === undefined ? [] : [{ path: ["endpoint"], value }],
    }),
    role("peer", { machines: ["db"] }),
  ];

  it("that a role cannot do without are told as missing, and not as problems", async () => {
    const { add } = await setUp(home);
    const { text, problems, missing } = add({ roles: roles() });
    expect(missing).toEqual([["controller", "endpoint", undefined]]);
    expect(problems).toEqual([]);
    expect(text).toContain('module.name = "wireguard";');
  });

  it("that are given are written as the type wants them", async () => {
    const { add } = await setUp(home);
    const { text, missing } = add({ roles: roles('vpn."example".org${x}') });
    expect(text).toContain('roles.controller.settings.endpoint = "vpn.\\"example\\".org\\${x}";');
    expect(missing).toEqual([]);
  });

  it("of which the type has a few values are chosen from them, others are Nix and checked as one types", async () => {
    const own = `modules.door = { manifest.name = "door"; roles.lock.interface = { lib, ... }: { options = {
        port = lib.mkOption { type = lib.types.port; };
        mode = lib.mkOption { type = lib.types.enum [ "fast" "slow" ]; };
        on = lib.mkOption { type = lib.types.bool; };
      }; }; };
      inventory.instances`;
    const { add } = await setUp(home.replace("inventory.instances", own));
    const withSettings = (settings: Record<string, string>) =>
      add({
        name: "door",
        service: "door",
        input: "self",
        roles: [
          role("lock", {
            machines: ["web"],
            settings: Object.entries(settings).map(([name, value]) => ({ path: [name], value })),
          }),
        ],
      });
    expect(withSettings({}).missing).toEqual([
      ["lock", "port", undefined],
      ["lock", "mode", ["fast", "slow"]],
      ["lock", "on", ["true", "false"]],
    ]);
    const good = withSettings({ port: " 80 ", mode: "fast", on: "true" });
    expect(good.problems).toEqual([]);
    expect(good.text).toContain(
      'settings.port = 80;\n      roles.lock.settings.mode = "fast";\n      roles.lock.settings.on = true;',
    );
    expect(withSettings({ port: "99999", mode: "fast", on: "true" }).problems).toEqual([
      expect.stringContaining("99999"),
    ]);
    for (const value of ["", "1 +", "1; evil = 2", "1) (2", "1 } {"])
      expect(withSettings({ port: value })).toEqual({
        text: undefined,
        problems: [expect.stringMatching(/Nix/)],
        missing: [],
      });
  });
});

it("says what would be wrong, and not what is wrong already", async () => {
  const { add } = await setUp(home.replace('"all"', '"al"'));
  const { problems } = add({
    name: "zerotier",
    service: "zerotier",
    roles: [role("controller", { machines: ["web", "db"] })],
  });
  expect(problems).toEqual([expect.stringContaining("controller")]);
});
