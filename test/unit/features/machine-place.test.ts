import { expect, test } from "vitest";
import { checkCompletion, completionLabels } from "./check-completion.ts";

const shared = (text: string): string => `
#- /clan/shared.nix
{ config, lib, ... }: {
  options.my.users = lib.mkOption {
    type = lib.types.attrsOf (lib.types.submodule {
      options.admin = lib.mkOption { type = lib.types.bool; };
    });
  };
  config = { ${text} clan.core.vars.generators.other.files.x = { }; };
}
#- /clan/clan.nix
{ }
#- /clan/machines/web/configuration.nix
{ imports = [ ../../shared.nix ]; }
`;

test("options of a generator, in a module that a machine imports", async () => {
  await checkCompletion(
    shared("clan.core.vars.generators.ca.dep$0"),
    "dependencies",
    shared("clan.core.vars.generators.ca.dependencies = [ $0 ];"),
  );
  expect(await completionLabels(shared("clan.core.vars.generators.ca.files.key = { $0 };"))).toContain(
    "neededFor",
  );
  expect(await completionLabels(shared('clan.core.vars.generators.ca.files.key.neededFor = "$0";'))).toEqual([
    "activation",
    "partitioning",
    "services",
    "users",
  ]);
});

test("options the clan's own modules declare", async () =>
  checkCompletion(shared("my.users.ann.$0"), "admin", shared("my.users.ann.admin = $0;")));

test("nothing in a file that no machine has", async () => {
  expect(await completionLabels("{ }\n#- /clan/other.nix\n{ clan.core.vars.generators.ca.$0 }")).toEqual([]);
});
