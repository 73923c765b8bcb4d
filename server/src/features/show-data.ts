/**
 * Plain data as short Nix text.
 *
 *   showData({ port: 80, names: ["a"] })  ->  { port = 80; names = [ "a" ]; }
 */
import { printAttrName, printString } from "../syntax/quote.ts";

const maximumLength = 200;

/** Cut with `…` after 200 characters; undefined for what is no data. */
export function showData(data: unknown): string | undefined {
  const text = show(data);
  return text === undefined || text.length <= maximumLength ? text : `${text.slice(0, maximumLength)}…`;
}

function show(data: unknown): string | undefined {
  if (data === null || typeof data === "boolean" || typeof data === "number") return String(data);
  if (typeof data === "string") return printString(data);
  if (Array.isArray(data)) return data.length === 0 ? "[ ]" : `[ ${data.map(show).join(" ")} ]`;
  if (typeof data !== "object") return undefined;
  const entries = Object.entries(data).map(([name, value]) => `${printAttrName(name)} = ${show(value)};`);
  return entries.length === 0 ? "{ }" : `{ ${entries.join(" ")} }`;
}
