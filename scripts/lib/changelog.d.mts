/** Types of changelog.mjs, for the tests. */
export function releaseSection(
  text: string,
  version: string,
  date: string,
): { readonly text: string; readonly notes: string };
