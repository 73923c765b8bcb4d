/** Addresses for `deploy.targetHost` and `deploy.buildHost` of a machine. */
import { expect, it } from "vitest";
import { checkCompletion, completionLabels } from "./check-completion.ts";

const clan = (deploy: string) => `
  {
    inventory.machines.db.deploy = { ${deploy} };
    inventory.machines.web.deploy = { targetHost = "admin@web.example.org:2222"; buildHost = "root@builder"; };
    inventory.machines.mail = { };
  }
`;

it("offers where it is deployed to: the machine itself, then what is written for others", async () => {
  expect((await completionLabels(clan('targetHost = "$0";'))).slice(0, 3)).toEqual([
    "root@db",
    "admin@web.example.org:2222",
    "root@builder",
  ]);
  await checkCompletion(clan('targetHost = "$0";'), "root@db", clan('targetHost = "root@db";'));
});

it("offers who builds it: what is written, and other machines", async () => {
  const labels = await completionLabels(clan("buildHost = $0;"));
  expect(labels).toEqual([
    '"admin@web.example.org:2222"',
    '"root@builder"',
    '"root@db"',
    '"root@mail"',
    "null",
  ]);
  await checkCompletion(clan("buildHost = $0;"), '"root@builder"', clan('buildHost = "root@builder";'));
});

it("offers what is half-written", () =>
  checkCompletion(clan('targetHost = "root@d$0";'), "root@db", clan('targetHost = "root@db";')));

it("offers none that cannot be known", async () => {
  const computed = clan('targetHost = "$0";').replace('"root@builder"', "builtins.readFile /nowhere");
  expect(await completionLabels(computed)).not.toContain("root@builder");
});
