/**
 * Read-only documents of ours: what the catalogue knows of a service, which the server says, and the pages of rules,
 * which come with the extension.
 *
 *   clan-docs:/services/zerotier.md   ->   where F12 leads on a role of zerotier
 *   clan-docs:/rules/unknown-role.md  ->   where the code of a finding leads
 */
import { type Disposable, Uri, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { type DocumentParams, documentRequest, documentScheme } from "../../shared/requests.ts";

export function registerDocuments(client: BaseLanguageClient, extensionUri: Uri): Disposable {
  return workspace.registerTextDocumentContentProvider(documentScheme, {
    provideTextDocumentContent: (uri) => (isRule(uri) ? readRule(extensionUri, uri) : askServer(client, uri)),
  });
}

function isRule({ path }: Uri): boolean {
  return /^\/rules\/[\w-]+\.md$/.test(path);
}

async function readRule(extensionUri: Uri, { path }: Uri): Promise<string> {
  const bytes = await workspace.fs.readFile(Uri.joinPath(extensionUri, "docs", path));
  return new TextDecoder().decode(bytes);
}

async function askServer(client: BaseLanguageClient, uri: Uri): Promise<string> {
  const params: DocumentParams = { uri: uri.toString() };
  const text = await client.sendRequest<string | null>(documentRequest, params);
  return text ?? `There is no ${uri.path} in the catalogue.`;
}
