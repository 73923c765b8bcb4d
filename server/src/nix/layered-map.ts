/**
 * A map with a few entries replaced or added, without a copy of it all: what `large // small` needs when it
 * is done thousands of times over, as in a fold.
 *
 *   withEntries(large, small)   ->   a map that looks into a small overlay, then into `large`
 */

/** `base` with the entries of `added`. Neither may change afterwards. */
export function withEntries<V>(
  base: ReadonlyMap<string, V>,
  added: ReadonlyMap<string, V>,
): ReadonlyMap<string, V> {
  const [bottom, overlay] = base instanceof LayeredMap ? base.layers : [base, undefined];
  // Copying what is small is cheaper than looking things up twice.
  const isSmall = bottom.size < MIN_LAYERED || ((overlay?.size ?? 0) + added.size) ** 2 > bottom.size;
  if (isSmall) return copied(base, added);
  return new LayeredMap(bottom, overlay ? copied(overlay, added) : added);
}

const MIN_LAYERED = 64;

function copied<V>(base: ReadonlyMap<string, V>, added: ReadonlyMap<string, V>): Map<string, V> {
  const copy = new Map(base);
  for (const [key, value] of added) copy.set(key, value);
  return copy;
}

class LayeredMap<V> implements ReadonlyMap<string, V> {
  readonly size: number;

  constructor(
    private readonly bottom: ReadonlyMap<string, V>,
    private readonly overlay: ReadonlyMap<string, V>,
  ) {
    let size = bottom.size;
    for (const key of overlay.keys()) if (!bottom.has(key)) size++;
    this.size = size;
  }

  get layers(): [bottom: ReadonlyMap<string, V>, overlay: ReadonlyMap<string, V>] {
    return [this.bottom, this.overlay];
  }

  get(key: string): V | undefined {
    return this.overlay.get(key) ?? this.bottom.get(key);
  }

  has(key: string): boolean {
    return this.overlay.has(key) || this.bottom.has(key);
  }

  /** In the order a copy would have: replaced entries keep their place. */
  *entries(): MapIterator<[string, V]> {
    for (const entry of this.bottom) {
      const replaced = this.overlay.get(entry[0]);
      yield replaced === undefined ? entry : [entry[0], replaced];
    }
    for (const entry of this.overlay) if (!this.bottom.has(entry[0])) yield entry;
  }

  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries();
  }

  *keys(): MapIterator<string> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  forEach(callback: (value: V, key: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [key, value] of this.entries()) callback(value, key, this);
  }
}
