/** Links to clan's own documentation: the page, and the heading where the page has one. */
import { expect, test } from "vitest";
import type { Service } from "../../../server/src/clan/model.ts";
import { machineOptionDocs, optionDocs, serviceDocs } from "../../../server/src/features/official-docs.ts";

const base = "https://clan.lol/docs/unstable/";

/** "title -> page" */
function said(link: string | undefined): string | undefined {
  const [, title, page] = /^\[clan\.lol: (.*)\]\((.*)\)$/.exec(link ?? "") ?? [];
  return page && `${title} -> ${page.replace(base, "")}`;
}

test.each([
  ["", undefined],
  ["meta", "options of a clan -> reference/options/clan#meta"],
  ["meta.tld", "options of a clan -> reference/options/clan#tld"],
  // A heading of the same name came before.
  ["meta.name", "options of a clan -> reference/options/clan#name"],
  ["machines.web", "options of a clan -> reference/options/clan#machines"],
  ["inventory", "options of a clan -> reference/options/clan#inventory"],
  ["nonsense", "options of a clan -> reference/options/clan"],
  ["modules", "options of a clan -> reference/options/clan#modules"],
  ["modules.x", "options of a clan -> reference/options/clan#modules"],
  ["modules.x.manifest", "how services are written -> reference/options/clan_service#manifest"],
  // The machines of a role come before.
  ["inventory.machines", "options of the inventory -> reference/options/clan_inventory#machines-1"],
  ["inventory.machines.web", "options of the inventory -> reference/options/clan_inventory#machines-1"],
  ["inventory.instances.x.roles", "options of the inventory -> reference/options/clan_inventory#roles"],
  [
    "inventory.instances.x.module.input",
    "options of the inventory -> reference/options/clan_inventory#input",
  ],
  ["inventory.nonsense", "options of the inventory -> reference/options/clan_inventory"],
])("the option %s", (path, expected) => {
  expect(said(optionDocs(path === "" ? [] : path.split(".")))).toBe(expected);
});

test("options of the same name have headings of their own", () => {
  const [tags, role] = [
    ["machines", "web", "tags"],
    ["instances", "x", "roles", "y", "tags"],
  ].map((path) => said(optionDocs(["inventory", ...path])));
  expect(tags).toMatch(/#tags(-\d)?$/);
  expect(role).toMatch(/#tags(-\d)?$/);
  expect(tags).not.toBe(role);
});

test.each([
  ["clan.core.vars", "clan.core.vars -> reference/clan.core/vars"],
  ["clan.core.vars.generators", "clan.core.vars -> reference/clan.core/vars"],
  ["clan.core", "clan.core -> reference/clan.core"],
  ["clan.inventory", undefined],
  ["services.core", undefined],
])("the machine's option %s", (path, expected) => {
  expect(said(machineOptionDocs(path.split(".")))).toBe(expected);
});

function service(origin: string, options: number): Service {
  const settings = { options: new Map(Array.from({ length: options }, (_, index) => [`o${index}`, {}])) };
  return {
    name: "borg",
    origin,
    roles: new Map([
      ["client", { settings }],
      ["bare", {}],
    ]),
  } as unknown as Service;
}

test.each([
  ["catalogue", 1, undefined, "borg -> services/official/borg"],
  ["catalogue", 1, "client", "borg -> services/official/borg#options-for-the-client-role"],
  ["catalogue", 0, "client", "borg -> services/official/borg#the-client-role-has-no-configuration"],
  ["catalogue", 1, "bare", "borg -> services/official/borg"],
  ["catalogue", 1, "none", "borg -> services/official/borg"],
  ["flake", 1, undefined, undefined],
  ["flake", 1, "client", undefined],
])("a service of the %s", (origin, options, role, expected) => {
  expect(said(serviceDocs(service(origin, options), role))).toBe(expected);
});
