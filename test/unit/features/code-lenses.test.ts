import { expect, test } from "vitest";
import { collectCodeLenses, type LensSettings } from "../../../server/src/features/code-lenses.ts";
import { queryAtCursor } from "../helpers/feature.ts";

const all: LensSettings = { machines: "always", roles: "always", generators: true };

/** Each lens of the file with `$0`: its line, the name below it, its title, and what its places say. */
async function lenses(fixture: string, wanted = all): Promise<string[]> {
  const { query, text } = await queryAtCursor(fixture);
  return collectCodeLenses(query, wanted).map(({ range, title, action }) => {
    const line = text.slice(0, range.start).split("\n").length;
    const places = action.kind === "places" ? action.places : [];
    const words = places.map(({ path, start, end }) => query.snapshot.readFile(path)?.slice(start, end));
    const target =
      action.kind === "machine"
        ? `${action.command} ${action.machine}`
        : action.kind === "generator"
          ? `${action.command} ${action.generator} ${action.machines.join(",")} replaces ${action.replaces.join(", ")}`
          : words.join(",");
    return `${line} ${text.slice(range.start, range.end)}: ${title} -> ${target}`;
  });
}

test("machines can be updated and have their vars generated, roles say their machines", async () => {
  const found = await lenses(`
    {
      $0inventory.machines.web.tags = [ "srv" ];
      inventory.machines.db.tags = [ "srv" ];
      inventory.instances.mesh = {
        module.name = "zerotier";
        roles.controller = { };
        roles.moon.machines.db = { };
        roles.peer.tags.srv = { };
        roles.peer.tags.all = { };
      };
    }
  `);
  expect(found).toEqual([
    "2 web: Update -> update web",
    "2 web: Generate vars -> generateVars web",
    "3 db: Update -> update db",
    "3 db: Generate vars -> generateVars db",
    "6 controller: 0 machines -> ",
    "7 moon: 1 machine: db -> db",
    "8 peer: 2 machines: db, web -> db,web",
  ]);
});

test("more than a few machines are counted", async () => {
  const machines = ["a", "b", "c", "d", "e"].map((name) => `inventory.machines.${name} = { };`).join(" ");
  const found = await lenses(`
    { imports = [ ./m.nix ]; inventory.instances.sshd.roles.server.tags.a$0ll = { }; }
    #- /clan/m.nix
    { ${machines} }
  `);
  expect(found).toEqual(["1 server: 5 machines: a, b, c, d, … -> a,b,c,d,e"]);
});

test("where there may be more machines it says so", async () => {
  const found = await lenses(`
    { ... }@args: {
      inventory.machines.web = { };
      inventory.instances.sshd.roles.server = { machines.w$0eb = { }; tags = args.more; };
    }
  `);
  expect(found.at(-1)).toBe("3 server: at least 1 machine: web -> web");
});

test("of a role whose machines are all unknown nothing is said", async () => {
  const found = await lenses(`
    { ... }@args: {
      inventory.machines.web = { };
      inventory.instances.sshd.roles.server.ta$0gs = args.more;
    }
  `);
  expect(found.join("\n")).not.toContain("server");
});

test("generators can be generated, and say what there is of their files", async () => {
  const found = await lenses(`
    { inventory.machines.web = { }; inventory.machines.db = { }; }
    #- /clan/machines/web/configuration.nix
    { imports = [ ../../ca.nix ]; }
    #- /clan/machines/db/configuration.nix
    { imports = [ ../../ca.nix ]; }
    #- /clan/ca.nix
    {
      $0clan.core.vars.generators.ca = {
        share = true;
        files."ca.pem".secret = false;
        files.key = { };
      };
      clan.core.vars.generators.host.files.key = { };
    }
    #- /clan/vars/shared/ca/ca.pem/value
    PEM
  `);
  expect(found).toEqual([
    // Clan runs a generator it is named, also where its files are there.
    "2 ca: Generate for 2 machines -> generateVars ca db,web replaces ca/ca.pem",
    "2 ca: Regenerate… -> regenerateVars ca db,web replaces ca/ca.pem",
    "2 ca: 2 files: 1 generated, 1 missing -> ca.pem,key",
    "7 host: Generate for 2 machines -> generateVars host db,web replaces ",
    "7 host: 2 files: 2 missing -> key",
  ]);
});

test("each kind is shown as a person wants it: machines of several lines, roles that are put together", async () => {
  const fixture = `
    {
      $0inventory.machines.web = {
        tags = [ "srv" ];
      };
      inventory.machines.db.tags = [ "srv" ];
      inventory.machines.nb = { };
      inventory.instances.sshd.roles = {
        server.tags.srv = { };
        server.machines.nb = { };
        client.tags = [ "all" ];
      };
      inventory.instances.zerotier.roles.moon.machines = { db = { }; web = { }; };
      inventory.instances.borgbackup.roles.client.tags = [ "all" "srv" ];
    }
    #- /clan/machines/db/configuration.nix
    { clan.core.vars.generators.key.files.a = { }; }
  `;
  const none: LensSettings = { machines: "never", roles: "never", generators: false };
  const shown = (wanted: Partial<LensSettings>) =>
    lenses(fixture, { ...none, ...wanted }).then((found) => found.map((lens) => lens.split(" ->")[0]));
  expect(await shown({})).toEqual([]);
  expect(await shown({ machines: "multiline" })).toEqual(["2 web: Update", "2 web: Generate vars"]);
  expect((await shown({ machines: "always" })).length).toBe(6);
  expect(await shown({ roles: "computed" })).toEqual(["8 server: 3 machines: db, nb, web"]);
  expect((await shown({ roles: "always" })).length).toBe(4);
  const generators = fixture.replace("$0", "").replace("key.files", "k$0ey.files");
  expect(await lenses(generators, none)).toEqual([]);
  expect((await lenses(generators, { ...none, generators: true })).length).toBe(2);
});
