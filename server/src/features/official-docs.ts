/**
 * Pages of clan's own documentation, as Markdown links.
 *
 *   serviceDocs("zerotier")   ->   [clan.lol: zerotier](https://clan.lol/docs/unstable/services/official/zerotier)
 */
import type { Service } from "../clan/model.ts";

const base = "https://clan.lol/docs/unstable";

/** What clan-core comes with has a page; other services do not. */
export function serviceDocs({ name, origin }: Service): string | undefined {
  return origin === "catalogue" ? link(name, `services/official/${name}`) : undefined;
}

/** `path`: of an option of the clan. Settings are described on their service's page. */
export function optionDocs(path: readonly string[]): string | undefined {
  const [first, second] = path;
  if (first === undefined) return undefined;
  if (first === "modules" && path.length > 2)
    return link("how services are written", "reference/options/clan_service");
  if (first === "clan" && second === "core") return link("vars", "reference/clan.core/vars");
  return link("options of a clan", "reference/options/clan");
}

function link(title: string, page: string): string {
  return `[clan.lol: ${title}](${base}/${page})`;
}
