/**
 * What is read of lasting options (`OptionNode.lasts`), kept for as long as there are these options: they are the same
 * objects in the next state if nobody has touched what they are written as.
 *
 *   const written = new OfOption((machine) => readTags(machine));
 *   written.of(web)   ->   reads the tags, and the next time, in this state or a later one, has them
 */
import type { OptionNode } from "../modules/option-node.ts";

/** What is read of one option alone. */
export class OfOption<T> {
  private readonly known = new WeakMap<OptionNode, T>();

  constructor(private readonly read: (option: OptionNode) => T) {}

  of(option: OptionNode): T {
    if (!option.lasts) return this.read(option);
    let found = this.known.get(option);
    if (found === undefined) {
      found = this.read(option);
      this.known.set(option, found);
    }
    return found;
  }
}

/** What is made of several objects. */
export class OfAll<T> {
  private readonly values = new WeakMap<object, T>();
  private readonly further = new WeakMap<object, OfAll<T>>();

  /** `keys`: all that the value hangs on, one at least. */
  get(keys: readonly object[], make: () => T): T {
    let table: OfAll<T> = this;
    for (const key of keys.slice(0, -1)) {
      const next = table.further.get(key) ?? new OfAll<T>();
      table.further.set(key, next);
      table = next;
    }
    const last = keys[keys.length - 1] as object;
    let value = table.values.get(last);
    if (value === undefined) {
      value = make();
      table.values.set(last, value);
    }
    return value;
  }
}

export function isSame<T>(a: readonly T[], b: readonly T[]): boolean {
  return a === b || (a.length === b.length && a.every((one, index) => one === b[index]));
}
