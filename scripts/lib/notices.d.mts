/** Types of notices.mjs, for the tests. */
export interface ThirdParty {
  readonly title: string;
  readonly text: string;
  readonly manifest?: { readonly name: string; readonly version: string; readonly license: string };
}
export function thirdPartyNotices(files: readonly string[]): string;
export function thirdParties(files: readonly string[]): ThirdParty[];
