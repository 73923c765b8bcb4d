/**
 * Flake references as text and as attributes: `parseFlakeRef`, `flakeRefToString`.
 *
 *   parseFlakeRef("github:NixOS/nixpkgs/23.05?dir=lib")
 *     ->  Map { type -> "github", owner -> "NixOS", repo -> "nixpkgs", ref -> "23.05", dir -> "lib" }
 */
import { fail } from "../errors.ts";
import { expectClosedAttrs, expectStringWithoutContext, showType } from "../expect.ts";
import { attrs, bool, int, string, unknown } from "../make.ts";
import { normalizePath } from "../path.ts";
import type { Eval } from "../step.ts";
import type { Thunk } from "../thunk.ts";
import type { BuiltinValue, Value } from "../value.ts";
import { eager, lazy } from "./define.ts";

export type FlakeRef = ReadonlyMap<string, string | number | boolean>;

const FORGES = new Set(["github", "gitlab", "sourcehut"]);
const REVISION = /^[0-9a-fA-F]{40}$/;
const FLAG_PARAMETERS = new Set(["allRefs", "exportIgnore", "lfs", "shallow", "submodules", "verifyCommit"]);
const GIT_PARAMETERS = new Set(["keytype", "publicKey", "publicKeys", "ref", "rev"]);
const TARBALL_PARAMETERS = new Set(["lastModified", "narHash", "rev", "revCount"]);
const ARCHIVE = /\.(zip|tar|tgz|tar\.gz|tar\.xz|tar\.bz2|tar\.zst)$/;

export function flakeRefBuiltins(): BuiltinValue[] {
  return [
    eager("parseFlakeRef", (text) => {
      const reference = expectStringWithoutContext(text).value;
      const parsed = parseFlakeRef(reference);
      if (parsed === undefined) return unknown(`the flake reference '${reference}' is of an unusual form`);
      return attrs(new Map([...parsed].map(([name, value]) => [name, toValue(value)])));
    }),
    lazy("flakeRefToString", flakeRefToString),
  ];
}

function toValue(value: string | number | boolean): Value {
  if (typeof value === "string") return string(value);
  return typeof value === "number" ? int(value) : bool(value);
}

