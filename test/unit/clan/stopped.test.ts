import { expect, it } from "vitest";
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

it("a stopped evaluation stays as it is until something changes", async () => {
  const { workspace } = await workspaceOf(
    `
#- /clan/clan.nix
{ inventory.machines = builtins.listToAttrs (map (n: { name = "m\${toString n}"; value = { }; }) (builtins.genList (n: n) 2000)); }
`,
    ["/clan"],
  );
  let isOver = true;
  const cache = new ClanCache(() => isOver);
  const [stopped] = cache.clansOf(workspace.snapshot());
  expect(stopped?.machines.open?.reason).toMatch(/took too long/);
  isOver = false;
  expect(cache.clansOf(workspace.snapshot())[0]).toBe(stopped);
  workspace.open("/clan/clan.nix", `${workspace.snapshot().readFile("/clan/clan.nix")} `);
  const [again] = cache.clansOf(workspace.snapshot());
  expect([again?.machines.known.size, again?.machines.open]).toEqual([2000, undefined]);
});
