/**
 * Definition: where what the word under the cursor names comes from.
 *
 *   roles.peer.machines.we▮b = { };   ->   inventory.machines.web, machines/web/configuration.nix
 *   imports = [ ./mod▮ules ];         ->   modules/default.nix
 */
import type { Clan } from "../clan/model.ts";
import type { EvalHost } from "../nix/host.ts";
import { place } from "../rules/parts/place.ts";
import type { Node } from "../syntax/ast.ts";
import { declarationsOf, type Entity } from "./entity.ts";
import { inOrder, type OccurrenceTables } from "./occurrences.ts";
import type { Query, Range } from "./query.ts";
import { findOccurrencesAt } from "./references.ts";
import { findSubjects } from "./subject.ts";

export interface Location extends Range {
  readonly path: string;
}

/** Each place once; empty where nothing is known, or what is named comes without source. */
export function findDefinitions(query: Query, tables: OccurrenceTables): Location[] {
  const shown = findOccurrencesAt(query, (clan) => tables.shownIn(clan, query.snapshot, query.path));
  const options = shown.length > 0 ? [] : optionsAt(query).map(place);
  const meant =
    shown.length + options.length > 0
      ? shown
      : findOccurrencesAt(query, (clan) => tables.perhapsAt(clan, query));
  const found = [...options, ...meant.flatMap(({ entity }) => definitionsOf(entity, query.snapshot))];
  return [...new Map(found.map((each) => [`${each.path}:${each.start}`, each])).values()];
}

/** Where the options are declared that the word is the name or the value of. */
function optionsAt(query: Query): readonly Node[] {
  return (findSubjects(query)?.subjects ?? []).flatMap(({ at }) => at.option.option?.declared ?? []);
}

function definitionsOf(entity: Entity, host: EvalHost): Location[] {
  if (entity.kind === "path") return fileAt(entity.name, host);
  return [...declarationsOf(entity).map(place).sort(inOrder), ...configurationOf(entity, host)];
}

function configurationOf({ kind, clan, name }: Entity, host: EvalHost): Location[] {
  const file = kind === "machine" ? findConfiguration(clan, name, host) : undefined;
  return file === undefined ? [] : [file];
}

/** A machine's own module, which clan imports by its place; undefined where there is none. */
export function findConfiguration(
  { directory }: Pick<Clan, "directory">,
  machine: string,
  host: EvalHost,
): Location | undefined {
  const path = `${directory}/machines/${machine}/configuration.nix`;
  return host.fileType(path) === undefined ? undefined : { path, start: 0, end: 0 };
}

/** What an import of the path reads. Empty where there is no such file. */
function fileAt(path: string, host: EvalHost): Location[] {
  const file = findImported(path, host);
  return file === undefined ? [] : [{ path: file, start: 0, end: 0 }];
}

/** A file itself; of a folder its default.nix. Undefined where there is none. */
export function findImported(path: string, host: EvalHost): string | undefined {
  if (host.fileType(path) === "regular") return path;
  const file = `${path}/default.nix`;
  return host.fileType(file) === undefined ? undefined : file;
}
