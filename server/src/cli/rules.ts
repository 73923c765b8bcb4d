/**
 * `clan-ls rules`: what `clan-ls check` looks for.
 *
 *   runRules([], terminal)   ->   0, and prints lines such as
 *   unknown-role    error    The service of an instance has no role of that name.
 */
import { rules } from "../rules/all.ts";
import { chooseFormat, parseOptions } from "./options.ts";
import type { Terminal } from "./terminal.ts";

export function runRules(args: readonly string[], terminal: Terminal): number {
  const { values } = parseOptions(args, { format: { type: "string" } });
  const format = chooseFormat(values.format, ["text", "json"]);
  terminal.print(format === "json" ? toJson() : toText());
  return 0;
}

/** In the order of docs/rules, in columns. */
function toText(): string {
  const width = (column: "code" | "severity"): number =>
    Math.max(...rules.map((rule) => rule[column].length));
  return rules
    .map(({ code, severity, summary }) =>
      [code.padEnd(width("code")), severity.padEnd(width("severity")), summary].join("  "),
    )
    .map((line) => `${line}\n`)
    .join("");
}

function toJson(): string {
  const list = rules.map(({ code, severity, summary }) => ({ code, severity, summary }));
  return `${JSON.stringify({ version: 1, rules: list }, undefined, 2)}\n`;
}
