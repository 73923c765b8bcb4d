/** See type-description.mjs. */
export function parseTypeDescription(text: string): Record<string, unknown>;
