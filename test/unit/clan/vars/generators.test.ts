import { expect, test } from "vitest";
import type { Clan } from "../../../../server/src/clan/model.ts";
import type { Generator } from "../../../../server/src/clan/vars/model.ts";
import { clanOf } from "../../helpers/clan.ts";

/** `ca(share): ca.pem public, key | prompts pw* | needs root` */
function show({ name, share, conditional, files, prompts, dependencies }: Generator): string {
  const list = (names: readonly string[], open: unknown): string =>
    [...names, ...(open === undefined ? [] : ["…"])].join(", ");
  const shownFiles = [...files.known.values()].map(
    ({ name: file, secret, deploy }) =>
      `${file}${secret === false ? " public" : secret === undefined ? " ?" : ""}${deploy === false ? " kept" : ""}`,
  );
  const shownPrompts = [...prompts.known.values()].map(
    (prompt) => `${prompt.name}${prompt.persist ? "*" : ""}`,
  );
  const parts = [
    `${name}${share ? "(share)" : share === undefined ? "(share?)" : ""}${conditional ? "?" : ""}`,
    ` ${list(shownFiles, files.open)}`,
    ...(prompts.known.size > 0 ? [` | prompts ${list(shownPrompts, prompts.open)}`] : []),
    ...(dependencies.known.size > 0
      ? [` | needs ${list([...dependencies.known.keys()], dependencies.open)}`]
      : []),
  ];
  return parts.join("");
}

function generatorsOf(clan: Clan, machine = "web"): readonly string[] {
  const { generators } = clan.vars.of(machine);
  return [
    ...[...generators.known.values()].map(show),
    ...(generators.open ? [`… ${generators.open.reason}`] : []),
  ];
}

test("generators of clan.machines, of machines/<name>/ and of what it imports", async () => {
  const clan = await clanOf(`
    {
      machines.web.clan.core.vars.generators.inline.files.a = { };
      inventory.machines.db = { };
    }
    #- /machines/web/configuration.nix
    { config, pkgs, ... }: {
      imports = [ ../../modules/ca.nix ./disk ];
      clan.core.vars.generators.own = {
        files.key = { };
        files."key.pub".secret = false;
        prompts.password = { type = "hidden"; persist = true; };
        runtimeInputs = [ pkgs.openssl ];
        dependencies = [ "ca" ];
        script = "cat $in/ca/ca.pem > $out/key";
      };
    }
    #- /machines/web/disk/default.nix
    { clan.core.vars.generators = { disk = { files.luks.deploy = false; }; }; }
    #- /modules/ca.nix
    { clan.core.vars.generators.ca = { share = true; files."ca.pem".secret = false; }; }
  `);
  expect(generatorsOf(clan)).toEqual([
    "ca(share) ca.pem public",
    "disk luks kept",
    "inline a",
    "own key, key.pub public, password | prompts password* | needs ca",
  ]);
  expect(generatorsOf(clan, "db")).toEqual([]);
});
