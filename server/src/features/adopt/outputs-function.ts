/**
 * The function `outputs` of a flake.nix, and what has to be said in its head for the clan: clan-core and the flake itself.
 *
 *   outputs = { nixpkgs, ... }: …   ->   outputs = { nixpkgs, self, clan-core, ... }: …
 */
import type { TextEdit } from "../../rules/finding.ts";
import type { Binding, Expr, Lambda, Source } from "../../syntax/ast.ts";

export interface OutputsFunction {
  /** What it answers. */
  readonly body: Expr;
  /** Changes of its head. */
  readonly edits: readonly TextEdit[];
  /** Expressions for clan-core, nixpkgs, the flake itself and the special arguments of machines, where `body` stands. */
  readonly core: string;
  readonly nixpkgs: string | undefined;
  readonly self: string;
  readonly specialArgs: string;
  /** The body is a function itself, which is written elsewhere: it is to be called with `inputs`. */
  readonly isFunction?: true;
}

/** Undefined where `outputs` is not written in the flake.nix. */
export function findOutputsFunction({ root }: Source): OutputsFunction | undefined {
  if (root.kind !== "attrset") return undefined;
  const outputs = root.bindings.find(
    (each): each is Binding =>
      each.kind === "binding" && each.path.length === 1 && each.path[0]?.name === "outputs",
  )?.value;
  if (outputs === undefined) return undefined;
  const result = resultOf(outputs);
  if (result.kind === "lambda") return ofLambda(result);
  return { ...byName("inputs"), body: outputs, edits: [], isFunction: true };
}

/** What comes out in the end: behind `let`, `with` and `assert`. */
export function resultOf(body: Expr): Expr {
  let result = body;
  while (result.kind === "let" || result.kind === "with" || result.kind === "assert") result = result.body;
  return result;
}

/** It binds closer than `//`. */
export function isOperand({ kind }: Expr): boolean {
  return ["attrset", "identifier", "select", "apply"].includes(kind);
}

function ofLambda(lambda: Lambda): OutputsFunction {
  const { param, body, source } = lambda;
  const { name, formals } = param;
  if (formals === undefined && name?.name === "_") {
    // It has no name by which the inputs could be used.
    const edit = { path: source.path, start: name.start, end: name.end, text: "inputs" };
    return { ...byName("inputs"), body, edits: [edit] };
  }
  const isGiven = (formal: string): boolean => formals?.some((each) => each.name.name === formal) === true;
  const missing = [
    ...(name === undefined && !isGiven("self") ? ["self"] : []),
    ...((name === undefined || !param.ellipsis) && !isGiven("clan-core") ? ["clan-core"] : []),
  ];
  const edits = formals === undefined || missing.length === 0 ? [] : [formalsEdit(lambda, missing)];
  const names = name === undefined ? byFormals(isGiven("nixpkgs")) : byName(name.name);
  return { ...names, self: isGiven("self") ? "self" : names.self, body, edits };
}

type Names = Pick<OutputsFunction, "core" | "nixpkgs" | "self" | "specialArgs">;

function byName(inputs: string): Names {
  return {
    core: `${inputs}.clan-core`,
    nixpkgs: `${inputs}.nixpkgs`,
    self: `${inputs}.self`,
    specialArgs: inputs === "inputs" ? "{ inherit inputs; }" : `{ inputs = ${inputs}; }`,
  };
}

function byFormals(hasNixpkgs: boolean): Names {
  const nixpkgs = hasNixpkgs ? "nixpkgs" : undefined;
  return { core: "clan-core", nixpkgs, self: "self", specialArgs: "{ inherit self; }" };
}

/** Names among the arguments, written as those that are there. */
function formalsEdit({ param, source }: Lambda, names: readonly string[]): TextEdit {
  const { path, text } = source;
  const last = param.formals?.at(-1);
  if (last === undefined) {
    const open = text.indexOf("{", param.start) + 1;
    return { path, start: open, end: open, text: ` ${names.join(", ")}${param.ellipsis ? "," : " "}` };
  }
  const before = text.slice(0, last.start);
  const isLeading = /\n[ \t]*,[ \t]*$/.exec(before)?.[0];
  const separator = isLeading ?? `,${/\n[ \t]*$/.exec(before)?.[0] ?? " "}`;
  return { path, start: last.end, end: last.end, text: names.map((name) => separator + name).join("") };
}
