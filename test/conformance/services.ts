/**
 * The options of clan-core's services, evaluated by us from the sources of clan-core and of nixpkgs' `lib`
 * (its `lib.evalModules` as plain Nix), against the same list made by Nix.
 *
 *   npm run conformance -- --services CLAN_CORE --lib NIXPKGS_LIB [--facts services.json]
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { toJson } from "../../server/src/nix/builtins/to-json.ts";
import { Evaluator } from "../../server/src/nix/evaluator.ts";
import { positionText } from "../../server/src/nix/position.ts";
import { Thunk } from "../../server/src/nix/thunk.ts";
import { parseNix } from "../../server/src/syntax/lower.ts";
import type { NixParser } from "../../server/src/syntax/parser.ts";
import { fileHost } from "../unit/helpers/file-host.ts";

interface Option {
  readonly path: string;
  readonly type: string;
  /** As written in a manual; null where there is none. */
  readonly default: string | null;
  readonly required: boolean;
  readonly readOnly: boolean;
}

interface Service {
  readonly manifestName: string;
  readonly categories: readonly string[];
  readonly exports: Readonly<Record<"inputs" | "out", readonly string[]>>;
  readonly roles: Readonly<Record<string, readonly Option[]>>;
}

interface Places {
  readonly root: string;
  /** A checkout of clan-core. */
  readonly core: string;
  /** nixpkgs, its `lib` folder, or a checkout of nixpkgs.lib. */
  readonly lib: string;
  /** services.json. */
  readonly facts: string;
}

/** Prints what differs; false if anything does. */
export function checkServices(parser: NixParser, places: Places): boolean {
  const { services: expected } = JSON.parse(readFileSync(places.facts, "utf8")) as {
    services: Record<string, Service>;
  };
  const evaluate = serviceEvaluator(parser, places);
  const agreeing = { services: 0, roles: 0, options: 0 };
  for (const [name, service] of Object.entries(expected)) {
    const found = evaluate(name);
    const differences = typeof found === "string" ? [found] : compare(service, found);
    for (const difference of differences) console.log(`  different: ${name}: ${difference}`);
    if (differences.length === 0) agreeing.services++;
    if (typeof found === "string") continue;
    for (const [role, options] of Object.entries(service.roles)) {
      const same = options.filter((option) => isDeepStrictEqual(option, find(found, role, option.path)));
      agreeing.options += same.length;
      if (same.length === options.length) agreeing.roles++;
    }
  }
  const all = Object.values(expected);
  const roles = all.flatMap((service) => Object.values(service.roles));
  console.log(
    `clan-core's services, by lib.evalModules from its source: ${agreeing.services} of ${all.length} services, ` +
      `${agreeing.roles} of ${roles.length} roles, ${agreeing.options} of ${roles.flat().length} options as Nix has them`,
  );
  return agreeing.services === all.length;
}

/** The service as `services.nix` has it, or why there is none. */
function serviceEvaluator(parser: NixParser, places: Places): (name: string) => Service | string {
  const lib = existsSync(join(places.lib, "lib/default.nix")) ? join(places.lib, "lib") : places.lib;
  const evaluator = new Evaluator(fileHost(parser));
  const code = (name: string): string =>
    `(import ./services.nix { lib = import ${lib}; core = ${places.core}; names = [ "${name}" ]; })."${name}"`;
  return (name) => {
    const source = parseNix(parser, join(places.root, "test/conformance/service.nix"), code(name));
    const value = evaluator.evalSource(source);
    const json = evaluator.force(new Thunk(() => toJson(value)));
    switch (json.type) {
      case "string":
        return JSON.parse(json.value) as Service;
      case "failure":
        return [json.message, ...(json.origins ?? []).map(positionText)].join("\n    at ");
      case "unknown":
        return `unknown: ${json.reason}`;
      default:
        return `a ${json.type}`;
    }
  };
}

/** A line for each difference. */
function compare(expected: Service, found: Service): string[] {
  const { roles: expectedRoles, ...rest } = expected;
  const differences = (["manifestName", "categories", "exports"] as const)
    .filter((key) => !isDeepStrictEqual(rest[key], found[key]))
    .map((key) => describeDifference(key, rest[key], found[key]));
  for (const role of new Set([...Object.keys(expectedRoles), ...Object.keys(found.roles)])) {
    const paths = [expected, found].flatMap((service) => service.roles[role] ?? []).map(({ path }) => path);
    for (const path of new Set(paths)) {
      const [was, is] = [find(expected, role, path), find(found, role, path)];
      if (!isDeepStrictEqual(was, is)) differences.push(describeDifference(`${role}: ${path}`, was, is));
    }
    if (!(role in expectedRoles && role in found.roles))
      differences.push(describeDifference(role, expectedRoles[role], found.roles[role]));
  }
  return differences;
}

function find(service: Service, role: string, path: string): Option | undefined {
  return service.roles[role]?.find((option) => option.path === path);
}

function describeDifference(what: string, expected: unknown, found: unknown): string {
  return `${what}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`;
}
