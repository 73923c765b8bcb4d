/**
 * The order of `lib.naturalSort`: numbers inside of names by their value.
 *
 *   compareNaturally("disk9", "disk11")  ->  negative
 */
import { compareText } from "../order.ts";

const NUMBERS = /(0|[1-9][0-9]*)/;

export function compareNaturally(a: string, b: string): number {
  const left = a.split(NUMBERS);
  const right = b.split(NUMBERS);
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const [one, other] = [left[index] as string, right[index] as string];
    // Every other part is a number.
    const order = index % 2 === 1 ? Number(BigInt(one) - BigInt(other)) : compareText(one, other);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}
