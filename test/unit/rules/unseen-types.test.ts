/** Generators whose type, or a module of whose own, cannot be read: what they have besides is not known. */
import { expect, test } from "vitest";
import { findingTexts } from "../helpers/check.ts";

/** A machine with the generator x, and two that read a file of it which is not written here. */
function machine(beside: string, generator = `{ files.a = { }; script = "touch $out/a"; }`): string {
  return `
    #- /clan/flake.nix
    {
      inputs.clan-core.url = "github:clan-lol/clan-core";
      inputs.foo.url = "github:someone/foo";
      outputs = { self, clan-core, foo, ... }: {
        clan = clan-core.lib.clan {
          inherit self;
          specialArgs = { inherit foo; };
          meta.name = "c";
          inventory.machines.web = { };
          machines.web = { config, lib, foo, ... }: {
            ${beside}
            config.clan.core.vars.generators = {
              x = ${generator};
              y = { dependencies = [ "x" ]; files.k = { }; script = "cat $in/x/nope > $out/k"; };
            };
            config.environment.etc.z.source = config.clan.core.vars.generators.x.files.none.path;
          };
        };
      };
    }`;
}

/** What `options.clan.core.vars.generators` is declared as a second time. */
const declared = (type: string): string =>
  `options.clan.core.vars.generators = lib.mkOption { type = ${type}; };`;

test.each([
  declared("foo.type"),
  declared("lib.types.attrsOf foo.type"),
  declared("lib.types.lazyAttrsOf foo.type"),
  declared("lib.types.attrsOf (lib.types.submodule foo.module)"),
  declared("lib.types.attrsOf (lib.types.submodule { imports = [ foo.module ]; })"),
  declared("lib.types.attrsOf (lib.types.submodule ({ name, ... }: foo.moduleFor name))"),
  declared("lib.types.attrsOf (lib.types.submoduleWith { modules = foo.modules; })"),
  declared('lib.types.attrsOf (import (foo + "/type.nix"))'),
  "options.clan.core.vars.generators = foo.option;",
])("silent where the type is not known: %s", async (beside) => {
  expect(await findingTexts(machine(beside))).toEqual([]);
});

test.each([
  `{ imports = [ foo.module ]; files.a = { }; script = "touch $out/a"; }`,
  `{ imports = [ ({ ... }: foo.module) ]; files.a = { }; }`,
  "{ name, ... }: foo.generatorFor name",
  'import (foo + "/generator.nix")',
  "{ config, ... }: { config = foo.generator; }",
])("silent where a module of the generator is not known: %s", async (generator) => {
  expect(await findingTexts(machine("", generator))).toEqual([]);
});

test("what is known is told", async () => {
  const both = ["unknown-generator-file: none", "unknown-generator-file: nope"];
  expect((await findingTexts(machine(""))).sort()).toEqual(both);
  const known = declared(
    `lib.types.attrsOf (lib.types.submodule { options.more = lib.mkOption { default = 1; }; })`,
  );
  expect((await findingTexts(machine(known))).sort()).toEqual(both);
  // Of another machine's module that is not known nothing is expected here.
  expect((await findingTexts(machine("imports = [ foo.nixosModules.x ];"))).sort()).toEqual(both);
});
