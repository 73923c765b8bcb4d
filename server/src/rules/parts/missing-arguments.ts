/**
 * An argument of a machine's module that nobody gives, and that is nearly the name of one that there is.
 *
 *   { pgs, ... }: { environment.systemPackages = [ pgs.hello ]; }   ->   error at the argument `pgs`
 */
import type { Clan } from "../../clan/model.ts";
import type { MissingArgument } from "../../clan/vars/missing-arguments.ts";
import { varsOfMachines } from "../fix/vars-fix.ts";
import type { Problem } from "../rule.ts";
import { findSuggestion } from "../words/suggest.ts";
import { place, whole } from "./place.ts";

export function* checkMissingArguments(clan: Clan): Iterable<Problem> {
  const seen = new Set<MissingArgument["name"]>();
  for (const { missingArguments } of varsOfMachines(clan))
    for (const missing of missingArguments) {
      const { name, uses, given } = missing;
      const suggestion = findSuggestion(name.name, given);
      const [use] = uses;
      // What is not nearly known may be given by what nobody reads here.
      if (suggestion === undefined || use === undefined || seen.has(name)) continue;
      seen.add(name);
      yield {
        ...whole(name),
        message: `No module is given the argument \`${name.name}\`, so Nix fails where it is read. Did you mean \`${suggestion}\`?`,
        related: [{ ...place(use), message: "It is read here." }],
        fixes: [
          {
            title: `Change to \`${suggestion}\``,
            edits: [name, ...uses].map((node) => ({ ...whole(node), text: suggestion })),
            preferred: true,
          },
        ],
      };
    }
}
