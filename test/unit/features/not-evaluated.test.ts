/** Code that is switched off, or that nothing uses yet, is what people write all the time: it is not passed over. */
import { describe, expect, test } from "vitest";
import { complete } from "../../../server/src/features/completion/complete.ts";
import { findDefinitions } from "../../../server/src/features/definition.ts";
import { hover } from "../../../server/src/features/hover.ts";
import { OccurrenceTables } from "../../../server/src/features/occurrences.ts";
import { findReferences } from "../../../server/src/features/references.ts";
import { queryAtCursor } from "../helpers/feature.ts";
import { checkRename, refusal } from "./check-rename.ts";

/** The lines that a references request at `$0` shows. */
async function referenceLines(fixture: string): Promise<string[]> {
  const { query } = await queryAtCursor(fixture);
  return findReferences(query, new OccurrenceTables()).map(({ path, start }) => {
    const text = query.snapshot.readFile(path) ?? "";
    return (
      text
        .slice(text.lastIndexOf("\n", start) + 1)
        .split("\n")[0]
        ?.trim() ?? ""
    );
  });
}

const switchedOff = {
  mkIf: "inventory.instances.a = lib.mkIf testing { roles.controller.machines.NAME = { }; };",
  optionalAttrs: "machines = lib.optionalAttrs testing { NAME = { }; };",
  "an if": 'inventory.tags = if testing then { spare = [ NAME ]; machines = [ "NAME" ]; } else { };',
};

describe("a machine named in code that is switched off", () => {
  test.each(Object.entries(switchedOff))("%s is renamed, or asked about", async (_how, line) => {
    const fixture = (name: string, cursor = "") =>
      `{ lib, ... }: let testing = false; in {\n  inventory.machines.${name}${cursor} = { };\n  ${line.replaceAll("NAME", name)}\n}`;
    const after = fixture("gamma").replace("[ gamma ]", "[ alpha ]");
    const { edits } = await checkRename(fixture("alpha", "$0"), "gamma", after);
    expect(edits.map(({ group }) => group)).toEqual([undefined, "perhaps"]);
    expect(await referenceLines(fixture("alpha", "$0"))).toHaveLength(2);
  });

  test("in a `let` that nothing uses", async () => {
    const fixture = (name: string, cursor = "") => `
      let spare = { roles.server.machines.${name} = { }; roles.client.tags = [ "srv" ]; }; in
      { inventory.machines.${name}${cursor} = { tags = [ "srv" ]; }; }
    `;
    await checkRename(fixture("alpha", "$0"), "gamma", fixture("gamma"));
  });

  test("from where it is switched off, too", async () => {
    const fixture = (name: string, cursor = "") => `
      { lib, ... }: {
        inventory.machines.${name} = { };
        machines = lib.optionalAttrs false { ${name}${cursor} = { }; };
      }
    `;
    await checkRename(fixture("alpha", "$0"), "gamma", fixture("gamma"));
  });
});

describe("what is nowhere else", () => {
  test.each([
    'inventory = lib.mkIf false { instances.NAME = { module.name = "sshd"; roles.server.machines.web = { }; }; };',
    'inventory.instances.NAME = lib.mkIf false { module.name = "sshd"; roles.server.tags.all = { }; };',
    'inventory.instances = lib.optionalAttrs false { NAME.module.name = "sshd"; NAME.roles.server = { }; };',
    "inventory.machines = lib.mkIf false { NAME = { }; };",
    'inventory.machines = lib.mkIf false { db.tags = [ "NAME" ]; };',
    "machines.web.clan.core.vars.generators = lib.mkIf false { NAME.files.key = { }; };",
  ])("is renamed there: %s", async (line) => {
    const fixture = (name: string): string =>
      `{ lib, ... }: { inventory.machines.web = { }; ${line.replaceAll("NAME", name)} }`;
    await checkRename(fixture("old").replace("old", "o$0ld"), "new", fixture("new"));
  });

  test("but not an instance whose service is called like it", async () => {
    const reason = await refusal(
      "{ lib, ... }: { inventory.instances = lib.mkIf false { ss$0hd.roles.server = { }; }; }",
      "ssh",
    );
    expect(reason).toContain("write `module.name`");
  });
});

