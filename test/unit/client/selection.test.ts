/** What the list of machines offers, and what is named on the command line for a choice. */
import { expect, it } from "vitest";
import { chosenMachines, type MachineChoice, machineChoices } from "../../../client/src/selection.ts";
import type { ClanSummary } from "../../../shared/requests.ts";

const clan: ClanSummary = {
  root: "file:///clan",
  name: "home",
  machines: [
    { name: "db", class: "nixos", tags: ["all", "srv"], targetHost: undefined, place: undefined },
    { name: "mac", class: "darwin", tags: ["all"], targetHost: undefined, place: undefined },
    { name: "web", class: "nixos", tags: ["all", "srv"], targetHost: "root@web", place: undefined },
  ],
  tags: [
    { name: "all", machines: ["db", "mac", "web"] },
    { name: "srv", machines: ["db", "web"] },
  ],
  open: undefined,
  instances: [],
  instancesOpen: undefined,
  machineTemplates: [],
};

function checkChosen(labels: readonly string[], expected: readonly string[] | undefined) {
  const chosen = machineChoices(clan).filter((choice: MachineChoice) => labels.includes(choice.label));
  expect(chosen.map((choice) => choice.label)).toEqual(labels);
  expect(chosenMachines(chosen)).toEqual(expected);
}

it("offers all machines, then tags, then machines, saying what each stands for", () => {
  expect(machineChoices(clan).map(({ kind, label, description }) => [kind, label, description])).toEqual([
    ["all", "All machines", "db, mac, web"],
    ["tag", "srv", "db, web"],
    ["machine", "db", "all · srv"],
    ["machine", "mac", "all"],
    ["machine", "web", "root@web · all · srv"],
  ]);
});

it("offers nothing in a clan without machines", () => {
  expect(machineChoices({ ...clan, machines: [], tags: [] })).toEqual([]);
});

it("names each machine once, in order, for a tag and machines of it", () => {
  checkChosen(["srv", "mac", "web"], ["db", "mac", "web"]);
});

it("names none when all are meant", () => {
  checkChosen(["All machines", "web"], []);
});

it("tells nothing chosen from all machines", () => {
  checkChosen([], undefined);
});
