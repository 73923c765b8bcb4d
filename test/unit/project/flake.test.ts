import { describe, expect, test } from "vitest";
import { toData } from "../../../server/src/modules/data.ts";
import type { Outcome, Value } from "../../../server/src/nix/value.ts";
import { evaluateFlake, type Flake, type FlakeOptions } from "../../../server/src/project/flake.ts";
import { nativeLib } from "../../../server/src/project/native-lib.ts";
import { standardInputs } from "../../../server/src/project/natives/index.ts";
import { storePathOf } from "../../../server/src/project/store-path.ts";
import { workspaceOf } from "../helpers/workspace.ts";

async function flakeOf(text: string, more: Partial<FlakeOptions> = {}, roots = ["/flake"]): Promise<Flake> {
  const { workspace } = await workspaceOf(
    text.includes("#- /") ? text : `#- /flake/flake.nix\n${text}`,
    roots,
  );
  const natives = standardInputs([], () => ({ flake: new Map(), top: new Map(), onEvaluation: () => {} }));
  return evaluateFlake(workspace.snapshot(), "/flake", { natives, lib: nativeLib, ...more });
}

/** The output at `path`, as data; an Unknown as its reason, a failure as its message. */
function outputOf(flake: Flake, ...path: string[]): unknown {
  let thunk = flake.outputs;
  for (const name of path) {
    const set = flake.evaluator.force(thunk);
    const next = set.type === "attrs" ? set.attrs.get(name)?.value : undefined;
    if (next === undefined) return `no ${name}: ${reasonOf(set)}`;
    thunk = next;
  }
  const data = flake.evaluator.run(toData(thunk));
  return data === undefined ? reasonOf(flake.evaluator.force(thunk)) : data;
}

function reasonOf(outcome: Outcome): string {
  if (outcome.type === "failure") return outcome.message;
  if (outcome.type === "unknown") return outcome.reason;
  return openReason(outcome) ?? outcome.type;
}

function openReason(value: Value): string | undefined {
  return value.type === "attrs" || value.type === "list" ? value.open?.reason : undefined;
}

describe("self", () => {
  test("is the outputs and what Nix adds to them, and its path is the flake's folder", async () => {
    const flake = await flakeOf(`
      #- /flake/data.json
      { "x": 1 }
      #- /flake/flake.nix
      {
        inputs.other.url = "github:o/other";
        outputs = inputs@{ self, other, ... }: {
          a = 1;
          b = self.a + 1;
          paths = [ "\${self}/x" (toString self) (self + "/x") self.outPath (toString ./.) ];
          data = builtins.fromJSON (builtins.readFile "\${self}/data.json");
          names = builtins.attrNames self.inputs;
          same = inputs.self.a;
        };
      }
    `);
    expect(outputOf(flake, "b")).toBe(2);
    expect(outputOf(flake, "same")).toBe(1);
    expect(outputOf(flake, "paths")).toEqual(["/flake/x", "/flake", "/flake/x", "/flake", "/flake"]);
    expect(outputOf(flake, "data")).toEqual({ x: 1 });
    expect(outputOf(flake, "names")).toEqual(["other"]);
    expect(flake.files).toContain("/flake/data.json");
  });

  test("its revision is not known", async () => {
    const flake = await flakeOf('{ outputs = { self }: { version = self.rev or "dirty"; }; }');
    expect(outputOf(flake, "version")).toBe("the revision of this flake is not known");
  });

  test("outputs that fail leave it usable", async () => {
    const flake = await flakeOf('{ outputs = { self }: throw "no"; }');
    expect(outputOf(flake)).toBe("no");
    expect(flake.evaluator.force(flake.self)).toMatchObject({ type: "attrs" });
  });
});

