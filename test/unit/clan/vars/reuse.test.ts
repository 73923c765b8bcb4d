/**
 * The configurations of machines that are taken over from the state before are what a new evaluation would find:
 * after any edits of what they are made of, on disk or in the editor, and with states in between that are only tried.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ClanCache } from "../../../../server/src/clan/clan-cache.ts";
import { evaluateClans } from "../../../../server/src/clan/evaluate.ts";
import type { Clan } from "../../../../server/src/clan/model.ts";
import { collectFindings } from "../../../../server/src/features/findings.ts";
import type { NodeIndex } from "../../../../server/src/modules/node-index.ts";
import type { Snapshot } from "../../../../server/src/project/snapshot.ts";
import type { Node } from "../../../../server/src/syntax/ast.ts";
import { parseFixture } from "../../helpers/fixture.ts";
import { workspaceOf } from "../../helpers/workspace.ts";

const CLAN = `
#- /clan/flake.nix
{
  inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
  inputs.disko.url = "github:nix-community/disko";
  inputs.other.url = "github:someone/else";
  outputs = { self, clan-core, ... }@inputs: {
    lib.prefix = name: "\${self.lib.sep}\${name}";
    lib.sep = import ./sep.nix;
    nixosModules.common = import ./modules/common.nix { inherit (self) lib; };
    nixosModules.plain = ./modules/plain.nix;
    clan = clan-core.lib.clan {
      inherit self;
      imports = [ ./clan.nix ];
      specialArgs = { inherit inputs; level = 1; };
    };
  };
}
#- /clan/sep.nix
"s-"
#- /clan/clan.nix
{ lib, ... }:
let
  inherit (lib) mkIf;
  shared = { enable = true; name = "door"; };
  list = lib.flip lib.pipe [ builtins.readDir builtins.attrNames ];
in
{
  imports = [ ./instances.nix ];
  meta.name = "home";
  inventory.machines = { web.tags = [ "srv" ]; db = { tags = [ "srv" ]; }; mac.machineClass = "darwin"; pi = { }; };
  machines.db = { self, ... }: { imports = [ self.nixosModules.plain ]; clan.core.vars.generators.\${shared.name} = { }; };
  machines.pi = _: {
    clan.core.vars.generators = lib.mkMerge [ (mkIf shared.enable { pi.files.key = { }; }) (lib.genAttrs (list ./pi) (_: { })) ];
  };
  modules.door = {
    _class = "clan.service";
    manifest.name = "door";
    roles.default.interface = { lib, ... }: { options.names = lib.mkOption { default = [ "front" ]; }; };
    roles.default.perInstance = { settings, machine, instanceName, extendSettings, ... }: {
      nixosModule = { lib, ... }: {
        clan.core.vars.generators = lib.genAttrs settings.names (name: { files."\${instanceName}-\${machine.name}" = { }; });
      };
    };
  };
}
#- /clan/instances.nix
{
  inventory.instances = {
    sshd.roles.server.tags.srv = { };
    door = { module.name = "door"; module.input = "self"; roles.default.machines.db.settings.names = [ "back" ]; };
    users = {
      roles.default.tags = [ "srv" ];
      roles.default.settings.user = "ann";
      roles.default.extraModules = [ ./modules/extra.nix ];
    };
  };
}
#- /clan/machines/web/configuration.nix
{ self, config, inputs, level, ... }: {
  imports = [ self.nixosModules.common inputs.disko.nixosModules.disko ./more.nix ];
  clan.core.vars.generators.own = {
    files.key = { }; prompts.word.persist = true; dependencies = [ "common" ];
    script = "cat $in/common/pem > $out/key";
  };
  services.x.file = config.clan.core.vars.generators.own.files.key.path;
  services.x.level = level;
}
#- /clan/machines/web/more.nix
{ lib, config, ... }: { services.y = config.clan.core.vars.generators.common.files.pem.value; }
#- /clan/machines/db/configuration.nix
{ inputs, ... }: { imports = [ ../../modules/shared.nix ] ++ (if inputs ? other then [ ] else [ ../web/more.nix ]); }
#- /clan/machines/mac/configuration.nix
{ imports = [ ../../modules/shared.nix ]; clan.core.vars.generators = builtins.mapAttrs (_: _: { }) (builtins.readDir ./keys); }
#- /clan/machines/mac/keys/one
#- /clan/modules/common.nix
{ lib }: { config, ... }: { clan.core.vars.generators.common.files.\${lib.prefix "pem"} = { secret = false; }; }
#- /clan/modules/plain.nix
{ clan.core.vars.generators.plain.share = true; }
#- /clan/modules/shared.nix
{ lib, ... }: { imports = lib.optional (builtins.pathExists ./late.nix) ./late.nix; clan.core.vars.generators.shared = { files.a = { }; }; }
#- /clan/modules/extra.nix
{ clan.core.vars.generators.extra.dependencies = [ "own" ]; }
#- /clan/pi/one
#- /clan/vars/per-machine/web/own/key/secret
`;

const { files } = parseFixture(CLAN);
const paths = [...files.keys()].filter((path) => path.endsWith(".nix"));
const late = "/clan/modules/late.nix";
const onDisk = [
  "/clan/pi/two",
  late,
  "/clan/machines/mac/keys/two",
  "/clan/machines/pi/configuration.nix",
  "/clan/vars/shared/old/x",
];

/** What may stand in place of a word: so that most of what is edited is still a clan. */
const others: Readonly<Record<string, readonly string[]>> = {
  "": [" ", "\n", "# x\n", "(", "}", '"'],
  web: ["db", "pi"],
  srv: ["all", "none"],
  key: ["pem", "a"],
  own: ["common", "other"],
  true: ["false", "null"],
  self: ["inputs.self"],
  door: ["gate"],
  "[ ]": ["[ 1 ]"],
  "1": ["2"],
  "s-": ["", "t-"],
  common: ["plain"],
};
const words = Object.keys(others);

