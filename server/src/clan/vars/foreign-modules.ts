/**
 * Modules of other flakes that surely define no vars: those of nixpkgs, disko, srvos and their like
 * (inputs-without-vars.json, by repository).
 *
 *   imports = [ inputs.srvos.nixosModules.server ];   ->   left out; the machine's generators stay a complete set
 */
import type { Runner } from "../../modules/surroundings.ts";
import { nullValue, unknown } from "../../nix/make.ts";
import { settle } from "../../nix/settle.ts";
import type { Eval } from "../../nix/step.ts";
import { Thunk } from "../../nix/thunk.ts";
import type { Outcome, Unknown, Value } from "../../nix/value.ts";
import type { FlakeInput } from "../../project/flake.ts";
import { isClanCore } from "../core-versions.ts";
import { memberOf } from "../member.ts";
import repositories from "./inputs-without-vars.json" with { type: "json" };

const known: ReadonlySet<string> = new Set(repositories);
const names: ReadonlySet<string> = new Set(
  repositories.map((repository) => repository.split("/").at(-1) ?? ""),
);

/** A module that is known to define no vars, or one of such an input that cannot be seen. */
export class ForeignModules {
  /** The folder with the modules of NixOS. */
  readonly nixos = unknown("the modules of NixOS are not evaluated");
  /** What stands for all that is not known of such inputs. */
  private readonly unseen = new Set<Unknown>([this.nixos]);
  /** Where the sources of such inputs are. */
  readonly directories: string[] = [];

  constructor(inputs: Iterable<FlakeInput>, runner: Runner) {
    for (const input of inputs) {
      if (isClanCore(input)) this.addOpen(outcomeOf(memberThunk(input.value, "nixosModules"), runner));
      if (!definesNoVars(input)) continue;
      if (input.directory !== undefined) this.directories.push(`${input.directory}/`);
      this.addOpen(outcomeOf(input.value, runner));
    }
  }

  private addOpen(value: Value | undefined): void {
    const unseen = value?.type === "attrs" ? value.open : value;
    if (unseen?.type === "unknown") this.unseen.add(unseen);
  }

  /** `module`: what `imports` holds. */
  has(module: Outcome): boolean {
    if (module.type === "unknown") return this.unseen.has(module);
    if (module.type === "path" || module.type === "string") return this.isInside(module.value);
    const place = module.type === "lambda" ? module.node : module.origins?.[0];
    return place !== undefined && this.isInside(place.source.path);
  }

  private isInside(path: string): boolean {
    return this.directories.some((directory) => path.startsWith(directory));
  }
}

function definesNoVars({ name, repository }: Pick<FlakeInput, "name" | "repository">): boolean {
  // An indirect reference has no owner: it is the registry's.
  return repository?.includes("/") ? known.has(repository) : names.has(repository ?? name);
}

function outcomeOf(thunk: Thunk, runner: Runner): Value | undefined {
  return settle(runner, forced(thunk), () => undefined);
}

function memberThunk(set: Thunk, name: string): Thunk {
  return new Thunk(function* () {
    return (yield* memberOf(set, name)) ?? nullValue();
  });
}

function* forced(thunk: Thunk): Eval<Value> {
  return yield thunk;
}
