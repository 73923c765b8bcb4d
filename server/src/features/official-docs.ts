/**
 * Pages of clan's own documentation, as Markdown links that lead to the place on the page.
 *
 *   serviceDocs(zerotier, "peer")   ->   [clan.lol: zerotier](…/services/official/zerotier#options-for-the-peer-role)
 *   optionDocs(["meta", "tld"])     ->   [clan.lol: options of a clan](…/reference/options/clan#tld)
 */

import generated from "../clan/catalogue/clan-options.json" with { type: "json" };
import type { OptionsJson, TypeJson } from "../clan/catalogue/read.ts";
import type { Service } from "../clan/model.ts";
import { once } from "../modules/lazy-type.ts";
import { lookUp } from "../syntax/look-up.ts";

const base = "https://clan.lol/docs/unstable";

/** What clan-core comes with has a page; other services do not. */
export function serviceDocs({ name, origin, roles }: Service, role?: string): string | undefined {
  if (origin !== "catalogue") return undefined;
  const page = `services/official/${name}`;
  const settings = role === undefined ? undefined : roles.get(role)?.settings;
  if (role === undefined || settings === undefined) return link(name, page);
  const heading =
    settings.options.size > 0 ? `Options for the ${role} role` : `The ${role} role has no configuration`;
  return link(name, `${page}#${slug(heading)}`);
}

/** `path`: of an option of the clan. Settings are described on their service's page. */
export function optionDocs(path: readonly string[]): string | undefined {
  const [first, second, third] = path;
  if (first === undefined) return undefined;
  if (first === "modules" && third !== undefined)
    return link("how services are written", `reference/options/clan_service#${slug(third)}`);
  if (first === "inventory" && second !== undefined)
    return link(
      "options of the inventory",
      `reference/options/clan_inventory${inventoryAnchors()(path.slice(1))}`,
    );
  return link("options of a clan", `reference/options/clan${clanAnchors()(path)}`);
}

/** `path`: of an option of a machine. Clan documents those below `clan.core`. */
export function machineOptionDocs(path: readonly string[]): string | undefined {
  const [first, second, page] = path;
  if (first !== "clan" || second !== "core") return undefined;
  return page === undefined
    ? link("clan.core", "reference/clan.core")
    : link(`clan.core.${page}`, `reference/clan.core/${page}`);
}

function link(title: string, page: string): string {
  return `[clan.lol: ${title}](${base}/${page})`;
}

/** From an option's path to `#anchor`; empty where the page has no heading for it. */
type Anchors = (path: readonly string[]) => string;

const clanOptions = generated.options as unknown as OptionsJson;
const inventoryType = clanOptions["inventory"]?.type;
const clanAnchors = once(() => anchorsOf(clanOptions, ["inventory"]));
const inventoryAnchors = once(() =>
  anchorsOf(inventoryType === undefined ? {} : optionsIn(inventoryType), []),
);

/**
 * Each option has a heading, which is its last name; options below a name a person chooses have one, that name has none.
 * A heading that was there before gets a number: `name`, `name-1`, ….
 */
function anchorsOf(options: OptionsJson, others: readonly string[]): Anchors {
  const anchors = new Map<string, string>();
  const counts = new Map<string, number>();
  const visit = (inside: OptionsJson, around: readonly string[]): void => {
    for (const [name, { type }] of Object.entries(inside)) {
      const path = [...around, name];
      if (!name.startsWith("_")) {
        const text = slug(name);
        const count = counts.get(text) ?? 0;
        counts.set(text, count + 1);
        anchors.set(path.join("."), count === 0 ? text : `${text}-${count}`);
      }
      if (!others.includes(path.join("."))) visit(optionsIn(type), path);
    }
  };
  visit(options, []);
  return (path) => {
    // Names a person chose are not in the path of the declaration.
    for (let length = path.length; length > 0; length--) {
      const found = declaredPath(options, path.slice(0, length));
      const anchor = found && anchors.get(found.join("."));
      if (anchor !== undefined) return `#${anchor}`;
    }
    return "";
  };
}

/** The names of declared options along the path, without those a person chose. */
function declaredPath(options: OptionsJson, path: readonly string[]): string[] | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return [];
  const option = lookUp(options, name);
  if (option === undefined) return undefined;
  const below = namesAreFree(option.type) ? rest.slice(1) : rest;
  const inner = declaredPath(optionsIn(option.type), below);
  return inner && [name, ...inner];
}

function namesAreFree(type: TypeJson): boolean {
  switch (type.kind) {
    case "attrsOf":
      return true;
    case "nullOr":
      return namesAreFree(type.of);
    case "coercedTo":
      return namesAreFree(type.to);
    default:
      return false;
  }
}

function optionsIn(type: TypeJson): OptionsJson {
  switch (type.kind) {
    case "submodule":
      return type.options;
    case "attrsOf":
    case "listOf":
    case "nullOr":
      return optionsIn(type.of);
    case "coercedTo":
      return optionsIn(type.to);
    default:
      return {};
  }
}

/** As the pages make an anchor of a heading. */
function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_ -]/gu, "")
    .replaceAll(" ", "-");
}
