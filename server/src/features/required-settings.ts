/**
 * The settings a role cannot do without.
 *
 *   requiredSettings(the role `controller` of wireguard)   ->   [ { path: ["endpoint"], option: string } ]
 */
import type { Option, OptionSet, OptionType } from "../modules/option-type.ts";

export interface RequiredSetting {
  /** Below `settings`. */
  readonly path: readonly string[];
  readonly type: OptionType;
  readonly option: Option;
}

/**
 * Those in groups among them; of a type we cannot read nobody could say what to write. `isRead`: whether the service looks at
 * the setting of that path, with dots.
 */
export function requiredSettings(
  set: OptionSet,
  isRead: (path: string) => boolean = () => true,
  above: readonly string[] = [],
): RequiredSetting[] {
  return [...set.options].flatMap(([name, option]) => {
    const { type, required } = option;
    const path = [...above, name];
    if (type.kind === "submodule" && type.group === true) return requiredSettings(type.options, isRead, path);
    return required && type.kind !== "opaque" && isRead(path.join(".")) ? [{ path, type, option }] : [];
  });
}
