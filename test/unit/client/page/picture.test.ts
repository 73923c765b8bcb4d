/** What of a clan the page of the topology shows, and as which picture. */
import { describe, expect, it, test } from "vitest";
import { everything, type Filter, narrow } from "../../../../client/page/narrow.ts";
import { canBeDrawn, toPicture } from "../../../../client/page/picture.ts";
import { idOf, thingsOf } from "../../../../client/page/things.ts";
import { placeGraph } from "../../../../shared/graph/place-graph.ts";
import type { ClanSummary, InstanceSummary, MachineSummary } from "../../../../shared/requests.ts";
import { clan, line } from "../views/clan.ts";

const machine = (name: string, ...tags: string[]): MachineSummary => ({
  name,
  class: "nixos",
  tags,
  targetHost: `root@${name}.example.org`,
  place: undefined,
});
const instance = (name: string, service: string, roles: InstanceSummary["roles"]): InstanceSummary => ({
  name,
  service,
  input: undefined,
  place: undefined,
  roles,
});
const role = (name: string, ...members: (readonly [string, ...string[]])[]) => ({
  name,
  place: undefined,
  open: undefined,
  members: members.map(([of, ...viaTags]) => ({ machine: of, viaTags })),
});

const small: ClanSummary = {
  ...clan,
  machines: [machine("db", "all"), machine("nb", "all"), machine("web", "all", "srv")],
  tags: [
    { name: "all", machines: ["db", "nb", "web"] },
    { name: "srv", machines: ["web"] },
  ],
  instances: [
    instance("backup", "borgbackup", [role("server", ["db"]), role("client", ["web", "srv"])]),
    instance("mesh", "zerotier", [role("peer", ["db", "all"], ["nb", "all"], ["web", "all"]), role("moon")]),
  ],
};

describe("the filter", () => {
  const shown = (filter: Partial<Filter>) => {
    const { machines, instances } = narrow(small, { ...everything, ...filter });
    return [
      machines.map(({ name }) => name).join(" "),
      ...instances.map(
        ({ name, roles }) =>
          `${name}: ${roles.map((one) => `${one.name} ${one.members.map((member) => member.machine).join("+")}`).join(", ")}`,
      ),
    ];
  };
  test.each<readonly [Partial<Filter>, readonly string[]]>([
    [{ text: "web" }, ["web", "backup: client web", "mesh: peer web"]],
    [{ text: "NB.example" }, ["nb", "mesh: peer nb"]],
    // An instance, with all that is in it.
    [{ text: "borg" }, ["db web", "backup: server db, client web"]],
    [{ text: "moon" }, ["db nb web", "mesh: peer db+nb+web, moon "]],
    [{ tag: "srv" }, ["web", "backup: client web", "mesh: peer web"]],
    [{ service: "borgbackup" }, ["db web", "backup: server db, client web"]],
    [{ service: "borgbackup", tag: "srv" }, ["web", "backup: client web"]],
    [{ service: "zerotier", text: "nb" }, ["nb", "mesh: peer nb"]],
    [{ text: "nothing" }, [""]],
  ])("%j", (filter, expected) => {
    expect(shown(filter)).toEqual(expected);
  });

  it("leaves a clan as it is where nothing is wanted", () => {
    expect(narrow(small, { ...everything, text: "  " })).toBe(small);
  });
});

