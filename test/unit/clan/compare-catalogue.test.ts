import { expect, test } from "vitest";
import { compareToCatalogue } from "../../../server/src/clan/catalogue/compare.ts";
import { catalogue } from "../../../server/src/clan/catalogue/services.ts";
import type { Service, ServiceRole } from "../../../server/src/clan/model.ts";

const sshd = catalogue.get("sshd") ?? expect.fail("the catalogue has no sshd");
const [server, client] = ["server", "client"].map((role) => sshd.roles.get(role) as ServiceRole);

function compare(roles: Readonly<Record<string, ServiceRole>>, catalogued: Service | undefined = sshd) {
  return compareToCatalogue({ ...sshd, origin: "input", roles: new Map(Object.entries(roles)), catalogued });
}

test("roles and settings that come and go", () => {
  if (server === undefined || client === undefined) expect.fail("sshd has other roles");
  const [first = ""] = server.settings.options.keys();
  const options = new Map([
    ...server.settings.options,
    ["zzz", { type: { kind: "str" }, required: true } as const],
  ]);
  options.delete(first);
  expect(compare({ server: { ...server, settings: { options } }, relay: client })).toEqual([
    "role `client` is gone",
    "role `relay` is not in the catalogue",
    "setting `zzz` of `server` is not in the catalogue",
    `setting \`${first}\` of \`server\` is gone`,
  ]);
  expect(
    compare({ server: { ...server, settings: { options, open: "a module is not known" } }, client }),
  ).toEqual([]);
});

test("nothing where they agree, or there is nothing to compare with", () => {
  if (server === undefined || client === undefined) expect.fail("sshd has other roles");
  expect(compare({ server, client })).toEqual([]);
  expect(compareToCatalogue({ ...sshd, origin: "self", roles: new Map() })).toEqual([]);
});
