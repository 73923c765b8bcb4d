/**
 * Workspace symbols: the things of all clans by name.
 *
 *   "zpeer"   ->   role peer of the instance zerotier
 *   ""        ->   all
 */
import type { Clan, Instance } from "../clan/model.ts";
import type { OptionNode } from "../modules/option-node.ts";
import { place } from "../rules/parts/place.ts";
import type { Node } from "../syntax/ast.ts";
import type { Location } from "./definition.ts";
import type { EntityKind } from "./entity.ts";

export interface WorkspaceSymbol {
  readonly name: string;
  readonly kind: EntityKind;
  /** What it belongs to: a role's instance, a generator's (first) machine, else the clan if that has a name. */
  readonly container: string | undefined;
  /** Its name where it is written first. */
  readonly location: Location;
}

/**
 * Those whose container and name have the letters of `query` in that order, whatever their case. In the clans'
 * order, by kind and name. What is written nowhere, as a machine known from its folder alone, is left out.
 */
export function collectWorkspaceSymbols(clans: readonly Clan[], query: string): WorkspaceSymbol[] {
  const letters = [...query.toLowerCase()].filter((letter) => letter !== " ");
  return clans
    .flatMap(symbolsOf)
    .filter(({ name }) => name !== "")
    .filter(({ container, name }) => hasLetters(`${container ?? ""} ${name}`.toLowerCase(), letters));
}

function symbolsOf(clan: Clan): WorkspaceSymbol[] {
  const { machines, tags, instances, name } = clan;
  const services = clan.tree.at("modules")?.children() ?? new Map<string, OptionNode>();
  return [
    ...[...machines.known.values()].flatMap((machine) =>
      symbol("machine", machine.name, name, machine.origins),
    ),
    ...[...tags.known.values()].flatMap((tag) => symbol("tag", tag.name, name, tag.origins)),
    ...[...instances.known.values()].flatMap((instance) => instanceSymbols(instance, name)),
    ...[...services].flatMap(([service, option]) => symbol("service", service, name, keysOf(option))),
    ...generatorSymbols(clan),
  ];
}

/** One for each place in which one is defined, whatever machines have it. */
function generatorSymbols(clan: Clan): WorkspaceSymbol[] {
  const found = new Map<Node, WorkspaceSymbol>();
  for (const machine of clan.machines.known.keys())
    for (const { name, share, origins } of clan.vars.of(machine).generators.known.values()) {
      const [origin] = origins;
      const container = share === true ? clan.name : machine;
      if (origin !== undefined && !found.has(origin))
        found.set(origin, { name, kind: "generator", container, location: place(origin) });
    }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function instanceSymbols({ name, option, roles }: Instance, clan: string | undefined): WorkspaceSymbol[] {
  return [
    ...symbol("instance", name, clan, keysOf(option)),
    ...[...roles.values()].flatMap((role) => symbol("role", role.name, name, keysOf(role.option))),
  ];
}

function keysOf({ definitions }: OptionNode): readonly Node[] {
  return definitions.flatMap(({ keys }) => keys);
}

function symbol(
  kind: EntityKind,
  name: string,
  container: string | undefined,
  [origin]: readonly Node[],
): WorkspaceSymbol[] {
  return origin === undefined ? [] : [{ name, kind, container, location: place(origin) }];
}

function hasLetters(text: string, letters: readonly string[]): boolean {
  let from = 0;
  return letters.every((letter) => {
    const at = text.indexOf(letter, from);
    from = at + letter.length;
    return at >= 0;
  });
}
