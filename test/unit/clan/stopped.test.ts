import { describe, expect, it } from "vitest";
import { ClanCache } from "../../../server/src/clan/clan-cache.ts";
import { evaluateClans } from "../../../server/src/clan/evaluate.ts";
import { collectFindings } from "../../../server/src/features/findings.ts";
import { workspaceOf } from "../helpers/workspace.ts";

const CLAN = `
#- /clan/clan.nix
{ lib, config, ... }:
{
  imports = [ ./more.nix ];
  inventory.machines = lib.genAttrs [ "web" "db" ] (name: { tags = [ "srv" ]; deploy.targetHost = "root@\${name}"; });
  inventory.instances = {
    sshd.roles = { server.tags.srv = { }; client.machines = lib.mapAttrs (_: _: { }) config.inventory.machines; };
    wireguard.roles = {
      controller.machines.web.settings.endpoint = "web.example.org";
      peer = { machines.db = { }; machines.laptop = { }; settings.controller = "web"; };
    };
  };
}
#- /clan/more.nix
{ config, lib, ... }:
{
  inventory.machines.laptop = lib.mkIf (config.inventory.machines ? web) { tags = [ "srv" "desk" ]; };
  inventory.tags.spare = builtins.filter (name: name != "web") (builtins.attrNames config.inventory.machines);
  inventory.instances.backup = {
    module.name = "borgbackup";
    roles.server.machines.web = { };
    roles.client.tags.desk.settings.startAt = "daily";
  };
}
`;

it("an evaluation that is stopped, wherever it is, claims nothing", async () => {
  const { workspace } = await workspaceOf(CLAN, ["/clan"]);
  const snapshot = workspace.snapshot();
  const whole = evaluateClans(snapshot);
  expect(collectFindings(snapshot, whole)).toEqual([]);
  let open = 0;
  for (let steps = 1; steps < 1500; steps += 13) {
    const clans = evaluateClans(snapshot, { budget: { steps } });
    expect({ steps, findings: collectFindings(snapshot, clans) }).toEqual({ steps, findings: [] });
    if (clans.some((clan) => clan.unknown.length > 0)) open++;
  }
  expect(open).toBeGreaterThan(20);
});

const MANY = `
#- /clan/clan.nix
{ inventory.machines = builtins.listToAttrs (map (n: { name = "m\${toString n}"; value = { }; }) (builtins.genList (n: n) 2000)); }
#- /clan/machines/m7/configuration.nix
{ clan.core.vars.generators.own.files.key = { }; }
#- /clan/notes.nix
{ }
`;

describe("a stopped evaluation", () => {
  async function stopped() {
    const { workspace } = await workspaceOf(MANY, ["/clan"]);
    let isOver = true;
    const cache = new ClanCache(() => isOver);
    const [before] = cache.clansOf(workspace.snapshot());
    expect(before?.machines.open?.reason).toMatch(/took too long/);
    isOver = false;
    const edit = (path: string) => {
      const text = workspace.snapshot().readFile(path) ?? "";
      workspace.open(path, text);
      workspace.edit(path, [{ start: text.length, end: text.length, text: " " }]);
    };
    return { workspace, cache, before, edit };
  }

  it("stays as it is until something happens", async () => {
    const { workspace, cache, before } = await stopped();
    expect(cache.clansOf(workspace.snapshot())[0]).toBe(before);
  });

  it.each<[string, (session: Awaited<ReturnType<typeof stopped>>) => void]>([
    ["an edit", ({ edit }) => edit("/clan/clan.nix")],
    ["an edit of a machine's file", ({ edit }) => edit("/clan/machines/m7/configuration.nix")],
    ["an edit of a file nobody reads", ({ edit }) => edit("/clan/notes.nix")],
    ["a save", ({ workspace }) => workspace.changed(["/clan"])],
  ])("is taken up again after %s", async (_, happens) => {
    const session = await stopped();
    happens(session);
    const [again] = session.cache.clansOf(session.workspace.snapshot());
    expect([again?.machines.known.size, again?.machines.open]).toEqual([2000, undefined]);
    expect(again?.vars.of("m7").generators.known.has("own")).toBe(true);
  });

  it("of a machine is taken up again after an edit elsewhere", async () => {
    const { workspace } = await workspaceOf(
      `
#- /clan/clan.nix
{ inventory.machines.web = { }; }
#- /clan/machines/web/configuration.nix
{ lib, ... }: { clan.core.vars.generators = lib.genAttrs (map toString (lib.range 1 3000)) (n: { files.a = { }; }); }
#- /clan/notes.nix
{ }
`,
      ["/clan"],
    );
    let isOver = false;
    const cache = new ClanCache(() => isOver);
    const generators = () => cache.clansOf(workspace.snapshot())[0]?.vars.of("web").generators;
    void cache.clansOf(workspace.snapshot())[0]?.tree.value();
    isOver = true;
    expect(generators()?.open?.reason).toMatch(/took too long/);
    isOver = false;
    expect(generators()?.open?.reason).toMatch(/took too long/);
    workspace.open("/clan/notes.nix", "{ } ");
    expect(generators()?.known.has("3000")).toBe(true);
  });
});
