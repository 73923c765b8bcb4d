/**
 * `lib.versions`.
 *
 *   lib.versions.majorMinor "1.2.3"  ->  "1.2"        lib.versions.pad 3 "1.2"  ->  "1.2.0"
 */
import { splitVersion } from "../builtins/version.ts";
import { fail } from "../errors.ts";
import { expectInt, expectString } from "../expect.ts";
import { string } from "../make.ts";
import type { Value } from "../value.ts";
import { eagerly, like, type Members, pick } from "./native.ts";

export function versionMembers(builtins: Members): Members {
  return {
    ...pick(builtins, "compareVersions splitVersion"),
    ...eagerly({
      major: (version) => part(version, 0),
      minor: (version) => part(version, 1),
      patch: (version) => part(version, 2),
      majorMinor: (version) => string(splitVersion(expectString(version).value).slice(0, 2).join(".")),
      pad: (length, version) => {
        const text = expectString(version);
        const [numbers = ""] = text.value.split("-");
        const count = Number(expectInt(length).value);
        const parts = [...splitVersion(numbers), ...Array.from({ length: count }, () => "0")];
        return like(text, parts.slice(0, count).join(".") + text.value.slice(numbers.length));
      },
    }),
  };
}

function part(version: Value, index: number): Value {
  const found = splitVersion(expectString(version).value)[index];
  return found === undefined ? fail("error", `list index ${index} is out of bounds`) : string(found);
}
