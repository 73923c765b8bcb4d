/**
 * The functions of other flakes that make hosts, native as far as that goes: they remember what they were called with.
 *
 *   nixpkgs.lib.nixosSystem { system = "x86_64-linux"; modules = [ ./web.nix ]; }
 *   ->   a value of which `calls` knows class nixos and the arguments
 */
import { lazy } from "../../nix/builtins/define.ts";
import { attrs, attrsOf, unknown } from "../../nix/make.ts";
import { Thunk } from "../../nix/thunk.ts";
import type { Value } from "../../nix/value.ts";
import type { NativeInput } from "../flake.ts";
import type { InputDeclaration } from "../flake-inputs.ts";
import { nixpkgsInput } from "./nixpkgs.ts";

export type HostClass = "nixos" | "darwin" | "home";

export interface HostCall {
  readonly class: HostClass;
  /** What the function was given. */
  readonly args: Thunk;
}

/** What makes hosts, and the calls by the value that came of them. */
export interface HostBuilders {
  readonly natives: readonly NativeInput[];
  readonly calls: WeakMap<Value, HostCall>;
}

export function hostBuilders(): HostBuilders {
  const calls = new WeakMap<Value, HostCall>();
  const builder = (name: string, hostClass: HostClass): Value =>
    lazy(name, function* (args) {
      // A fresh set each time: it is known by its identity.
      const host = attrs({}, undefined, unknown("the configuration of a host is not evaluated"));
      calls.set(host, { class: hostClass, args });
      yield* [];
      return host;
    });
  const library = (functions: Readonly<Record<string, Value>>): NativeInput["value"] => {
    return (_flake, { name }) => {
      const more = unknown(`only what makes hosts is known of input ‘${name}’`);
      return Thunk.of(attrs({ lib: attrs(functions, undefined, more) }, undefined, more));
    };
  };
  const nixosSystem = builder("nixosSystem", "nixos");
  // `nixpkgs.lib // home-manager.lib`: what is not known of the second would hide those of the first.
  const builders = {
    nixosSystem,
    darwinSystem: builder("darwinSystem", "darwin"),
    homeManagerConfiguration: builder("homeManagerConfiguration", "home"),
  };
  return {
    calls,
    natives: [
      {
        matches: nixpkgsInput.matches,
        value: (flake, input) => withFunction(nixpkgsInput.value(flake, input), { nixosSystem }),
      },
      { matches: isNixDarwin, value: library(builders) },
      { matches: isHomeManager, value: library(builders) },
    ],
  };
}

/** The flake with further functions in its `lib`. */
function withFunction(flake: Thunk, functions: Readonly<Record<string, Value>>): Thunk {
  return new Thunk(function* () {
    const outputs = yield flake;
    if (outputs.type !== "attrs") return outputs;
    const lib = outputs.attrs.get("lib")?.value;
    const extended = new Thunk(function* () {
      const members = lib === undefined ? undefined : yield lib;
      if (members?.type !== "attrs") return members ?? unknown("there is no lib");
      return attrsOf(new Map([...members.attrs, ...attrs(functions).attrs]), members.origins, members.open);
    });
    return attrsOf(
      new Map([...outputs.attrs, ...attrs({ lib: extended }).attrs]),
      outputs.origins,
      outputs.open,
    );
  });
}

function isNixDarwin({ name, repository }: Pick<InputDeclaration, "name" | "repository">): boolean {
  return repository === undefined ? /^(nix-)?darwin$/.test(name) : /(^|\/)nix-darwin$/.test(repository);
}

function isHomeManager({ name, repository }: Pick<InputDeclaration, "name" | "repository">): boolean {
  return repository === undefined ? name === "home-manager" : /(^|\/)home-manager$/.test(repository);
}
