import { expect, test } from "vitest";
import { toGraph } from "../../../server/src/features/graph/clan-graph.ts";
import { toDot } from "../../../server/src/features/graph/dot.ts";
import { toMermaid } from "../../../server/src/features/graph/mermaid.ts";
import { toSvg } from "../../../server/src/features/graph/svg.ts";
import { clanOf } from "../helpers/clan.ts";

const fixture = `
  {
    meta.name = "demo";
    inventory.machines = { db.tags = [ "srv" ]; web.tags = [ "srv" ]; };
    inventory.instances.mesh = {
      module.name = "zerotier";
      roles.controller.machines.db = { };
      roles.moon = { };
      roles.peer.tags = [ "srv" "nothing" ];
      roles.peer.machines.gone = { };
    };
    inventory.instances.sshd.roles.server.tags = [ "all" ];
  }
`;

test("as Mermaid: roles by instance, the tags that fill them, machines; what is not there is left out", async () => {
  expect(toMermaid(toGraph(await clanOf(fixture)))).toBe(`flowchart LR
  subgraph n0["mesh (zerotier)"]
    n1(["controller"])
    n2(["moon"])
    n3(["peer"])
  end
  subgraph n4["sshd"]
    n5(["server"])
  end
  n6{{"all"}}
  n7{{"srv"}}
  n8["db"]
  n9["web"]
  n1 --> n8
  n3 --> n7
  n5 --> n6
  n6 --> n8
  n6 --> n9
  n7 --> n8
  n7 --> n9
`);
});

test("as dot and SVG, everything that has a name is there once", async () => {
  const graph = toGraph(await clanOf(fixture));
  const dot = toDot(graph);
  expect(dot).toContain('    label="mesh (zerotier)";');
  expect(dot).toContain('  n9 [label="web", shape=box];');
  expect(dot).toContain("  n5 -> n6;");
  const svg = toSvg(graph);
  for (const label of [
    "mesh (zerotier)",
    "controller",
    "moon",
    "peer",
    "sshd",
    "server",
    "tag all",
    "tag srv",
    "db",
    "web",
  ])
    expect(svg.split(`>${label}</text>`)).toHaveLength(2);
  expect(svg.match(/class="edge"/g)).toHaveLength(7);
  expect(svg).not.toMatch(/NaN|undefined/);
});

test("names that would be markup or code of the format are text", async () => {
  const hostile = '</text><script>"]; n1 --> click \\\\';
  const graph = toGraph(
    await clanOf(
      `{ meta.name = "x"; inventory.machines.a = { }; inventory.instances.${JSON.stringify(hostile)}.roles.default.machines.a = { }; }`,
    ),
  );
  expect(toSvg(graph)).not.toContain("<script");
  expect(toMermaid(graph)).not.toMatch(/["\]]; n1|<script/);
  expect(toDot(graph)).toMatch(/label="<\/text><script>\\"\]; n1/);
});

test("a clan without instances, and an instance without roles", async () => {
  expect(toSvg(toGraph(await clanOf('{ meta.name = "x"; inventory.machines.a = { }; }')))).toContain(
    ">a</text>",
  );
  const bare = toGraph(await clanOf('{ meta.name = "x"; inventory.instances.sshd = { }; }'));
  expect(toMermaid(bare)).toContain('subgraph n0["sshd"]');
  expect(toSvg(bare)).toContain(">sshd</text>");
});
