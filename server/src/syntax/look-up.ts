/**
 * What a table says of a name that a person chose. Every object of JavaScript answers to `constructor` and `toString`,
 * which are names in Nix like any other.
 *
 *   lookUp({ peer: 1 }, "peer")   ->   1
 *   lookUp({ peer: 1 }, "constructor")   ->   undefined
 */
export function lookUp<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