describe("inputs", () => {
  test("declared ones, and those only named by outputs", async () => {
    const flake = await flakeOf(`{
      inputs.a.url = "github:o/a";
      inputs.b = { url = "git+https://x.y/p/q?ref=z"; flake = false; };
      inputs.c = { type = "github"; owner = "O"; repo = "c"; };
      inputs.d.follows = "a";
      outputs = { self, a, nixpkgs, ... }: { };
    }`);
    expect(
      [...flake.inputs.values()].map(({ name, repository, flake: is }) => [name, repository, is]),
    ).toEqual([
      ["a", "o/a", true],
      ["b", "p/q", false],
      ["c", "o/c", true],
      ["d", "o/a", true],
      ["nixpkgs", "nixpkgs", true],
    ]);
    expect(flake.inputsOpen).toBeUndefined();
  });

  test("of a broken flake.nix, or none: there may be more", async () => {
    expect((await flakeOf("{ inputs.a.url = ")).inputsOpen).toBeDefined();
    const none = await flakeOf("#- /flake/clan.nix\n{ }");
    expect(none.file).toBeUndefined();
    expect(none.inputsOpen).toBeDefined();
    expect(outputOf(none)).toBe("path '/flake/flake.nix' does not exist");
  });

  test("without their source: unknown, and the reason says which", async () => {
    const flake = await flakeOf(
      '{ inputs.a.url = "github:o/a"; outputs = { a, ... }: { x = a.y; z = import a; }; }',
    );
    expect(outputOf(flake, "x")).toBe("the source of input ‘a’ is not available");
    expect(outputOf(flake, "z")).toBe("the source of input ‘a’ is not available");
  });

  test("in the workspace: evaluated from source, with their own inputs", async () => {
    const flake = await flakeOf(`
      #- /flake/sub/flake.nix
      { inputs.deep.url = "path:./deep"; outputs = { self, deep }: { v = deep.v + 1; at = "\${self}"; }; }
      #- /flake/sub/deep/flake.nix
      { outputs = _: { v = 1; }; }
      #- /flake/plain/data.nix
      42
      #- /flake/flake.nix
      {
        inputs.sub.url = "./sub";
        inputs.plain = { url = "path:plain"; flake = false; };
        outputs = { sub, plain, ... }: { inherit (sub) v at; p = import "\${plain}/data.nix"; };
      }
    `);
    expect(outputOf(flake, "v")).toBe(2);
    expect(outputOf(flake, "at")).toBe("/flake/sub");
    expect(outputOf(flake, "p")).toBe(42);
  });

  test("outside of the workspace: not read, unless configured", async () => {
    const text = `
      #- /elsewhere/flake.nix
      { outputs = _: { v = 1; }; }
      #- /flake/flake.nix
      { inputs.sub.url = "path:/elsewhere"; outputs = { sub, ... }: { inherit (sub) v; }; }
    `;
    expect(outputOf(await flakeOf(text), "v")).toBe("the source of input ‘sub’ is not available");
    const overrides = new Map([["sub", "../elsewhere"]]);
    expect(outputOf(await flakeOf(text, { overrides }), "v")).toBe(1);
  });

  test("in the store: found by what flake.lock says", async () => {
    const narHash = "sha256-Y5sN5wkaBtQOudrNk07652+PSEPcQLoxVRYcoayq/uc=";
    const lock = {
      version: 7,
      root: "root",
      nodes: {
        root: { inputs: { a: "a" } },
        a: { locked: { type: "github", owner: "o", repo: "a", narHash } },
      },
    };
    const flake = await flakeOf(`
      #- ${storePathOf(narHash)}/flake.nix
      { outputs = _: { v = 7; }; }
      #- /flake/flake.lock
      ${JSON.stringify(lock)}
      #- /flake/flake.nix
      { inputs.a.url = "github:o/a"; outputs = { a, ... }: { inherit (a) v; }; }
    `);
    expect(outputOf(flake, "v")).toBe(7);
  });
});

describe("native inputs", () => {
  test("nixpkgs: its lib; packages are unknown", async () => {
    const flake = await flakeOf(`{ outputs = { nixpkgs, ... }: {
      a = nixpkgs.lib.toUpper "x";
      b = nixpkgs.legacyPackages.x86_64-linux.hello;
      c = nixpkgs.lib.nixosSystem { };
    }; }`);
    expect(outputOf(flake, "a")).toBe("X");
    expect(outputOf(flake, "b")).toBe("the packages of input ‘nixpkgs’ are not evaluated");
    expect(outputOf(flake, "c")).toBe("the packages of input ‘nixpkgs’ are not evaluated");
  });

  test("flake-utils: a function for each system", async () => {
    const flake = await flakeOf(`{
      inputs.utils.url = "github:numtide/flake-utils";
      outputs = { utils, ... }:
        utils.lib.eachSystem [ "a" "b" ] (system: { packages.x = system; }) // { z = 1; };
    }`);
    expect(outputOf(flake)).toEqual({ packages: { a: { x: "a" }, b: { x: "b" } }, z: 1 });
    const all = await flakeOf(
      "{ outputs = { flake-utils, ... }: flake-utils.lib.eachDefaultSystem (system: { s = system; }); }",
    );
    expect(Object.keys(outputOf(all, "s") as object)).toHaveLength(4);
  });

  test.each([
    "patch unpatched { other.patches = [ ]; }",
    "patch { unpatchedInputs = unpatched; patchSpec = { }; }",
  ])("flake-input-patcher: %s are the inputs", async (patched) => {
    const flake = await flakeOf(`
        #- /flake/other/flake.nix
        { outputs = _: { v = 1; }; }
        #- /flake/flake.nix
        {
          inputs.flake-input-patcher.url = "github:jfly/flake-input-patcher";
          inputs.other.url = "./other";
          outputs = unpatched:
            let
              inherit (unpatched.flake-input-patcher.lib.x86_64-linux) patch;
              inputs = ${patched};
            in { v = inputs.other.v; };
        }
      `);
    expect(outputOf(flake, "v")).toBe(1);
  });

  test("systems: a list when imported", async () => {
    const flake = await flakeOf(`{
      inputs.systems.url = "github:nix-systems/default";
      outputs = { systems, ... }: { n = builtins.length (import systems); };
    }`);
    expect(outputOf(flake, "n")).toBe(4);
  });

  test("a framework that is not at hand: what is under flake is an output", async () => {
    const flake = await flakeOf(`{
      inputs.adios.url = "github:o/adios";
      outputs = inputs@{ adios, self, ... }: adios.lib.mkFlake { inherit inputs self; flake.a = self.b; flake.b = 1; };
    }`);
    expect(outputOf(flake, "a")).toBe(1);
    expect(outputOf(flake, "packages")).toBe("no packages: input ‘adios’ may add outputs");
  });
});

