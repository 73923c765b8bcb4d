/**
 * Names that code selects from the clan as its flake and its modules show it.
 *
 *   self.nixosConfigurations.web.config          ->   machine web
 *   config.clan.inventory.instances.vpn.roles    ->   instance vpn
 *   inherit (self.clan.inventory.machines) web;  ->   machine web
 */
import type { Clan } from "../../clan/model.ts";
import type { OptionNode } from "../../modules/option-node.ts";
import type { Node } from "../../syntax/ast.ts";
import { entityAt } from "../entity.ts";
import { placeOf } from "../option-place.ts";
import { settingsAt } from "../settings-around.ts";
import { type Chain, chainOf } from "./chain.ts";
import type { Mention } from "./mention.ts";

/** What leads to the clan: `self.clan`, `inputs.self.clan`, `config.flake.clan`, … */
const WAYS = new Set([
  "self",
  "inputs",
  "outputs",
  "config",
  "flake",
  "clan",
  "clanInternals",
  "inventoryClass",
]);
const CONFIGURATIONS = new Set(["nixosConfigurations", "darwinConfigurations"]);

/** `node` is any node of a file; most mention nothing. */
export function collectSelected(clan: Clan, node: Node): Mention[] {
  if (node.kind === "select" || node.kind === "has-attr") return mentionsIn(clan, chainOf(node), "select");
  if (node.kind !== "inherit" || node.from === undefined) return [];
  const from = chainOf(node.from);
  return node.names.flatMap((name) =>
    mentionsIn(clan, [...from, name], "inherit-from").filter((each) => each.node === name),
  );
}

function mentionsIn(clan: Clan, chain: Chain, how: Mention["how"]): Mention[] {
  const names = chain.map(({ name }) => name ?? "");
  const first = names.findIndex((name) => !WAYS.has(name));
  const way = new Set(names.slice(0, first));
  // Another flake may have machines, too.
  if (first < 1 || (way.has("inputs") && !way.has("self"))) return [];
  const [name = "", machine = ""] = names.slice(first);
  if (CONFIGURATIONS.has(name) && !way.has("clan")) {
    const node = chain[first + 1];
    const isKnown = (way.has("self") || way.has("flake")) && clan.machines.known.has(machine);
    return node && isKnown
      ? [{ entity: { kind: "machine", clan, name: machine }, node, how, sure: true }]
      : [];
  }
  const isInClan =
    way.has("clan") || (name === "inventory" && (way.has("config") || way.has("inventoryClass")));
  return isInClan ? optionsAlong(clan, chain.slice(first), how) : [];
}

/** What each name of an option's path stands for. */
function optionsAlong(clan: Clan, chain: Chain, how: Mention["how"]): Mention[] {
  const mentions: Mention[] = [];
  let option: OptionNode | undefined = clan.tree;
  for (const node of chain) {
    option = stepInto(clan, option, node.name ?? "");
    if (option === undefined) break;
    const entity = entityAt({ ...placeOf(clan, option, node), isName: true }, node);
    if (entity !== undefined) mentions.push({ entity, node, how, sure: true });
  }
  return mentions;
}

/** Settings go on in the interface of their role. */
function stepInto(clan: Clan, option: OptionNode, name: string): OptionNode | undefined {
  return (settingsAt(clan, option.path)?.tree ?? option).child(name);
}
