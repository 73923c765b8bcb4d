/** clan/changed: a client that shows the clans is told when to ask again. */
import { expect, test } from "vitest";
import { type ClanSummary, changedNotification, inventoryRequest } from "../../shared/requests.ts";
import { file, useClients } from "./clients.ts";

const start = useClients();

async function startFollowing(followsClans: boolean) {
  const client = await start("#- /clan/clan.nix\n{ inventory.machines.web = { }; }", {
    initializationOptions: { followsClans },
  });
  let times = 0;
  client.connection.onNotification(changedNotification, () => void times++);
  client.open(file);
  return { client, times: () => times };
}

test("a client that follows the clans is told of a change, once for several", async () => {
  const { client, times } = await startFollowing(true);
  await expect.poll(times).toBeGreaterThan(0);
  const before = times();
  await client.together(() => {
    client.change(file, "{ inventory.machines.we = { }; }");
    client.change(file, "{ inventory.machines.db = { }; }");
  });
  await expect.poll(times).toBe(before + 1);
  const [clan] = await client.connection.sendRequest<ClanSummary[]>(inventoryRequest, {});
  expect(clan?.machines.map(({ name }) => name)).toEqual(["db"]);
});

test("another is not", async () => {
  const { client, times } = await startFollowing(false);
  client.change(file, "{ inventory.instances.sshd.roles.clint = { }; }");
  await client.diagnostics(file, (found) => found.length > 0);
  expect(times()).toBe(0);
});
