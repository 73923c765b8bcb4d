/** Machines and tags that a person adds to a role. */
import { describe, expect, it, test } from "vitest";
import { ClanCache } from "../../../../server/src/clan/clan-cache.ts";
import { type MembersChoice, newMembers } from "../../../../server/src/features/new-things/new-members.ts";
import { snapshotOf } from "../../helpers/clan.ts";
import { applyEdits } from "../../helpers/edits.ts";
import { parseFixture } from "../../helpers/fixture.ts";

/** The role `server` of `ssh`, as it is written, and what comes of it. */
async function added(role: string, choice: Partial<MembersChoice>) {
  const [before, behind] = role.includes("ssh")
    ? ["inventory.instances = ", ";\n}\n"]
    : ['inventory.instances = { ssh = { module.name = "sshd"; roles.server = ', "; }; };\n}\n"];
  const start = `{
  meta.name = "x";
  inventory.machines = { web = { tags = [ "srv" "prod" ]; }; db = { }; };
  ${before}`;
  const text = start + role + behind;
  const snapshot = await snapshotOf(parseFixture(text, "/clan.nix").files);
  const { clansOf } = new ClanCache();
  const [clan] = clansOf(snapshot);
  if (clan === undefined) throw new Error("no clan");
  const { proposal, problems } = newMembers(clan, snapshot, clansOf, {
    instance: "ssh",
    role: "server",
    machines: [],
    tags: [],
    ...choice,
  });
  const after = proposal && applyEdits(text, proposal.edits);
  expect(after?.startsWith(start) && after.endsWith(behind)).not.toBe(false);
  return { text: after?.slice(start.length, -behind.length), problems };
}

test.each<readonly [string, string, Partial<MembersChoice>, string]>([
  [
    "into an empty role",
    "{ }",
    { machines: ["web"], tags: ["prod"] },
    '{ machines.web = { }; tags = [ "prod" ]; }',
  ],
  [
    "beside others",
    "{ machines.web = { }; }",
    { machines: ["db"] },
    "{ machines.web = { }; machines.db = { }; }",
  ],
  [
    "into a set",
    "{ machines = { web = { }; }; }",
    { machines: ["db"] },
    "{ machines = { web = { }; db = { }; }; }",
  ],
  [
    "into an empty set",
    "{ machines = { }; }",
    { machines: ["db", "web"] },
    "{ machines = { db = { }; web = { }; }; }",
  ],
  [
    "on lines of their own",
    "{\n    machines = {\n      web = { };\n    };\n  }",
    { machines: ["db"] },
    "{\n    machines = {\n      web = { };\n      db = { };\n    };\n  }",
  ],
  [
    "into a list of tags",
    '{ tags = [ "srv" ]; }',
    { tags: ["prod", "all"] },
    '{ tags = [ "srv" "prod" "all" ]; }',
  ],
  ["into an empty list", "{ tags = [ ]; }", { tags: ["prod"] }, '{ tags = [ "prod" ]; }'],
  [
    "into a set of tags",
    "{ tags = { srv = { }; }; }",
    { tags: ["prod"] },
    "{ tags = { srv = { }; prod = { }; }; }",
  ],
  ["beside a tag", "{ tags.srv = { }; }", { tags: ["prod"] }, "{ tags.srv = { }; tags.prod = { }; }"],
  [
    "but not what is there",
    '{ tags = [ "srv" ]; machines.web = { }; }',
    { tags: ["srv", "prod"], machines: ["web"] },
    '{ tags = [ "srv" "prod" ]; machines.web = { }; }',
  ],
])("they come %s", async (_where, role, choice, expected) => {
  expect(await added(role, choice)).toEqual({ text: expected, problems: [] });
});

describe("nothing is changed", () => {
  it.each<readonly [string, string, Partial<MembersChoice>]>([
    ["where nobody is new", "{ machines.web = { }; }", { machines: ["web"] }],
    ["where the machines are computed", "{ machines = import ./x.nix; }", { machines: ["db"] }],
    ["where the tags are computed", "{ tags = import ./x.nix; }", { tags: ["srv"] }],
    ["of a role that is not there", "{ }", { role: "client", machines: ["web"] }],
    [
      "where another instance is made of the same code",
      'builtins.listToAttrs (map (name: { inherit name; value = { module.name = "sshd"; roles.server = { machines = { }; }; }; }) [ "ssh" "other" ])',
      { machines: ["web"] },
    ],
  ])("%s", async (_where, role, choice) => {
    expect(await added(role, choice)).toEqual({ text: undefined, problems: [] });
  });
});

it("says what would be wrong", async () => {
  const { problems } = await added("{ }", { machines: ["gone"] });
  expect(problems).toEqual([expect.stringContaining("gone")]);
});
