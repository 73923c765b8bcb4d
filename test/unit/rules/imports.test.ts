/** Files that are imported and hold something else than Nix, paths that are put together, and names that are inherited. */
import { expect, test } from "vitest";
import { checkFindings, findingTexts } from "../helpers/check.ts";
import { FLAKE_WITH_INPUTS } from "../helpers/flakes.ts";

/** A flake of lib.clan with these lines as its clan.nix, and other files after it. */
function clan(text: string, more = ""): string {
  return `${FLAKE_WITH_INPUTS}
    #- /clan.nix
${text}
${more}`;
}

test("a README, a text or data that is imported as a module", async () => {
  const text = clan(
    `
    { lib, ... }: {
      meta.name = "x";
      imports = map (name: ./parts + "/\${name}") (lib.attrNames (builtins.readDir ./parts)) ++ [ ./data.json ./MORE.md ];
      machines.web.imports = [ ./notes.txt ];
    }`,
    `
    #- /parts/a.nix
    { inventory.machines.web = { }; }
    #- /parts/README.md
    # Title
    Some text.
    #- /MORE.md
    # Title
    Some more text.
    #- /data.json
    { "inventory": { } }
    #- /notes.txt
    To do: "all of it`,
  );
  const found = await findingTexts(text);
  // Where Nix stops reading what is named; at the beginning of what only lies in a folder, and of data.
  expect(found.sort()).toEqual([
    "syntax-error: #",
    "syntax-error: .",
    "syntax-error: do:",
    "syntax-error: {",
  ]);
});

test("silent: files that are only read, or of which it is not known whether they are imported", async () => {
  const text = clan(
    `
    { lib, inputs, ... }: {
      meta.name = "x";
      meta.description = builtins.readFile ./README.md;
      imports = lib.optional inputs.other.isIt ./README.md
        ++ lib.filter inputs.other.choose [ ./README.md ]
        ++ [ ./inventory-of-others.json ];
      inventory.machines = lib.importJSON ./machines.json;
    }`,
    `
    #- /README.md
    Some text.
    #- /inventory-of-others.json
    { }
    #- /machines.json
    { "web": { } }`,
  );
  expect(await findingTexts(text)).toEqual([]);
});

test("a path that is put together without a slash", async () => {
  await checkFindings(
    clan(
      `
    { lib, ... }: {
      meta.name = "x";
      imports = map (name: ./parts + name) [ "a.nix" ];
    #                      ^^^^^^^^^^^^^^ error[evaluation-error]: …path './partsa.nix' does not exist.
    }`,
      `
    #- /parts/a.nix
    { }`,
    ),
  );
  await checkFindings(
    clan(`
    { lib, ... }: {
      meta.name = "x";
      imports = lib.concatMap (name: [ (./parts + name) ]) [ "a.nix" ];
    #                                   ^^^^^^^^^^^^^^ error[evaluation-error]
    }`),
  );
  await checkFindings(
    clan(`
    { lib, ... }: {
      meta.name = "x";
      imports = lib.mapAttrsToList (name: _: ./. + "/\${name}.nix") { gone = 1; };
    #                                        ^^^^^^^^^^^^^^^^^^^^ error[evaluation-error]
    }`),
  );
});

test("silent: paths made of what is not known", async () => {
  const text = clan(`
    { inputs, ... }: { meta.name = "x"; imports = map (name: ./. + name) inputs.other.names; }`);
  expect(await findingTexts(text)).toEqual([]);
});

test("a name that is misspelt where it is inherited, and used as it should be", async () => {
  await checkFindings(
    clan(`
    { lib, ... }:
    let inherit (lib) mapAttr mkForce; in {
    #                 ^^^^^^^ error[evaluation-error]: …What is inherited is \`mapAttr\`, which nothing uses. Did you mean \`mapAttrs\`?
      meta.name = mkForce "x";
      inventory.machines = mapAttrs (_: _: { }) { a = { }; };
    }`),
  );
  // Where the inherited name is used, too, the other one is the slip.
  await checkFindings(
    clan(`
    { lib, ... }:
    let inherit (lib) mapAttrs; in {
      meta.name = "x";
      inventory.machines = mapAttr (_: _: { }) (mapAttrs (_: _: { }) { a = { }; });
    #                      ^^^^^^^ error[evaluation-error]: …undefined variable 'mapAttr'. Did you mean \`mapAttrs\`?
    }`),
  );
});

test("tags that are computed from the tags of machines", async () => {
  await checkFindings(
    clan(`
    { lib, ... }: {
      meta.name = "x";
      inventory.machines.a.tags = [ "s" ];
      inventory.tags = { machines, ... }: {
    #                    ^^^^^^^^ error[evaluation-error]: …infinite recursion encountered: the tags of machines are made of \`inventory.tags\`…
        quiet = lib.attrNames (lib.filterAttrs (_: m: !lib.elem "s" m.tags) machines);
      };
    }`),
  );
  await checkFindings(
    clan(`
    { lib, ... }: {
      meta.name = "x";
      inventory.machines.a.tags = [ "s" ];
      inventory.tags = given: { of-a = if given.machines.a.tags == [ ] then [ "a" ] else [ ]; };
    #                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[evaluation-error]
    }`),
  );
});

test("silent: tags computed from other properties of machines, or from tags nobody looks at", async () => {
  const text = clan(`
    { lib, self, ... }: {
      meta.name = "x";
      inventory.machines.a.machineClass = "darwin";
      inventory.tags = { machines, config, ... }: {
        macs = lib.attrNames (lib.filterAttrs (_: m: m.machineClass == "darwin") machines);
        other = lib.filter (name: name != "a") config.all;
        perhaps = if self.inputs.other.isIt then machines.a.tags else [ ];
      };
    }`);
  expect(await findingTexts(text)).toEqual([]);
});

test("a setting of a type that cannot be read may be more than what is written for it", async () => {
  const text = clan(
    `
    { self, ... }: {
      meta.name = "x";
      modules.s = import ./s.nix self.inputs.other;
      inventory.machines.a = { };
      inventory.instances.s = { module.input = "self"; roles.r.machines.a.settings.mirror.url = "u"; };
    }`,
    `
    #- /s.nix
    other: { lib, ... }: {
      _class = "clan.service";
      manifest.name = "s";
      roles.r = {
        interface.options.mirror = lib.mkOption { type = other.types.mirror; };
        perInstance = { settings, ... }: { nixosModule.x.label = settings.mirror.label; };
      };
    }`,
  );
  expect(await findingTexts(text)).toEqual([]);
});

test("what is imported and has no place of its own ends no rule", async () => {
  const text = clan(`
    {
      meta.name = "x";
      imports = builtins.genList (index: index) 2;
      inventory.instances.s = { module.name = "sshd"; roles.servr.machines = { }; };
      inventory.tags.t = 1;
    }`);
  // Both are of the rule that has nothing to point at before.
  expect(await findingTexts(text)).toEqual(
    expect.arrayContaining(["type-mismatch: 1", "unknown-role: servr"]),
  );
});
