/**
 * What a value says, as text, so that two states of a clan can be compared: data as it is, and what cannot be
 * evaluated (functions, packages, the options of NixOS) by the code it is written in and the variables of that.
 *
 *   { port = 80; package = pkgs.nginx; }   ->   {"package":«select pkgs nginx»,"port":80}
 */
import { closureOf } from "../nix/closure-text.ts";
import { sortedAttrs } from "../nix/order.ts";
import type { Eval } from "../nix/step.ts";
import type { Thunk } from "../nix/thunk.ts";
import type { AttrsValue, Outcome } from "../nix/value.ts";
import type { Node } from "../syntax/ast.ts";
import { attempt, type EvaluatedDefinition } from "./properties.ts";

/** Deeper data is no configuration somebody wrote, but a value that contains itself. */
const MAX_DEPTH = 32;

export interface Fingerprint {
  readonly text: string;
  /** Absolute paths of files and folders it refers to. */
  readonly paths: ReadonlySet<string>;
}

/** Of the definitions of an option, with all in their values. */
export function* fingerprintOf(definitions: readonly EvaluatedDefinition[]): Eval<Fingerprint> {
  const paths = new Set<string>();
  const texts: string[] = [];
  for (const { outcome, value, priority, order, conditional, conditions } of definitions) {
    texts.push(`${priority} ${order} ${yield* textOf(outcome, paths, 0)}`);
    // What is not known may hang on the code around it.
    if (conditional || outcome.type === "unknown")
      texts.push(
        codeOf(
          [value, ...conditions].flatMap(({ node }) => node ?? []),
          paths,
        ),
      );
  }
  return { text: texts.join("\n"), paths };
}

function* textOf(value: Outcome, paths: Set<string>, depth: number): Eval<string> {
  if (depth > MAX_DEPTH) return codeOf(value.origins, paths);
  switch (value.type) {
    case "null":
      return "null";
    case "bool":
    case "int":
    case "float":
      return `${value.type} ${value.value}`;
    case "string":
      return JSON.stringify(value.value);
    case "path":
      paths.add(value.value);
      return `path ${JSON.stringify(value.value)}`;
    case "list": {
      const items: string[] = [];
      for (const element of value.elements) items.push(yield* thunkText(element, paths, depth + 1));
      if (value.open) items.push(`… ${codeOf(value.origins, paths)}`);
      return `[${items.join(",")}]`;
    }
    case "attrs": {
      const flake = yield* flakeText(value, paths);
      if (flake !== undefined) return flake;
      const items: string[] = [];
      for (const [name, { value: member }] of sortedAttrs(value))
        items.push(`${JSON.stringify(name)}:${yield* thunkText(member, paths, depth + 1)}`);
      if (value.open) items.push(`… ${codeOf(value.origins, paths)}`);
      return `{${items.join(",")}}`;
    }
    case "lambda":
      return codeOf([value.node], paths);
    case "builtin": {
      const items: string[] = [value.name];
      for (const argument of value.args) items.push(yield* thunkText(argument, paths, depth + 1));
      return `builtin(${items.join(",")})`;
    }
    case "failure":
      return `failure ${codeOf(value.origins, paths)}`;
    case "unknown": {
      const items: string[] = [codeOf(value.origins, paths) || value.reason];
      for (const alternative of value.alternatives ?? [])
        items.push(yield* thunkText(alternative, paths, depth + 1));
      return `«${items.join("|")}»`;
    }
  }
}

/**
 * A flake as a whole, such as `self`: it holds itself, and all it is hangs on its folder (and on flake.lock). Undefined
 * for any other set.
 */
function* flakeText({ attrs }: AttrsValue, paths: Set<string>): Eval<string | undefined> {
  const mark = attrs.get("_type")?.value;
  const kind = mark && (yield* attempt(mark));
  if (kind?.type !== "string" || kind.value !== "flake") return undefined;
  const place = attrs.get("outPath")?.value;
  const folder = place && (yield* attempt(place));
  if (folder?.type !== "string") return undefined;
  paths.add(folder.value);
  return `flake ${JSON.stringify(folder.value)}`;
}

function* thunkText(thunk: Thunk, paths: Set<string>, depth: number): Eval<string> {
  const value = yield* attempt(thunk);
  const text = yield* textOf(value, paths, depth);
  // What made it unknown may lie elsewhere: the code that asks for it counts, too.
  return value.type === "unknown" && thunk.node !== undefined
    ? `${text} ${codeOf([thunk.node], paths)}`
    : text;
}

/** Of where it is written, with the files that names. */
function codeOf(origins: readonly Node[] | undefined, paths: Set<string>): string {
  return (origins ?? [])
    .map((origin) => {
      const { text, paths: named } = closureOf(origin);
      for (const path of named) paths.add(path);
      return text;
    })
    .join(" ");
}
