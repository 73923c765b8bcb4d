/**
 * What makes code run that is there for each member of a set or list: members, where there are none yet or they are
 * not known, and names for what is computed.
 *
 *   lib.mapAttrs (name: user: { ▮ }) cfg.users              ->   lib.mapAttrs (name: user: { ▮ }) { any = { }; }
 *   lib.foldl' (all: name: all // { ${name} = ▮ }) { } [ ]  ->   … [ "any" ]
 *   let make = name: { ▮ }; in lib.genAttrs names make      ->   … lib.genAttrs [ "any" ] make
 *   lib.nameValuePair "a-${x}" { ▮ }                        ->   lib.nameValuePair "any" { ▮ }
 */
import type { Apply, AttrSet, Node } from "../syntax/ast.ts";
import { walk } from "../syntax/navigate.ts";

/** What is written instead of a part of the code. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const SET = "{ any = { }; }";
const LIST = '[ "any" ]';

/** Of a function that calls another one for each member: which of its arguments is which. */
interface Loop {
  readonly fn: number;
  readonly members: number;
  readonly text: string;
}

const loops: ReadonlyMap<string, Loop> = new Map([
  ...["mapAttrs", "mapAttrs'", "concatMapAttrs", "mapAttrsToList"].map(loop(0, 1, SET)),
  ...["map", "concatMap", "imap0", "imap1"].map(loop(0, 1, LIST)),
  ...["genAttrs", "genAttrs'", "forEach"].map(loop(1, 0, LIST)),
  ...["foldl", "foldl'", "foldr", "fold"].map(loop(0, 2, LIST)),
  ...["foldlAttrs"].map(loop(0, 2, SET)),
  ...["zipAttrsWith"].map(loop(0, 1, `[ ${SET} ]`)),
]);

function loop(fn: number, members: number, text: string): (name: string) => readonly [string, Loop] {
  return (name) => [name, { fn, members, text }];
}

/** For one of the nodes around the marker: those around it are `outer`, innermost last; `next` is what of it holds the marker. */
export function looping(around: Node, next: Node | undefined, outer: readonly Node[]): readonly Edit[] {
  switch (around.kind) {
    case "apply":
      return [...naming(around, next), ...calling(around, outer)];
    case "attrset":
      return namingMember(around, next);
    case "binding":
      return around.path
        .filter((name) => name !== next && name.name === undefined)
        .map((name) => replace(name, "any"));
    case "let":
      return next?.kind === "binding" && next.path.length === 1 && next.value.kind === "lambda"
        ? usesOf(next.path[0]?.name, around)
        : [];
    default:
      return [];
  }
}

/** The call that `around` begins, with the function that holds the marker among its arguments. */
function calling(around: Apply, outer: readonly Node[]): readonly Edit[] {
  if (around.arg.kind !== "lambda") return [];
  let call: Apply = around;
  for (const above of outer.toReversed()) {
    if (above.kind !== "apply" || above.fn !== call) break;
    call = above;
  }
  return membersOf(call, (arg) => arg === around.arg);
}

/** The members of a loop that calls a function for each, given which of the arguments that is. */
function membersOf(call: Apply, isMeant: (arg: Node) => boolean): readonly Edit[] {
  const args: Node[] = [];
  let fn: Node = call;
  for (; fn.kind === "apply"; fn = fn.fn) args.unshift(fn.arg);
  const found = loops.get(lastName(fn) ?? "");
  const given = found && args[found.fn];
  if (found === undefined || given === undefined || !isMeant(given)) return [];
  const members = args[found.members];
  if (members !== undefined) return [replace(members, found.text)];
  // What a fold begins with is a set, most of the time.
  const before = Array<string>(Math.max(0, found.members - args.length)).fill("{ }");
  return [adding(fn, args.length, [...before, found.text].join(" "))];
}

/**
 * Further arguments, which are not written yet. They are given at the function: where the call ends nobody knows while its brackets
 * are open.
 */
function adding(fn: Node, count: number, text: string): Edit {
  const given = Array.from({ length: count }, (_, index) => `__${index}`);
  const called = fn.source.text.slice(fn.start, fn.end);
  return replace(fn, `(${given.map((name) => `${name}: `).join("")}${[called, ...given, text].join(" ")})`);
}

/** Loops in the scope of a `let` that call one of its functions by name. */
function usesOf(name: string | undefined, scope: Node): readonly Edit[] {
  const edits: Edit[] = [];
  const parts = new Set<Node>();
  walk(scope, (node) => {
    if (node.kind !== "apply") return;
    // Of `f a b`, `f a` is a part.
    parts.add(node.fn);
    if (!parts.has(node))
      edits.push(...membersOf(node, (arg) => arg.kind === "identifier" && arg.name === name));
  });
  return edits;
}

/** `nameValuePair ▯ { ▮ }` */
function naming({ fn, arg }: Apply, next: Node | undefined): readonly Edit[] {
  const isPair = fn.kind === "apply" && lastName(fn.fn) === "nameValuePair" && next === arg;
  return isPair && fn.arg.kind !== "identifier" ? [replace(fn.arg, '"any"')] : [];
}

/** `{ name = ▯; value = { ▮ }; }` */
function namingMember({ bindings }: AttrSet, next: Node | undefined): readonly Edit[] {
  if (next?.kind !== "binding" || next.path[0]?.name !== "value") return [];
  return bindings.flatMap((one) =>
    one.kind === "binding" && one.path.length === 1 && one.path[0]?.name === "name"
      ? [replace(one.value, '"any"')]
      : [],
  );
}

/** `lib.mkIf` and `mkIf` are both called mkIf. */
export function lastName(node: Node): string | undefined {
  return node.kind === "identifier" ? node.name : node.kind === "select" ? node.path.at(-1)?.name : undefined;
}

export function replace({ start, end }: Node, text: string): Edit {
  return { start, end, text };
}
