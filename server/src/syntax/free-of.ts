/**
 * Whether an expression can be evaluated from nothing but its own file and variables that are known: what fails in it then
 * fails for certain, whatever the rest is.
 *
 *   { config, lib, ... }: { a = lib.length 1; b = config.x; }
 *   dependsOnlyOn(a's value, new Set(["lib"]))   ->   true;  of b's value: false
 */
import type { Binding, Inherit, Lambda, Node } from "./ast.ts";
import { nodesAt, walk } from "./navigate.ts";

/** What makes other files, or the machine it runs on, a part of the value. */
const OUTSIDE = new Set(["builtins.currentSystem", "import", "scopedImport"]);

/** `known`: parameters of functions around the expression that are all known. What `with` brings is not. */
export function dependsOnlyOn(expression: Node, known: ReadonlySet<string>): boolean {
  return new Walker(known).isFree(expression);
}

class Walker {
  private readonly seen = new Set<Node>();

  constructor(private readonly known: ReadonlySet<string>) {}

  isFree(node: Node): boolean {
    if (this.seen.has(node)) return true;
    this.seen.add(node);
    let free = true;
    walk(node, (part) => {
      if (!free) return;
      if (part.kind === "identifier") free = this.isKnown(part.name, part);
      else if (part.kind === "inherit" && part.from === undefined)
        free = part.names.every(({ name }) => name === undefined || this.isKnown(name, part));
      else if (part.kind === "search-path") free = false;
    });
    return free;
  }

  /** `at`: where the variable is used. */
  private isKnown(name: string, at: Node): boolean {
    // Innermost first. What is inherited comes from around the set.
    const around = nodesAt(at.source, at.start)
      .filter((node) => node.start <= at.start && at.end <= node.end)
      .reverse();
    let isWith = false;
    for (const scope of around) {
      if (scope === at) continue;
      if (scope.kind === "with") isWith = true;
      if (scope.kind === "lambda" && bindsName(scope, name))
        return this.seen.has(scope) || this.isInside(scope) || this.known.has(name);
      if (scope.kind === "let" || (scope.kind === "attrset" && scope.recursive)) {
        const bound = scope.bindings.find((item) => introduces(item, name));
        if (bound !== undefined && bound !== at) return this.isBoundFreely(bound, name);
      }
    }
    return !isWith && !OUTSIDE.has(name);
  }

  private isBoundFreely(bound: Binding | Inherit, name: string): boolean {
    if (bound.kind === "binding") return this.isFree(bound);
    return bound.from === undefined ? this.isKnown(name, bound) : this.isFree(bound.from);
  }

  /** A function of the expression itself, which is called by it. */
  private isInside(lambda: Lambda): boolean {
    for (const node of this.seen)
      if (node.source === lambda.source && node.start <= lambda.start && lambda.end <= node.end) return true;
    return false;
  }
}

/** Whether the name means something of its own inside. */
export function bindsName(scope: Node, name: string): boolean {
  if (scope.kind === "let" || (scope.kind === "attrset" && scope.recursive))
    return scope.bindings.some((item) => introduces(item, name));
  if (scope.kind !== "lambda") return false;
  const { param } = scope;
  return param.name?.name === name || (param.formals ?? []).some((formal) => formal.name.name === name);
}

function introduces(item: Binding | Inherit, name: string): boolean {
  return item.kind === "binding"
    ? item.path[0]?.name === name
    : item.names.some((inherited) => inherited.name === name);
}