describe("roles and settings of an own service in it", () => {
  const fixture = (role: string, setting: string, cursor: "role" | "setting" | "" = "") => `
    { lib, ... }: {
      inventory.machines.a = { };
      modules.backup = {
        _class = "clan.service";
        manifest.name = "backup";
        roles.${role}${cursor === "role" ? "$0" : ""}.interface = { lib, ... }: {
          options.${setting}${cursor === "setting" ? "$0" : ""} = lib.mkOption { type = lib.types.attrsOf (lib.types.submodule { options.port = lib.mkOption { default = 1; }; }); default = { }; };
        };
      };
      inventory.instances.nightly = { module = { name = "backup"; input = "self"; }; roles.${role}.machines.a.settings.${setting} = { }; };
      inventory.instances.weekly = lib.mkIf false { roles.${role}.settings.${setting}.here.port = 2; };
      imports = lib.optional false { inventory.instances.nightly.roles.${role}.machines.a = { settings.${setting} = { }; }; };
      # A name of another meaning.
      meta.description = let x.settings.folders = 1; in "x";
    }
  `;

  test("a role is asked about", async () => {
    const { edits } = await checkRename(
      fixture("server", "folders", "role"),
      "hub",
      fixture("hub", "folders"),
    );
    expect(edits.filter(({ group }) => group === "perhaps")).toHaveLength(2);
  });

  test("a setting is asked about, and no other word", async () => {
    const { edits } = await checkRename(
      fixture("server", "folders", "setting"),
      "paths",
      fixture("server", "paths"),
    );
    expect(edits.filter(({ group }) => group === "perhaps")).toHaveLength(2);
  });

  test("a role that two services have is left alone where no instance says of which it is", async () => {
    const two = (role: string, cursor = "") => `
      { lib, ... }: {
        modules.backup = { _class = "clan.service"; manifest.name = "backup"; roles.${role}${cursor} = { }; };
        inventory.instances.nightly = { module = { name = "backup"; input = "self"; }; roles.${role} = { }; };
        inventory.instances.ssh = { module.name = "sshd"; roles.server = { }; };
        imports = lib.optional false { roles.server = { }; inventory.instances.ssh = { roles.server = { }; }; };
      }
    `;
    await checkRename(two("server", "$0"), "hub", two("hub"));
  });
});

test.each([
  ["inherit alpha;", "gamma = alpha;"],
  ["inherit (all) alpha;", "gamma = all.alpha;"],
])("what is inherited there keeps where it comes from: %s", async (before, after) => {
  const fixture = (name: string, inherited: string, cursor = "") =>
    `{ lib, ... }: let all.alpha = { }; alpha = { }; in {\n  inventory.machines.${name}${cursor} = { };\n  inventory.instances.a = lib.mkIf false { roles.server.machines = { ${inherited} }; };\n}`;
  await checkRename(fixture("alpha", before, "$0"), "gamma", fixture("gamma", after));
});

test("tags, instances and generators in it", async () => {
  const fixture = (tag: string, instance: string, generator: string) => `
    { lib, ... }: {
      inventory.machines.a.tags = [ "${tag}" ];
      inventory.instances.${instance} = { module.name = "sshd"; };
      imports = lib.optional false { inventory.instances.${instance}.roles.server.tags = [ "${tag}" ]; };
    }
    #- /clan/machines/a/configuration.nix
    { lib, ... }: {
      clan.core.vars.generators.${generator} = { files.k = { }; script = "echo > $out/k"; };
      imports = lib.optional false { clan.core.vars.generators.site.dependencies = [ "${generator}" ]; };
    }
  `;
  const one = fixture("srv", "ssh", "ca");
  await checkRename(one.replace('"srv"', '"sr$0v"'), "www", fixture("www", "ssh", "ca").split("#-")[0] ?? "");
  await checkRename(one.replace(".ssh ", ".ss$0h "), "www", fixture("srv", "www", "ca").split("#-")[0] ?? "");
  const configuration = fixture("srv", "ssh", "www").split("\n").slice(6).join("\n");
  await checkRename(one.replace(".ca ", ".c$0a "), "www", configuration);
});