type Step =
  | {
      readonly kind: "edit" | "try";
      readonly path: string;
      readonly word: string;
      readonly at: number;
      readonly other: number;
    }
  | { readonly kind: "disk"; readonly path: string };
const change = fc.record({
  kind: fc.constantFrom("edit" as const, "edit" as const, "try" as const),
  path: fc.constantFrom(...paths),
  word: fc.constantFrom("", "", ...words),
  at: fc.nat({ max: 1000 }),
  other: fc.nat({ max: 10 }),
});
const steps = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: change },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant("disk" as const), path: fc.constantFrom(...onDisk) }),
    },
  ),
  { minLength: 2, maxLength: 8 },
);

async function openAll() {
  const { workspace, files: disk } = await workspaceOf(CLAN, ["/clan"]);
  for (const path of paths) workspace.open(path, files.get(path) ?? "");
  const changed = ({ path, word, at, other }: Step & { kind: "edit" | "try" }) => {
    const text = workspace.snapshot().readFile(path) ?? "";
    const places = [...text.matchAll(new RegExp(word === "" ? "(?<= )" : word.replace(/\[/, "\\["), "g"))];
    const start = places[at % Math.max(places.length, 1)]?.index ?? 0;
    const found = places.length > 0 ? word : "";
    const choices = others[found] ?? [];
    return { start, end: start + found.length, text: choices[other % choices.length] ?? "" };
  };
  const toggle = (path: string) => {
    if (disk.fileType(path) === undefined) disk.write(path, "{ clan.core.vars.generators.late = { }; }");
    else disk.remove(path);
    workspace.changed([path]);
  };
  return { workspace, changed, toggle };
}

/** A place, and whether it is in the text of the moment. */
function shownNode(snapshot: Snapshot, { source, start, end, kind }: Node): string {
  const isNow = snapshot.source(source.path) === source;
  return `${source.path} ${start} ${end} ${kind}${isNow ? "" : " of another text"}`;
}

function shownIndex(snapshot: Snapshot, index: NodeIndex) {
  return [...index].map(([node, options]) => [
    shownNode(snapshot, node),
    options.map((option) => option.path.join(".")),
  ]);
}

/** All that people see of the machines, as data. */
function shown(snapshot: Snapshot, clans: readonly Clan[]) {
  const nodes = (all: readonly Node[]) => all.map((node) => shownNode(snapshot, node));
  const machines = clans.map((clan) =>
    [...clan.machines.known.keys()].map((machine) => {
      const { isWritten, generators, references, index, files: read } = clan.vars.of(machine);
      return {
        machine,
        isWritten,
        open: generators.open && [
          generators.open.reason,
          generators.open.node && nodes([generators.open.node]),
        ],
        generators: [...generators.known].map(([name, { option, script, origins, ...generator }]) => ({
          name,
          origins: nodes(origins),
          script: script && nodes([script]),
          share: generator.share,
          conditional: generator.conditional,
          origin: generator.origin,
          files: [...generator.files.known].map(([file, one]) => [file, one.secret, nodes(one.origins)]),
          open: generator.files.open?.reason,
          state: clan.vars.state({ option, script, origins, ...generator }).status,
        })),
        references,
        index: shownIndex(snapshot, index),
        read: [...read].sort(),
      };
    }),
  );
  return {
    machines,
    orphans: clans.map((clan) => clan.vars.orphans()),
    findings: collectFindings(snapshot, clans, paths),
    // Of vars on disk, it may be those that were looked for before.
    files: clans.map((clan) => [...clan.files].filter((path) => path.endsWith(".nix")).sort()),
  };
}

describe("machines that are taken over", () => {
  it("are what a new evaluation would find", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (made) => {
        const { workspace, changed, toggle } = await openAll();
        const { clansOf } = new ClanCache();
        const compare = (snapshot: Snapshot) =>
          expect(shown(snapshot, clansOf(snapshot))).toEqual(shown(snapshot, evaluateClans(snapshot)));
        compare(workspace.snapshot());
        for (const step of made) {
          if (step.kind === "disk") toggle(step.path);
          else if (step.kind === "edit") workspace.edit(step.path, [changed({ ...step, kind: "edit" })]);
          else {
            const { start, end, text } = changed({ ...step, kind: "try" });
            const before = workspace.snapshot().readFile(step.path) ?? "";
            compare(workspace.snapshot().with(step.path, before.slice(0, start) + text + before.slice(end)));
          }
          compare(workspace.snapshot());
        }
        workspace.dispose();
      }),
      { numRuns: 15 },
    );
  }, 120_000);

  it("are those an edit does not concern", async () => {
    const { workspace, toggle } = await openAll();
    const { clansOf } = new ClanCache();
    const trees = () => {
      const [clan] = clansOf(workspace.snapshot());
      return new Map(
        [...(clan?.machines.known.keys() ?? [])].map((name) => {
          const vars = clan?.vars.of(name);
          void vars?.references;
          return [name, vars?.root] as const;
        }),
      );
    };
    const madeAnew = (change: () => void) => {
      const before = trees();
      change();
      return [...trees()].filter(([name, root]) => root !== before.get(name)).map(([name]) => name);
    };
    const again = (path: string) =>
      madeAnew(() => {
        const end = workspace.snapshot().readFile(path)?.length ?? 0;
        workspace.edit(path, [{ start: end, end, text: " " }]);
      });
    // What pi holds is not followed where the clan is evaluated anew: it is, since it reads common.nix for web.
    expect({
      web: again("/clan/machines/web/configuration.nix"),
      more: again("/clan/machines/web/more.nix"),
      shared: again("/clan/modules/shared.nix"),
      plain: again("/clan/modules/plain.nix"),
      common: again("/clan/modules/common.nix"),
      extra: again("/clan/modules/extra.nix"),
      instances: again("/clan/instances.nix"),
      clan: again("/clan/clan.nix"),
    }).toEqual({
      web: ["pi", "web"],
      more: ["pi", "web"],
      shared: ["db", "mac"],
      plain: ["db"],
      common: ["pi", "web"],
      extra: ["db", "pi", "web"],
      // The settings of db are written there, and are the same nodes as before.
      instances: ["pi"],
      clan: ["db", "pi"],
    });
    expect(madeAnew(() => toggle("/clan/pi/two"))).toEqual(["pi"]);
    expect(madeAnew(() => toggle(late))).toEqual(["db", "mac"]);
    expect(madeAnew(() => toggle("/clan/vars/shared/old/x"))).toEqual([]);
  });

  it("have the places they have now, in their values and beside them", async () => {
    const code = `{
  machines.pi = _: { clan.core.vars.generators."at-\${toString __curPos.line}".dependencies = [ "later" ]; };
  machines.web = { clan.core.vars.generators.ca.dependencies = [ "gone" ]; };
}
`;
    const { workspace } = await workspaceOf(`#- /clan/clan.nix\n${code}`, ["/clan"]);
    workspace.open("/clan/clan.nix", code);
    const { clansOf } = new ClanCache();
    const seen = () => {
      const [clan] = clansOf(workspace.snapshot());
      const text = workspace.snapshot().readFile("/clan/clan.nix") ?? "";
      return ["pi", "web"].flatMap((name) => {
        const generators = [...(clan?.vars.of(name).generators.known.values() ?? [])];
        return generators.flatMap((generator) => {
          if (generator.origins.length === 0) return [];
          const places = [...generator.dependencies.known.values()].flatMap(({ origins }) => origins);
          return [generator.name, ...places.map(({ start, end }) => text.slice(start, end))];
        });
      });
    };
    expect(seen()).toEqual(["at-2", '"later"', "ca", '"gone"']);
    for (let lines = 1; lines < 4; lines++) {
      workspace.edit("/clan/clan.nix", [{ start: 1, end: 1, text: "\n" }]);
      expect(seen()).toEqual([`at-${lines + 2}`, '"later"', "ca", '"gone"']);
    }
    workspace.dispose();
  });
});
