/**
 * Removes an instance of a service, wherever it is written.
 *
 *   inventory.instances.zero▮tier = { roles… };   ->   (gone)
 */
import type { Assist } from "./assist.ts";
import { removeEntry } from "./removal.ts";

export const removeInstance: Assist = {
  id: "remove-instance",
  kind: "remove",
  keepsMeaning: false,
  collect({ subjects }) {
    const entity = subjects.find((subject) => subject.entity?.kind === "instance")?.entity;
    const instance = entity?.clan.instances.known.get(entity.name);
    const edits = instance && removeEntry(instance.option);
    if (edits === undefined || edits.length === 0) return [];
    return [{ title: `Remove instance \`${instance?.name}\` from the clan`, edits }];
  },
};
