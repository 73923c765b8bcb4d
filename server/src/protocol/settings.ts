/**
 * The `clan.*` settings the server reads, checked: what is no known rule or level counts as not set.
 *
 *   parseSettings({ rules: { "unknown-tag": "off", "x": 3 } })  ->  rules { unknown-tag: off }, problems [ "…x…" ]
 */
import * as z from "zod/mini";
import { type RuleLevels, rules } from "../rules/index.ts";

export interface Settings {
  /** By code: another severity than the rule's own, or none. */
  readonly rules: RuleLevels;
  readonly codeLens: boolean;
  readonly inlayHints: boolean;
  /** Folders by the name of the flake input whose source they are, as written. */
  readonly inputOverrides: Readonly<Record<string, string>>;
}

const on = { enabled: true };
const toggle = z.catch(z.object({ enabled: z.boolean() }), on);
const shape = z.object({
  rules: z.catch(z.record(z.string(), z.unknown()), {}),
  codeLens: toggle,
  inlayHints: toggle,
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
  const given = z.parse(
    z.catch(shape, { rules: {}, codeLens: on, inlayHints: on, inputOverrides: {} }),
    value,
  );
  const levels: Record<string, z.infer<typeof level>> = {};
  const problems: string[] = [];
  for (const [name, written] of Object.entries(given.rules)) {
    const parsed = level.safeParse(written);
    if (!code.safeParse(name).success) problems.push(`clan.rules: there is no rule ${name}`);
    else if (parsed.success) levels[name] = parsed.data;
    else problems.push(`clan.rules.${name}: expected one of ${level.options.join(", ")}`);
  }
  const { codeLens, inlayHints, inputOverrides } = given;
  return {
    settings: {
      rules: levels,
      codeLens: codeLens.enabled,
      inlayHints: inlayHints.enabled,
      inputOverrides,
    },
    problems,
  };
}
