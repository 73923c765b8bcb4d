import { expect, test } from "vitest";
import { collectFindings } from "../../../server/src/features/findings.ts";
import { queryAtCursor } from "../helpers/feature.ts";

async function findings(fixture: string, others: readonly string[] = []): Promise<string[]> {
  const { query } = await queryAtCursor(fixture);
  const { snapshot } = query;
  return collectFindings(snapshot, query.clans(snapshot), others).map(({ path, code }) => `${path} ${code}`);
}

test("in the clan, in the machines' own files, and in files that are named, sorted by file", async () => {
  const fixture = `
    $0{ inventory.machines.web.tag = [ ]; }
    #- /clan/machines/web/configuration.nix
    { services.nginx.enable = }
    #- /clan/machines/web/disks.nix
    { }
    #- /clan/lib/other.nix
    { a = }
  `;
  const own = ["/clan/clan.nix unknown-option", "/clan/machines/web/configuration.nix syntax-error"];
  expect(await findings(fixture)).toEqual(own);
  expect(await findings(fixture, ["/clan/lib/other.nix"])).toEqual([
    own[0],
    "/clan/lib/other.nix syntax-error",
    own[1],
  ]);
});
