/** Interfaces by which services export: offered and explained where they are named and used. */
import { expect, test } from "vitest";
import { hover } from "../../../server/src/features/hover.ts";
import { OccurrenceTables } from "../../../server/src/features/occurrences.ts";
import { queryAtCursor } from "../helpers/feature.ts";
import { checkCompletion, completionLabels } from "./check-completion.ts";

async function hoverText(fixture: string): Promise<string | undefined> {
  const { query } = await queryAtCursor(fixture);
  return hover(query, new OccurrenceTables())?.text;
}

/** A clan with an interface of its own and this service, which no instance uses yet. */
const clan = (service: string) => `
  #- /clan/clan.nix
  {
    exportInterfaces.metrics = { lib, ... }: {
      options.port = lib.mkOption { type = lib.types.port; description = "Where numbers are read."; };
    };
    modules.s = { lib, clanLib, exports, ... }: {
      _class = "clan.service";
      manifest.name = "s";
      ${service}
    };
  }
`;
const names = ["auth", "dataMesher", "endpoints", "generators", "metrics", "networking", "peer"];

test("names of interfaces in the manifest", async () => {
  for (const list of ["out", "inputs"])
    expect((await completionLabels(clan(`manifest.exports.${list} = [ "$0" ];`))).sort()).toEqual(names);
  expect(await completionLabels(clan('manifest.exports = { out = [ "peer" "end$0" ]; };'))).toContain(
    "endpoints",
  );
  expect(await hoverText(clan('manifest.exports.out = [ "end$0points" ];'))).toMatch(
    /^`endpoints`\n\nNames under which .*\n\nOptions: `hosts`\.$/,
  );
  expect(await hoverText(clan('manifest.exports.inputs = [ "met$0rics" ];'))).toContain("Options: `port`.");
});

test("what is exported, through `mkExports` or not", async () => {
  const exported = (text: string) =>
    clan(`roles.r.perInstance = { mkExports, settings, ... }: { exports = mkExports { ${text} }; };`);
  expect((await completionLabels(exported("$0"))).sort()).toEqual(names);
  expect(await completionLabels(exported("peer.$0"))).toEqual(
    expect.arrayContaining(["hosts", "port", "user", "SSHOptions"]),
  );
  expect(await completionLabels(exported("peer.hosts = [ { $0 } ];"))).toEqual(
    expect.arrayContaining(["plain", "var"]),
  );
  expect(await completionLabels(exported("metrics = { $0 };"))).toContain("port");
  const perMachine = `perMachine = { ... }: { exports."s:::web" = { networking.$0 }; };`;
  expect(await completionLabels(clan(perMachine))).toEqual(expect.arrayContaining(["priority", "module"]));
  await checkCompletion(
    exported("endpoints = { ho$0 };"),
    "hosts",
    exported("endpoints = { hosts = [ $0 ]; };"),
  );
  expect(await hoverText(exported("end$0points.hosts = [ ];"))).toContain("Names under which a service");
  expect(await hoverText(exported("networking.prio$0rity = settings.x;"))).toContain(
    "the highest comes first",
  );
  expect(await hoverText(exported("metrics.po$0rt = 80;"))).toContain("Where numbers are read.");
});

test("the option for interfaces of the clan", async () => {
  expect(await completionLabels("{ export$0 }")).toContain("exportInterfaces");
  expect(await completionLabels("{ exportInterfaces.$0 }")).toContain("endpoints");
  expect(await hoverText("{ export$0Interfaces.x = { }; }")).toContain("Interfaces that services export by");
});
