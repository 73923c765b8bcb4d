/**
 * Adds a role of the instance's service that the instance does not have yet, with the settings it needs.
 *
 *   instances.zero▮tier = { roles.peer = { }; };   ->   … roles.peer = { }; roles.controller = { };
 */

import { addAttribute } from "../../rules/fix/edit.ts";
import { roleStub } from "../completion/value-stub.ts";
import type { Assist } from "./assist.ts";

/** More are not offered: a menu is no catalogue. */
const maximum = 6;

export const addRole: Assist = {
  id: "add-role",
  kind: "add",
  keepsMeaning: false,
  collect({ around }) {
    const place = around.find(({ option, instance }) => instance !== undefined && option.path.length <= 4);
    const { instance } = place ?? {};
    if (instance?.service.kind !== "known") return [];
    const { service } = instance.service;
    return [...service.roles.values()]
      .filter(({ name }) => !instance.roles.has(name))
      .slice(0, maximum)
      .flatMap((role) => {
        const stub = roleStub(role, service, instance).stub.replaceAll(/\s*\$0|\$\d/g, "");
        const edit = addAttribute(instance.option, ["roles", role.name], stub);
        return edit === undefined ? [] : [{ title: `Add role \`${role.name}\``, edits: [edit] }];
      });
  },
};
