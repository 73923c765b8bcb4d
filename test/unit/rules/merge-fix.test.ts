/** Settings that several files define: what is in the files after the fix. */
import { expect, test } from "vitest";
import { filesAfterFix, findingTexts } from "../helpers/check.ts";

const role = "inventory.instances.internet.roles.default";

function clan(first: string, second: string): string {
  return `#- /clan.nix
{
  imports = [ ./more.nix ];
  inventory.machines.a = { };
  ${role} = {
    tags = [ "all" ];
    ${first}
  };
}
#- /more.nix
{
  ${role}.${second}
  meta.name = "x";
}
`;
}

test.each([
  ["a path", `settings.port = 1;`, `settings.host = "h";`, `settings.port = 1;\n    settings.host = "h";`],
  ["a set", `settings = { port = 1; };`, `settings.host = "h";`, `settings = { port = 1; host = "h"; };`],
  [
    "sets",
    `settings = { port = 1; };`,
    `settings = { host = "h"; };`,
    `settings = { port = 1; host = "h"; };`,
  ],
  ["the same", `settings.host = "h";`, `settings = { host = "h"; };`, `settings.host = "h";`],
  [
    "several, one of them twice",
    `settings.host = "h"; # where\n    settings.port = 1; # how`,
    `settings = { host = "h"; user = "u"; jumphosts = [ "j" ]; };`,
    `settings.host = "h"; # where\n    settings.port = 1; # how\n    settings.user = "u";\n    settings.jumphosts = [ "j" ];`,
  ],
])("%s", async (_name, first, second, merged) => {
  const after = await filesAfterFix(clan(first, second));
  expect(after).toBe(clan(merged, "").replace(`\n  ${role}.`, ""));
  expect(await findingTexts(after)).toEqual([]);
});

test.each([
  ["has two values", `settings.host = "h";`, `settings.host = "g";`],
  ["has a comment", `settings.host = "h";`, `settings = { port = 1; /* ssh */ };`],
  ["is a path from its file", `settings.host = "h";`, `settings.user = "\${./user}";`],
])("none where a setting %s", async (_name, first, second) => {
  await expect(filesAfterFix(clan(first, second))).rejects.toThrow("the finding has no fix");
});
