/**
 * Where a service that was read from its source is not what the bundled catalogue says it is: another version
 * of clan-core is at hand.
 *
 *   compareToCatalogue(sshd from source)   ->   [ "role `relay` is not in the catalogue", "setting `port` of `server` is gone" ]
 */
import type { OptionSet } from "../../modules/option-type.ts";
import type { Service } from "../model.ts";

/** Clauses about roles and their outermost settings, sorted by role; empty where there is nothing to compare with. */
export function compareToCatalogue({ catalogued, roles }: Service): readonly string[] {
  if (catalogued === undefined) return [];
  const names = [...new Set([...roles.keys(), ...catalogued.roles.keys()])].sort();
  return names.flatMap((name) => {
    const [is, was] = [roles.get(name), catalogued.roles.get(name)];
    if (was === undefined) return [`role \`${name}\` is not in the catalogue`];
    if (is === undefined) return [`role \`${name}\` is gone`];
    return compareSettings(name, is.settings, was.settings);
  });
}

function compareSettings(role: string, is: OptionSet, was: OptionSet): string[] {
  // Those of an interface that is not wholly known may be there all the same.
  if (is.open !== undefined) return [];
  const missing = (from: OptionSet, others: OptionSet): string[] =>
    [...from.options.keys()].filter((name) => !others.options.has(name)).sort();
  return [
    ...missing(is, was).map((name) => `setting \`${name}\` of \`${role}\` is not in the catalogue`),
    ...missing(was, is).map((name) => `setting \`${name}\` of \`${role}\` is gone`),
  ];
}