/** Undefined for forms we do not read (mercurial, relative paths, …). */
export function parseFlakeRef(text: string): FlakeRef | undefined {
  const [, body = "", query = ""] = /^([^?#]*)(?:\?([^#]*))?$/.exec(text) ?? [];
  const parameters = parseQuery(query);
  const dir = parameters.get("dir");
  parameters.delete("dir");
  const parsed = parseBody(body, parameters);
  if (parsed !== undefined && dir !== undefined) parsed.set("dir", dir);
  return parsed;
}

function parseQuery(query: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const pair of query.split("&")) {
    const equals = pair.indexOf("=");
    if (equals > 0) parameters.set(pair.slice(0, equals), percentDecoded(pair.slice(equals + 1)));
  }
  return parameters;
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function parseBody(
  body: string,
  parameters: Map<string, string>,
): Map<string, string | number | boolean> | undefined {
  const [, scheme = "", rest = ""] = /^([a-z][a-z0-9+.-]*):(.*)$/.exec(body) ?? [];
  if (FORGES.has(scheme)) return parseForge(scheme, rest, parameters);
  if (scheme === "flake") return parseIndirect(rest);
  if (scheme === "path") return new Map([["type", "path"], ["path", percentDecoded(rest)], ...parameters]);
  if (scheme === "git" || scheme.startsWith("git+"))
    return parseGit(scheme.replace("git+", ""), rest, parameters);
  if (/^(tarball\+|file\+)?(https?|file)$/.test(scheme)) return parseUrl(scheme, rest, parameters);
  if (scheme !== "") return undefined;
  if (body.startsWith("/")) return new Map([["type", "path"], ["path", normalizePath(body)], ...parameters]);
  return parseIndirect(body);
}

function parseForge(
  type: string,
  rest: string,
  parameters: Map<string, string>,
): Map<string, string> | undefined {
  const [owner, repo, ...more] = rest.split("/").filter((segment) => segment !== "");
  if (owner === undefined || repo === undefined) return undefined;
  const reference = new Map([
    ["type", type],
    ["owner", percentDecoded(owner)],
    ["repo", percentDecoded(repo)],
  ]);
  const version = percentDecoded(more.join("/"));
  if (version !== "") reference.set(REVISION.test(version) ? "rev" : "ref", version);
  for (const [name, value] of parameters) reference.set(name, value);
  return reference;
}

/** `nixpkgs`, `nixpkgs/nixos-24.05`, `nixpkgs/REV`, `nixpkgs/nixos-24.05/REV` */
function parseIndirect(rest: string): Map<string, string> | undefined {
  const [id = "", ...more] = rest.split("/");
  if (!/^[a-zA-Z][a-zA-Z0-9_-]*$/.test(id) || more.length > 2) return undefined;
  const reference = new Map([
    ["type", "indirect"],
    ["id", id],
  ]);
  for (const version of more) reference.set(REVISION.test(version) ? "rev" : "ref", version);
  return reference;
}

function parseGit(
  transport: string,
  rest: string,
  parameters: Map<string, string>,
): Map<string, string | boolean> {
  const reference = new Map<string, string | boolean>([["type", "git"]]);
  const others = new Map<string, string>();
  for (const [name, value] of parameters) {
    if (FLAG_PARAMETERS.has(name)) reference.set(name, value === "1");
    else if (GIT_PARAMETERS.has(name)) reference.set(name, value);
    else others.set(name, value);
  }
  return reference.set("url", `${transport}:${rest}${queryText(others)}`);
}

function parseUrl(
  scheme: string,
  rest: string,
  parameters: Map<string, string>,
): Map<string, string | number> {
  const [, application, transport] = /^(?:(tarball|file)\+)?(.*)$/.exec(scheme) as unknown as string[];
  const type = application ?? (ARCHIVE.test(rest) ? "tarball" : "file");
  const reference = new Map<string, string | number>([["type", type]]);
  const others = new Map<string, string>();
  for (const [name, value] of parameters) {
    const isNumber = name === "revCount" || name === "lastModified";
    if (TARBALL_PARAMETERS.has(name)) reference.set(name, isNumber ? Number(value) : value);
    else others.set(name, value);
  }
  return reference.set("url", `${transport}:${rest}${queryText(others)}`);
}

function queryText(parameters: ReadonlyMap<string, string>): string {
  const names = [...parameters.keys()].sort();
  if (names.length === 0) return "";
  return `?${names.map((name) => `${name}=${encodeURIComponent(parameters.get(name) ?? "")}`).join("&")}`;
}

function* flakeRefToString(argument: Thunk): Eval<Value> {
  const reference = new Map<string, string>();
  for (const [name, { value: thunk }] of expectClosedAttrs(yield argument).attrs) {
    const value = yield thunk;
    if (value.type === "bool") reference.set(name, value.value ? "1" : "0");
    else if (value.type === "int") {
      if (value.value < 0n) fail("error", `negative value given for flake ref attr ${name}: ${value.value}`);
      reference.set(name, String(value.value));
    } else if (value.type === "string" || value.type === "unknown") {
      reference.set(name, expectStringWithoutContext(value).value);
    } else fail("error", `flake reference attribute '${name}' is ${showType(value)}`);
  }
  const text = printFlakeRef(reference);
  return text === undefined ? unknown("a flake reference of an unusual form") : string(text);
}

function printFlakeRef(reference: ReadonlyMap<string, string>): string | undefined {
  const rest = new Map(reference);
  const take = (name: string): string | undefined => {
    const value = rest.get(name);
    rest.delete(name);
    return value;
  };
  const type = take("type") ?? "";
  let text: string;
  if (FORGES.has(type)) {
    text = [`${type}:${take("owner")}`, take("repo"), take("ref") ?? take("rev")]
      .filter((segment) => segment !== undefined)
      .join("/");
  } else if (type === "indirect") {
    text = [`flake:${take("id")}`, take("ref"), take("rev")]
      .filter((segment) => segment !== undefined)
      .join("/");
  } else if (type === "path") text = `path:${take("path")}`;
  else if (type === "git") text = `git+${take("url")}`;
  else if (type === "tarball" || type === "file") text = `${type === "file" ? "file+" : ""}${take("url")}`;
  else return undefined;
  return text + queryText(rest);
}
