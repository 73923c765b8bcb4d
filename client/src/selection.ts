/**
 * Which machines a person can pick, and which a pick stands for. Pure.
 *
 *   machineChoices(clan)            -> all machines, tag srv (db, web), machine db, machine web
 *   chosenMachines([srv, web])      -> ["db", "web"]
 */
import type { ClanSummary } from "../../shared/requests.ts";

export interface MachineChoice {
  readonly kind: "all" | "tag" | "machine";
  readonly label: string;
  /** Shown beside the label. */
  readonly description: string;
  /** Sorted. */
  readonly machines: readonly string[];
}

/**
 * All machines first, then the tags, then the machines one by one. A tag every machine carries (`all`) is
 * the first entry already. Empty when the clan has no machines.
 */
export function machineChoices(clan: ClanSummary): readonly MachineChoice[] {
  const names = clan.machines.map((machine) => machine.name);
  if (names.length === 0) return [];
  const all = { kind: "all", label: "All machines", description: names.join(", "), machines: names } as const;
  const tags = clan.tags
    .filter((tag) => tag.machines.length > 0 && tag.name !== "all")
    .map(
      (tag) =>
        ({
          kind: "tag",
          label: tag.name,
          description: tag.machines.join(", "),
          machines: tag.machines,
        }) as const,
    );
  const machines = clan.machines.map((machine) => {
    const description = [machine.targetHost, ...machine.tags]
      .filter((part) => part !== undefined)
      .join(" · ");
    return { kind: "machine", label: machine.name, description, machines: [machine.name] } as const;
  });
  return [all, ...tags, ...machines];
}

/**
 * The machines to name on the command line, each once, sorted. Empty when "All machines" is among the
 * choices: `clan` then takes all, also those that cannot be seen from here. Undefined when nothing is chosen.
 */
export function chosenMachines(choices: readonly MachineChoice[]): readonly string[] | undefined {
  if (choices.length === 0) return undefined;
  if (choices.some((choice) => choice.kind === "all")) return [];
  return [...new Set(choices.flatMap((choice) => choice.machines))].sort();
}
