import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { evaluateClans } from "../../../../server/src/clan/evaluate.ts";
import type { Clan } from "../../../../server/src/clan/model.ts";
import { MemoryFileSystem } from "../../../../server/src/project/file-system.ts";
import { Workspace } from "../../../../server/src/project/workspace.ts";
import { clanOf } from "../../helpers/clan.ts";
import { testParser } from "../../helpers/parse.ts";

/** `status | file there "text", file missing` */
function stateOf(clan: Clan, generator: string, machine = "web"): string {
  const found = clan.vars.of(machine).generators.known.get(generator) ?? expect.fail(`no ${generator}`);
  const { status, files } = clan.vars.state(found);
  const shown = [...files].map(([name, { exists, value }]) => {
    const state = exists === undefined ? "?" : exists ? "there" : "missing";
    return `${name} ${state}${value === undefined ? "" : ` ${JSON.stringify(value)}`}`;
  });
  return `${status} | ${shown.join(", ")}`;
}

const generators = `
    #- /machines/web/configuration.nix
    { pkgs, ... }: {
      clan.core.vars.generators = {
        whole.files = { key = { }; pub.secret = false; };
        half.files = { key = { }; pub.secret = false; };
        none.files = { key = { }; pub.secret = false; };
        common = { share = true; files."dir/key" = { }; };
        unsure = { share = pkgs.x; files.key = { }; };
        either.files.key.secret = pkgs.x;
      };
    }
`;

test("the sops store: public values, presence of secrets, shared and of the machine", async () => {
  const clan = await clanOf(`
    { }
    ${generators.trim()}
    #- /vars/per-machine/web/whole/key/secret
    { "data": "…" }
    #- /vars/per-machine/web/whole/pub/value
    PUB
    #- /vars/per-machine/web/half/pub/value
    PUB
    #- /vars/shared/common/dir/key/secret
    { }
    #- /vars/per-machine/web/either/key/secret
    { }
  `);
  expect(stateOf(clan, "whole")).toBe('generated | key there, pub there "PUB\\n"');
  expect(stateOf(clan, "half")).toBe('partly | key missing, pub there "PUB\\n"');
  expect(stateOf(clan, "none")).toBe("missing | key missing, pub missing");
  expect(stateOf(clan, "common")).toBe("generated | dir/key there");
  expect(stateOf(clan, "unsure")).toBe("unknown | ");
  expect(stateOf(clan, "either")).toBe("generated | key there");
});

test("the age store, and stores outside the repository", async () => {
  const age = await clanOf(`
    { vars.settings.secretStore = "age"; }
    ${generators.trim()}
    #- /secrets/clan-vars/per-machine/web/whole/key/key.age
    age
    #- /secrets/clan-vars/shared/common/dir/key/key.age
    age
    #- /vars/per-machine/web/whole/pub/value
    PUB
  `);
  expect(stateOf(age, "whole")).toBe('generated | key there, pub there "PUB\\n"');
  expect(stateOf(age, "common")).toBe("generated | dir/key there");
  expect(stateOf(age, "none")).toBe("missing | key missing, pub missing");
  const pass = await clanOf(`
    { vars.settings.secretStore = "password-store"; }
    ${generators.trim()}
    #- /vars/per-machine/web/whole/pub/value
    PUB
  `);
  expect(stateOf(pass, "whole")).toBe('unknown | key ?, pub there "PUB\\n"');
  expect(stateOf(pass, "none")).toBe("missing | key ?, pub missing");
  expect(stateOf(pass, "common")).toBe("unknown | dir/key ?");
});

test("a generator that may be shared, and files that may be public, are told as far as they are known", async () => {
  const clan = await clanOf(`
    { }
    #- /machines/web/configuration.nix
    { pkgs, lib, ... }: {
      clan.core.vars.generators = {
        maybe = { share = lib.mkIf pkgs.on true; files.key = { }; };
        never = { share = lib.mkIf pkgs.on false; files.key = { }; };
        always = lib.mkMerge [ { files.key = { }; } { share = true; } ];
        pub.files.key.secret = pkgs.on;
        both.files.key.secret = lib.mkIf pkgs.on false;
        empty = { };
      };
    }
    #- /vars/shared/always/key/secret
    { }
    #- /vars/shared/maybe/key/secret
    { }
    #- /vars/per-machine/web/pub/key/value
    PUB
  `);
  expect(stateOf(clan, "maybe")).toBe("unknown | ");
  expect(stateOf(clan, "never")).toBe("missing | key missing");
  expect(stateOf(clan, "always")).toBe("generated | key there");
  // Whether its value may be read is not known.
  expect(stateOf(clan, "pub")).toBe("generated | key there");
  expect(stateOf(clan, "both")).toBe("missing | key missing");
  expect(stateOf(clan, "empty")).toBe("unknown | ");
});