test("a word of another meaning, with which the clan would not be the same, is left out", async () => {
  await checkRename(
    `
      { lib, ... }:
      let data = { machines.web = "server"; }; in
      {
        inventory.machines.we$0b = { };
        inventory.instances.sshd.roles.\${data.machines.web}.machines.web = { };
      }
    `,
    "www",
    `
      { lib, ... }:
      let data = { machines.web = "server"; }; in
      {
        inventory.machines.www = { };
        inventory.instances.sshd.roles.\${data.machines.web}.machines.www = { };
      }
    `,
  );
});

test("what has a meaning of its own is no other thing", async () => {
  const lines = await referenceLines(`
    {
      inventory.machines.web$0 = { };
      inventory.instances.web = { module.name = "sshd"; roles.server.tags = [ "all" ]; };
    }
  `);
  expect(lines).toEqual(["inventory.machines.web = { };"]);
});

describe("hover and definition of what is named in it", () => {
  const clan = (code: string) => `
    { lib, ... }: {
      inventory.machines.alpha.tags = [ "srv" ];
      inventory.instances.zerotier.roles.controller.machines.alpha = { };
      ${code}
    }
    #- /clan/machines/alpha/configuration.nix
    { clan.core.vars.generators.ca = { files.key = { }; script = "echo > $out/key"; }; }
  `;
  const asked = async (code: string) => {
    const { query } = await queryAtCursor(clan(code));
    const tables = new OccurrenceTables();
    return {
      text: hover(query, tables)?.text.split("\n")[0],
      places: findDefinitions(query, tables).map(({ path, start }) => {
        const text = query.snapshot.readFile(path) ?? "";
        return `${path} ${/^\w*/.exec(text.slice(start))?.[0]}`;
      }),
    };
  };

  test.each([
    ["machines = lib.optionalAttrs false { al$0pha = { }; };", "machine `alpha`", "alpha"],
    ['imports = lib.optional false { inventory.machines.b.tags = [ "sr$0v" ]; };', "tag `srv`", "srv"],
    [
      "imports = lib.optional false { inventory.instances.zerotier.roles.con$0troller = { }; };",
      "role `controller`",
      "",
    ],
  ])("%s", async (code, text, declared) => {
    const { text: shown, places } = await asked(code);
    expect(shown?.replaceAll("**", "")).toContain(text);
    if (declared !== "") expect(places).toContain(`/clan/clan.nix ${declared}`);
  });

  test("a generator that one depends on leads to it", async () => {
    const off = 'machines.alpha = lib.mkIf false { clan.core.vars.generators.x.dependencies = [ "c$0a" ]; };';
    expect((await asked(off)).places).toEqual(["/clan/machines/alpha/configuration.nix ca"]);
  });

  test("nothing where the names around mean nothing", async () => {
    const { text, places } = await asked('environment.etc = lib.mkIf false { alpha = "sr$0v"; };');
    expect({ text, places }).toEqual({ text: undefined, places: [] });
  });
});

describe("completion where it is switched off", () => {
  const labels = async (fixture: string) =>
    complete((await queryAtCursor(fixture)).query).map(({ label }) => label);
  const roles = ["controller", "moon", "peer"];

  test.each([
    'inventory.instances.a = lib.mkIf testing { module.name = "zerotier"; roles.$0 };',
    'inventory.instances = lib.optionalAttrs testing { a = { module.name = "zerotier"; roles.$0 = { }; }; };',
    'inventory.instances.a = if testing then { module.name = "zerotier"; roles.$0 = { }; } else { };',
    'inventory.instances.a = if !testing then { } else { module.name = "zerotier"; roles.$0 = { }; };',
    'imports = lib.optionals testing [ { inventory.instances.a = { module.name = "zerotier"; roles.$0 = { }; }; } ];',
    'inventory.instances.a = lib.mkIf testing (lib.mkMerge [ (lib.mkIf (testing && x) { module.name = "zerotier"; roles.$0 = { }; }) ]);',
  ])("%s", async (line) => {
    expect(
      await labels(
        `{ lib, ... }: let testing = false; in {\n  inventory.machines.alpha = { };\n  ${line}\n}`,
      ),
    ).toEqual(expect.arrayContaining(roles));
  });

  test.each([
    'options.my.enable = lib.mkEnableOption "it"; config = lib.mkIf config.my.enable { clan.core.vars.generators.x.$0 };',
    "clan.core.vars.generators = lib.optionalAttrs false { x.$0 = { }; };",
    "clan.core.vars.generators.x = if false then { $0 } else { };",
  ])("in a machine: %s", async (line) => {
    const fixture = `
      { inventory.machines.a = { }; }
      #- /clan/machines/a/configuration.nix
      { lib, config, ... }: { ${line} }
    `;
    expect(await labels(fixture)).toEqual(expect.arrayContaining(["files", "prompts", "script"]));
  });

  test("what is switched on for good is what it is", async () => {
    expect(await labels("{ lib, ... }: { foo = lib.mkIf true { roles.$0 }; }")).toEqual([]);
  });
});

