import { expect, test } from "vitest";
import { findingTexts } from "../helpers/check.ts";

/** A clan with all that a copy of clan-core may have added, and a slip in each place. */
function clanWith(url: string): string {
  return `
    #- /flake.nix
    {
      inputs.clan-core.url = "${url}";
      outputs = { self, clan-core }: { clan = clan-core.lib.clan { inherit self; imports = [ ./clan.nix ]; }; };
    }
    #- /clan.nix
    {
      meta.name = "c";
      inventory.machines.web = { quarters = "attic"; tgas = [ ]; };
      inventory.instances.beacon.roles.lamp.tags.all = { };
      inventory.instances.intrenet.roles.default.tags.all = { };
      inventory.instances.internet.roles.outpost.tags.all = { };
      inventory.instances.internet.roles.defualt.tags.all = { };
      inventory.instances.internet.roles.default.machines.web.settings = { cable = "red"; prot = 1; };
      machines.web.clan.core.vars.generators.k = { renewedBy = "nobody"; scirpt = "true"; };
    }
  `;
}

const slips = [
  "unknown-option: tgas",
  "unknown-option: scirpt",
  "unknown-service: intrenet",
  "unknown-role: defualt",
  "unknown-setting: prot",
];

test.each(["https://git.clan.lol/clan/clan-core/archive/main.tar.gz", "github:clan-lol/clan-core"])(
  "names that %s does not have",
  async (url) => {
    const others = [
      "unknown-option: quarters",
      "unknown-option: renewedBy",
      "unknown-service: beacon",
      "unknown-role: outpost",
      "unknown-setting: cable",
    ];
    expect((await findingTexts(clanWith(url))).sort()).toEqual([...slips, ...others].sort());
  },
);

test.each(["github:someone/clan-core", "git+https://git.clan.lol/someone/clan-core?ref=mine"])(
  "of those that a copy may have, slips alone: %s",
  async (url) => {
    expect((await findingTexts(clanWith(url))).sort()).toEqual([...slips].sort());
  },
);
