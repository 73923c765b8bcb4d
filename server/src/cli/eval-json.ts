/**
 * A value as JSON, evaluated deeply. What is unknown shows as such, in the midst of what is known.
 *
 *   { a = 1; b = inputs.foo; }   ->   {"a":1,"b":{"__unknown":"the input foo is not available"}}
 */
import { toJson } from "../nix/builtins/to-json.ts";
import type { Evaluator } from "../nix/evaluator.ts";
import { sortedAttrs } from "../nix/order.ts";
import { Thunk } from "../nix/thunk.ts";
import type { Failure, Unknown } from "../nix/value.ts";

/** The text, or the failure of the first part that fails. */
export function printJson(evaluator: Evaluator, value: Thunk): string | Failure {
  const whole = evaluator.force(new Thunk(() => toJson(value)));
  if (whole.type === "failure") return whole;
  if (whole.type === "string") return whole.value;
  const outcome = evaluator.force(value);
  switch (outcome.type) {
    case "failure":
      return outcome;
    case "list":
      return printParts(
        outcome.elements.map((element) => ["", element]),
        evaluator,
        outcome.open,
        ["[", "]"],
      );
    case "attrs":
      // With one of these it is no set in JSON, but the text it gives, which is unknown.
      if (outcome.attrs.has("__toString") || outcome.attrs.has("outPath")) return printUnknown(whole);
      return printParts(
        sortedAttrs(outcome).map(([name, { value: member }]) => [`${JSON.stringify(name)}:`, member]),
        evaluator,
        outcome.open,
        ["{", "}"],
      );
    default:
      return printUnknown(outcome.type === "unknown" ? outcome : whole);
  }
}

function printParts(
  parts: readonly (readonly [label: string, value: Thunk])[],
  evaluator: Evaluator,
  open: Unknown | undefined,
  [opening, closing]: readonly [string, string],
): string | Failure {
  const texts: string[] = [];
  for (const [label, value] of parts) {
    const text = printJson(evaluator, value);
    if (typeof text !== "string") return text;
    texts.push(label + text);
  }
  if (open !== undefined)
    texts.push(opening === "{" ? `"__unknown":${JSON.stringify(open.reason)}` : printUnknown(open));
  return `${opening}${texts.join(",")}${closing}`;
}

function printUnknown(value: { readonly type: string; readonly reason?: string }): string {
  return JSON.stringify({ __unknown: value.reason ?? "the value is not known" });
}
