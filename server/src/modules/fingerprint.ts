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
  /** What code that cannot be evaluated takes from module arguments: `["ports", "web"]` of `ports.web`. */
  readonly reads: readonly (readonly string[])[];
}

/** What a text says besides. */
interface Beside {
  readonly paths: Set<string>;
  readonly reads: Map<string, readonly string[]>;
}

/** Of the definitions of an option, with all in their values. */
export function* fingerprintOf(definitions: readonly EvaluatedDefinition[]): Eval<Fingerprint> {
  const beside: Beside = { paths: new Set(), reads: new Map() };
  const texts: string[] = [];
  for (const { outcome, value, priority, order, conditional, conditions } of definitions) {
    texts.push(`${priority} ${order} ${yield* textOf(outcome, beside, 0)}`);
    // What is not known may hang on the code around it.
    if (conditional || outcome.type === "unknown")
      texts.push(
        codeOf(
          [value, ...conditions].flatMap(({ node }) => node ?? []),
          beside,
        ),
      );
  }
  return result(texts.join("\n"), beside);
}

/** Of a value. */
export function* fingerprintOfValue(value: Outcome): Eval<Fingerprint> {
  const beside: Beside = { paths: new Set(), reads: new Map() };
  return result(yield* textOf(value, beside, 0), beside);
}

function result(text: string, { paths, reads }: Beside): Fingerprint {
  return { text, paths, reads: [...reads.values()] };
}

function* textOf(value: Outcome, beside: Beside, depth: number): Eval<string> {
  if (depth > MAX_DEPTH) return codeOf(value.origins, beside);
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
      beside.paths.add(value.value);
      return `path ${JSON.stringify(value.value)}`;
    case "list": {
      const items: string[] = [];
      for (const element of value.elements) items.push(yield* thunkText(element, beside, depth + 1));
      if (value.open) items.push(`… ${codeOf(value.origins, beside)}`);
      return `[${items.join(",")}]`;
    }
    case "attrs": {
      const flake = yield* flakeText(value, beside);
      if (flake !== undefined) return flake;
      const items: string[] = [];
      for (const [name, { value: member }] of sortedAttrs(value))
        items.push(`${JSON.stringify(name)}:${yield* thunkText(member, beside, depth + 1)}`);
      if (value.open) items.push(`… ${codeOf(value.origins, beside)}`);
      return `{${items.join(",")}}`;
    }
    case "lambda":
      return codeOf([value.node], beside);
    case "builtin": {
      const items: string[] = [value.name];
      for (const argument of value.args) items.push(yield* thunkText(argument, beside, depth + 1));
      return `builtin(${items.join(",")})`;
    }
    case "failure":
      return `failure ${codeOf(value.origins, beside)}`;
    case "unknown": {
      const items: string[] = [codeOf(value.origins, beside) || value.reason];
      for (const alternative of value.alternatives ?? [])
        items.push(yield* thunkText(alternative, beside, depth + 1));
      return `«${items.join("|")}»`;
    }
  }
}

/**
 * A flake as a whole, such as `self`: it holds itself, and all it is hangs on its folder (and on flake.lock). Undefined
 * for any other set.
 */
function* flakeText({ attrs }: AttrsValue, beside: Beside): Eval<string | undefined> {
  const mark = attrs.get("_type")?.value;
  const kind = mark && (yield* attempt(mark));
  if (kind?.type !== "string" || kind.value !== "flake") return undefined;
  const place = attrs.get("outPath")?.value;
  const folder = place && (yield* attempt(place));
  if (folder?.type !== "string") return undefined;
  beside.paths.add(folder.value);
  return `flake ${JSON.stringify(folder.value)}`;
}

function* thunkText(thunk: Thunk, beside: Beside, depth: number): Eval<string> {
  const value = yield* attempt(thunk);
  const text = yield* textOf(value, beside, depth);
  // What made it unknown may lie elsewhere: the code that asks for it counts, too.
  return value.type === "unknown" && thunk.node !== undefined
    ? `${text} ${codeOf([thunk.node], beside)}`
    : text;
}

/** Of where it is written, with the files that names. */
function codeOf(origins: readonly Node[] | undefined, beside: Beside): string {
  return (origins ?? [])
    .map((origin) => {
      const { text, paths, reads } = closureOf(origin);
      for (const path of paths) beside.paths.add(path);
      for (const read of reads) beside.reads.set(read.join("."), read);
      return text;
    })
    .join(" ");
}
