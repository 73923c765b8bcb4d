/** Types of rule-pages.mjs, for the tests. */
interface Described {
  readonly code: string;
  readonly severity: string;
  readonly summary: string;
}

export function rulesModule(files: readonly { readonly file: string; readonly name: string }[]): string;
export function rulesPage(rules: readonly Described[]): string;
export function rulePage(rule: Described, page: string | undefined): string;
export function ruleSettings(rules: readonly Described[]): Readonly<Record<string, unknown>>;