describe("flake-parts", () => {
  const mkFlake = (module: string, files = ""): string => `
    ${files}
    #- /flake/flake.nix
    {
      inputs.flake-parts.url = "github:hercules-ci/flake-parts";
      inputs.other.url = "github:o/other";
      inputs.import-tree.url = "github:vic/import-tree";
      outputs = inputs@{ self, flake-parts, ... }: flake-parts.lib.mkFlake { inherit inputs; } ${module};
    }
  `;

  test("what modules set under flake are the outputs, merged", async () => {
    const flake = await flakeOf(
      mkFlake(
        `{
          systems = [ "x86_64-linux" ];
          imports = [ ./a.nix inputs.other.flakeModule { flake.lib.two = 2; } ];
          flake.lib.one = 1;
          perSystem = { pkgs, ... }: { packages.x = pkgs.hello; };
        }`,
        `#- /flake/a.nix
    { self, inputs, lib, config, ... }: {
      flake.lib.three = self.lib.one + config.flake.lib.two;
      flake.nixosModules.m = { };
      flake.names = builtins.attrNames inputs;
      flake.upper = lib.toUpper "u";
    }`,
      ),
    );
    expect(outputOf(flake, "lib")).toEqual({ one: 1, two: 2, three: 3 });
    expect(outputOf(flake, "names")).toEqual(["flake-parts", "import-tree", "other", "self"]);
    expect(outputOf(flake, "upper")).toBe("U");
    expect(outputOf(flake, "packages")).toBe(
      "no packages: perSystem and modules of other flakes may add outputs",
    );
  });

  test("an option that a module of another flake declares holds more than what is written for it", async () => {
    const flake = await flakeOf(
      mkFlake(
        `({ config, ... }: {
        imports = [ inputs.other.flakeModule ];
        fleet.hosts.web = { cpu = "arm"; };
        flake.cpu = config.fleet.hosts.web.cpu;
        flake.host = config.fleet.hosts.web.name;
      })`,
      ),
    );
    expect(outputOf(flake, "cpu")).toBe("arm");
    expect(outputOf(flake, "host")).toBe("the module that declares this option is not evaluated");
  });

  test("a module that is a function, with module arguments of its own", async () => {
    const flake = await flakeOf(
      mkFlake(
        `({ withSystem, flake-parts-lib, moduleWithSystem, ... }: {
        _module.args.mine = 5;
        imports = [ ({ mine, ... }: { flake.a = mine; }) (flake-parts-lib.importApply ./f.nix { n = 6; }) ];
        flake.b = withSystem "x" ({ system, pkgs, ... }: { inherit system pkgs; });
        flake.nixosModules.m = moduleWithSystem ({ config }: { lib, ... }: { });
      })`,
        `#- /flake/f.nix
    { n }: { ... }: { flake.c = n; }`,
      ),
    );
    expect(outputOf(flake, "a")).toBe(5);
    expect(outputOf(flake, "b", "system")).toBe("x");
    expect(outputOf(flake, "c")).toBe(6);
  });

  test("import-tree: every file of a folder", async () => {
    const flake = await flakeOf(
      mkFlake(
        "(inputs.import-tree ./modules)",
        `
    #- /flake/modules/a.nix
    { flake.a = 1; }
    #- /flake/modules/deep/b.nix
    { flake.b = 2; }
    #- /flake/modules/_skipped/c.nix
    { flake.c = 3; }
    #- /flake/modules/_d.nix
    { flake.d = 4; }
    #- /flake/modules/notes.md
    text`,
      ),
    );
    expect(["a", "b"].map((name) => outputOf(flake, name))).toEqual([1, 2]);
    expect(outputOf(flake, "c")).toContain("no c");
    expect(outputOf(flake, "d")).toContain("no d");
  });

  test("import-tree's methods", async () => {
    const flake = await flakeOf(
      mkFlake(
        `({ lib, ... }: let tree = inputs.import-tree; names = map baseNameOf; in {
        flake.filtered = names ((tree.filter (lib.hasInfix "/x")) ./modules).imports;
        flake.not = names ((tree.filterNot (lib.hasInfix "/x")) ./modules).imports;
        flake.matched = names ((tree.match ".*/y[.]nix") ./modules).imports;
        flake.mapped = ((tree.map baseNameOf) ./modules).imports;
        flake.leafs = names (((tree.withLib lib).leafs) ./modules);
        flake.added = names (tree.addPath ./modules).files;
        flake.piped = (tree.pipeTo builtins.length) ./modules;
        flake.listed = names (tree [ ./modules/x.nix ./modules/sub ]).imports;
        flake.strange = tree.somethingElse ./modules;
      })`,
        `
    #- /flake/modules/x.nix
    { }
    #- /flake/modules/sub/y.nix
    { }`,
      ),
    );
    expect(outputOf(flake, "filtered")).toEqual(["x.nix"]);
    expect(outputOf(flake, "not")).toEqual(["y.nix"]);
    expect(outputOf(flake, "matched")).toEqual(["y.nix"]);
    expect(outputOf(flake, "mapped")).toEqual(["x.nix", "y.nix"]);
    expect(outputOf(flake, "leafs")).toEqual(["x.nix", "y.nix"]);
    expect(outputOf(flake, "added")).toEqual(["x.nix", "y.nix"]);
    expect(outputOf(flake, "piped")).toBe(2);
    expect(outputOf(flake, "listed")).toEqual(["x.nix", "y.nix"]);
    expect(outputOf(flake, "strange")).toBe("only the usual methods of import-tree are known");
  });

  test("import-tree, changed by functions of it", async () => {
    const flake = await flakeOf(
      mkFlake(
        `({ lib, ... }: let
          tree = inputs.import-tree;
          names = map baseNameOf;
          extended = tree.addAPI { shown = self: self.filter (lib.hasInfix "/show"); count = self: lib.length self.files; };
        in {
          imports = [
            (tree (i: i.initFilter (lib.hasSuffix ".flake.nix")) (i: i.filterNot (lib.hasInfix "/off")) ./modules)
            (tree.addPath ./more)
          ];
          flake.leaves = names (tree (i: i.map toString) (i: i.leaves ./more));
          flake.shown = names ((extended.addPath ./modules).shown.initFilter (_: true)).files;
          flake.count = (extended.addPath ./more).count;
          flake.nested = names ((tree.addPath (tree.addPath ./more)).files);
        })`,
        `
    #- /flake/modules/show.flake.nix
    { flake.shownModule = 1; }
    #- /flake/modules/off.flake.nix
    { flake.offModule = 2; }
    #- /flake/modules/plain.nix
    { flake.plainModule = 3; }
    #- /flake/more/asked.nix
    { flake.asked = 4; }`,
      ),
    );
    expect(outputOf(flake, "shownModule")).toBe(1);
    expect(outputOf(flake, "offModule")).toContain("no offModule");
    expect(outputOf(flake, "plainModule")).toContain("no plainModule");
    expect(outputOf(flake, "asked")).toBe(4);
    expect(outputOf(flake, "leaves")).toEqual(["asked.nix"]);
    expect(outputOf(flake, "shown")).toEqual(["show.flake.nix"]);
    expect(outputOf(flake, "count")).toBe(1);
    expect(outputOf(flake, "nested")).toEqual(["asked.nix"]);
  });

  test("nixos-unified: modules/flake-parts is imported", async () => {
    const flake = await flakeOf(`
      #- /flake/modules/flake-parts/a.nix
      { flake.a = 1; }
      #- /flake/modules/flake-parts/b/default.nix
      { flake.b = 2; }
      #- /flake/flake.nix
      {
        inputs.flake-parts.url = "github:hercules-ci/flake-parts";
        inputs.nixos-unified.url = "github:srid/nixos-unified";
        outputs = inputs: inputs.nixos-unified.lib.mkFlake { inherit inputs; root = ./.; };
      }
    `);
    expect([outputOf(flake, "a"), outputOf(flake, "b")]).toEqual([1, 2]);
  });
});
