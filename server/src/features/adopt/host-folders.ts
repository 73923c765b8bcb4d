/**
 * Hosts that a framework finds in folders by their names.
 *
 *   nixos-unified: configurations/nixos/web.nix          ->   web, nixos
 *   snowfall:      systems/x86_64-linux/web/default.nix   ->   web, nixos, x86_64-linux
 *
 * Where nothing says what the outputs are: folders as most people have them, `hosts/web/default.nix`.
 */
import { relativePath } from "../../nix/path.ts";
import type { HostClass } from "../../project/natives/host-builders.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import type { Host, Layout } from "./assessment.ts";
import type { FlakeView } from "./read-flake.ts";

interface Place {
  /** Below the flake's folder. */
  readonly folder: string;
  readonly class: HostClass;
  /** In a folder of the host: the file its configuration is. */
  readonly file: string;
  readonly system?: string;
}

export function hostsInFolders(view: FlakeView, layout: Layout): readonly Host[] {
  const { snapshot, root } = view;
  return placesOf(snapshot, root, layout).flatMap((place) => {
    const folder = `${root}/${place.folder}`;
    return [...(snapshot.readDir(folder) ?? [])].flatMap(([entry, type]): Host[] => {
      const isFolder = type === "directory";
      const file = isFolder ? `${folder}/${entry}/${place.file}` : `${folder}/${entry}`;
      if (!file.endsWith(".nix") || snapshot.fileType(file) === undefined || entry === "default.nix")
        return [];
      const name = entry.replace(/\.nix$/, "");
      return [{ name, class: place.class, system: place.system ?? null, file: relativePath(file, root) }];
    });
  });
}

function placesOf(snapshot: Snapshot, root: string, layout: Layout): readonly Place[] {
  switch (layout) {
    case "nixos-unified":
      return (["nixos", "darwin", "home"] as const).map((hostClass) => ({
        folder: `configurations/${hostClass}`,
        class: hostClass,
        file: "default.nix",
      }));
    case "ez-configs":
      return (["nixos", "darwin", "home"] as const).map((hostClass) => ({
        folder: `${hostClass}-configurations`,
        class: hostClass,
        file: "default.nix",
      }));
    case "blueprint":
      return [
        { folder: "hosts", class: "nixos", file: "configuration.nix" },
        { folder: "hosts", class: "darwin", file: "darwin-configuration.nix" },
      ];
    case "snowfall":
      return [...systemsIn(snapshot, `${root}/systems`), ...homesIn(snapshot, `${root}/homes`)];
    default:
      return [];
  }
}

const USUAL =
  /^(?:[\w-]+\/)?(?:hosts|machines|systems|configurations)\/(?:(?<kind>nixos|linux|darwin|macos|(?:x86_64|aarch64)-(?:linux|darwin))\/)?(?<name>[^/]+)\/(?:default|configuration)\.nix$/;

/** What people keep beside hosts. */
const NO_HOSTS =
  /^(_.*|\..*|common|shared|default|modules?|profiles?|base|global|optional|features?|users?|home|nixos|linux|darwin|macos|templates?|lib|iso|installer)$/;

/** `files`: relative to the flake's folder; `read` gives their texts. */
export function hostsInUsualFolders(
  files: readonly string[],
  read: (file: string) => string | undefined,
): readonly Host[] {
  return files.flatMap((file): Host[] => {
    const { name, kind = "" } = USUAL.exec(file)?.groups ?? {};
    if (name === undefined || NO_HOSTS.test(name)) return [];
    const text = read(file) ?? "";
    const system = /^(x86_64|aarch64)-/.test(kind) ? kind : platformIn(text);
    const isDarwin =
      /darwin|macos/.test(`${kind} ${name} ${system ?? ""}`) ||
      /^\s*(homebrew|system\.defaults)\b/m.test(text);
    return [{ name, class: isDarwin ? "darwin" : "nixos", system, file }];
  });
}

/** The system that a file of a host sets. */
export function platformIn(text: string): string | null {
  return /\bhostPlatform\b[^;]*?"([a-z0-9_]+-(?:linux|darwin))"/.exec(text)?.[1] ?? null;
}

/** `systems/x86_64-linux/<host>`; formats of images (`x86_64-iso`) are no hosts. */
function systemsIn(snapshot: Snapshot, folder: string): Place[] {
  return [...(snapshot.readDir(folder)?.keys() ?? [])].flatMap((system): Place[] => {
    const kind = /-(linux|darwin)$/.exec(system)?.[1];
    if (kind === undefined) return [];
    const hostClass = kind === "darwin" ? "darwin" : "nixos";
    return [{ folder: `systems/${system}`, class: hostClass, file: "default.nix", system }];
  });
}

function homesIn(snapshot: Snapshot, folder: string): Place[] {
  return [...(snapshot.readDir(folder)?.keys() ?? [])]
    .filter((system) => /-(linux|darwin)$/.test(system))
    .map((system) => ({ folder: `homes/${system}`, class: "home", file: "default.nix", system }));
}
