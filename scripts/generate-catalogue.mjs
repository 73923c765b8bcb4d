#!/usr/bin/env node
/**
 * Writes the bundled catalogue from facts about clan-core: the clan's own options and the services'
 * roles and settings. Run by hand when the facts change; what it writes is committed.
 *
 *   npm run generate [-- DIR]     DIR holds options.json and services.json (default ../shared/clan)
 *
 * The facts list options flat, `{ path: "machines.<name>.tags", type: "list of string" }`; the catalogue
 * nests them as `OptionSet`s of parsed types, which `server/src/clan/catalogue/read.ts` loads.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseTypeDescription } from "./type-description.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const facts = resolve(root, process.argv[2] ?? "../shared/clan");
const target = join(root, "server/src/clan/catalogue");

const options = read("options.json");
write("clan-options.json", { source: options.source, options: nest(options.clan) });

const services = read("services.json");
write("services.json", {
  source: services.source,
  unavailable: services.unavailable,
  services: mapValues(services.services, (service) => ({
    categories: service.categories,
    constraints: service.constraints,
    exports: service.exports,
    roles: mapValues(service.roles, nest),
  })),
});

/** The flat list as `{ name: { type, default?, required, readOnly? } }`, submodules holding their own. */
function nest(list) {
  const top = new Map();
  for (const fact of list) {
    let names = top;
    let node;
    for (const segment of fact.path.split(".")) {
      node = names.get(segment) ?? { children: new Map(), fact: undefined };
      names.set(segment, node);
      names = node.children;
    }
    node.fact = fact;
  }
  return toOptions(top);
}

function toOptions(names) {
  const sorted = [...names].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, node]) => [name, toOption(node)]));
}

function toOption({ fact, children }) {
  // A path that only groups options (`deploy` in `deploy.targetHost`) is no option itself.
  if (fact === undefined)
    return { type: { kind: "submodule", group: true, options: toOptions(children) }, required: false };
  const type = parseTypeDescription(fact.type);
  return {
    type: children.size > 0 ? withChildren(type, children) : type,
    ...(isText(fact.default) ? { default: fact.default } : {}),
    required: fact.required,
    ...(fact.readOnly ? { readOnly: true } : {}),
  };
}

/** `(computed)` and `(empty)` say that there is a default that cannot be written down. */
function isText(value) {
  return typeof value === "string" && !/^\(\w+\)$/.test(value);
}

/** Fills the options a type's submodule has, wherever in the type it is. */
function withChildren(type, children) {
  const element = children.get("<name>")?.children;
  switch (type.kind) {
    case "submodule":
      return { ...type, options: toOptions(children) };
    // A module with declared options: what may be written is known after all.
    case "deferredModule":
      return { kind: "submodule", options: toOptions(children) };
    case "nullOr":
      return { ...type, of: withChildren(type.of, children) };
    case "coercedTo":
      return { ...type, to: withChildren(type.to, children) };
    case "attrsOf":
    case "listOf":
      return element === undefined ? type : { ...type, of: withChildren(type.of, element) };
    default:
      throw new Error(`a type of kind ${type.kind} has nested options: ${[...children.keys()]}`);
  }
}

function mapValues(record, change) {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}

function read(name) {
  return JSON.parse(readFileSync(join(facts, name), "utf8"));
}

function write(name, data) {
  const file = join(target, name);
  writeFileSync(file, `${JSON.stringify(data, undefined, 1)}\n`);
  console.log(`wrote ${file}`);
}
