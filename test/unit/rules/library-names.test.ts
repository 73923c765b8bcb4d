/** Misspelt names of nixpkgs' library in modules, where nobody can tell whether NixOS reads them. */
import { expect, test } from "vitest";
import { checkFindings, findingTexts } from "../helpers/check.ts";

const clan = (module: string, more = "") => `#- /clan.nix
{ meta.name = "c"; inventory.machines.web = { }; ${more} }
#- /machines/web/configuration.nix
${module}
`;

test("are told in a machine's module", async () => {
  await checkFindings(`
    #- /clan.nix
    { meta.name = "c"; inventory.machines.web = { }; }
    #- /machines/web/configuration.nix
    { lib, ... }: {
      services.nginx.enable = lib.mkDefualt true;
      #                           ^^^^^^^^^ warning[evaluation-error]: \`lib\` has no \`mkDefualt\`, and Nix fails where that is read. Did you mean \`mkDefault\`?
      environment.x = with lib; lib.mkEnableoption "x";
      #                             ^^^^^^^^^^^^^^ warning[evaluation-error]: …Did you mean \`mkEnableOption\`?
    }
  `);
});

test("are told where they are inherited", async () => {
  await checkFindings(`
    #- /clan.nix
    { meta.name = "c"; inventory.machines.web.tags = [ ]; }
    #- /machines/web/configuration.nix
    { lib, ... }:
    let
      inherit (lib) mkIf mkEableOption types;
      #                  ^^^^^^^^^^^^^ warning[evaluation-error]: …Did you mean \`mkEnableOption\`?
    in
    { options.x = mkEableOption "x"; config = mkIf true { }; }
  `);
});

test("are errors, told once, where they are surely read", async () => {
  const text = `#- /clan.nix\n{ lib, ... }: { meta.name = lib.toUpperr "c"; inventory.machines.web = { }; }`;
  expect(await findingTexts(text)).toEqual(["evaluation-error: toUpperr"]);
});

test.each([
  [
    "names that it has",
    "{ lib, ... }: { x = [ lib.mkDefault lib.mapAttrs' lib.getExe lib.nixosSystem lib.types lib.strings ]; }",
  ],
  [
    "names of somebody's own",
    "{ lib, ... }: { x = [ lib.mkOpt lib.enabled lib.mine.mkDefualt lib.mkBoolOpt ]; }",
  ],
  ["a default beside it", "{ lib, ... }: { x = lib.mkDefualt or null; }"],
  ["another library", "{ lib, inputs, ... }: { x = inputs.me.lib.mkDefualt; }"],
  ["a library that is bound here", "{ lib, ... }: let lib = import ./lib.nix; in { x = lib.mkDefualt; }"],
  [
    "a library that is inherited",
    "{ lib, inputs, ... }: let inherit (inputs.me) lib; in { x = lib.mkDefualt; }",
  ],
  [
    "a set that refers to itself",
    "{ lib, ... }: { y = rec { lib = import ./lib.nix; x = lib.mkDefualt; }; }",
  ],
  ["an argument of a function here", "{ lib, ... }: { x = map (lib: lib.mkDefualt) [ ]; }"],
  ["an argument with a default", "{ lib ? import ./lib.nix, ... }: { x = lib.mkDefualt; }"],
  ["a function that is no module", "{ lib, ... }: { x = ({ lib }: lib.mkDefualt); }"],
  ["a name in a text", `{ lib, ... }: { x = "lib.mkDefualt"; }`],
  ["a comment", "{ lib, ... }: { # lib.mkDefualt\n}"],
])("are not told of %s", async (_name, module) => {
  expect(await findingTexts(clan(module))).toEqual([]);
});

test.each([
  ["with more in it", "specialArgs.lib = import ./lib.nix;"],
  ["that is not known", "specialArgs = import <mine>;"],
  ["that is extended somewhere", "meta.description = builtins.typeOf (import ./lib.nix);"],
])("are not told where machines are given a library %s", async (_name, more) => {
  const text = `${clan("{ lib, ... }: { x = lib.mkDefualt; }", more)}#- /lib.nix\n{ lib }: lib.extend (_: _: { mkDefualt = 1; })`;
  expect(await findingTexts(text)).not.toContain("evaluation-error: mkDefualt");
});

test("are not told where flake-parts hands its modules a library", async () => {
  const flake = (given: string) => `#- /flake.nix
{
  inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
  inputs.flake-parts.url = "github:hercules-ci/flake-parts";
  inputs.mine.url = "github:someone/mine";
  outputs = inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; ${given} } {
    systems = [ ];
    imports = [ inputs.clan-core.flakeModules.default ./clan.nix ];
  };
}
#- /clan.nix
{ lib, ... }: { clan = { meta.name = "c"; inventory.machines.web = { }; }; flake.x = lib.mkDefualt; }`;
  expect(await findingTexts(flake("specialArgs = { lib = inputs.mine.lib; };"))).toEqual([]);
  expect(await findingTexts(flake("specialArgs = { mine = 1; };"))).toEqual(["evaluation-error: mkDefualt"]);
});

test("other arguments leave it what it is", async () => {
  const text = clan("{ lib, ... }: { x = lib.mkDefualt; }", "specialArgs.me = 1;");
  expect(await findingTexts(text)).toEqual(["evaluation-error: mkDefualt"]);
});
