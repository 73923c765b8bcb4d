/** A machine that is kept from the state before is made anew where the clan says something else to it. */
import { expect, test } from "vitest";
import { ClanCache } from "../../../../server/src/clan/clan-cache.ts";
import type { Snapshot } from "../../../../server/src/project/snapshot.ts";
import { workspaceOf } from "../../helpers/workspace.ts";

const path = "/clan/clan.nix";

/** The names of the generators of `web` in each state of one session, its clan.nix being these. */
async function generatorsIn(machine: string, ...texts: readonly string[]): Promise<string[]> {
  const [first = ""] = texts;
  const { workspace } = await workspaceOf(
    `#- ${path}\n${first}\n#- /clan/machines/web/configuration.nix\n{ config, ... }: { ${machine} }\n#- /clan/sub/machines/web/configuration.nix\n{ config, ... }: { ${machine} }\n`,
    ["/clan"],
  );
  const cache = new ClanCache();
  const names = (snapshot: Snapshot): string => {
    const [clan] = cache.clansOf(snapshot);
    const known = [...(clan?.vars.of("web").generators.known.keys() ?? ["no clan"])];
    // clan's own
    return known.filter((name) => name !== "state-version").join(" ");
  };
  const states = [workspace.snapshot()];
  for (const text of texts.slice(1)) states.push((states.at(-1) as Snapshot).with(path, text));
  return states.map(names);
}

const generator = (name: string) => `clan.core.vars.generators."${name}".files.x = { };`;
const setting = (name: string) => generator(`\${baseNameOf (toString config.clan.core.settings.${name})}`);
const clan = (more: string) => `{ inventory.machines.web = { }; ${more} }`;

test.each([
  ["the clan's name", setting("name"), 'meta.name = "home";', 'meta.name = "work";', ["home", "work"]],
  [
    "the clan's domain",
    setting("domain"),
    'meta.name = "x"; meta.domain = "a.lan";',
    'meta.name = "x"; meta.domain = "b.lan";',
    ["a.lan", "b.lan"],
  ],
  ["the clan's folder", setting("directory"), "directory = ./.;", "directory = ./sub;", ["clan", "sub"]],
])("%s", async (_name, machine, before, after, expected) => {
  expect(await generatorsIn(machine, clan(before), clan(after), clan(before))).toEqual([
    ...expected,
    expected[0],
  ]);
});

test("what it says of the machine itself, and the services the machine is in", async () => {
  const users =
    'inventory.instances.users = { roles.default.machines.web = { }; roles.default.settings.user = "ann"; };';
  const states = await generatorsIn(
    generator("own"),
    clan(""),
    clan(generator("more").replace("clan.core", "machines.web.clan.core")),
    clan(users),
    clan(users.replace("ann", "bob")),
    clan(""),
  );
  expect(states).toEqual(["own", "more own", "own user-password-ann", "own user-password-bob", "own"]);
});
