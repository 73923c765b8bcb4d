/** Types of notices.mjs, for the tests. */
export function thirdPartyNotices(files: readonly string[]): string;
