/**
 * Where code of one machine reads the configuration of another one of the flake.
 *
 *   self.nixosConfigurations.db.config.services.x.port               ->   all of db
 *   self.nixosConfigurations.db.config.clan.core.vars.generators.ca  ->   the generator ca of db
 */
import type { Source } from "../../syntax/ast.ts";
import { walk } from "../../syntax/navigate.ts";
import type { Reason } from "./reason.ts";

export interface MachineRead {
  /** Undefined where it may be any. */
  readonly machine: string | undefined;
  /** Of its generators this one only; undefined: whatever there is. */
  readonly generator: string | undefined;
}

const GENERATORS = ["config", "clan", "core", "vars", "generators"];

const known = new WeakMap<Source, readonly MachineRead[]>();

/** Of one file. */
export function machineReads(source: Source): readonly MachineRead[] {
  const found = known.get(source) ?? collectReads(source);
  known.set(source, found);
  return found;
}

function collectReads({ root }: Source): readonly MachineRead[] {
  const reads: MachineRead[] = [];
  walk(root, (node) => {
    if (node.kind !== "select" && node.kind !== "inherit") return;
    const path = node.kind === "select" ? node.path : node.names;
    const names = path.map(({ name }) => name);
    const at = names.findIndex((name) => name === "nixosConfigurations" || name === "darwinConfigurations");
    if (at < 0) return;
    const [machine, ...below] = names.slice(at + 1);
    const isGenerator = GENERATORS.every((name, index) => below[index] === name);
    reads.push({ machine, generator: isGenerator ? below[GENERATORS.length] : undefined });
  });
  return reads;
}

/** Whether what is different for the machine is among what is read; without reasons, all of it is. */
export function isRead(
  reads: readonly MachineRead[],
  machine: string,
  reasons: readonly Reason[] | undefined,
): boolean {
  return reads.some(
    (read) =>
      (read.machine ?? machine) === machine &&
      (read.generator === undefined ||
        reasons === undefined ||
        reasons.some(({ what, path }) => what === "generator" && path.endsWith(`.${read.generator}`))),
  );
}
