/**
 * What an admin does in the first hour of a clan, and what of it is done as the files on disk say. No secret is read: that a
 * file is there says enough.
 *
 *   sops/users/ann/key.json is there   ->   { title: "A key for yourself", done: true, … }
 */
import type { Clan } from "../../clan/model.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import { missingGenerators } from "../deploy-problems.ts";

export interface Step {
  readonly title: string;
  /** For a terminal; words in capitals stand for what the person knows. */
  readonly command: string;
  /** Undefined where no file says so. */
  readonly done: boolean | undefined;
  /** What is left, in words. */
  readonly left?: string;
}

export function firstHour(snapshot: Snapshot, clan: Clan): readonly Step[] {
  const folder = clan.directory ?? clan.root;
  const names = (path: string): readonly string[] => [
    ...(snapshot.readDir(`${folder}/${path}`)?.keys() ?? []),
  ];
  const users = names("sops/users").filter((user) => isThere(`sops/users/${user}/key.json`));
  const admins = names("sops/groups").some((group) => names(`sops/groups/${group}/users`).length > 0);
  const machines = [...clan.machines.known.keys()];
  const [first = "MACHINE"] = machines;
  function isThere(path: string): boolean {
    return snapshot.fileType(`${folder}/${path}`) !== undefined;
  }
  const hardware = machines.filter(
    (machine) =>
      clan.machines.known.get(machine)?.class === "nixos" &&
      !["facter.json", "hardware-configuration.nix"].some((file) => isThere(`machines/${machine}/${file}`)),
  );
  const vars = machines.filter((machine) => missingGenerators(clan, machine).length > 0);
  return [
    { title: "A key for yourself", command: "clan secrets key generate", done: users.length > 0 },
    {
      title: "Yourself as a user of the clan",
      command: "clan secrets users add NAME --age-key AGE-KEY",
      done: users.length > 0,
    },
    {
      title: "Yourself among the admins",
      command: "clan secrets groups add-user admins NAME",
      done: admins,
    },
    { title: "A first machine", command: "clan machines create MACHINE", done: machines.length > 0 },
    {
      title: "What the hardware needs",
      command: `clan machines init-hardware-config ${hardware[0] ?? first}`,
      done: machines.length > 0 && hardware.length === 0,
      ...leftOver(hardware),
    },
    {
      title: "Passwords and keys of the machines",
      command: `clan vars generate ${vars[0] ?? first}`,
      done: machines.length > 0 && vars.length === 0,
      ...leftOver(vars),
    },
    {
      title: "The machine itself, the first time: it erases the disk",
      command: `clan machines install ${first} --target-host root@ADDRESS`,
      done: undefined,
    },
    { title: "And from then on", command: `clan machines update ${first}`, done: undefined },
  ];
}

function leftOver(machines: readonly string[]): { left: string } | Record<string, never> {
  return machines.length === 0 ? {} : { left: machines.join(", ") };
}