describe("what texts name in it", () => {
  test("services of one's own, by `module.name` and in `modules`", async () => {
    const fixture = (name: string, cursor = "") => `
      { lib, ... }: {
        modules."${name}${cursor}" = { _class = "clan.service"; manifest.name = "backup"; roles.server = { }; };
        inventory.instances.nightly = { module = { name = "${name}"; input = "self"; }; };
        inventory.instances.weekly = lib.mkIf false { module = { name = "${name}"; input = "self"; }; };
        imports = lib.optional false { modules."${name}" = { }; inventory.instances.late.module.name = "${name}"; };
        # A name of another meaning.
        meta.description = let name = "@me/backup"; in name;
      }
    `;
    const { edits } = await checkRename(fixture("@me/backup", "$0"), "@me/save", fixture("@me/save"));
    expect(edits.filter(({ group }) => group === "perhaps")).toHaveLength(3);
  });

  test("machines, in the settings that name them and in lists of tags", async () => {
    const fixture = (name: string, cursor = "") => `
      { lib, ... }: {
        inventory.machines.${name}${cursor} = { };
        inventory.instances.wireguard.roles = { controller.machines.${name} = { }; peer.settings.controller = "${name}"; };
        inventory.instances.syncthing.roles.peer.settings.folders.docs.devices = [ "${name}" ];
        imports = lib.optional false {
          inventory.tags.spare = [ "${name}" ];
          inventory.instances.wireguard.roles.peer.machines.b.settings.controller = "${name}";
          inventory.instances.wireguard.roles.peer.settings.domain = "alpha";
          inventory.instances.syncthing.roles.peer.settings.folders.more.devices = [ "${name}" ];
          inventory.instances.syncthing.roles.peer.settings.folders.more.path = "alpha";
        };
      }
    `;
    const { edits } = await checkRename(fixture("alpha", "$0"), "gamma", fixture("gamma"));
    expect(edits.filter(({ group }) => group === "perhaps")).toHaveLength(3);
  });

  test("services of inputs, where one of that name is used", async () => {
    const lines = await referenceLines(`
      { lib, ... }: {
        inventory.instances.a.module.name = "ss$0hd";
        inventory.instances.b = lib.mkIf false { module.name = "sshd"; };
        inventory.instances.c = lib.mkIf false { module.name = "wireguard"; };
      }
    `);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain("inventory.instances.b");
  });

  test("inputs", async () => {
    const lines = await referenceLines(`
      { lib, ... }: {
        inventory.instances.a = { module.name = "x"; module.input = "ex$0tra"; };
        inventory.instances.b = lib.mkIf false { module.input = "extra"; };
      }
      #- /clan/flake.nix
      {
        inputs.extra.url = "github:example/extra";
        inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
        outputs = { self, clan-core, ... }: { clan = clan-core.lib.clan { inherit self; imports = [ ./clan.nix ]; }; };
      }
    `);
    expect(lines).toContain('inventory.instances.b = lib.mkIf false { module.input = "extra"; };');
  });

  test("files and prompts of a generator that has them elsewhere, too", async () => {
    const configuration = (file: string, prompt: string) => `
      #- /clan/machines/a/configuration.nix
      { lib, ... }: {
        clan.core.vars.generators.ca = { files.${file} = { }; prompts.${prompt} = { }; script = "cat $prompts/${prompt} > $out/${file}"; };
        imports = lib.optional false { clan.core.vars.generators.ca = { files.${file}.secret = false; prompts.${prompt}.type = "line"; }; };
      }
    `;
    const before = `
      { inventory.machines.a = { }; }${configuration("key", "pin")}`;
    await checkRename(before.replace("files.key", "files.k$0ey"), "www", configuration("www", "pin"));
    await checkRename(before.replace("prompts.pin", "prompts.p$0in"), "www", configuration("key", "www"));
  });
});
