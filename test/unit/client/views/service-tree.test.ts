/** What the view of services says, where it leads, and whom its commands are for. */
import { expect, it } from "vitest";
import { serviceTree } from "../../../../client/src/views/service-tree.ts";
import type { ClanSummary } from "../../../../shared/requests.ts";
import { clan, entryAt, ids, line, rows } from "./clan.ts";

it("shows each instance with its service and input, its roles and who is in them", () => {
  expect(rows(serviceTree([clan]))).toEqual([
    "mesh  zerotier · clan-core",
    "  controller  1 machine",
    "    web",
    "  peer  3 machines",
    "    gone",
    "    mac  via tags all, darwin",
    "    web  via tag all",
    "own",
  ]);
});

it("leads to where an instance, a role and a machine are written", () => {
  const tree = serviceTree([clan]);
  expect(entryAt(tree, "mesh").place).toEqual(line(3));
  expect(entryAt(tree, "mesh", "peer").place).toEqual(line(5));
  expect(entryAt(tree, "mesh", "peer", "mac").place).toEqual(line(1));
});

it("has commands for the machines that there are", () => {
  const tree = serviceTree([clan]);
  expect(entryAt(tree, "mesh", "peer", "mac").target).toEqual({ root: "file:///clan", machines: ["mac"] });
  expect(entryAt(tree, "mesh", "peer", "gone").target).toBeUndefined();
});

it("says where instances or machines of a role may be missing, and why", () => {
  const open = { reason: "hosts is unknown", place: line(9) };
  const [mesh] = clan.instances;
  if (mesh === undefined) throw new Error("the clan has an instance");
  const unknown: ClanSummary = {
    ...clan,
    instances: [{ ...mesh, roles: mesh.roles.map((role) => ({ ...role, open })) }],
    instancesOpen: open,
  };
  const tree = serviceTree([unknown]);
  expect(rows(tree)).toEqual([
    "mesh  zerotier · clan-core",
    "  controller  at least 1 machine",
    "    web",
    "    There may be more machines",
    "  peer  at least 3 machines",
    "    gone",
    "    mac  via tags all, darwin",
    "    web  via tag all",
    "    There may be more machines",
    "There may be more instances",
  ]);
  expect(tree.at(-1)).toMatchObject({ tooltip: "hosts is unknown", place: line(9) });
  expect(new Set(ids(tree)).size).toBe(ids(tree).length);
});
