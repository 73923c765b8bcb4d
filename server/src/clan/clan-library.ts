/**
 * The module argument `clanLib` of services: of clan's library, what goes wrong with it however little is known.
 *
 *   clanLib.selectExports { service = "vpn"; } exports   ->   fails: it asks for a function
 */
import { lazy } from "../nix/builtins/define.ts";
import { failFor } from "../nix/errors.ts";
import { attrs, openLibrary, unknown } from "../nix/make.ts";
import type { Value } from "../nix/value.ts";

export const clanLibrary = attrs(
  {
    selectExports: lazy("selectExports", function* (predicate) {
      const given = yield predicate;
      if (mayBeCalled(given)) return unknown("what services export is not evaluated");
      const what = given.type === "attrs" ? "set" : given.type;
      const instead = 'write `(scope: scope.serviceName == "…")`';
      const message = `selectExports expected a function. But was called with ${what}: ${instead}`;
      return failFor(given, message, predicate.node);
    }),
  },
  undefined,
  openLibrary("only a part of clan's library is evaluated"),
);

function mayBeCalled(value: Value): boolean {
  switch (value.type) {
    case "attrs":
      return value.open !== undefined || value.attrs.has("__functor");
    case "list":
    case "string":
    case "int":
    case "float":
    case "bool":
    case "null":
    case "path":
      return false;
    default:
      return true;
  }
}
