import { describe, expect, it } from "vitest";
import { ClanCache } from "../../../server/src/clan/clan-cache.ts";
import type { Clan } from "../../../server/src/clan/model.ts";
import { workspaceOf } from "../helpers/workspace.ts";

const TWO_CLANS = `
#- /work/infra/clan.nix
{ imports = [ ./services.nix ]; inventory.machines.web = { }; }
#- /work/infra/services.nix
{ inventory.instances.sshd.roles.server.tags.all = { }; }
#- /work/infra/notes.nix
{ }
#- /work/lab/flake.nix
{
  outputs = { self, clan-core }: { clan = clan-core.lib.clan { inherit self; imports = [ ./clan.nix ]; }; };
  inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
}
#- /work/lab/clan.nix
{ inventory.machines = builtins.mapAttrs (name: type: { }) (builtins.readDir ./hosts); }
#- /work/lab/hosts/a
`;

async function session() {
  const { workspace, files } = await workspaceOf(TWO_CLANS, ["/work"]);
  const cache = new ClanCache();
  const clans = () => cache.clansOf(workspace.snapshot());
  const type = (path: string, text: string) => {
    workspace.open(path, workspace.snapshot().readFile(path) ?? "");
    workspace.edit(path, [{ start: 0, end: 0, text }]);
  };
  return { workspace, files, cache, clans, type };
}

/** Which of the clans are not the same as before. */
function evaluatedAgain(before: readonly Clan[], after: readonly Clan[]): string[] {
  const versions = before.map(({ version }) => version);
  return after.filter(({ version }) => !versions.includes(version)).map(({ root }) => root);
}

describe("what evaluates clans again", () => {
  it.each([
    ["a file of one clan", "/work/infra/services.nix", ["/work/infra"]],
    ["a file neither reads", "/work/infra/notes.nix", []],
    ["a flake", "/work/lab/flake.nix", ["/work/lab"]],
    ["a new file nobody asked for", "/work/infra/new.nix", []],
    ["a new file in a folder that was listed", "/work/lab/hosts/b", ["/work/lab"]],
    ["a new file where one was looked for", "/work/infra/flake.nix", ["/work/infra"]],
    ["a new folder of a machine", "/work/infra/machines/db/configuration.nix", ["/work/infra"]],
  ])("%s", async (_, path, expected) => {
    const { clans, type } = await session();
    const before = clans();
    expect(before.map(({ root }) => root)).toEqual(["/work/infra", "/work/lab"]);
    type(path, "# typed\n");
    expect(evaluatedAgain(before, clans())).toEqual(expected);
  });

  it("is not that a file is saved as it was typed", async () => {
    const { clans, files, type, workspace } = await session();
    type("/work/infra/services.nix", "# typed\n");
    const before = clans();
    files.write("/work/infra/services.nix", workspace.snapshot().readFile("/work/infra/services.nix") ?? "");
    workspace.changed(["/work/infra/services.nix"]);
    expect(evaluatedAgain(before, clans())).toEqual([]);
  });

  it("is a folder that goes away", async () => {
    const { clans, files, workspace } = await session();
    clans();
    files.remove("/work/lab/clan.nix");
    files.remove("/work/lab/flake.nix");
    workspace.changed(["/work/lab/clan.nix", "/work/lab/flake.nix"]);
    expect(clans().map(({ root }) => root)).toEqual(["/work/infra"]);
  });
});

describe("a state that was only tried", () => {
  it("shares the clans it does not concern, and leaves the others as they were", async () => {
    const { clans, cache, workspace } = await session();
    const before = clans();
    const tried = workspace.snapshot().with("/work/infra/services.nix", "{ inventory.machines.db = { }; }");
    const during = cache.clansOf(tried);
    expect(evaluatedAgain(before, during)).toEqual(["/work/infra"]);
    expect([...(during[0]?.machines.known.keys() ?? [])]).toEqual(["db", "web"]);
    expect(evaluatedAgain(before, clans())).toEqual([]);
  });
});

const LATE = `
#- /clan/clan.nix
{ inventory.machines.web.description = builtins.readFile ./late; inventory.machines.db = { }; }
#- /clan/late
now
#- /clan/machines/web/configuration.nix
{ clan.core.vars.generators.own = { }; }
#- /clan/machines/db/configuration.nix
{ lib, ... }: { clan.core.vars.generators.\${lib.trim (builtins.readFile ../../late)} = { }; }
`;

describe("two states at once", () => {
  async function both(path: string, text: string) {
    const { workspace } = await workspaceOf(LATE, ["/clan"]);
    const cache = new ClanCache();
    const snapshot = workspace.snapshot();
    const tried = snapshot.with(path, text);
    const clanOf = (asked: typeof snapshot) => cache.clansOf(asked)[0];
    return { cache, snapshot, tried, clanOf };
  }
  const description = (clan: Clan | undefined) =>
    clan?.tree.at("inventory", "machines", "web", "description")?.string();
  const generators = (clan: Clan | undefined, machine: string) =>
    [...(clan?.vars.of(machine).generators.known.keys() ?? [])].filter((name) => !name.includes("-"));

  it("differ in the configuration of a machine", async () => {
    const path = "/clan/machines/web/configuration.nix";
    const text = "{ clan.core.vars.generators.other = { }; }";
    for (const first of ["seen", "tried"]) {
      const { snapshot, tried, clanOf } = await both(path, text);
      const [a, b] = first === "seen" ? [snapshot, tried] : [tried, snapshot];
      const clans = new Map([a, b].map((state) => [state, clanOf(state)]));
      expect(clans.get(snapshot)).not.toBe(clans.get(tried));
      expect([a, b, a].map((state) => clanOf(state) === clans.get(state))).toEqual([true, true, true]);
      expect(generators(clans.get(tried), "web")).toEqual(["other"]);
      expect(generators(clans.get(snapshot), "web")).toEqual(["own"]);
      expect([...clans.values()].map((clan) => clan?.files.size)).toEqual([
        clans.get(snapshot)?.files.size,
        clans.get(snapshot)?.files.size,
      ]);
    }
  });

  it("are many: that of what a person sees stays, whatever is tried beside it", async () => {
    const path = "/clan/machines/web/configuration.nix";
    const { snapshot, clanOf } = await both(path, "{ }");
    const seen = clanOf(snapshot);
    expect(generators(seen, "web")).toEqual(["own"]);
    for (let round = 0; round < 12; round++) {
      const name = `other${round}`;
      const tried = clanOf(snapshot.with(path, `{ clan.core.vars.generators.${name} = { }; }`));
      expect(generators(tried, "web")).toEqual([name]);
      expect(clanOf(snapshot)).toBe(seen);
    }
  });

  it.each([
    ["one that is seen first", true],
    ["one that is tried first", false],
  ])("differ in what is read late: %s", async (_, isSeenFirst) => {
    const { cache, snapshot, tried, clanOf } = await both("/clan/late", "then");
    let attempts = 0;
    const answer = cache.consistently(() => {
      attempts++;
      const [a, b] = isSeenFirst ? [snapshot, tried] : [tried, snapshot];
      const clans = new Map([a, b].map((state) => [state, clanOf(state)]));
      const [seen, other] = [clans.get(snapshot), clans.get(tried)];
      return {
        other: [description(other), ...generators(other, "db")],
        seen: [description(seen), ...generators(seen, "db")],
      };
    });
    expect(answer).toEqual({ other: ["then", "then"], seen: ["now\n", "now"] });
    expect(attempts).toBe(2);
    expect(description(clanOf(snapshot))).toBe("now\n");
    expect(description(clanOf(tried))).toBe("then");
  });
});
