/**
 * URIs of the documents that the client shows for us.
 *
 *   serviceUri("zerotier")   <->   clan-docs:/services/zerotier.md
 */
import { URI } from "vscode-uri";
import { documentScheme } from "../../../shared/requests.ts";

export function serviceUri(name: string): string {
  return URI.from({ scheme: documentScheme, path: `/services/${name}.md` }).toString();
}

export function ruleUri(code: string): string {
  return URI.from({ scheme: documentScheme, path: `/rules/${code}.md` }).toString();
}

/** Undefined for another URI. */
export function serviceOf(uri: string): string | undefined {
  const { scheme, path } = URI.parse(uri);
  return scheme === documentScheme ? /^\/services\/([^/]+)\.md$/.exec(path)?.[1] : undefined;
}
