/**
 * Names that the catalogue does not know, in a clan whose clan-core is somebody's own copy, or of quite another time.
 * It may well have them, so only a name that is nearly a known one is taken for a mistake.
 *
 *   inputs.clan-core.url = "github:me/clan-core";   with   vars.generators.k.rotateAfter = 7;   ->   no finding
 *                                                   and    vars.generators.k.scirpt = "…";      ->   a finding
 */
import type { Clan } from "../../clan/model.ts";

/** `suggestion`: the known name that is nearest to the unknown one. */
export function mayBeInOtherCore(clan: Pick<Clan, "hasOtherCore">, suggestion: string | undefined): boolean {
  return clan.hasOtherCore && suggestion === undefined;
}
