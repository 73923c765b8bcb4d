/**
 * Changes an option inside another one, where the other is a set of options.
 *
 *   changeInside(options, "inventory", "meta", (option) => ({ ...option, apply }))
 */
import type { Option } from "../modules/option-type.ts";

/** `options` stays as it is where there is no such option. */
export function changeInside(
  options: Map<string, Option>,
  outer: string,
  inner: string,
  change: (option: Option) => Option,
): void {
  const around = options.get(outer);
  if (around?.type.kind !== "submodule") return;
  const inside = new Map(around.type.options.options);
  const option = inside.get(inner);
  if (option === undefined) return;
  inside.set(inner, change(option));
  const type = { ...around.type, options: { ...around.type.options, options: inside } };
  options.set(outer, { ...around, type });
}
