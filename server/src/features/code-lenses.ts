/**
 * Code lenses: what is shown above a name.
 *
 *   web = { … };    ->   Update | Generate vars
 *   roles.peer…     ->   3 machines: db, nas, web
 *   generators.ca   ->   Generate for web | Regenerate… | 3 files: 2 generated, 1 missing
 */
import type { Clan, Role } from "../clan/model.ts";
import { place } from "../rules/parts/place.ts";
import type { GeneratorRun, MachineCommandName } from "./code-actions.ts";
import type { Location } from "./definition.ts";
import { collectGeneratorLenses } from "./generator-lenses.ts";
import { collectMachineNames } from "./machine-names.ts";
import { clansAround, type Query, type Range } from "./query.ts";

export interface CodeLens {
  /** The name it stands above. */
  readonly range: Range;
  readonly title: string;
  readonly action:
    | {
        readonly kind: "machine";
        readonly command: MachineCommandName;
        readonly clan: Clan;
        readonly machine: string;
      }
    | GeneratorRun
    /** Where the machines are written that the title speaks of. */
    | { readonly kind: "places"; readonly places: readonly Location[] };
}

const machineLenses = [
  { title: "Update", command: "update" },
  { title: "Generate vars", command: "generateVars" },
] as const;

/** Which lenses a person wants. */
export interface LensSettings {
  /** `multiline`: above those that are written over several lines; above others a lens would take every second line. */
  readonly machines: "always" | "multiline" | "never";
  /** `computed`: above those that have more machines than any of their tags, or those they name. */
  readonly roles: "always" | "computed" | "never";
  readonly generators: boolean;
}

/** More machines than this are counted, not named. */
const maximumNames = 4;

/** In the order written. */
export function collectCodeLenses(query: Omit<Query, "offset">, wanted: LensSettings): CodeLens[] {
  const names = wanted.machines === "never" ? [] : collectMachineNames(query);
  const shown = wanted.machines === "always" ? names : names.filter(({ isLong }) => isLong);
  const machines = shown.flatMap(({ clan, machine, range }) =>
    machineLenses.map(({ title, command }) => ({
      range,
      title,
      action: { kind: "machine" as const, command, clan, machine },
    })),
  );
  const roles =
    wanted.roles === "never"
      ? []
      : clansAround(query).flatMap((clan) => roleLenses(clan, query.path, wanted.roles === "always"));
  const generators = wanted.generators ? collectGeneratorLenses(query) : [];
  return [...machines, ...roles, ...generators].sort((a, b) => a.range.start - b.range.start);
}

/** Above each role of each instance, where it is written first: its machines. */
function roleLenses(clan: Clan, path: string, all: boolean): CodeLens[] {
  return (
    [...clan.instances.known.values()]
      .flatMap(({ roles }) => [...roles.values()])
      // "At least 0 machines" would say nothing.
      .filter(({ open, members }) => open === undefined || members.length > 0)
      .filter((role) => all || isComputed(clan, role))
      .flatMap((role) => {
        const [range] = role.option.definitions
          .flatMap(({ keys }) => keys.map(place))
          .filter((key) => key.path === path)
          .sort((a, b) => a.start - b.start);
        if (range === undefined) return [];
        const places = role.members.flatMap(
          ({ machine }) => clan.machines.known.get(machine)?.origins[0] ?? [],
        );
        return [{ range, title: membersTitle(role), action: { kind: "places", places: places.map(place) } }];
      })
  );
}

/** What a tag means, an inlay hint says, and machines by name can be read where they stand: the number is not said twice. */
function isComputed({ tags }: Clan, { tagNames, machineNames, members, open }: Role): boolean {
  if (open !== undefined) return true;
  const counts = [machineNames.length, ...tagNames.map((tag) => tags.known.get(tag)?.machines.length ?? 0)];
  return counts.every((count) => count < members.length);
}

function membersTitle({ members, open }: Role): string {
  const atLeast = open === undefined ? "" : "at least ";
  const count = members.length === 1 ? "1 machine" : `${members.length} machines`;
  const names = members.slice(0, maximumNames).map(({ machine }) => machine);
  if (members.length > maximumNames) names.push("…");
  return `${atLeast}${count}${names.length === 0 ? "" : `: ${names.join(", ")}`}`;
}
