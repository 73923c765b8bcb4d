/**
 * Machines that have secrets in the age store and nobody who may read them, which clan refuses.
 *
 *   vars.settings.secretStore = "age";   without `recipients`   ->   error at `"age"`
 */
import type { Clan } from "../../clan/model.ts";
import { readSecretStore } from "../../clan/vars/stores.ts";
import type { OptionNode } from "../../modules/option-node.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import type { Problem } from "../rule.ts";
import { findSuggestion } from "../words/suggest.ts";
import { at } from "./place.ts";
import { valuePlaces } from "./written.ts";

/** Where the keys of recipients are set for single machines. */
export const recipientsPath = ["vars", "settings", "recipients", "hosts"] as const;

export function* checkRecipients(clan: Clan, snapshot: Snapshot): Iterable<Problem> {
  const store = clan.tree.at("vars", "settings", "secretStore");
  const settings = clan.tree.at("vars", "settings");
  if (store === undefined || readSecretStore(clan.tree) !== "age" || settings?.open !== undefined) return;
  const recipients = settings?.child("recipients");
  if (recipients?.open !== undefined || mayHoldKeys(recipients?.child("default"))) return;
  const hosts = recipients?.child("hosts");
  if (hosts?.open !== undefined) return;
  // A name that is none is reported, and the machine that is meant has its keys there.
  const misspelt = [...(hosts?.children().keys() ?? [])].filter((name) => !clan.machines.known.has(name));
  const meant = new Set(misspelt.map((name) => findSuggestion(name, clan.machines.known.keys())));
  const without = [...clan.machines.known.keys()].filter(
    (name) =>
      !mayHoldKeys(hosts?.child(name)) &&
      !meant.has(name) &&
      hasSecrets(clan, name) &&
      !hasKey(clan, name, snapshot),
  );
  if (without.length === 0) return;
  const names = without.map((name) => `\`${name}\``).join(", ");
  const message = `Nobody could read the secrets of ${names}: set \`vars.settings.recipients.default\`, or \`vars.settings.recipients.hosts.<machine>\`, to the public keys of those who may.`;
  for (const node of valuePlaces(store)) yield at(node, message);
}

/** Also where it cannot be known. */
function mayHoldKeys(option: OptionNode | undefined): boolean {
  if (option === undefined) return false;
  return (
    option.open !== undefined ||
    option.children().size > 0 ||
    option.effective().some(({ value }) => value.type !== "list")
  );
}

function hasSecrets({ vars }: Clan, machine: string): boolean {
  return [...vars.of(machine).generators.known.values()].some(
    ({ conditional, files }) =>
      !conditional && [...files.known.values()].some(({ secret }) => secret === true),
  );
}

/** Its key was made when there were recipients: clan asks for them no more. */
function hasKey({ directory }: Clan, machine: string, snapshot: Snapshot): boolean {
  return (
    directory === undefined ||
    snapshot.fileType(`${directory}/secrets/age-keys/machines/${machine}/pub`) !== undefined
  );
}
