/**
 * The errors Nix's parser itself reports beyond grammar: a name defined twice, an argument named
 * twice, a computed name where only a fixed one may stand.
 *
 *   { a.b = 1; a = { b = 2; }; }   ->   "`a.b` is already defined on line 1."
 */
import type { AttrName, AttrSet, Binding, BindingLike, Formal, Identifier, SyntaxProblem } from "./ast.ts";

/** One name of a set: defined whole (`leaf`), or part of a path with further names below. */
interface Slot {
  readonly name: AttrName;
  /** Undefined for a whole value that cannot be merged with anything. */
  readonly below: Map<string, Slot> | undefined;
}

/** Names defined twice, by Nix's rule that `a.b = …` and `a = { … }` are merged. */
export function checkBindings(bindings: readonly BindingLike[], problems: SyntaxProblem[]): void {
  addBindings(new Map(), bindings, problems, "");
}

function addBindings(
  slots: Map<string, Slot>,
  bindings: readonly BindingLike[],
  problems: SyntaxProblem[],
  prefix: string,
): void {
  for (const binding of bindings) {
    if (binding.kind === "binding") {
      addBinding(slots, binding, problems, prefix);
      continue;
    }
    for (const name of binding.names) {
      if (name.name === undefined)
        problems.push({ start: name.start, end: name.end, message: "`inherit` needs a fixed name." });
      else if (slots.has(name.name)) report(name, slots.get(name.name), prefix, problems);
      else slots.set(name.name, { name, below: undefined });
    }
  }
}

function addBinding(
  slots: Map<string, Slot>,
  binding: Binding,
  problems: SyntaxProblem[],
  prefix: string,
): void {
  let current = slots;
  for (const [index, segment] of binding.path.entries()) {
    // What a computed name clashes with is only known when it is evaluated.
    if (segment.name === undefined) return;
    const existing = current.get(segment.name);
    const last = index === binding.path.length - 1;
    if (last) {
      const set = binding.value.kind === "attrset" && !binding.value.legacyLet ? binding.value : undefined;
      if (existing === undefined) current.set(segment.name, { name: segment, below: set && slotsOf(set) });
      else if (existing.below === undefined || set === undefined) report(segment, existing, prefix, problems);
      else addBindings(existing.below, set.bindings, problems, `${prefix}${segment.name}.`);
      return;
    }
    prefix += `${segment.name}.`;
    if (existing === undefined) {
      const below = new Map<string, Slot>();
      current.set(segment.name, { name: segment, below });
      current = below;
    } else if (existing.below === undefined) {
      report(segment, existing, prefix.slice(0, -segment.name.length - 1), problems);
      return;
    } else {
      current = existing.below;
    }
  }
}

/** The names a literal set brings; its own repetitions were reported when it was built. */
function slotsOf(set: AttrSet): Map<string, Slot> {
  const slots = new Map<string, Slot>();
  addBindings(slots, set.bindings, [], "");
  return slots;
}

function report(name: AttrName, existing: Slot | undefined, prefix: string, problems: SyntaxProblem[]): void {
  const where = existing === undefined ? "" : ` on line ${lineOf(existing.name)}`;
  problems.push({
    start: name.start,
    end: name.end,
    message: `\`${prefix}${name.name}\` is already defined${where}.`,
  });
}

/** 1-based. */
function lineOf(name: AttrName): number {
  return name.source.text.slice(0, name.start).split("\n").length;
}

/** `let` takes fixed names only. */
export function checkLetNames(bindings: readonly BindingLike[], problems: SyntaxProblem[]): void {
  for (const binding of bindings) {
    const [first] = binding.kind === "binding" ? binding.path : [];
    if (first !== undefined && first.name === undefined)
      problems.push({ start: first.start, end: first.end, message: "`let` needs a fixed name." });
  }
}

/** An argument named twice in `{ a, a }:` or `{ a }@a:`. */
export function checkFormals(
  formals: readonly Formal[],
  universal: Identifier | undefined,
  problems: SyntaxProblem[],
): void {
  const seen = new Set(universal === undefined ? [] : [universal.name]);
  for (const { name } of formals) {
    if (seen.has(name.name))
      problems.push({
        start: name.start,
        end: name.end,
        message: `The argument \`${name.name}\` is named twice.`,
      });
    seen.add(name.name);
  }
}
