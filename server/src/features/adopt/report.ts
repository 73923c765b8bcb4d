/** An assessment in words, for a terminal. */
import type { Assessment, Host, Layout } from "./assessment.ts";
import { outlooksOf } from "./benefits.ts";
import type { Step } from "./first-hour.ts";

export const LAYOUTS: Readonly<Record<Layout, string>> = {
  "flake-parts": "flake-parts makes the outputs: clan becomes one more of its modules.",
  "nixos-unified":
    "nixos-unified makes the outputs, on flake-parts: clan becomes one more module in modules/flake-parts.",
  lib: "The outputs are written out: clan's are joined to them.",
  snowfall: "snowfall-lib makes the outputs: clan's are joined to its result.",
  "ez-configs": "ez-configs makes the hosts, on flake-parts: clan becomes one more module.",
  "flake-utils-plus": "flake-utils-plus makes the outputs: clan's are joined to its result.",
  blueprint: "blueprint makes the outputs: clan's are joined to its result.",
  den: "den makes the hosts, on flake-parts: clan becomes one more module.",
  none: "There is no flake here: a new one is written.",
  unknown: "How the outputs are made could not be told.",
};

/** `shared`: inputs that clan-core's would follow. */
export function reportAssessment(found: Assessment, shared: readonly string[]): string {
  const lines = [
    LAYOUTS[found.layout],
    ...(found.hasClan ? ["The flake has clan-core already."] : []),
    "",
    found.hosts.length === 0 ? "No hosts were found." : "Hosts",
    ...found.hosts.map(hostLine),
    ...section(
      "Secrets",
      found.secrets.map(({ tool, files }) => `${tool}: ${files.join(", ") || "an input that nothing uses"}`),
    ),
    ...section("Deployed by", found.deployment),
    ...section("Inputs that clan-core would take from you", shared),
    ...section(
      "What would collide",
      found.collisions.map(({ file, message }) => `${file}: ${message}`),
    ),
    ...benefits(found),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function hostLine({ name, class: hostClass, system, file }: Host): string {
  return `  ${name}  ${hostClass}${system === null ? "" : `, ${system}`}  ${file}`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)];
}

const VERDICTS = { gains: "yes", perhaps: "perhaps", stays: "no" } as const;

/** The question of the second phase: who gains. */
function benefits(found: Assessment): string[] {
  return section(
    "Who would gain from moving into the clan",
    outlooksOf(found).flatMap(({ host, verdict, benefits: good, costs }) => [
      `${host}: ${VERDICTS[verdict]}`,
      ...good.map((line) => `  + ${line}`),
      ...costs.map((line) => `  - ${line}`),
    ]),
  );
}

/** The first hour, as a list with ticks. */
export function reportSteps(steps: readonly Step[]): string {
  const lines = steps.map(({ title, command, done, left }) => {
    const tick = done === undefined ? "[?]" : done ? "[x]" : "[ ]";
    return `  ${tick} ${title}${left === undefined ? "" : ` (${left})`}: ${command}`;
  });
  return ["", "The first hour", ...lines].map((line) => `${line}\n`).join("");
}
