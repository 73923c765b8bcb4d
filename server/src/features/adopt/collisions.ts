/**
 * Where clan and the repository want the same thing, each with the way out.
 *
 *   machines/web/ is there already   ->   folder-machines: every folder in machines/ becomes a machine of the clan …
 */
import { relativePath } from "../../nix/path.ts";
import type { Collision, Host } from "./assessment.ts";
import { isOldNixpkgs } from "./nixpkgs-age.ts";
import type { FlakeView } from "./read-flake.ts";
import { collectFiles, type WrittenOption } from "./written-options.ts";

/** Sorted by code and file. */
export function collectCollisions(
  view: FlakeView,
  written: readonly WrittenOption[],
  hosts: readonly Host[],
): readonly Collision[] {
  const found = [
    ...folderCollisions(view),
    ...optionCollisions(view, written),
    ...hostNames(view, written, hosts),
    ...flakeCollisions(view),
  ];
  const known = new Map(found.map((collision) => [`${collision.code} ${collision.file}`, collision]));
  return [...known].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, collision]) => collision);
}

const FOLDERS: Readonly<Record<string, string>> = {
  machines:
    "Every folder in `machines/` becomes a machine of the clan. Keep the clan's files in a folder of their own with `directory`.",
  sops: "clan keeps its keys and secrets in `sops/`. Keep the clan's files in a folder of their own with `directory`.",
  vars: "clan keeps generated values in `vars/`. Keep the clan's files in a folder of their own with `directory`.",
};

function folderCollisions({ snapshot, root }: FlakeView): Collision[] {
  return Object.entries(FOLDERS)
    .filter(([name]) => collectFiles(snapshot, `${root}/${name}`).length > 0)
    .map(([name, message]) => ({ code: `folder-${name}`, file: name, message }));
}

const OPTIONS: readonly { readonly code: string; readonly path: RegExp; readonly message: string }[] = [
  {
    code: "sops-default-file",
    path: /^sops\.defaultSopsFile$/,
    message:
      "A host with this reads its secrets from one file; clan's vars name a file each. Both work in one machine: leave it, and it counts for your own secrets only.",
  },
  {
    code: "sops-age-key",
    path: /^sops\.age\.(keyFile|sshKeyPaths)$/,
    message:
      "clan puts a key for each machine at `/var/lib/sops-nix/key.txt` and names it in `sops.age.keyFile`, unless you do. A `keyFile` of yours counts: when this host moves into the clan, take it out and add the clan's machine key to the readers of your own secrets. `sshKeyPaths` can stay: its keys are tried as well.",
  },
  {
    code: "agenix-identity",
    path: /^age\.identityPaths$/,
    message:
      "agenix goes on beside clan's vars. The keys at these paths must be on the machine before its first boot: clan does not bring them.",
  },
  {
    code: "root-ssh-keys",
    path: /^users\.users\.(root|"root")\.openssh\.authorizedKeys\./,
    message:
      "The services `sshd` and `users` of clan set these as well. The lists are joined: no key is lost, but a key you remove must go from both.",
  },
  {
    code: "sshd-settings",
    path: /^services\.openssh\.(settings|hostKeys|knownHosts)\b/,
    message:
      "The service `sshd` of clan makes host keys and certificates by itself. Where both set the same option, the build says so: remove yours, or use `lib.mkForce`.",
  },
  {
    code: "state-version",
    path: /^clan\.core\.settings\.state-version\b/,
    message:
      "clan can keep the state version as a var. Keep `system.stateVersion` of a host that exists: it must not change.",
  },
];

function optionCollisions({ root }: FlakeView, written: readonly WrittenOption[]): Collision[] {
  return written.flatMap(({ path, file }) =>
    OPTIONS.filter((option) => option.path.test(path)).map(({ code, message }) => ({
      code,
      file: relativePath(file, root),
      message,
    })),
  );
}

/** clan calls a machine by its name in the inventory. */
function hostNames(
  { root }: FlakeView,
  written: readonly WrittenOption[],
  hosts: readonly Host[],
): Collision[] {
  return written.flatMap(({ path, file, node }): Collision[] => {
    const { value } = node;
    if (path !== "networking.hostName" || value.kind !== "string") return [];
    const [part] = value.parts;
    const name = value.parts.length === 1 && part?.kind === "text" ? part.text : undefined;
    const relative = relativePath(file, root);
    const host = hosts.find((one) => one.class !== "home" && one.file === relative);
    if (name === undefined || host === undefined || host.name === name) return [];
    const message = `The host \`${host.name}\` calls itself \`${name}\`. clan names a machine like its entry in the inventory: call the machine \`${name}\`, or keep this line, which counts more.`;
    return [{ code: "host-name", file: relative, message }];
  });
}

function flakeCollisions(view: FlakeView): Collision[] {
  const found: Collision[] = [];
  const { flake } = view;
  if (view.outputNames().has("clan"))
    found.push({
      code: "output-clan",
      file: "flake.nix",
      message:
        "The flake has an output `clan` of its own. clan's command line looks for its data there: give yours another name.",
    });
  if (isOldNixpkgs(flake.inputs))
    found.push({
      code: "nixpkgs-old",
      file: "flake.lock",
      message:
        "clan builds its machines with the input `nixpkgs` of this flake, and needs 25.11 or newer. Update it before the first command of clan: `nix flake update nixpkgs`, with a newer branch in its URL if it names one. The hosts that you have get the newer one, too.",
    });
  const sops = [...flake.inputs.values()].find(({ repository }) => /(^|\/)sops-nix$/.test(repository ?? ""));
  if (sops !== undefined)
    found.push({
      code: "sops-nix-twice",
      file: "flake.nix",
      message: `clan imports sops-nix into its machines. Let it use yours (\`clan-core.inputs.sops-nix.follows = "${sops.name}"\`), and do not import \`${sops.name}.nixosModules.sops\` in a host that moves into the clan from another version.`,
    });
  return found;
}
