/**
 * The errors Nix's parser itself reports beyond grammar: a name defined twice, an argument named
 * twice, a computed name where only a fixed one may stand.
 *
 *   { a.b = 1; a = { b = 2; }; }   ->   "`a.b` is already defined on line 1."
 */
import type { AttrName, AttrSet, Binding, BindingLike, Formal, Identifier, SyntaxProblem } from "./ast.ts";

/** Names with `_` or `'` begin none. */
const URI = /^[a-zA-Z][a-zA-Z0-9+.-]*:[a-zA-Z0-9%/?:@&=+$,\-_.!~*']+/;

type Slots = Map<string, Slot>;

/** One defined name of a set. */
interface Slot {
  readonly name: AttrName;
  /** The names below it, or the literal set that holds them; undefined for what cannot be merged. */
  readonly below: Slots | AttrSet | undefined;
}

/** The names in front of a name, innermost first. */
interface Prefix {
  readonly name: AttrName;
  readonly before: Prefix | undefined;
}

/** Bindings on their way into the slots of a set. */
interface Arrival {
  readonly slots: Slots;
  readonly prefix: Prefix | undefined;
  readonly bindings: readonly BindingLike[];
}

/** Checks the sets of one file, inner ones before those around them. */
export class BindingChecks {
  /** Of each set that has been checked. */
  private readonly slots = new Map<AttrSet, Slots>();

  constructor(private readonly problems: SyntaxProblem[]) {}

  checkSet(set: AttrSet): void {
    this.slots.set(set, this.check(set.bindings));
  }

  checkLet(bindings: readonly BindingLike[]): void {
    this.check(bindings);
    for (const binding of bindings) {
      const [first] = binding.kind === "binding" ? binding.path : [];
      if (first !== undefined && first.name === undefined) this.report(first, "`let` needs a fixed name.");
    }
  }

  /** An argument named twice in `{ a, a }:` or `{ a }@a:`. */
  checkFormals(formals: readonly Formal[], universal: Identifier | undefined): void {
    const seen = new Set(universal === undefined ? [] : [universal.name]);
    for (const { name } of formals) {
      if (seen.has(name.name)) this.report(name, `The argument \`${name.name}\` is named twice.`);
      seen.add(name.name);
    }
  }

  /** `{ x }@z:x`: what stands behind the colon makes it a URI to Nix (lexer.l). */
  checkColon(universal: Identifier): void {
    const { text } = universal.source;
    const [uri] = URI.exec(text.slice(universal.start)) ?? [];
    if (uri === undefined) return;
    const start = universal.end;
    const shown = uri.length > 30 ? `${uri.slice(0, 30)}…` : uri;
    this.problems.push({
      start,
      end: start + 1,
      message: `\`${shown}\` is a URI to Nix: write a space after the \`:\`.`,
      repair: { title: "Insert a space", start: start + 1, end: start + 1, text: " " },
    });
  }

  /** By Nix's rule (parser-state.hh, addAttr) `a.b = …` and `a = { … }` are merged. */
  private check(bindings: readonly BindingLike[]): Slots {
    const slots: Slots = new Map();
    const arrivals: Arrival[] = [{ slots, prefix: undefined, bindings }];
    for (let next = arrivals.pop(); next !== undefined; next = arrivals.pop())
      for (const binding of next.bindings) {
        if (binding.kind === "inherit") this.addInherited(next, binding.names);
        else {
          const merge = this.addBinding(next, binding);
          if (merge !== undefined) arrivals.push(merge);
        }
      }
    return slots;
  }

  /** The slots of a literal set, to be added to: the set may be merged again where it is in turn. A broken one has none. */
  private copyOf(set: AttrSet): Slots | undefined {
    const slots = this.slots.get(set);
    if (slots !== undefined) return copySlots(slots);
    // A set of the version before had no mistake in it.
    return set.broken ? undefined : this.check(set.bindings);
  }

  private addInherited({ slots, prefix }: Arrival, names: readonly AttrName[]): void {
    for (const name of names) {
      const existing = name.name === undefined ? undefined : slots.get(name.name);
      if (name.name === undefined) this.report(name, "`inherit` needs a fixed name.");
      else if (existing !== undefined) this.reportRepetition(name, prefix, existing);
      else slots.set(name.name, { name, below: undefined });
    }
  }

  /** A literal set that remains to be merged into an earlier one of the same name, if that is so. */
  private addBinding(arrival: Arrival, { path, value }: Binding): Arrival | undefined {
    let { slots, prefix } = arrival;
    const last = path.length - 1;
    for (const [index, name] of path.entries()) {
      // What a computed name clashes with is only known when it is evaluated.
      if (name.name === undefined) return undefined;
      const existing = slots.get(name.name);
      const set = index === last && value.kind === "attrset" && !value.legacyLet ? value : undefined;
      if (existing === undefined) {
        const below: Slots | AttrSet | undefined = index === last ? set : new Map();
        slots.set(name.name, { name, below });
        if (!(below instanceof Map)) return undefined;
        slots = below;
      } else {
        if (existing.below === undefined || (index === last && set === undefined)) {
          this.reportRepetition(name, prefix, existing);
          return undefined;
        }
        const below = existing.below instanceof Map ? existing.below : this.copyOf(existing.below);
        // What a broken set holds is not known.
        if (below === undefined) return undefined;
        slots.set(name.name, { ...existing, below });
        slots = below;
      }
      prefix = { name, before: prefix };
      if (set !== undefined) return set.broken ? undefined : { slots, prefix, bindings: set.bindings };
    }
    return undefined;
  }

  private reportRepetition(name: AttrName, prefix: Prefix | undefined, existing: Slot): void {
    const names = [name.name];
    for (let before = prefix; before !== undefined; before = before.before) names.unshift(before.name.name);
    this.report(name, `\`${names.join(".")}\` is already defined on line ${lineOf(existing.name)}.`);
  }

  private report({ start, end }: AttrName | Identifier, message: string): void {
    this.problems.push({ start, end, message });
  }
}

/** 1-based. */
function lineOf(name: AttrName): number {
  return name.source.text.slice(0, name.start).split("\n").length;
}

function copySlots(slots: Slots): Slots {
  return new Map(
    [...slots].map(([name, slot]) => [
      name,
      slot.below instanceof Map ? { ...slot, below: copySlots(slot.below) } : slot,
    ]),
  );
}
