/** The two assertions the suite needs; Node's own are not there in a web worker. */

/** Throws unless both are the same JSON. */
export function assertEqual(actual: unknown, expected: unknown): void {
  const [is, wanted] = [actual, expected].map((value) => JSON.stringify(value));
  if (is !== wanted) throw new Error(`is ${is}, expected ${wanted}`);
}

/** The value, or throws when there is none. */
export function assertFound<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`there is no ${what}`);
  return value;
}
