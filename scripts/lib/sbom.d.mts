/** Types of sbom.mjs, for the tests. */
export function billOfMaterials(
  manifest: { readonly name: string; readonly version: string; readonly license: string },
  files: readonly string[],
): string;
