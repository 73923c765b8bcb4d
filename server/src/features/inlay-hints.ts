/**
 * Inlay hints: what code leaves unsaid.
 *
 *   roles.peer.tags.all = { };      ->   all⟨3 machines⟩
 *   instances.zerotier = { … };     ->   zerotier⟨service⟩, where no module is named: the service is called the same
 */
import type { Clan } from "../clan/model.ts";
import type { OptionNode } from "../modules/option-node.ts";
import type { Node } from "../syntax/ast.ts";
import { clansAround, type Query, type Range } from "./query.ts";

export interface InlayHint {
  /** It is shown behind what ends here, which is a name or string with its quotes. */
  readonly offset: number;
  readonly label: string;
  readonly tooltip: string | undefined;
}

/** Which hints a person wants. */
export interface HintSettings {
  readonly tags: boolean;
  readonly services: boolean;
}

/** Those in `range`, in the order written. */
export function collectInlayHints(
  query: Omit<Query, "offset">,
  range: Range,
  wanted: HintSettings,
): InlayHint[] {
  const shown = new Map<string, InlayHint>();
  for (const clan of clansAround(query))
    for (const { node, label, tooltip } of [
      ...(wanted.tags ? tagHints(clan) : []),
      ...(wanted.services ? serviceHints(clan) : []),
    ]) {
      const isShown = node.source.path === query.path && range.start <= node.end && node.end <= range.end;
      if (isShown) shown.set(`${node.end} ${label}`, { offset: node.end, label, tooltip });
    }
  return [...shown.values()].sort((a, b) => a.offset - b.offset);
}

interface Hint {
  readonly node: Node;
  readonly label: string;
  readonly tooltip: string | undefined;
}

/** At a role's tags: how many machines each means. Silent where there may be machines that are not known. */
function tagHints(clan: Clan): Hint[] {
  if (clan.machines.open !== undefined || clan.tags.open !== undefined) return [];
  return rolesOf(clan).flatMap(({ option, tagNames }) =>
    tagNames.flatMap((tag) => {
      const machines = clan.tags.known.get(tag)?.machines ?? [];
      const label = machines.length === 1 ? "1 machine" : `${machines.length} machines`;
      const tooltip = machines.length === 0 ? undefined : machines.join(", ");
      return keysOf(option.at("tags", tag)).map((node) => ({ node, label, tooltip }));
    }),
  );
}

function rolesOf(clan: Clan) {
  return [...clan.instances.known.values()].flatMap(({ roles }) => [...roles.values()]);
}

/** At an instance's name, which is that of its service where `module.name` is not set: it need not be said again. */
function serviceHints(clan: Clan): Hint[] {
  return [...clan.instances.known.values()].flatMap(({ option, service }) => {
    if (service.kind !== "known" || option.at("module", "name") !== undefined) return [];
    const tooltip = service.service.description;
    return keysOf(option).map((node) => ({ node, label: "service", tooltip }));
  });
}

function keysOf(option: OptionNode | undefined): readonly Node[] {
  return option?.definitions.flatMap(({ keys }) => keys) ?? [];
}
