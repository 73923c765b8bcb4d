/**
 * Candidates for the SSH address of a machine, as `deploy.targetHost` and `deploy.buildHost` want one.
 *
 *   inventory.machines.db.deploy.targetHost = "▮"   ->   "root@db", then what is written for other machines
 */
import type { OptionNode } from "../../modules/option-node.ts";
import { markerName } from "../marker.ts";
import type { OptionPlace } from "../option-place.ts";
import { type Candidate, word } from "./candidate.ts";

/** The machine itself first where it is what is deployed to; addresses that are written once, with who has them. */
export function collectHosts({ clan, option }: OptionPlace): Candidate[] {
  const [, , machine = "", , field] = option.path;
  const machines = [...clan.machines.known.keys()].filter((name) => name !== markerName);
  const written = new Map<string, string[]>();
  for (const name of machines) {
    const deploy = clan.tree.at("inventory", "machines", name, "deploy");
    for (const address of addressesOf(deploy))
      if (!address.includes(markerName)) written.set(address, [...(written.get(address) ?? []), name]);
  }
  const unnamed = machines.filter((name) => clan.machines.known.get(name)?.targetHost === undefined);
  const own = field === "targetHost" ? [machine] : unnamed;
  const guessed = own.map((name) => `root@${name}`).filter((address) => !written.has(address));
  return [
    ...guessed.map((address) => candidate(address, "by the machine's name", field === "targetHost" ? 1 : 3)),
    ...[...written].map(([address, owners]) => candidate(address, `of ${owners.join(", ")}`, 2)),
  ];
}

function addressesOf(deploy: OptionNode | undefined): readonly string[] {
  const addresses = ["targetHost", "buildHost"].map((name) => deploy?.child(name)?.string());
  return [...new Set(addresses.filter((address) => address !== undefined))];
}

function candidate(address: string, detail: string, rank: number): Candidate {
  return { kind: "value", text: word(address), detail, rank };
}
