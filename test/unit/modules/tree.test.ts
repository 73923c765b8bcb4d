import { describe, expect, test } from "vitest";
import { indexNodes } from "../../../server/src/modules/node-index.ts";
import type { OptionNode } from "../../../server/src/modules/option-node.ts";
import { evaluateFixture, textsAt } from "../helpers/modules.ts";

const names = (node: OptionNode | undefined): string[] => [...(node?.children().keys() ?? [])];

const OPTIONS = `
  { lib, ... }: {
    options = {
      count = lib.mkOption { type = lib.types.int; };
      tags = lib.mkOption { type = lib.types.listOf lib.types.str; };
      machines = lib.mkOption {
        type = lib.types.attrsOf (lib.types.submodule {
          options.host = lib.mkOption { type = lib.types.nullOr lib.types.str; default = null; };
          options.deploy.user = lib.mkOption { type = lib.types.str; default = "root"; };
        });
      };
      group.inner = lib.mkOption { type = lib.types.bool; };
      later = lib.mkOption { type = lib.types.deferredModule; };
      either = lib.mkOption { type = lib.types.either lib.types.int (lib.types.attrsOf lib.types.int); };
    };
  }
`;

const withOptions = (modules: string): string => `
#- /options.nix
${OPTIONS}
#- /main.nix
${modules}
`;

describe("children", () => {
  test("of sets, in the order they are written, modules merged", async () => {
    const { root } = await evaluateFixture(`
      #- /options.nix
      ${OPTIONS.replaceAll("\n", "\n      ")}
      #- /other.nix
      { machines.b = { }; machines.a.host = "x"; }
      #- /main.nix
      { imports = [ ./options.nix ./other.nix ]; machines.c = { }; }
    `);
    expect(names(root.child("machines"))).toEqual(["b", "a", "c"]);
    expect(root.at("machines", "a", "host")?.string()).toBe("x");
    expect(root.at("machines", "a", "host")?.definitions[0]?.file).toBe("/other.nix");
    expect(root.at("machines", "a", "host")?.path).toEqual(["machines", "a", "host"]);
  });

  test("of lists, by index", async () => {
    const { root } = await evaluateFixture(
      withOptions(`{ imports = [ ./options.nix { tags = [ "b" ]; } ]; tags = [ "a" "c" ]; }`),
    );
    const tags = root.child("tags");
    expect(names(tags)).toEqual(["0", "1", "2"]);
    expect(names(tags).map((name) => tags?.child(name)?.string())).toEqual(["b", "a", "c"]);
  });

  test("of an alternative, by what is written", async () => {
    const { root } = await evaluateFixture(withOptions("{ imports = [ ./options.nix ]; either.x = 1; }"));
    expect(root.at("either", "x")?.type).toEqual({ kind: "int" });
  });

  test("of what is not declared: without a type", async () => {
    const { root } = await evaluateFixture(
      withOptions("{ imports = [ ./options.nix ]; wrong.deep = 1; group.no = 2; }"),
    );
    expect(root.at("wrong", "deep")?.type).toBeUndefined();
    expect(root.at("wrong", "deep")?.value()).toMatchObject({ type: "int", value: 1n });
    expect(root.at("group", "no")?.type).toBeUndefined();
    expect(root.child("wrong")?.option).toBeUndefined();
  });

  test("not of a deferred module", async () => {
    const { root } = await evaluateFixture(withOptions("{ imports = [ ./options.nix ]; later.a.b = 1; }"));
    expect(names(root.child("later"))).toEqual([]);
    expect(root.child("later")?.definitions).toHaveLength(1);
  });

  test("without those whose condition is false", async () => {
    const { root } = await evaluateFixture(
      withOptions(`{ lib, config, ... }: {
        imports = [ ./options.nix ];
        count = 3;
        machines = { a = { }; b = lib.mkIf (config.count > 3) { }; };
        group = lib.mkIf false { inner = true; };
      }`),
    );
    expect(names(root.child("machines"))).toEqual(["a"]);
    expect(root.at("group", "inner")).toBeUndefined();
  });
});

