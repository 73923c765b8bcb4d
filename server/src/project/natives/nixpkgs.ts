/** nixpkgs and its library alone: `lib` is native, packages and systems are not evaluated. */
import { attrs, attrsOf, unknown } from "../../nix/make.ts";
import { Thunk } from "../../nix/thunk.ts";
import type { NativeInput } from "../flake.ts";

export const nixpkgsInput: NativeInput = {
  matches: ({ name, repository }) =>
    /^(nixpkgs|nixpkgs[-_].*|.*[-_]nixpkgs)$/.test(name) ||
    (repository !== undefined && /(^|\/)nixpkgs([-.]lib)?$/.test(repository)),
  value: ({ lib }, { name }) => {
    const more = unknown(`the packages of input ‘${name}’ are not evaluated`);
    // `lib.nixosSystem` and `lib.darwinSystem` exist in a flake's lib only.
    const extended = new Thunk(function* () {
      const members = yield lib;
      return members.type === "attrs" ? attrsOf(members.attrs, members.origins, more) : members;
    });
    return Thunk.of(attrs({ lib: extended }, undefined, more));
  },
};
