import { expect, test } from "vitest";
import { catalogue } from "../../../server/src/clan/catalogue/services.ts";
import { findServiceDocument, findServicePlace } from "../../../server/src/features/service-document.ts";
import { queryAtCursor } from "../helpers/feature.ts";

/** The service whose document the word at the cursor leads to, and the line of it that the cursor lands on. */
async function landsOn(fixture: string): Promise<[string, string] | undefined> {
  const { query } = await queryAtCursor(fixture);
  const found = findServicePlace(query);
  if (found === undefined) return undefined;
  const { text, range } = found;
  const line = text.slice(text.lastIndexOf("\n", range.start - 1) + 1, text.indexOf("\n", range.start));
  expect(text.slice(range.start, range.end)).toBe(
    line.startsWith("# ") ? "" : line.replace(/^#+ (Role )?/, ""),
  );
  return [found.service, line];
}

test("a role, a setting and the service of clan-core, each at its heading", async () => {
  const role = '{ inventory.instances.vpn = { module.name = "zerotier"; roles.mo$0on = { }; }; }';
  expect(await landsOn(role)).toEqual(["zerotier", "## Role `moon`"]);
  const setting = "{ inventory.instances.sshd.roles.server.settings.certificate.searchDom$0ains = [ ]; }";
  expect(await landsOn(setting)).toEqual(["sshd", "### `certificate.searchDomains`"]);
  const named = '{ inventory.instances.syncthing.roles.peer.settings.folders.docs.pa$0th = "/d"; }';
  expect(await landsOn(named)).toEqual(["syncthing", "### `folders.<name>.path`"]);
  const service = '{ inventory.instances.vpn.module.name = "zero$0tier"; }';
  expect(await landsOn(service)).toEqual(["zerotier", "# zerotier"]);
});

test("nothing for a service whose source is at hand, nor for one that is not known", async () => {
  const own = `
    #- /clan/clan.nix
    {
      modules.door = { _class = "clan.service"; manifest.name = "door"; roles.server = { }; };
      inventory.instances.door = { module.input = "self"; roles.ser$0ver = { }; };
    }`;
  expect(await landsOn(own)).toBeUndefined();
  expect(await landsOn("{ inventory.instances.nonsense.roles.ser$0ver = { }; }")).toBeUndefined();
  expect(await landsOn("{ inventory.machines.we$0b = { }; }")).toBeUndefined();
});

test("every service of the catalogue has a document with all its roles and settings", () => {
  for (const [name, { roles }] of catalogue) {
    const found = findServiceDocument(name);
    for (const [role, { settings }] of roles) {
      expect(found?.text).toContain(`\n## Role \`${role}\`\n`);
      for (const [setting, option] of settings.options)
        if (option.internal !== true && !(option.type.kind === "submodule" && option.type.group))
          expect(found?.places.has(`${role} ${setting}`), `${name} ${role} ${setting}`).toBe(true);
    }
    expect(found?.text).not.toMatch(/undefined|submodule|\n\n\n/);
  }
  expect(findServiceDocument("nonsense")).toBeUndefined();
});
