/**
 * How findings put lists of names and suggestions into words.
 *
 *   choices("Roles", ["client", "server"], "server")  ->  " Did you mean `server`? Roles: `client`, `server`."
 */
import { showOption } from "../../modules/describe.ts";

/**
 * An option as people write it: those of a service without where the service stands, those it exports without the scope.
 *
 *   modules.s.manifest.name                                                ->   `manifest.name` of the service `s`
 *   modules.s.roles.client.perInstance.exports."s:i:client:web".peer.port   ->   `exports.peer.port` of the role `client`
 */
export function sayOption(path: readonly string[]): string {
  const [top, service, ...inside] = path;
  if (top !== "modules" || inside.length === 0) return `\`${showOption(path)}\``;
  const at = inside.indexOf("exports");
  const isScope = at !== -1 && inside[at + 1]?.split(":").length === SCOPE_PARTS;
  const exported = `\`${showOption(["exports", ...inside.slice(at + 2)])}\``;
  if (isScope && inside[0] === "roles") return `${exported} of the role \`${inside[1]}\``;
  return `${isScope ? exported : `\`${showOption(inside)}\``} of the service \`${service}\``;
}

/** Service, instance, role and machine. */
const SCOPE_PARTS = 4;

/** More names than this are counted, not listed. */
const listed = 20;

/** What there is to choose from, as sentences to put after what was found; starts with a space. */
export function choices(what: string, names: Iterable<string>, suggestion: string | undefined): string {
  const all = [...names];
  const meant = suggestion === undefined ? "" : ` Did you mean \`${suggestion}\`?`;
  if (all.length === 0) return meant;
  const shown = all
    .slice(0, listed)
    .map((name) => `\`${name}\``)
    .join(", ");
  const rest = all.length > listed ? ` and ${all.length - listed} more` : "";
  return `${meant} ${what}: ${shown}${rest}.`;
}

/**
 * A message without what `choices` and suggestions add to it: what was found, and not what else there is.
 *
 *   "No machine has the tag `dsk`. Did you mean `desk`? Tags: `all`, `desk`."   ->   "No machine has the tag `dsk`."
 */
export function withoutChoices(message: string): string {
  return message
    .replace(/ Did you mean `[^`]*`\?/g, "")
    .replace(/ [A-Z][a-z]+: `[^`]*`(?:, `[^`]*`)*(?: and \d+ more)?\./g, "");
}
