/**
 * The `clan.*` settings the server reads, checked: what is no known rule or level counts as not set.
 *
 *   parseSettings({ rules: { "unknown-tag": "off", "x": 3 } })  ->  rules { unknown-tag: off }, problems [ "…x…" ]
 */
import * as z from "zod/mini";
import type { LensSettings } from "../features/code-lenses.ts";
import type { HintSettings } from "../features/inlay-hints.ts";
import { rules } from "../rules/all.ts";
import type { RuleLevels } from "../rules/index.ts";

export interface Settings {
  /** By code: another severity than the rule's own, or none. */
  readonly rules: RuleLevels;
  /** Undefined: none at all. */
  readonly codeLens: LensSettings | undefined;
  readonly inlayHints: HintSettings | undefined;
  /** Folders by the name of the flake input whose source they are, as written. */
  readonly inputOverrides: Readonly<Record<string, string>>;
}

const on = z.catch(z.boolean(), true);
const codeLens = z.catch(
  z.object({
    enabled: on,
    machines: z.catch(z.enum(["always", "multiline", "never"]), "multiline"),
    roles: z.catch(z.enum(["always", "computed", "never"]), "computed"),
    generators: on,
  }),
  { enabled: true, machines: "multiline", roles: "computed", generators: true },
);
const inlayHints = z.catch(z.object({ enabled: on, tags: on, services: on }), {
  enabled: true,
  tags: true,
  services: true,
});
const shape = z.object({
  rules: z.catch(z.record(z.string(), z.unknown()), {}),
  codeLens,
  inlayHints,
  inputOverrides: z.catch(z.record(z.string(), z.string()), {}),
});
const code = z.enum(rules.map((rule) => rule.code));
const level = z.enum(["error", "warning", "information", "hint", "off"]);

export const defaultSettings: Settings = parseSettings({}).settings;

/** The settings, and what is wrong with those that are not taken, as lines for the log. */
export function parseSettings(value: unknown): {
  readonly settings: Settings;
  readonly problems: readonly string[];
} {
  const given = z.parse(shape, typeof value === "object" && value !== null ? value : {});
  const levels: Record<string, z.infer<typeof level>> = {};
  const problems: string[] = [];
  for (const [name, written] of Object.entries(given.rules)) {
    const parsed = level.safeParse(written);
    if (!code.safeParse(name).success) problems.push(`clan.rules: there is no rule ${name}`);
    else if (parsed.success) levels[name] = parsed.data;
    else problems.push(`clan.rules.${name}: expected one of ${level.options.join(", ")}`);
  }
  const { codeLens: lenses, inlayHints: hints, inputOverrides } = given;
  return {
    settings: {
      rules: levels,
      codeLens: lenses.enabled ? lenses : undefined,
      inlayHints: hints.enabled ? hints : undefined,
      inputOverrides,
    },
    problems,
  };
}