describe("the picture", () => {
  it("leads from roles over tags to machines", () => {
    const { graph, bundles } = toPicture(small);
    expect(graph.groups.map(({ label, roles }) => [label, roles.map((one) => one.label)])).toEqual([
      ["backup (borgbackup)", ["server", "client"]],
      ["mesh (zerotier)", ["peer", "moon"]],
    ]);
    expect(graph.nodes.map(({ id }) => id)).toEqual([
      "tag:all",
      "tag:srv",
      "machine:db",
      "machine:nb",
      "machine:web",
    ]);
    expect(graph.edges.map(({ from, to }) => `${from} -> ${to}`).sort()).toEqual([
      "role:backup:client -> tag:srv",
      "role:backup:server -> machine:db",
      "role:mesh:peer -> tag:all",
      "tag:all -> machine:db",
      "tag:all -> machine:nb",
      "tag:all -> machine:web",
      "tag:srv -> machine:web",
    ]);
    expect(bundles.size).toBe(0);
  });

  const many = (count: number, tagsOf: (index: number) => string[]): ClanSummary => {
    const machines = Array.from({ length: count }, (_, index) =>
      machine(`m${String(index).padStart(3, "0")}`, ...tagsOf(index)),
    );
    const tags = [...new Set(machines.flatMap((one) => one.tags))].map((name) => ({
      name,
      machines: machines.filter((one) => one.tags.includes(name)).map((one) => one.name),
    }));
    const roles = tags.map(({ name, machines: all }) =>
      instance(`i-${name}`, "sshd", [role("server", ...all.map((one) => [one, name] as const))]),
    );
    return { ...clan, machines, tags, instances: roles };
  };

  it("draws machines that are alike as one where there are many, until that is opened", () => {
    const large = many(500, (index) => [index % 2 === 0 ? "even" : "odd"]);
    const { graph, bundles } = toPicture(large);
    expect([...bundles.values()].map((members) => members.length)).toEqual([250, 250]);
    const labels = graph.nodes.filter(({ kind }) => kind === "machine").map(({ label }) => label);
    expect(labels).toEqual(["m000 … m498 (250 machines)", "m001 … m499 (250 machines)"]);
    const [first = ""] = bundles.keys();
    const opened = toPicture(large, new Set([first]));
    expect([...opened.bundles.keys()]).not.toContain(first);
    expect(opened.graph.nodes).toHaveLength(2 + 250 + 1);
    expect([canBeDrawn(toPicture(large)), canBeDrawn(opened)]).toEqual([true, false]);
  });

  it("draws each of a few", () => {
    const some = toPicture(many(40, () => ["same"]));
    expect(some.bundles.size).toBe(0);
    expect(some.graph.nodes).toHaveLength(41);
  });

  it("has a place for each part, and none over another", () => {
    const { graph } = toPicture(many(60, (index) => [`t${index % 7}`, "all"]));
    const { boxOf } = placeGraph(graph);
    const boxes = [...graph.groups.flatMap(({ roles }) => roles), ...graph.nodes].map(({ id }) => boxOf(id));
    const overlap = boxes.flatMap((one, index) =>
      boxes
        .slice(index + 1)
        .filter(
          (other) =>
            Math.abs(one.x - other.x) < (one.width + other.width) / 2 &&
            Math.abs(one.y - other.y) < (one.height + other.height) / 2,
        ),
    );
    expect(overlap).toEqual([]);
  });
});

test("each part says what it is, in sentences, and where it leads", () => {
  const things = thingsOf({ ...small, instances: [...small.instances, ...clan.instances] });
  expect(things.get("machine:web")).toEqual({
    label: "Machine web",
    lines: [
      "NixOS",
      "Tags: all, srv",
      "Host: root@web.example.org",
      "backup / client via tag srv",
      "mesh / peer via tag all",
      "mesh / controller",
      "mesh / peer via tag all",
    ],
    place: undefined,
  });
  expect(things.get("tag:all")?.lines).toEqual(["3 machines: db, nb, web"]);
  expect(things.get("role:mesh:controller")).toMatchObject({
    label: "Role controller of mesh",
    place: line(4),
  });
  expect(things.get("role:mesh:moon")?.lines).toEqual(["no machines"]);
  expect(idOf({ root: "", kind: "role", name: "peer", instance: "mesh" })).toBe("role:mesh:peer");
  expect(idOf({ root: "", kind: "machine", name: "web" })).toBe("machine:web");
  expect(idOf({ root: "", kind: "instance", name: "mesh" })).toBe("instance:mesh");
});
