/**
 * Whether nixd, nil or the like looks after the same files: the extension "Nix IDE" runs them, where its setting
 * `nix.enableLanguageServer` says so.
 */
import { Disposable, extensions, workspace } from "vscode";

const nixIde = "jnoortheen.nix-ide";
const setting = "enableLanguageServer";

/** As it is now. */
export function hasOtherNixServer(): boolean {
  const settings = workspace.getConfiguration("nix");
  // Only an extension that is there gives the setting a default: Nix IDE, or one that was made from it.
  const isThere =
    extensions.getExtension(nixIde) !== undefined || settings.inspect(setting)?.defaultValue !== undefined;
  return isThere && settings.get(setting) === true;
}

/** Calls `changed` when one comes or goes, until disposed. */
export function followOtherNixServer(changed: () => void): Disposable {
  let known = hasOtherNixServer();
  const look = () => {
    if (known === hasOtherNixServer()) return;
    known = !known;
    changed();
  };
  return Disposable.from(
    extensions.onDidChange(look),
    workspace.onDidChangeConfiguration((change) => change.affectsConfiguration(`nix.${setting}`) && look()),
  );
}
