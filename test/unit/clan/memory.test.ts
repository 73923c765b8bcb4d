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
`;

it("nothing of a text is left once its document was closed and its clan evaluated", async () => {
  const { workspace } = await workspaceOf(CLAN, ["/clan"]);
  const { clansOf } = new ClanCache();
  const look = () => {
    const snapshot = workspace.snapshot();
    const clans = clansOf(snapshot);
    return { findings: collectFindings(snapshot, clans), size: clans[0]?.index.size };
  };
  const type = (path: string) => workspace.edit(path, [{ start: 0, end: 0, text: " " }]);
  const texts: WeakRef<object>[] = [];
  const remember = () => {
    const source = workspace.snapshot().source("/clan/machines.nix");
    if (source !== undefined) texts.push(new WeakRef(source));
  };

  workspace.open(
    "/clan/machines.nix",
    "{ inventory.machines = { web = { tags = [ ]; }; db = { tags = [ ]; }; }; }",
  );
  for (let key = 0; key < 5; key++) {
    type("/clan/machines.nix");
    look();
    remember();
  }
  workspace.close("/clan/machines.nix");
  look();
  // What the last evaluation could take over from the one before goes with the next.
  workspace.open("/clan/clan.nix", workspace.snapshot().readFile("/clan/clan.nix") ?? "");
  type("/clan/clan.nix");
  look();

  // What a WeakRef was made of is kept until the turn of the event loop has ended.
  await new Promise((resolve) => setTimeout(resolve, 0));
  collectGarbage();
  expect(texts.length).toBe(5);
  expect(texts.filter((text) => text.deref() !== undefined)).toEqual([]);
});
