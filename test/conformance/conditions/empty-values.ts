/**
 * Conditions of settings left out, type by type: where the type has an empty value Nix takes it, elsewhere the
 * setting is required as soon as the service reads it.
 */
import type { Condition } from "./condition.ts";

const withEmptyValue = [
  "attrsOf str",
  "lazyAttrsOf str",
  "nullOr str",
  "submodule { }",
  "coercedTo str (x: [ x ]) (listOf str)",
];

const withoutEmptyValue = [
  "int",
  "bool",
  `enum [ "a" "b" ]`,
  "either str int",
  "raw",
  "nonEmptyListOf str",
  "coercedTo int toString str",
];

export const emptyValueConditions: readonly Condition[] = [
  ...withEmptyValue.map(
    (type): Condition => ({
      title: `\`${type}\` left out`,
      nix: "accepted",
      text: leftOut(type, ""),
    }),
  ),
  ...withoutEmptyValue.map(
    (type): Condition => ({
      title: `\`${type}\` left out`,
      nix: "refused",
      says: "has no value defined",
      text: leftOut(
        type,
        `
    #            ^^^ error[missing-setting]`,
      ),
    }),
  ),
];

/** An own service that reads its one setting, of `type`, which its instance leaves out. */
function leftOut(type: string, reported: string): string {
  return `
  inventory.instances.i = {
    module = { name = "s"; input = "self"; };
    roles.r.tags.all = { };${reported}
  };
  modules.s = { lib, ... }: {
    _class = "clan.service";
    manifest.name = "s";
    manifest.readme = "s";
    roles.r.interface.options.need = lib.mkOption { type = with lib.types; ${type}; };
    roles.r.perInstance = { settings, ... }: { nixosModule.x = settings.need; };
  };`;
}
