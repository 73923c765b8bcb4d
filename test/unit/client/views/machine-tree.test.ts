/** What the view of machines says, where it leads, and whom its commands are for. */
import { describe, expect, it } from "vitest";
import { machineTree } from "../../../../client/src/views/machine-tree.ts";
import type { ClanSummary } from "../../../../shared/requests.ts";
import { clan, entryAt, ids, line, rows } from "./clan.ts";

it("shows each machine with its host, its roles and its vars", () => {
  expect(rows(machineTree([clan]))).toEqual([
    "mac",
    "  mesh / peer  via tags all, darwin",
    "  Vars",
    "web  root@web",
    "  mesh / controller",
    "  mesh / peer  via tag all",
    "  Vars",
  ]);
});

it("says the rest in tooltips, and the class by the icon", () => {
  const tree = machineTree([clan]);
  expect(entryAt(tree, "mac")).toMatchObject({ icon: "device-desktop" });
  expect(entryAt(tree, "mac").tooltip).toBe("mac (darwin)\nTags: all, darwin\nRoles: mesh / peer");
  expect(entryAt(tree, "web")).toMatchObject({ icon: "server" });
  expect(entryAt(tree, "web").tooltip).toContain("Host: root@web");
});

it("says nothing in a tooltip of tags and roles that a machine has not", () => {
  const bare = { name: "bare", class: "nixos", tags: [], targetHost: undefined, place: undefined } as const;
  expect(entryAt(machineTree([{ ...clan, machines: [bare] }]), "bare").tooltip).toBe("bare (nixos)");
});

it("leads to where a machine and a role are written, if they are", () => {
  const tree = machineTree([clan]);
  expect(entryAt(tree, "mac").place).toEqual(line(1));
  expect(entryAt(tree, "web").place).toBeUndefined();
  expect(entryAt(tree, "web", "mesh / controller").place).toEqual(line(4));
});

it("has the commands of a machine on machines and their vars alone", () => {
  const tree = machineTree([clan]);
  expect(entryAt(tree, "web").target).toEqual({ root: "file:///clan", machines: ["web"] });
  expect(entryAt(tree, "web", "mesh / peer").target).toBeUndefined();
  expect(entryAt(tree, "web", "Vars").target).toEqual({ root: "file:///clan", machines: ["web"] });
});

it("says where machines may be missing, why, and leads there", () => {
  const tree = machineTree([{ ...clan, open: { reason: "the input hosts is not here", place: line(9) } }]);
  expect(tree.at(-1)).toMatchObject({
    label: "There may be more machines",
    tooltip: "the input hosts is not here",
    place: line(9),
  });
});

it("has a row for each of several clans, and tells their machines apart", () => {
  const other = { ...clan, root: "file:///work/lab%20two", name: undefined };
  const tree = machineTree([clan, other]);
  expect(tree.map(({ label }) => label)).toEqual(["home", "lab two"]);
  expect(entryAt(tree, "lab two", "web").target?.root).toBe(other.root);
  expect(new Set(ids(tree)).size).toBe(ids(tree).length);
});

it("is empty without a clan", () => {
  expect(machineTree([])).toEqual([]);
});

describe("machines in groups", () => {
  const tagged: ClanSummary = {
    ...clan,
    machines: clan.machines.map((machine) => ({
      ...machine,
      tags: machine.name === "web" ? ["all", "srv"] : ["all"],
    })),
  };
  const groups = (groupBy: "tag" | "class" | "service", of = tagged) =>
    machineTree([of], { groupBy }).map(({ label, description, target, children = [] }) => [
      label,
      description,
      target?.machines.join(" "),
      children.map((child) => child.label).join(" "),
    ]);

  it("stand below their tags, the tag of all excepted, and those without one at the end", () => {
    expect(groups("tag")).toEqual([
      ["srv", "1 machine", "web", "web"],
      ["No tag", "1 machine", "mac", "mac"],
    ]);
  });

  it("stand below their class", () => {
    const [mac, web] = clan.machines;
    if (mac === undefined || web === undefined) throw new Error("which?");
    expect(groups("class", { ...clan, machines: [mac, { ...web, name: "db" }, web] })).toEqual([
      ["NixOS", "2 machines", "db web", "db web"],
      ["macOS", "1 machine", "mac", "mac"],
    ]);
  });

  it("stand below the services they take part in, one that does not exist excepted", () => {
    expect(groups("service")).toEqual([["zerotier", "2 machines", "mac web", "mac web"]]);
    expect(groups("service", { ...tagged, instances: [] })).toEqual([
      ["No service", "2 machines", "mac web", "mac web"],
    ]);
  });

  it("have rows of their own in each group, and what may be there besides", () => {
    const both = {
      ...tagged,
      machines: tagged.machines.map((machine) => ({ ...machine, tags: ["a", "b"] })),
    };
    const tree = machineTree([{ ...both, open: { reason: "no input", place: undefined } }], {
      groupBy: "tag",
    });
    const ids = tree.flatMap(({ id, children = [] }) => [id, ...children.map((child) => child.id)]);
    expect(ids).toEqual([...new Set(ids)]);
    expect(tree.map(({ label }) => label)).toEqual(["a", "b", "There may be more machines"]);
  });
});
