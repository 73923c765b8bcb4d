/** Removing a machine or an instance: what is left of each file, and which folders go. */
import { describe, expect, test } from "vitest";
import { collectAssists } from "../../../server/src/features/assists/index.ts";
import { applyEdits } from "../helpers/edits.ts";
import { queryAtCursor } from "../helpers/feature.ts";

/** By path, the text of each file that changes; and the folders. Undefined where it is not offered. */
async function removed(fixture: string, title: string) {
  const { query } = await queryAtCursor(fixture);
  const { snapshot } = query;
  const offer = collectAssists(query).find((each) => each.title === title);
  if (offer === undefined) return undefined;
  const paths = [...new Set(offer.edits.map(({ path }) => path))].sort();
  const texts = paths.map((path): [string, string] => [
    path,
    applyEdits(
      snapshot.readFile(path) ?? "",
      offer.edits.filter((edit) => edit.path === path),
    ).trim(),
  ]);
  let after = snapshot;
  for (const [path, text] of texts) after = after.with(path, text);
  for (const path of paths) expect(after.source(path)?.problems, path).toEqual([]);
  const [clan] = query.clans(after);
  return {
    files: Object.fromEntries(texts),
    deletes: offer.deletes,
    left: [...(clan?.machines.known.keys() ?? [])],
  };
}

describe("a machine goes", () => {
  test("with its vars and keys of each store, and nobody else's", async () => {
    const found = await removed(
      `
#- /clan/clan.nix
{ inventory.machines = { w$0eb = { }; web2 = { }; }; }
#- /clan/sops/machines/web/key.json
x
#- /clan/sops/secrets/web-age.key/secret
x
#- /clan/secrets/clan-vars/per-machine/web/ca/key/key.age
x
#- /clan/secrets/age-keys/machines/web/pub
x
#- /clan/vars/per-machine/web/ca/key/value
x
#- /clan/vars/shared/ca/key/value
x
#- /clan/sops/secrets/web2-age.key/secret
x
#- /clan/vars/per-machine/web2/ca/key/value
x
`,
      "Remove machine `web` from the clan",
    );
    expect(found?.deletes).toEqual([
      "/clan/secrets/age-keys/machines/web",
      "/clan/secrets/clan-vars/per-machine/web",
      "/clan/sops/machines/web",
      "/clan/sops/secrets/web-age.key",
      "/clan/vars/per-machine/web",
    ]);
  });

  test("from the inventory, machines, roles and tags of all files, with its folders", async () => {
    expect(
      await removed(
        `
#- /clan/clan.nix
{
  imports = [ ./more.nix ];
  inventory.machines = {
    w$0eb = {
      tags = [ "srv" ]; # why
    };
    # The other one.
    db.tags = [ "srv" ];
  };
  machines.web = { networking.hostName = "web"; }; # small
  inventory.tags.extra = [ "web" "db" ];
}
#- /clan/more.nix
{ lib, ... }: {
  inventory.machines.web.deploy.targetHost = "root@web";
  inventory.instances.sshd.roles.server.machines.web.settings = { };
  inventory.instances.sshd.roles.client.machines = { web = { }; db = { }; };
}
#- /clan/inventory.json
{
  "machines": { "web": { "description": "x" }, "db": {} },
  "instances": { "wifi": { "roles": { "default": { "machines": { "db": {}, "web": {} } } } } },
  "tags": { "more": ["web"] }
}
#- /clan/machines/web/configuration.nix
{ }
#- /clan/vars/per-machine/web/a/b/value
x
#- /clan/machines/db/configuration.nix
{ }
`,
        "Remove machine `web` from the clan",
      ),
    ).toEqual({
      files: {
        "/clan/clan.nix": `{
  imports = [ ./more.nix ];
  inventory.machines = {
    # The other one.
    db.tags = [ "srv" ];
  };
  inventory.tags.extra = [ "db" ];
}`,
        "/clan/more.nix": `{ lib, ... }: {
  inventory.instances.sshd.roles.client.machines = { db = { }; };
}`,
        "/clan/inventory.json": `{
  "machines": { "db": {} },
  "instances": { "wifi": { "roles": { "default": { "machines": { "db": {} } } } } },
  "tags": { "more": [] }
}`,
      },
      deletes: ["/clan/machines/web", "/clan/vars/per-machine/web"],
      // Its folder makes it as long as that is there.
      left: ["db", "web"],
    });
  });

  test("where it is the only one, and named from a role", async () => {
    const found = await removed(
      "{ inventory = { machines.web = { }; instances.sshd.roles.server.machines.w$0eb = { }; }; }",
      "Remove machine `web` from the clan",
    );
    expect(found).toEqual({ files: { "/clan/clan.nix": "{ inventory = { }; }" }, deletes: [], left: [] });
  });

  test.each([
    ["is inherited", "{ inventory.machines = let we$0b = { }; in { inherit web; }; }"],
    ["is computed", '{ lib, ... }: { inventory.machines = lib.genAttrs [ "w$0eb" "db" ] (name: { }); }'],
    [
      "is computed in a role",
      '{ lib, ... }: { inventory.machines.w$0eb = { }; inventory.instances.sshd.roles.server.machines = lib.genAttrs [ "web" ] (n: { }); }',
    ],
    ["is none", "{ inventory.instances.sshd.roles.server.machines.we$0b = { }; }"],
  ])("but not where it %s: it would still be there", async (_what, fixture) => {
    expect(await removed(fixture, "Remove machine `web` from the clan")).toBeUndefined();
  });

  test("and no folder of a name that leads elsewhere", async () => {
    const found = await removed(
      '{ inventory.machines."..$0" = { }; }\n#- /clan/vars/x\n1',
      "Remove machine `..` from the clan",
    );
    expect(found?.deletes).toEqual([]);
  });
});

test("an instance goes, from each file it is written in", async () => {
  const found = await removed(
    `
#- /clan/clan.nix
{
  imports = [ ./more.nix ];
  inventory.instances.zerotier = {
    roles.controller = { };
  };
  inventory.instances.sshd = { };
}
#- /clan/more.nix
{ inventory.instances.zero$0tier.roles.peer.tags = [ "all" ]; }
`,
    "Remove instance `zerotier` from the clan",
  );
  expect(found?.files).toEqual({
    "/clan/clan.nix": "{\n  imports = [ ./more.nix ];\n  inventory.instances.sshd = { };\n}",
    "/clan/more.nix": "{ }",
  });
});
