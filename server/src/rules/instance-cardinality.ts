/**
 * A service has more instances than it allows.
 *
 *   manifest.constraints.maxInstances = 1, used by instances `a` and `b`   ->   warnings at both names
 */
import type { Clan, Instance } from "../clan/model.ts";
import { at } from "./parts/place.ts";
import { namePlaces } from "./parts/written.ts";
import type { Problem, Rule } from "./rule.ts";

export const instanceCardinality: Rule = {
  code: "instance-cardinality",
  severity: "warning",
  summary: "A service has more instances than it allows.",
  *checkClan(clan: Clan): Iterable<Problem> {
    for (const instances of groups(clan).values()) {
      const [first] = instances;
      if (first?.service.kind !== "known") continue;
      const { name, maxInstances = Number.POSITIVE_INFINITY } = first.service.service;
      if (instances.length <= maxInstances) continue;
      const names = instances.map((instance) => `\`${instance.name}\``).join(", ");
      const message = `The service \`${name}\` can have ${maxInstances} instance${maxInstances === 1 ? "" : "s"}, but there are ${instances.length}: ${names}. \`clan vars generate\` refuses that.`;
      for (const instance of instances)
        for (const node of namePlaces(instance.option)) yield at(node, message);
    }
  },
};

/** As clan counts: no input and the input that is clan-core make separate groups. */
function groups(clan: Clan): Map<string, Instance[]> {
  const found = new Map<string, Instance[]>();
  for (const instance of clan.instances.known.values()) {
    if (instance.service.kind !== "known" || instance.service.service.maxInstances === undefined) continue;
    if (namePlaces(instance.option).length === 0) continue;
    const key = `${instance.module.input ?? ""}\n${instance.service.service.name}`;
    const group = found.get(key);
    if (group === undefined) found.set(key, [instance]);
    else group.push(instance);
  }
  return found;
}
