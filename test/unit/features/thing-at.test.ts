/** Which machine, instance or role the cursor is in. */
import { expect, it } from "vitest";
import { findThingAt } from "../../../server/src/features/thing-at.ts";
import { queryAtCursor } from "../helpers/feature.ts";

async function thing(fixture: string): Promise<string | undefined> {
  const { query } = await queryAtCursor(fixture);
  const found = findThingAt(query);
  return found && [found.kind, ...(found.kind === "role" ? [found.instance] : []), found.name].join(" ");
}

const machines = "inventory.machines = { db = { }; web = { }; };";

it.each([
  ["{ inventory.machines = { db = { }; w$0eb = { tags = [ ]; }; }; }", "machine web"],
  ['{ inventory.machines.web = { tags = [ "s$0rv" ]; }; }', "machine web"],
  [`{ ${machines} machines.web = { netwo$0rking = { }; }; }`, "machine web"],
  [`{ ${machines} inventory.instances.vpn = { mod$0ule.name = "zerotier"; }; }`, "instance vpn"],
  [`{ ${machines} inventory.instances.vp$0n.module.name = "zerotier"; }`, "instance vpn"],
  [
    `{ ${machines} inventory.instances.vpn = { module.name = "zerotier"; roles.peer.machines.we$0b = { }; }; }`,
    "role vpn peer",
  ],
  [
    `{ ${machines} inventory.instances.vpn = { module.name = "zerotier"; roles.p$0eer = { }; }; }`,
    "role vpn peer",
  ],
  [`{ ${machines} }\n#- /clan/machines/web/configuration.nix\n{ services.ngi$0nx = { }; }`, "machine web"],
  [`{ ${machines} }\n#- /clan/machines/web/parts/disk.nix\n{ a = $01; }`, "machine web"],
  [`{ ${machines} }\n#- /clan/machines/webserver/configuration.nix\n{ a = $01; }`, "machine webserver"],
  // Two definitions of the same thing at one place.
  [
    `let r = { machines.web = { }; ta$0gs = [ ]; }; in { ${machines} inventory.instances.vpn = { module.name = "zerotier"; roles.peer = r // { }; }; imports = [ { inventory.instances.vpn.roles.peer = r; } ]; }`,
    "role vpn peer",
  ],
])("is the innermost: %s", async (fixture, expected) => {
  expect(await thing(fixture)).toBe(expected);
});

it.each([
  `{ me$0ta.name = "x"; ${machines} }`,
  `{ inventory.ma$0chines = { web = { }; }; }`,
  // Code that two machines share is about neither.
  "let both = { tags = [ $0 ]; }; in { inventory.machines = { db = both; web = both; }; }",
  `let r = { machines.web = { }; ta$0gs = [ ]; }; in { ${machines} inventory.instances.vpn = { module.name = "zerotier"; roles.peer = r; roles.moon = r; }; }`,
  `let r = { machines.web = { }; ta$0gs = [ ]; }; in { ${machines} inventory.instances = { a = { module.name = "zerotier"; roles.peer = r; }; b = { module.name = "zerotier"; roles.peer = r; }; }; }`,
  `{ ${machines} }\n#- /clan/modules/nginx.nix\n{ services.ngi$0nx = { }; }`,
])("is none: %s", async (fixture) => {
  expect(await thing(fixture)).toBeUndefined();
});
