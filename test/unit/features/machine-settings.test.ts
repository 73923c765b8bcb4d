/**
 * Settings whose strings name machines mean them whether clan-core's source is at hand or the catalogue has to do.
 * Each service of the catalogue is written as a source with the same options.
 */
import { expect, test } from "vitest";
import { catalogue } from "../../../server/src/clan/catalogue/services.ts";
import { evaluateClans } from "../../../server/src/clan/evaluate.ts";
import type { Service } from "../../../server/src/clan/model.ts";
import { complete } from "../../../server/src/features/completion/complete.ts";
import { OccurrenceTables } from "../../../server/src/features/occurrences.ts";
import type { OptionSet, OptionType } from "../../../server/src/modules/option-type.ts";
import { MemoryFileSystem } from "../../../server/src/project/file-system.ts";
import { Workspace } from "../../../server/src/project/workspace.ts";
import { printAttrName } from "../../../server/src/syntax/quote.ts";
import { testParser } from "../helpers/parse.ts";

/** Every setting that is text, in the role's first machine, with the name of a machine as its value. */
function settingsOf(set: OptionSet, prefix = ""): string[] {
  return [...set.options]
    .filter(([, { removed, readOnly }]) => removed === undefined && readOnly !== true)
    .flatMap(([name, { type }]) => valuesOf(type, `${prefix}${printAttrName(name)}`));
}

function valuesOf(type: OptionType, path: string): string[] {
  switch (type.kind) {
    case "str":
      return [`${path} = "web";`];
    case "nullOr":
      return valuesOf(type.of, path);
    case "listOf":
      return type.of.kind === "str" ? [`${path} = [ "web" ];`] : [];
    case "attrsOf":
      return valuesOf(type.of, `${path}.mine`);
    case "submodule":
      return settingsOf(type.options, `${path}.`);
    default:
      return [];
  }
}

function showType(type: OptionType): string {
  switch (type.kind) {
    case "str":
      return "types.str";
    case "nullOr":
    case "listOf":
    case "attrsOf":
      return `types.${type.kind} (${showType(type.of)})`;
    case "submodule":
      return `types.submodule { options = ${showOptions(type.options)}; }`;
    default:
      return "types.raw";
  }
}

function showOptions({ options }: OptionSet): string {
  const shown = [...options].map(
    ([name, { type }]) => `${printAttrName(name)} = lib.mkOption { type = ${showType(type)}; };`,
  );
  return `{ ${shown.join(" ")} }`;
}

function sourceOf({ name, roles }: Service): string {
  const shown = [...roles.values()].map(
    (role) => `roles.${printAttrName(role.name)}.interface.options = ${showOptions(role.settings)};`,
  );
  return `
    { ... }:
    {
      clan.modules.${printAttrName(name)} = { lib, ... }: let inherit (lib) types; in {
        _class = "clan.service";
        manifest.name = "${name}";
        ${shown.join("\n")}
      };
    }`;
}

function clanOf({ name, roles }: Service): string {
  const shown = [...roles.values()].map(
    (role) => `roles.${printAttrName(role.name)}.settings = { ${settingsOf(role.settings).join("\n")} };`,
  );
  return `{ self, clan-core }: {
    clan = clan-core.lib.clan {
      inherit self;
      inventory.machines.web = { };
      inventory.instances.x = { module.name = "${name}"; ${shown.join("\n")} };
    };
  }`;
}

async function workspaceWith(service: Service, source: string | undefined): Promise<Workspace> {
  const fileSystem = new MemoryFileSystem({
    [flake]: `{
      inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
      outputs = ${clanOf(service)};
    }`,
    ...(source === undefined ? {} : { "/core/clanServices/flake-module.nix": source }),
  });
  return new Workspace({ fileSystem, parser: await testParser(), roots: ["/clan"] });
}

const flake = "/clan/flake.nix";

/** From where the service is known, the places that name the machine, and how many strings are offered it. */
async function machinePlaces(service: Service, source: string | undefined) {
  const workspace = await workspaceWith(service, source);
  const overrides = new Map(source === undefined ? [] : [["clan-core", "/core"]]);
  const clans = (snapshot: ReturnType<Workspace["snapshot"]>) => evaluateClans(snapshot, { overrides });
  const snapshot = workspace.snapshot();
  const [clan] = clans(snapshot);
  if (clan === undefined) expect.fail("there is no clan");
  const found = clan.instances.known.get("x")?.service;
  const words = [...(snapshot.readFile(flake) ?? "").matchAll(/(?<== (?:\[ )?")web"/g)];
  const query = { snapshot, clans, path: flake };
  return {
    origin: found?.kind === "known" ? found.service.origin : found?.kind,
    places: new OccurrenceTables()
      .everywhere(clan, snapshot)
      .filter(({ entity }) => entity.kind === "machine")
      .map(({ start, end }) => `${start}-${end}`),
    offers: words.filter(({ index }) =>
      complete({ ...query, offset: index + 1 }).some(
        ({ kind, label }) => kind === "machine" && label === "web",
      ),
    ).length,
  };
}

test.each([...catalogue.values()].map((service) => [service.name, service] as const))(
  "%s",
  async (_name, service) => {
    const bundled = await machinePlaces(service, undefined);
    const read = await machinePlaces(service, sourceOf(service));
    expect([bundled.origin, read.origin]).toEqual(["catalogue", "input"]);
    expect(read.places).toEqual(bundled.places);
    expect(read.offers).toEqual(bundled.offers);
    // Beside where the machine is defined.
    const expected = ["syncthing", "wireguard"].includes(service.name) ? 1 : 0;
    expect([read.places.length - 1, read.offers]).toEqual([expected, expected]);
  },
);
