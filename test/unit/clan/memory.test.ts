import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { ClanCache } from "../../../server/src/clan/clan-cache.ts";
import { collectFindings } from "../../../server/src/features/findings.ts";
import { workspaceOf } from "../helpers/workspace.ts";

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

const CLAN = `
#- /clan/clan.nix
{ imports = [ ./machines.nix ]; inventory.instances.sshd.roles.server.tags.srv = { }; }
#- /clan/machines.nix
{ inventory.machines.web = { tags = [ "srv" ]; }; }
#- /clan/machines/web/configuration.nix
{ self, config, ... }: { clan.core.vars.generators.own.files.key = { }; x = config.clan.core.vars.generators.own; }
#- /clan/machines/db/configuration.nix
{ lib, ... }: { imports = [ ../web/configuration.nix ]; y = lib.concatStrings [ "a" ]; }
`;
const EDITED = ["/clan/machines.nix", "/clan/machines/web/configuration.nix"];

it("nothing of a text is left once its document was closed and its clan evaluated", async () => {
  const { workspace } = await workspaceOf(CLAN, ["/clan"]);
  const { clansOf } = new ClanCache();
  const look = () => {
    const snapshot = workspace.snapshot();
    const clans = clansOf(snapshot);
    return { findings: collectFindings(snapshot, clans), nodes: [...(clans[0]?.index ?? [])].length };
  };
  const type = (path: string) => workspace.edit(path, [{ start: 0, end: 0, text: " " }]);
  const texts: WeakRef<object>[] = [];
  const remember = (path: string) => {
    const source = workspace.snapshot().source(path);
    if (source !== undefined) texts.push(new WeakRef(source));
  };

  workspace.open(
    "/clan/machines.nix",
    "{ inventory.machines = { web = { tags = [ ]; }; db = { tags = [ ]; }; }; }",
  );
  workspace.open(
    "/clan/machines/web/configuration.nix",
    workspace.snapshot().readFile("/clan/machines/web/configuration.nix") ?? "",
  );
  for (let key = 0; key < 10; key++) {
    const path = EDITED[key % 2] ?? "";
    type(path);
    look();
    remember(path);
  }
  for (const path of EDITED) workspace.close(path);
  look();
  // What the last evaluation could take over from the one before goes with the next.
  workspace.open("/clan/clan.nix", workspace.snapshot().readFile("/clan/clan.nix") ?? "");
  type("/clan/clan.nix");
  look();

  // What a WeakRef was made of is kept until the turn of the event loop has ended.
  await new Promise((resolve) => setTimeout(resolve, 0));
  collectGarbage();
  expect(texts.length).toBe(10);
  expect(texts.filter((text) => text.deref() !== undefined)).toEqual([]);
});

it("a machine that may be kept holds nothing of the clan it was evaluated for", async () => {
  const { workspace } = await workspaceOf(CLAN, ["/clan"]);
  const { clansOf } = new ClanCache();
  const path = "/clan/machines.nix";
  workspace.open(path, workspace.snapshot().readFile(path) ?? "");
  const evaluate = () => {
    const clans = clansOf(workspace.snapshot());
    return {
      clans: clans.map((clan) => new WeakRef(clan.tree)),
      vars: clans.map(({ vars }) => vars.of("web")),
    };
  };
  const first = (() => {
    const { clans, vars } = evaluate();
    return { clans, generators: vars.map(({ generators }) => generators.known.size) };
  })();
  expect(first.generators).toEqual([5]);
  for (let key = 0; key < 3; key++) {
    workspace.edit(path, [{ start: 0, end: 0, text: " " }]);
    void evaluate();
  }
  await new Promise((resolve) => setTimeout(resolve, 0));
  collectGarbage();
  expect(first.clans.map((tree) => tree.deref())).toEqual([undefined]);
});
