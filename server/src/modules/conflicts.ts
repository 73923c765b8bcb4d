/**
 * Definitions of one option that cannot stand beside each other, in nixpkgs' words.
 *
 *   port = 80;  (a.nix)   port = 81;  (b.nix)
 *   ->  "The option `port' has conflicting definition values:
 *        - In `a.nix': 80
 *        - In `b.nix': 81 …"
 */
import { equalScalars } from "../nix/equality.ts";
import { printSummary } from "../nix/print-brief.ts";
import type { Outcome } from "../nix/value.ts";
import { checkDefinition } from "./check.ts";
import { showOption } from "./describe.ts";
import type { Definition, OptionNode } from "./option-node.ts";
import type { OptionType } from "./option-type.ts";

export interface Conflict {
  /** A sentence, then each definition on a line of its own, then what to do. */
  readonly message: string;
  /** All that take part, in the order they are merged in. */
  readonly definitions: readonly Definition[];
}

type Shown = { readonly file: string | undefined } & (
  | { readonly value: Outcome }
  | { readonly outcome: Outcome }
);

const ADVICE =
  "Use `lib.mkForce value` or `lib.mkDefault value` to change the priority on any of these definitions.";

/**
 * The conflict among the definitions of `node` itself; undefined if there is none, or none is certain.
 * `effective`: those that win by priority, where the option is defined under another name, too.
 */
export function findConflict(node: OptionNode, effective = node.effective()): Conflict | undefined {
  if (node.type === undefined) return undefined;
  const surely = (definition: Definition): boolean =>
    !definition.conditional && definition.value.type !== "unknown" && definition.value.type !== "failure";
  if (node.option?.readOnly) {
    const all = node.definitions.filter(surely);
    if (all.length > (node.option.default === undefined ? 1 : 0)) {
      const start = `The option \`${showOption(node.path)}' is read-only, but it's set`;
      const message = all.length > 1 ? `${start} multiple times.` : `${start} by its module already.`;
      return { message: `${message} Definition values:${showDefinitions(all)}`, definitions: all };
    }
  }
  const winning = effective.filter(surely);
  if (winning.length < 2) return undefined;
  switch (ruleOf(node.type, winning)) {
    case "one":
      return { message: repeatedMessage(node.path, winning), definitions: winning };
    case "equal": {
      const [first, ...others] = winning;
      if (first === undefined || others.every((other) => mayEqual(first, other))) return undefined;
      return { message: conflictMessage(node.path, winning), definitions: winning };
    }
    default:
      return undefined;
  }
}

export function conflictMessage(path: readonly string[], definitions: readonly Shown[]): string {
  const option = showOption(path);
  return `The option \`${option}' has conflicting definition values:${showDefinitions(definitions)}\n${ADVICE}`;
}

export function repeatedMessage(path: readonly string[], definitions: readonly Shown[]): string {
  const start = `The option \`${showOption(path)}' is defined multiple times while it's expected to be unique.`;
  return `${start}\nDefinition values:${showDefinitions(definitions)}\n${ADVICE}`;
}

function showDefinitions(definitions: readonly Shown[]): string {
  return definitions
    .map((definition) => {
      const value = "value" in definition ? definition.value : definition.outcome;
      const shown = value.type === "failure" ? "" : `: ${printSummary(value)}`;
      return `\n- In \`${definition.file ?? "<unknown-file>"}'${shown}`;
    })
    .join("");
}

/** Whether there may be one definition only, or all must be the same, or they are joined. */
function ruleOf(type: OptionType, definitions: readonly Definition[]): "one" | "equal" | "joined" {
  switch (type.kind) {
    case "bool":
    case "int":
    case "float":
    case "enum":
    case "path":
      return "equal";
    case "str":
      return type.separator === undefined ? "equal" : "joined";
    case "package":
    case "raw":
    case "unique":
      return "one";
    case "nullOr": {
      const nulls = definitions.filter(({ value }) => value.type === "null").length;
      if (nulls === 0) return ruleOf(type.of, definitions);
      return nulls === definitions.length ? "joined" : "equal";
    }
    case "either":
      // The first of its types that all values are of decides; without one there may be one value only.
      for (const of of type.of)
        if (
          definitions.every(
            ({ value }) => value.type !== "failure" && checkDefinition(of, value) === undefined,
          )
        )
          return ruleOf(of, definitions);
      return "one";
    case "anything":
      return definitions.every(({ value }) => value.type === "attrs") ? "joined" : "equal";
    default:
      return "joined";
  }
}

/** Values that can only be told apart by evaluating more of them pass as equal. */
function mayEqual(a: Definition, b: Definition): boolean {
  if (a.value.type === "failure" || b.value.type === "failure") return true;
  return equalScalars(a.value, b.value) !== false;
}
