/**
 * Constructors of values. All values of a type have one shape, which keeps the evaluator quick.
 *
 *   attrs({ a: int(1), b: thunk })   ->   { a = 1; b = …; }
 */
import type { Node } from "../syntax/ast.ts";
import { listRoom, textRoom } from "./limits.ts";
import { Thunk } from "./thunk.ts";
import type {
  Attr,
  AttrsValue,
  BoolValue,
  BuiltinValue,
  FloatValue,
  IntValue,
  ListValue,
  NullValue,
  PathValue,
  StringValue,
  Unknown,
  Value,
} from "./value.ts";

type Origins = readonly Node[] | undefined;

export function nullValue(origins?: Origins): NullValue {
  return { type: "null", origins };
}

export function bool(value: boolean, origins?: Origins): BoolValue {
  return { type: "bool", value, origins };
}

/** `value` must lie within 64 bits. */
export function int(value: bigint | number, origins?: Origins): IntValue {
  return { type: "int", value: typeof value === "number" ? BigInt(value) : value, origins };
}

export function float(value: number, origins?: Origins): FloatValue {
  return { type: "float", value, origins };
}

export function string(value: string, context?: ReadonlySet<string>, origins?: Origins): StringValue {
  textRoom(value.length);
  return { type: "string", value, context: context?.size ? context : undefined, origins };
}

/** `value` must be absolute and normalised. */
export function path(value: string, origins?: Origins): PathValue {
  textRoom(value.length);
  return { type: "path", value, origins };
}

export function list(elements: readonly Thunk[], origins?: Origins, open?: Unknown): ListValue {
  listRoom(elements.length);
  return { type: "list", elements, open, origins };
}

/** Ready values and thunks may be mixed; attributes made this way have no `keys`. */
export function attrs(entries: Entries, origins?: Origins, open?: Unknown): AttrsValue {
  const map = new Map<string, Attr>();
  for (const [name, value] of isMap(entries) ? entries : Object.entries(entries)) {
    map.set(name, attr(toThunk(value)));
  }
  return attrsOf(map, origins, open);
}

type Entries = Readonly<Record<string, Thunk | Value>> | ReadonlyMap<string, Thunk | Value>;

function isMap(entries: Entries): entries is ReadonlyMap<string, Thunk | Value> {
  return Symbol.iterator in entries;
}

/** An attribute set of attributes that keep their provenance, for builtins that select or merge. */
export function attrsOf(map: ReadonlyMap<string, Attr>, origins?: Origins, open?: Unknown): AttrsValue {
  return { type: "attrs", attrs: map, open, origins };
}

/**
 * The value, with all sets in it marked as whole (value.ts): what is missing in one is a mistake of whoever asks.
 * What is open stays so.
 */
export function whole(value: Value): Value {
  if (value.type === "list") return list(value.elements.map(wholeThunk), value.origins, value.open);
  if (value.type !== "attrs") return value;
  const marked = new Map<string, Attr>();
  for (const [name, { value: inner, keys }] of value.attrs) marked.set(name, attr(wholeThunk(inner), keys));
  return { ...attrsOf(marked, value.origins, value.open), isWhole: true };
}

function wholeThunk(thunk: Thunk): Thunk {
  return new Thunk(function* () {
    return whole(yield thunk);
  }, thunk.node);
}

export function attr(value: Thunk, keys: readonly Node[] = []): Attr {
  return { value, keys };
}

/** `reason` is a clause: "the input nixpkgs is not available". */
export function unknown(reason: string, node?: Node, alternatives?: readonly Thunk[]): Unknown {
  return { type: "unknown", reason, origins: node ? [node] : undefined, alternatives };
}

/** Why a set of a library is open, of which slips of the pen are told: `others` are names it has beside its members. */
export function openLibrary(reason: string, others: ReadonlySet<string> = new Set()): Unknown {
  return { ...unknown(reason), vocabulary: others };
}

/**
 * A primitive of `arity` arguments (at least 1). `call` gets exactly that many, unforced, and may answer
 * with a value, with a thunk whose value is the answer, or with a computation.
 */
export function builtin(
  name: string,
  arity: number,
  call: BuiltinValue["call"],
  formals?: ReadonlyMap<string, boolean>,
): BuiltinValue {
  return { type: "builtin", name, arity, args: [], call, formals, origins: undefined };
}

export function toThunk(value: Thunk | Value): Thunk {
  return value instanceof Thunk ? value : Thunk.of(value);
}
