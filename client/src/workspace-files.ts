/**
 * Hands a server in a web worker the files it would read: all Nix files of the workspace, flake.lock and
 * inventory.json, at its start and whenever one changes. No other file is read, so no secret is.
 */
import { Disposable, type LogOutputChannel, type Uri, workspace } from "vscode";
import { type BaseLanguageClient, State } from "vscode-languageclient";
import { type FilesNotification, filesNotification } from "../../shared/requests.ts";

const read = "**/{*.nix,flake.lock,inventory.json}";
const skipped = "**/{.git,node_modules,.direnv,result}/**";
/** More than any clan has; a folder of thousands of clans is not read whole in a browser. */
const maximumFiles = 5000;

/** Sends them each time the client's server starts, and the changed ones later, until disposed. */
export function sendWorkspaceFiles(client: BaseLanguageClient, log: LogOutputChannel): Disposable {
  const send = async (uris: readonly Uri[]) => {
    if (!client.isRunning()) return;
    const entries = await Promise.all(
      uris.map(async (uri) => [uri.toString(), await readText(uri)] as const),
    );
    const notification: FilesNotification = { files: Object.fromEntries(entries) };
    await client.sendNotification(filesNotification, notification);
  };
  const sendAll = async () => {
    const uris = await workspace.findFiles(read, skipped, maximumFiles);
    if (uris.length === maximumFiles) log.warn(`only ${maximumFiles} files of this workspace are read`);
    await send(uris);
  };
  const watcher = workspace.createFileSystemWatcher(read);
  const sendOne = (uri: Uri) => void send([uri]);
  return Disposable.from(
    watcher,
    watcher.onDidChange(sendOne),
    watcher.onDidCreate(sendOne),
    watcher.onDidDelete(sendOne),
    workspace.onDidChangeWorkspaceFolders(() => void sendAll()),
    client.onDidChangeState(({ newState }) => newState === State.Running && void sendAll()),
  );
}

/** The file's text as it is, with its byte order mark; null when it is gone, or not readable. */
async function readText(uri: Uri): Promise<string | null> {
  try {
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(await workspace.fs.readFile(uri));
  } catch {
    return null;
  }
}
