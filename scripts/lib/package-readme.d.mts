/** Types of package-readme.mjs, for the tests. */
export function packageReadme(text: string, manifest: { readonly repository?: unknown }): string;
