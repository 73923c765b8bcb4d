/**
 * Hosts that are written as options of a framework whose outputs cannot be computed here.
 *
 *   den.hosts.x86_64-linux.web.users.ann = { };                    ->   web, nixos, x86_64-linux
 *   configurations.nixos.web.module = …;  flake.nixosConfigurations.web = …;   ->   web, nixos
 *   hosts.web.modules = [ … ];  in the flake.nix of flake-utils-plus           ->   web, nixos
 */
import { isWithin, parentPath, relativePath } from "../../nix/path.ts";
import type { HostClass } from "../../project/natives/host-builders.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import type { Host, Layout } from "./assessment.ts";
import { platformIn } from "./host-folders.ts";
import type { FlakeView } from "./read-flake.ts";
import type { WrittenOption } from "./written-options.ts";

interface Shape {
  /** Groups `name`, and `class` or `system` where these are written. */
  readonly path: RegExp;
  readonly layouts?: readonly Layout[];
  readonly class?: HostClass;
}

const NAME = "(?<name>[^.]+)";

const SHAPES: readonly Shape[] = [
  { path: new RegExp(`^den\\.hosts\\.(?<system>[^.]+-(?:linux|darwin))\\.${NAME}(\\.|$)`), layouts: ["den"] },
  {
    path: new RegExp(`^den\\.homes\\.(?<system>[^.]+-(?:linux|darwin))\\.${NAME}(\\.|$)`),
    layouts: ["den"],
    class: "home",
  },
  { path: new RegExp(`^hosts\\.${NAME}\\.`), layouts: ["flake-utils-plus"], class: "nixos" },
  { path: new RegExp(`^(?:flake\\.)?configurations\\.(?<class>nixos|darwin|home)\\.${NAME}\\.module`) },
  { path: new RegExp(`^(?<class>nixos|darwin|home)\\.configurations\\.${NAME}(\\.|$)`) },
  { path: new RegExp(`^(?:[^.]+\\.){0,2}(?<class>nixos|darwin|home)Configurations\\.${NAME}(\\.|$)`) },
];

/** Those in files that are no templates, tests or examples of the repository. */
const ASIDE = /(^|\/)(templates?|tests?|examples?|checks?|_[^/]*)\//;

/** Sets whose members are hosts, and which tell nothing of them. */
const NO_NAMES = new Set(["*", "default"]);

export function hostsInOptions(
  { root, snapshot }: FlakeView,
  layout: Layout,
  written: readonly WrittenOption[],
): readonly Host[] {
  const others = otherFlakes(root, snapshot, written);
  return written.flatMap(({ path, file }): Host[] => {
    const relative = relativePath(file, root);
    if (ASIDE.test(relative) || others.some((folder) => isWithin(file, folder))) return [];
    for (const shape of SHAPES) {
      if (shape.layouts?.includes(layout) === false) continue;
      const groups = shape.path.exec(path)?.groups;
      const name = groups?.name;
      if (name === undefined || NO_NAMES.has(name)) continue;
      const system = groups?.system ?? null;
      const hostClass =
        (groups?.class as HostClass | undefined) ??
        shape.class ??
        (system?.endsWith("darwin") === true ? "darwin" : "nixos");
      return [
        {
          name,
          class: hostClass,
          system: system ?? platformIn(snapshot.readFile(file) ?? ""),
          file: relative,
        },
      ];
    }
    return [];
  });
}

/** Folders below that are flakes of their own. */
function otherFlakes(root: string, snapshot: Snapshot, written: readonly WrittenOption[]): readonly string[] {
  const folders = new Set(written.map(({ file }) => parentPath(file)));
  return [...folders].filter(
    (folder) => folder !== root && snapshot.fileType(`${folder}/flake.nix`) !== undefined,
  );
}
