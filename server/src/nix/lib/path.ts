/**
 * `lib.path`: paths and subpaths, by their components.
 *
 *   lib.path.append /etc "a/./b"  ->  /etc/a/b        lib.path.subpath.normalise "a//b"  ->  "./a/b"
 */

import { typeName } from "../builtins/types.ts";
import { fail } from "../errors.ts";
import { expectClosedList, expectPath } from "../expect.ts";
import { attrs, bool, list, path, string } from "../make.ts";
import { normalizePath } from "../path.ts";
import type { Eval } from "../step.ts";
import { Thunk } from "../thunk.ts";
import type { Value } from "../value.ts";
import { eagerly, lazily, type Members } from "./native.ts";

export function pathMembers(): Members {
  return {
    ...eagerly({
      append: (base, subpath) =>
        path(normalizePath(`${absolute("append", base)}/${validSubpath("lib.path.append", subpath)}`)),
      hasPrefix: (prefix, other) =>
        bool(below(absolute("hasPrefix", prefix), absolute("hasPrefix", other)) !== undefined),
      removePrefix: (prefix, other) => {
        const [from, whole] = [absolute("removePrefix", prefix), absolute("removePrefix", other)];
        const rest = below(from, whole);
        if (rest !== undefined) return string(joinSubpath(rest));
        return fail(
          "throw",
          `lib.path.removePrefix: The first path argument "${from}" is not a component-wise prefix of the second path argument "${whole}".`,
        );
      },
      splitRoot: (whole) =>
        attrs({ root: path("/"), subpath: string(joinSubpath(components(absolute("splitRoot", whole)))) }),
      hasStorePathPrefix: (whole) => {
        const text = absolute("hasStorePathPrefix", whole);
        return bool(/^\/nix\/store\/.{32}-[^/]+/s.test(text) || /^\/[0-9a-z]{52}(\/|$)/.test(text));
      },
    }),
    subpath: attrs({
      ...eagerly({
        isValid: (value) => bool(invalidReason(value) === undefined),
        components: (value) =>
          list(
            components(validSubpath("lib.path.subpath.components", value)).map((part) =>
              Thunk.of(string(part)),
            ),
          ),
        normalise: (value) =>
          string(joinSubpath(components(validSubpath("lib.path.subpath.normalise", value)))),
      }),
      ...lazily({ join: joinAll }),
    }),
  };
}

function absolute(name: string, value: Value): string {
  if (value.type === "path" || value.type === "unknown") return expectPath(value).value;
  return fail(
    "throw",
    `lib.path.${name}: an argument is of type ${typeName(value)}, but a path was expected`,
  );
}

/** What keeps a value from being a relative path that stays below where it starts. */
function invalidReason(value: Value): string | undefined {
  if (value.type !== "string")
    return `The given value is of type ${typeName(value)}, but a string was expected`;
  if (value.value === "") return "The given string is empty";
  if (value.value.startsWith("/"))
    return `The given string "${value.value}" starts with a \`/\`, representing an absolute path`;
  if (value.value.split("/").includes(".."))
    return `The given string "${value.value}" contains a \`..\` component, which is not allowed in subpaths`;
  return undefined;
}

function validSubpath(who: string, value: Value): string {
  const reason = invalidReason(value);
  if (reason === undefined && value.type === "string") return value.value;
  return fail("throw", `${who}: Argument is not a valid subpath string:\n    ${reason}`);
}

function components(text: string): string[] {
  return text.split("/").filter((part) => part !== "" && part !== ".");
}

function joinSubpath(parts: readonly string[]): string {
  return `./${parts.length === 0 ? "." : parts.join("/")}`;
}

/** The components of `other` after those of `prefix`, undefined if it does not lie below. */
function below(prefix: string, other: string): string[] | undefined {
  const [start, whole] = [components(prefix), components(other)];
  return start.every((part, index) => part === whole[index]) ? whole.slice(start.length) : undefined;
}

function* joinAll(subpaths: Thunk): Eval<Value> {
  const parts: string[] = [];
  for (const [index, element] of expectClosedList(yield subpaths).elements.entries()) {
    const value = yield element;
    const reason = invalidReason(value);
    if (reason !== undefined)
      fail(
        "throw",
        `lib.path.subpath.join: Element at index ${index} is not a valid subpath string:\n    ${reason}`,
      );
    if (value.type === "string") parts.push(...components(value.value));
  }
  return string(joinSubpath(parts));
}