describe("definitions", () => {
  test("have their places, priorities and files", async () => {
    const { root } = await evaluateFixture(
      withOptions(`{ lib, ... }: {
        imports = [ ./options.nix { count = lib.mkDefault 1; } ];
        count = lib.mkForce 2;
      }`),
    );
    const count = root.child("count");
    expect(count?.definitions.map(({ priority, conditional }) => [priority, conditional])).toEqual([
      [1000, false],
      [50, false],
    ]);
    expect(count?.definitions.map(({ origins }) => textsAt(origins)[0])).toEqual(["1", "2"]);
    expect(count?.definitions.map(({ keys }) => textsAt(keys))).toEqual([["count"], ["count"]]);
    expect(count?.effective()).toHaveLength(1);
    expect(count?.value()).toMatchObject({ value: 2n });
  });

  test("come through let, inherit, functions and //", async () => {
    const { root } = await evaluateFixture(
      withOptions(`
        let
          host = "x";
          make = host: { inherit host; };
          shared = { tags = [ "t" ]; };
        in
        { imports = [ ./options.nix ]; machines = { a = make host; }; } // shared
      `),
    );
    expect(textsAt(root.at("machines", "a", "host")?.definitions[0]?.origins ?? [])[0]).toBe('"x"');
    expect(textsAt(root.at("tags", "0")?.definitions[0]?.origins ?? [])[0]).toBe('"t"');
    const index = indexNodes(root);
    const literal = root.at("tags", "0")?.definitions[0]?.origins[0];
    expect(literal && index.get(literal)?.map(({ path }) => path.join("."))).toEqual(["tags.0"]);
  });

  test("of an option from defaults only: none, but a value", async () => {
    const { root } = await evaluateFixture(withOptions("{ imports = [ ./options.nix ]; machines.a = { }; }"));
    expect(root.at("machines", "a", "deploy")).toBeUndefined();
    expect(root.at("machines", "a")?.data()).toEqual({ host: null, deploy: { user: "root" } });
  });
});

