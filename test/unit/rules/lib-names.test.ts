/** Slips of the pen in names of nixpkgs' library and of Nix itself, and what its marks are given. */
import { test } from "vitest";
import { checkFindings } from "../helpers/check.ts";
import { FLAKE } from "../helpers/flakes.ts";

function clan(text: string): string {
  return `${FLAKE}
    #- /clan.nix
    { lib, ... }: {
      meta.name = "x";
${text}
    }`;
}

test("names in another case, with a letter too many or too few", async () => {
  await checkFindings(
    clan(`
      inventory.machines = lib.mapAttr (_: _: { }) { a = { }; };
    #                          ^^^^^^^ error[evaluation-error]: …attribute 'mapAttr' missing. Did you mean \`mapAttrs\`?
      inventory.instances = lib.mkif true { };
    #                           ^^^^ error[evaluation-error]: …attribute 'mkif' missing. Did you mean \`mkIf\`?
      inventory.tags.t = builtins.attrnames { };
    #                             ^^^^^^^^^ error[evaluation-error]: …attribute 'attrnames' missing. Did you mean \`attrNames\`?
      meta.description = lib.mkIff true "x";
    #                        ^^^^^ error[evaluation-error]
      inventory.tags.u = with lib; attrNames (lib.listToAttr [ ]);
    #                                             ^^^^^^^^^^ error[evaluation-error]: …Did you mean \`listToAttrs\`?`),
  );
});

test("silent: names that another version may have", async () => {
  await checkFindings(
    clan(`
      inventory.tags.t = lib.attrNames (lib.mapAttrs'' (_: _: { }) { });
      inventory.tags.u = lib.concatMaps (m: [ m ]) [ "a" ];
      inventory.tags.v = lib.lists.takeUntil (m: true) [ ];
      inventory.tags.w = builtins.attrPaths { };
      meta.description = lib.mkNew "x";`),
  );
});

test("mkMerge takes a list, and mkIf a Boolean", async () => {
  await checkFindings(
    clan(`
      inventory.machines = lib.mkMerge { a = { }; };
    #                                  ^^^^^^^^^^^^ error[evaluation-error]: …value is a set while a list was expected.
      inventory.tags.t = lib.mkIf "yes" [ "all" ];
    #                              ^^^ error[evaluation-error]: …non-Boolean condition.
      meta.description = lib.mkIf (1 + "a") "x";
    #                                   ^ error[evaluation-error]: …cannot add a string to an integer.
      inventory.instances = lib.mkMerge [ (lib.mkMerge { }) ];
    #                                                  ^^^ error[evaluation-error]`),
  );
  await checkFindings(
    clan(`
      meta.description = lib.mkMerge [ (lib.mkIf false (lib.mkMerge { })) "x" ];
      inventory.machines = lib.mkMerge (map (name: { \${name} = { }; }) [ "a" "b" ]);
      inventory.tags.t = lib.mkIf (lib.somethingNew 1) [ "all" ];`),
  );
});
