/**
 * A value in one line, for error messages; nothing is evaluated for it.
 *
 *   { a = «thunk»; b = 1; }      [ 1 2 «98 items elided» ]
 */
import { displayFloat } from "./builtins/display-float.ts";
import { quoteName, quoteString } from "./nix-text.ts";
import { compareText } from "./order.ts";
import { positionText } from "./position.ts";
import type { Thunk } from "./thunk.ts";
import type { AttrsValue, LambdaValue, ListValue, Value } from "./value.ts";

/** The limits of Nix's own messages. */
const MAX_DEPTH = 10;
const MAX_ITEMS = 10;
const MAX_TEXT = 1024;

/** As Nix's own messages show it. */
export function printBrief(value: Value): string {
  return new BriefPrinter("«thunk»").print(value, 0);
}

/** For what we say ourselves: parts that nobody has asked for yet are left out, as `{ a = …; b = 1; }`. */
export function printSummary(value: Value): string {
  return new BriefPrinter("…").print(value, 0);
}

/** The items are counted over the whole value, however they are nested. */
class BriefPrinter {
  private attrs = 0;
  private items = 0;

  constructor(private readonly unevaluated: string) {}

  print(value: Value, depth: number): string {
    switch (value.type) {
      case "null":
        return "null";
      case "bool":
      case "int":
      case "path":
        return String(value.value);
      case "float":
        return displayFloat(value.value);
      case "string":
        return briefString(value.value);
      case "list":
        return depth < MAX_DEPTH ? this.list(value, depth) : "[ ... ]";
      case "attrs":
        return depth < MAX_DEPTH ? this.set(value, depth) : "{ ... }";
      case "lambda":
        return briefLambda(value);
      case "builtin":
        return `«${value.args.length > 0 ? "partially applied " : ""}primop ${value.name}»`;
      case "unknown":
        return `«unknown: ${value.reason}»`;
    }
  }

  private list(list: ListValue, depth: number): string {
    const words = ["["];
    for (const [index, element] of list.elements.entries()) {
      if (this.items >= MAX_ITEMS) {
        words.push(elided(list.elements.length - index, "item"));
        break;
      }
      words.push(this.part(element, depth));
      this.items++;
    }
    if (list.open) words.push(this.print(list.open, depth));
    return [...words, "]"].join(" ");
  }

  private set(set: AttrsValue, depth: number): string {
    const words = ["{"];
    const names = [...set.attrs.keys()].sort(importantFirst);
    for (const [index, name] of names.entries()) {
      if (this.attrs >= MAX_ITEMS) {
        words.push(elided(names.length - index, "attribute"));
        break;
      }
      words.push(`${quoteName(name)} = ${this.part(set.attrs.get(name)?.value, depth)};`);
      this.attrs++;
    }
    if (set.open) words.push(this.print(set.open, depth));
    return [...words, "}"].join(" ");
  }

  private part(thunk: Thunk | undefined, depth: number): string {
    return thunk?.value ? this.print(thunk.value, depth + 1) : this.unevaluated;
  }
}

function briefString(text: string): string {
  if (text.length <= MAX_TEXT) return quoteString(text);
  return `${quoteString(text.slice(0, MAX_TEXT))} ${elided(text.length - MAX_TEXT, "byte")}`;
}

function briefLambda(lambda: LambdaValue): string {
  return `«lambda${lambda.name === undefined ? "" : ` ${lambda.name}`} @ ${positionText(lambda.node)}»`;
}

function elided(count: number, what: string): string {
  return `«${count} ${what}${count === 1 ? "" : "s"} elided»`;
}

function importantFirst(a: string, b: string): number {
  const rank = (name: string): number => (name === "type" || name === "_type" ? 0 : 1);
  return rank(a) - rank(b) || compareText(a, b);
}
