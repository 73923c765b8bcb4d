/**
 * Code on its way from where it stands into the set of the clan, where other variables are known and paths begin elsewhere.
 *
 *   ./hosts/${name}   in `name: …` called with "web"   ->   ../../hosts/web
 */

import { isGlobalName } from "../../nix/globals.ts";
import { parentPath, pathFrom, resolvePath } from "../../nix/path.ts";
import { findUnbound, freeVariables } from "../../nix/unbound.ts";
import type { TextEdit } from "../../rules/finding.ts";
import { indentOf, textOf } from "../../rules/fix/edit.ts";
import type { AttrName, AttrSet, Expr, Inherit, Node } from "../../syntax/ast.ts";
import { nodesAt, walk } from "../../syntax/navigate.ts";
import { applyEdits } from "../rename/apply-edits.ts";
import type { FlakeView } from "./read-flake.ts";

export class Transplant {
  /** Variables that are not known there. */
  readonly obstacles = new Set<string>();

  /** `values`: what variables are, in Nix, where they are known. */
  constructor(
    private readonly target: AttrSet,
    private readonly view: FlakeView,
    private readonly values: ReadonlyMap<string, string>,
  ) {}

  textOf(node: Expr): string {
    const edits: TextEdit[] = [];
    const free = freeVariables(node);
    if (free === undefined) this.obstacles.add("with");
    for (const name of free ?? []) if (!this.isKnown(name, node)) this.rebind(name, node, edits);
    walk(node, (each) => {
      if (each.kind === "path") edits.push(...this.movedPath(each));
    });
    const relative = edits
      .map(({ start, end, ...edit }) => ({ ...edit, start: start - node.start, end: end - node.start }))
      .sort((a, b) => a.start - b.start);
    // `./hosts/${"web"}` is `./hosts/web`.
    return dedented(node, applyEdits(textOf(node), relative).replace(/\$\{"([\w-]+)"\}/g, "$1"));
  }

  /** A variable that stands where `from` does. */
  variable(name: string, from: Node): string {
    if (this.isKnown(name, from)) return name;
    const found = this.valueOf(name);
    if (found === undefined) this.obstacles.add(name);
    return found ?? name;
  }

  /** What it is there, under another name. */
  private valueOf(name: string): string | undefined {
    const isInput = this.view.flake.inputs.has(name) && argumentsAround(this.target).has("inputs");
    return this.values.get(name) ?? (isInput ? `inputs.${name}` : undefined);
  }

  /** A path to the file from where the clan is written. */
  pathTo(file: string): string {
    return pathFrom(parentPath(this.target.source.path), file);
  }

  /** The same binding is seen from both places. */
  private isKnown(name: string, from: Node): boolean {
    if (from.source !== this.target.source) return argumentsAround(this.target).has(name);
    const scopes = nodesAt(from.source, from.start).filter(
      (scope) => scope.end >= from.end && bindsName(scope, name),
    );
    const innermost = scopes.at(-1);
    return (
      innermost !== undefined && innermost.start <= this.target.start && this.target.end <= innermost.end
    );
  }

  /** An input by its own name is one of `inputs` elsewhere. */
  private rebind(name: string, node: Expr, edits: TextEdit[]): void {
    const value = this.valueOf(name);
    if (value === undefined) {
      this.obstacles.add(name);
      return;
    }
    for (const used of findUnbound(node, isGlobalName)) {
      if (used.name !== name) continue;
      const { path } = used.node.source;
      const inherit = used.node.kind === "identifier" ? undefined : inheritOf(used.node);
      if (inherit === undefined)
        edits.push({ path, start: used.node.start, end: used.node.end, text: value });
      else if (inherit.names.length === 1)
        edits.push({ path, start: inherit.start, end: inherit.end, text: `${name} = ${value};` });
      else {
        edits.push({ path, start: used.node.start, end: used.node.end, text: "" });
        edits.push({ path, start: inherit.end, end: inherit.end, text: ` ${name} = ${value};` });
      }
    }
  }

  private movedPath(node: Expr & { kind: "path" }): TextEdit[] {
    const [from, to] = [parentPath(node.source.path), parentPath(this.target.source.path)];
    const [first] = node.parts;
    if (from === to || first?.kind !== "text" || !first.text.startsWith(".")) return [];
    const end = first.text.endsWith("/") ? "/" : "";
    const text = pathFrom(to, resolvePath(from, first.text)).replace(/\/\.$/, end === "" ? "/." : "") + end;
    return [{ path: node.source.path, start: first.start, end: first.end, text }];
  }
}

/** Further lines begin where the first does. Those of texts are never touched. */
function dedented(node: Expr, code: string): string {
  let hasText = false;
  walk(node, (each) => {
    if (each.kind === "string" && textOf(each).includes("\n")) hasText = true;
  });
  const indent = indentOf(node.source.text, node.end - 1);
  return hasText || indent === "" ? code : code.replaceAll(`\n${indent}`, "\n");
}

function inheritOf(name: Node): Inherit | undefined {
  return nodesAt(name.source, name.start).find(
    (node): node is Inherit => node.kind === "inherit" && node.names.includes(name as AttrName),
  );
}

/** Names of the arguments of the functions around, up to the top of the file. */
function argumentsAround(node: Node): ReadonlySet<string> {
  const names = nodesAt(node.source, node.start).flatMap((scope) => {
    if (scope.kind !== "lambda" || scope.end < node.end) return [];
    const { name, formals } = scope.param;
    return [...(name ? [name.name] : []), ...(formals ?? []).map((formal) => formal.name.name)];
  });
  return new Set(names);
}

function bindsName(scope: Node, name: string): boolean {
  if (scope.kind === "lambda") {
    const { name: whole, formals } = scope.param;
    return whole?.name === name || formals?.some((formal) => formal.name.name === name) === true;
  }
  if (scope.kind !== "let" && !(scope.kind === "attrset" && scope.recursive)) return false;
  return scope.bindings.some((each) =>
    each.kind === "binding" ? each.path[0]?.name === name : each.names.some((one) => one.name === name),
  );
}