describe("unknown parts", () => {
  test("an unknown condition makes definitions conditional", async () => {
    const { root } = await evaluateFixture(
      withOptions(`{ lib, mystery, ... }: {
        imports = [ ./options.nix ];
        count = lib.mkIf mystery 5;
        machines = lib.mkMerge [ { a = { }; } (lib.mkIf mystery { b.host = "h"; }) ];
      }`),
    );
    expect(root.child("count")?.definitions).toMatchObject([{ conditional: true, value: { value: 5n } }]);
    expect(root.child("count")?.value().type).toBe("unknown");
    expect(root.child("count")?.open).toBeUndefined();
    expect(names(root.child("machines"))).toEqual(["a", "b"]);
    expect(root.at("machines", "b", "host")?.definitions[0]?.conditional).toBe(true);
    expect(root.at("machines", "a")?.open).toBeUndefined();
  });

  test("an unknown definition leaves its node open, and those below that others define", async () => {
    const { root } = await evaluateFixture(
      withOptions(`{ mystery, ... }: {
        imports = [ ./options.nix { machines = mystery; } ];
        machines.a.host = "x";
        tags = [ "s" ];
      }`),
    );
    expect(root.child("machines")?.open?.reason).toBe("a test asks for it");
    expect(root.at("machines", "a")?.open?.reason).toBe("a test asks for it");
    expect(root.at("machines", "a", "host")?.string()).toBe("x");
    expect(root.child("tags")?.open).toBeUndefined();
    expect(root.open).toBeUndefined();
  });

  test("a set that is partly known: its names are open, what is written is not", async () => {
    const { root } = await evaluateFixture(
      withOptions(
        `{ mystery, ... }: { imports = [ ./options.nix ]; machines = mystery // { a.host = "x"; }; }`,
      ),
    );
    expect(root.child("machines")?.open).toBeDefined();
    expect(root.at("machines", "a")?.open).toBeUndefined();
    expect(root.child("machines")?.data()).toBeUndefined();
  });

  test("both branches of an if that cannot be decided", async () => {
    const { root } = await evaluateFixture(
      withOptions(`{ mystery, ... }: {
        imports = [ ./options.nix ];
        machines = if mystery then { a = { }; } else { b = { }; };
      }`),
    );
    expect(names(root.child("machines"))).toEqual(["a", "b"]);
    expect(root.child("machines")?.definitions.every(({ conditional }) => conditional)).toBe(true);
  });

  test("an unknown import opens everything, unless others are meant", async () => {
    const modules = withOptions(
      "{ mystery, ... }: { imports = [ ./options.nix mystery.module ]; count = 1; }",
    );
    const { root } = await evaluateFixture(modules);
    expect(root.open?.reason).toBe("a test asks for it");
    expect(root.child("count")?.open).toBeDefined();
    expect(root.child("count")?.value()).toMatchObject({ value: 1n });
    const ignoring = await evaluateFixture(modules, undefined, "ignore");
    expect(ignoring.root.open).toBeUndefined();
  });

  test("an import that fails is a problem and an open part, the others are there", async () => {
    const { root } = await evaluateFixture(
      withOptions("{ imports = [ ./options.nix ./missing.nix { count = 2; } ]; tags = [ ]; }"),
    );
    expect(root.problems.map(({ message }) => message)).toEqual(["path '/missing.nix' does not exist"]);
    expect(textsAt(root.problems[0]?.origins ?? [])).toEqual(["./missing.nix"]);
    expect(root.child("count")?.value()).toMatchObject({ value: 2n });
    expect(root.open?.reason).toBe("path '/missing.nix' does not exist");
  });

  test("a definition that throws fails alone", async () => {
    const { root } = await evaluateFixture(
      withOptions(`{ imports = [ ./options.nix ]; count = throw "no"; tags = [ "x" ]; }`),
    );
    expect(root.child("count")?.value()).toMatchObject({ type: "failure", message: "no" });
    expect(root.child("tags")?.data()).toEqual(["x"]);
  });

  test("an argument nobody gives is unknown", async () => {
    const { root } = await evaluateFixture(
      withOptions("{ nobody, ... }: { imports = [ ./options.nix ]; count = nobody; tags = [ nobody.x ]; }"),
    );
    expect(root.child("count")?.value()).toMatchObject({
      type: "unknown",
      reason: "the module argument ‘nobody’ is not known",
    });
    expect(root.problems).toEqual([]);
  });

  test("no infinite recursion between config and conditions", async () => {
    const { root } = await evaluateFixture(
      withOptions(`{ config, lib, ... }: {
        imports = [ ./options.nix ];
        config = lib.mkMerge [
          { count = 1; }
          (lib.mkIf (config.count == 1) { tags = [ "one" ]; })
          (lib.mkIf (builtins.elem "one" config.tags) { group.inner = true; })
        ];
      }`),
    );
    expect(root.at("group", "inner")?.value()).toMatchObject({ value: true });
  });

  test("real infinite recursion is a failure of that option", async () => {
    const { root } = await evaluateFixture(
      withOptions("{ config, ... }: { imports = [ ./options.nix ]; count = config.count + 1; tags = [ ]; }"),
    );
    expect(root.child("count")?.value()).toMatchObject({ type: "failure", kind: "recursion" });
    expect(root.child("tags")?.data()).toEqual([]);
  });
});

test("a value that contains itself is entered once", async () => {
  const { root } = await evaluateFixture(
    withOptions("{ imports = [ ./options.nix ]; wrong = let self = { a.b = self; c = 1; }; in self; }"),
  );
  expect(names(root.at("wrong", "a"))).toEqual(["b"]);
  expect(names(root.at("wrong", "a", "b"))).toEqual([]);
  expect(root.at("wrong", "c")?.value()).toMatchObject({ value: 1n });
  expect(indexNodes(root).size).toBeGreaterThan(0);
});

test("an attribute beside config is a problem at its name", async () => {
  const { root } = await evaluateFixture(
    withOptions("{ imports = [ ./options.nix ]; config.count = 1; tags = [ ]; }"),
  );
  expect(root.problems).toMatchObject([{ attribute: "tags" }]);
  expect(textsAt(root.problems[0]?.origins ?? [])).toEqual(["tags"]);
});
