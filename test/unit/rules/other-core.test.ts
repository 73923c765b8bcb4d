import { expect, test } from "vitest";
import { findingTexts } from "../helpers/check.ts";

/** A clan with all that another clan-core may have added, and a slip in each place. */
function clanWith(url: string, lock = ""): string {
  return `${lock}
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

test.each([
  ["2025-06-01", "other"],
  ["2026-01-01", "like ours"],
  ["2026-09-01", "like ours"],
  ["2027-01-01", "other"],
  // Such a lock was written by no Nix of a clan.
  ["1970-01-02", "like ours"],
])("clan-core locked at %s is %s", async (date, expected) => {
  const nodes = {
    "clan-core": { locked: { type: "tarball", lastModified: Date.parse(date) / 1000 } },
    root: { inputs: { "clan-core": "clan-core" } },
  };
  const lock = `\n    #- /flake.lock\n    ${JSON.stringify({ version: 7, root: "root", nodes })}`;
  const url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
  const found = await findingTexts(clanWith(url, lock));
  expect(found.filter((text) => slips.includes(text)).sort()).toEqual([...slips].sort());
  expect(found.includes("unknown-service: beacon")).toBe(expected === "like ours");
});