test("nothing is outdated where nothing was validated, or what is validated fails", async () => {
  const names = ["plain", "nothing", "failing"];
  const clan = await clanOf(`
    { }
    #- /machines/web/configuration.nix
    {
      clan.core.vars.generators = {
        plain.files.x.secret = false;
        nothing = { files.x.secret = false; validation = null; };
        failing = { files.x.secret = false; validation = throw "later"; };
        fresh = { files.x.secret = false; validation = "1"; };
      };
    }
    ${[...names, "fresh"].map((name) => `#- /vars/per-machine/web/${name}/x/value\n    X\n`).join("    ")}
    #- /vars/per-machine/web/failing/.validation-hash
    abc
  `);
  for (const name of names) expect(stateOf(clan, name)).toMatch(/^generated/);
  // There is something to compare with, and no hash of it.
  expect(stateOf(clan, "fresh")).toMatch(/^stale/);
});

test("a hash of other values than those that count now means outdated", async () => {
  const hash = createHash("sha256").update('{"a":1,"host":"web"}').digest("hex");
  const clan = await clanOf(`
    { }
    #- /machines/web/configuration.nix
    { config, pkgs, ... }: {
      clan.core.vars.generators = {
        same = { files.x.secret = false; validation = { host = config.networking.hostName; a = 1; }; };
        other = { files.x.secret = false; validation = { host = "db"; a = 1; }; };
        dropped.files.x.secret = false;
        unknown = { files.x.secret = false; validation = pkgs.name; };
      };
    }
    ${["same", "other", "dropped", "unknown"]
      .map(
        (name) =>
          `#- /vars/per-machine/web/${name}/x/value\n    X\n    #- /vars/per-machine/web/${name}/.validation-hash\n    ${hash}\n`,
      )
      .join("    ")}
  `);
  expect(stateOf(clan, "same")).toMatch(/^generated/);
  expect(stateOf(clan, "other")).toMatch(/^stale/);
  expect(stateOf(clan, "dropped")).toMatch(/^stale/);
  expect(stateOf(clan, "unknown")).toMatch(/^generated/);
});

test("folders that no generator defines, where all generators are known", async () => {
  const clan = await clanOf(`
    { machines.db = { foreign, ... }: { imports = [ foreign.module ]; }; }
    ${generators.trim()}
    #- /vars/per-machine/web/whole/key/secret
    { }
    #- /vars/per-machine/web/old/key/secret
    { }
    #- /vars/per-machine/web/common/dir/key/secret
    { }
    #- /vars/per-machine/web/unsure/key/secret
    { }
    #- /vars/per-machine/db/old/key/secret
    { }
    #- /vars/per-machine/gone/whole/key/secret
    { }
    #- /vars/shared/old/key/secret
    { }
    #- /secrets/clan-vars/per-machine/web/older/key/key.age
    age
  `);
  // Generators of db may be defined where we cannot see them, shared ones among them.
  expect(clan.vars.orphans().map(({ path }) => path.slice("/workspace/".length))).toEqual([
    "secrets/clan-vars/per-machine/web/older",
    "vars/per-machine/gone/whole",
    "vars/per-machine/web/common",
    "vars/per-machine/web/old",
  ]);
});

test("a shared folder is left over when no machine shares such a generator", async () => {
  const clan = await clanOf(`
    { inventory.machines.db = { }; }
    ${generators.trim()}
    #- /vars/shared/old/key/secret
    { }
    #- /vars/shared/common/dir/key/secret
    { }
    #- /vars/shared/unsure/key/secret
    { }
    #- /vars/shared/whole/key/secret
    { }
  `);
  expect(clan.vars.orphans().map(({ generator }) => generator)).toEqual(["old", "whole"]);
});

test("the content of a secret is never read", async () => {
  class NoSecrets extends MemoryFileSystem {
    override readFile(path: string): string | undefined {
      if (/\/secret$|\.age$/.test(path)) throw new Error(`read ${path}`);
      return super.readFile(path);
    }
  }
  const root = "/workspace";
  const fileSystem = new NoSecrets({
    [`${root}/clan.nix`]: "{ }",
    [`${root}/machines/web/configuration.nix`]:
      "{ clan.core.vars.generators.a.files = { key = { }; odd.secret = false; }; }",
    [`${root}/vars/per-machine/web/a/key/secret`]: "PLAIN",
    [`${root}/vars/per-machine/web/a/odd/secret`]: "PLAIN",
    [`${root}/secrets/clan-vars/per-machine/web/a/key/key.age`]: "PLAIN",
  });
  const snapshot = new Workspace({ fileSystem, parser: await testParser(), roots: [root] }).snapshot();
  const [clan = expect.fail("no clan")] = evaluateClans(snapshot);
  expect(stateOf(clan, "a")).toBe("partly | key there, odd missing");
  expect(clan.vars.orphans()).toEqual([]);
});
