/** The index in parts says what the index of a whole tree says, and parts that are the same are not walked again. */
import { expect, test } from "vitest";
import { ClanCache } from "../../../server/src/clan/clan-cache.ts";
import { indexNodes } from "../../../server/src/modules/node-index.ts";
import type { OptionNode } from "../../../server/src/modules/option-node.ts";
import { indexInParts } from "../../../server/src/modules/parted-index.ts";
import { workspaceOf } from "../helpers/workspace.ts";

const CLAN = `
  #- /clan/clan.nix
  let both = { tags = [ "srv" ]; }; in
  {
    meta.name = "home";
    inventory.machines = { web = both; db = both; mac = { machineClass = "darwin"; }; };
    inventory.instances.sshd.roles.server.tags.srv.settings.a = 1;
  }
`;

async function treeOf(): Promise<OptionNode> {
  const { workspace } = await workspaceOf(CLAN, ["/clan"]);
  const [clan] = new ClanCache().clansOf(workspace.snapshot());
  return clan?.tree ?? expect.fail("there is no clan");
}

const paths = (options: readonly OptionNode[] | undefined) => options?.map(({ path }) => path.join("."));

test("it has all nodes, each with all its options", async () => {
  const tree = await treeOf();
  const whole = indexNodes(tree);
  const parted = indexInParts(tree, []);
  expect(whole.size).toBeGreaterThan(15);
  const same = () => {
    for (const [node, options] of whole) expect(paths(parted.get(node))).toEqual(paths(options));
  };
  same();
  expect(new Set(parted.keys())).toEqual(new Set(whole.keys()));
  expect([...parted].length).toBe(whole.size);
  // Once it was gone through, it is asked as a whole.
  same();
});

test("a value that two machines share leads to both", async () => {
  const tree = await treeOf();
  const [node] = tree.at("inventory", "machines", "web", "tags")?.definitions[0]?.keys ?? [];
  const found = node && indexInParts(tree, []).get(node);
  expect(found?.map(({ path }) => path.join("."))).toEqual([
    "inventory.machines.web.tags",
    "inventory.machines.db.tags",
  ]);
});

test("a node of no option, and other trees", async () => {
  const tree = await treeOf();
  const machine = tree.at("inventory", "machines", "mac") ?? expect.fail("there is no machine");
  const index = indexInParts(machine, [tree]);
  const [node] = tree.at("meta", "name")?.definitions[0]?.keys ?? [];
  expect(node && index.get(node)?.map(({ path }) => path.join("."))).toEqual(["meta.name"]);
  const [source] = machine.definitions[0]?.origins ?? [];
  expect(source && index.get(source.source.root)).toBeUndefined();
});

test("a thing that is the same is not walked through again", async () => {
  const tree = await treeOf();
  const machines = tree.at("inventory", "machines")?.children() ?? new Map<string, OptionNode>();
  indexInParts(tree, []);
  const asked: string[] = [];
  const watched = new Proxy(tree, {
    get(target, key) {
      if (key === "children")
        return () =>
          new Map([
            [
              "machines",
              { ...stub("machines", target.at("inventory", "machines")), children: () => machines },
            ],
          ]);
      return Reflect.get(target, key);
    },
  });
  for (const [name, machine] of machines) {
    const definitions = machine.definitions;
    Object.defineProperty(machine, "definitions", {
      get() {
        asked.push(name);
        return definitions;
      },
    });
  }
  expect([...indexInParts(watched, []).keys()].length).toBeGreaterThan(3);
  expect(asked).toEqual([]);
});

function stub(name: string, option: OptionNode | undefined) {
  if (option === undefined) return expect.fail(`there is no ${name}`);
  const { path, parent, type, option: declared, definitions, open, problems } = option;
  return { path, parent, type, option: declared, definitions, open, problems } as unknown as OptionNode;
}
