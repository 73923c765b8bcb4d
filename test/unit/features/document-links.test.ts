import { expect, test } from "vitest";
import { collectDocumentLinks } from "../../../server/src/features/document-links.ts";
import { queryAtCursor } from "../helpers/feature.ts";

test("paths that lead to files, and those that do not", async () => {
  const { query, text } = await queryAtCursor(`
    {
      imports = [ ./more.nix ./folder ./empty ./missing.nix ];
      inventory.instances.sshd.roles.server.extraModules = [ ./more.nix ];
      machines.web.imports = [ "\${./more.nix}" ./\${"more"}.nix ];$0
    }
    #- /clan/more.nix
    { }
    #- /clan/folder/default.nix
    { }
    #- /clan/empty/other.nix
    { }
  `);
  expect(
    collectDocumentLinks(query).map(({ start, end, target }) => `${text.slice(start, end)} -> ${target}`),
  ).toEqual([
    "./more.nix -> /clan/more.nix",
    "./folder -> /clan/folder/default.nix",
    "./more.nix -> /clan/more.nix",
    "./more.nix -> /clan/more.nix",
    './${"more"}.nix -> /clan/more.nix',
  ]);
});
