/**
 * What has no default and is not set: a setting for a machine of a role, or the clan's name.
 *
 *   wireguard.roles.controller.machines.web = { };   ->   error at `web`: `endpoint` is missing
 *   clan = { inventory.machines.web = { }; };        ->   error at `clan`: `meta.name` is missing
 */
import type { Clan } from "../clan/model.ts";
import type { Snapshot } from "../project/snapshot.ts";
import { checkRecipients } from "./parts/age-recipients.ts";
import { checkClanOptions } from "./parts/missing-clan-options.ts";
import { checkManifestNames } from "./parts/missing-manifest-name.ts";
import { checkRoleSettings } from "./parts/missing-role-settings.ts";
import type { Problem, Rule } from "./rule.ts";
import type { Look } from "./run/look.ts";

export const missingSetting: Rule = {
  code: "missing-setting",
  severity: "error",
  summary: "A setting of a role, or an option of the clan, has no default and is not set.",
  *checkClan(clan: Clan, snapshot: Snapshot, look: Look): Iterable<Problem> {
    yield* checkRoleSettings(clan, look);
    yield* checkClanOptions(clan);
    yield* checkManifestNames(clan);
    yield* checkRecipients(clan, snapshot);
  },
};
