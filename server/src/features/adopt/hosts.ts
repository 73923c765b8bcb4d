/**
 * The hosts a flake has: what it says itself, and those that a framework finds in folders.
 *
 *   nixosConfigurations.web = nixpkgs.lib.nixosSystem { modules = [ ./hosts/web ]; };
 *   ->   { name: "web", class: "nixos", system: null, file: "hosts/web/default.nix" }
 */

import { pathOf } from "../../nix/closure-text.ts";
import type { Evaluator } from "../../nix/evaluator.ts";
import { isWithin, relativePath } from "../../nix/path.ts";
import type { Outcome } from "../../nix/value.ts";
import type { HostCall, HostClass } from "../../project/natives/host-builders.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import { walk } from "../../syntax/navigate.ts";
import type { Host, Layout } from "./assessment.ts";
import { hostsInFolders, hostsInUsualFolders, platformIn } from "./host-folders.ts";
import type { FlakeView } from "./read-flake.ts";
import { hostsInOptions } from "./written-hosts.ts";
import type { WrittenOption } from "./written-options.ts";

const OUTPUTS: readonly (readonly [string, HostClass])[] = [
  ["nixosConfigurations", "nixos"],
  ["darwinConfigurations", "darwin"],
  ["homeConfigurations", "home"],
];

/** Further than this, files are those of the whole repository and not of the host. */
const MAX_FILES = 400;

/** Modules in modules in modules, all written in place. */
const MAX_NESTING = 8;

/** Sorted by class and name. `files`: all of the repository, absolute; `written`: the options in them. */
export function collectHosts(
  view: FlakeView,
  layout: Layout,
  files: readonly string[],
  written: readonly WrittenOption[],
): readonly Host[] {
  const found = new Map<string, Host>();
  // What is evaluated counts more than what is written, and the first place more than others.
  for (const host of hostsInOptions(view, layout, written).toReversed())
    found.set(`${host.class} ${host.name}`, host);
  for (const host of hostsInFolders(view, layout))
    found.set(`${host.class} ${host.name}`, {
      ...host,
      system: host.system ?? systemIn([`${view.root}/${host.file}`], view.snapshot),
    });
  for (const [output, hostClass] of OUTPUTS) {
    const members = [...view.membersOf(output)];
    const everywhere = sharedModules(members.map(([, member]) => moduleFiles(view, member.call())));
    for (const [name, member] of members) {
      const call = member.call();
      const given = moduleFiles(view, call);
      const modules = given.length > 0 ? given : filesCalled(name, hostClass, files);
      const own = chooseFile(name, modules, everywhere);
      const file = own ?? member.keys[0]?.source.path ?? view.flake.file ?? view.root;
      found.set(`${hostClass} ${name}`, {
        name,
        class: hostClass,
        system: systemOf(view, call, modules),
        file: relativePath(file, view.root),
      });
    }
  }
  if (layout !== "none" && ![...found.values()].some((host) => host.class !== "home"))
    for (const host of hostsInUsualFolders(
      files.map((file) => relativePath(file, view.root)),
      (file) => view.snapshot.readFile(`${view.root}/${file}`),
    ))
      found.set(`${host.class} ${host.name}`, host);
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, host]) => host);
}

/** Where people keep a host of this name; none where several files could be it. */
function filesCalled(name: string, hostClass: HostClass, files: readonly string[]): readonly string[] {
  const ends =
    hostClass === "home"
      ? ["/home.nix", "/default.nix", ".nix"]
      : ["/configuration.nix", "/default.nix", ".nix"];
  for (const end of ends) {
    const found = files.filter((file) => file.endsWith(`/${name}${end}`));
    if (found.length > 0) return found.length === 1 ? found : [];
  }
  return [];
}

/** The one that is called like the host, else the first that not all hosts have. */
function chooseFile(
  name: string,
  modules: readonly string[],
  everywhere: ReadonlySet<string>,
): string | undefined {
  const words = name.split("@");
  const isNamed = (path: string): boolean =>
    path.split("/").some((part) => words.includes(part) || words.includes(part.replace(/\.nix$/, "")));
  return modules.find(isNamed) ?? modules.find((path) => !everywhere.has(path)) ?? modules[0];
}

function sharedModules(modules: readonly (readonly string[])[]): ReadonlySet<string> {
  const [first = [], ...others] = modules;
  return others.length === 0
    ? new Set()
    : new Set(first.filter((path) => others.every((each) => each.includes(path))));
}

/** The files among its modules, and those that modules written in place import; absolute, `default.nix` of folders. */
export function moduleFiles({ flake, snapshot }: FlakeView, call: HostCall | undefined): readonly string[] {
  const { evaluator } = flake;
  const filesIn = (list: Outcome | undefined, depth: number): string[] => {
    if (list?.type !== "list") return [];
    return list.elements.flatMap((element): string[] => {
      const value = evaluator.force(element);
      if (value.type === "path") return [asFile(value.value, snapshot)];
      // `(import ./web.nix { … })`: where what came of it is written.
      const written = value.type === "failure" ? undefined : value.origins?.[0]?.source.path;
      if (written !== undefined && written !== flake.file && isWithin(written, flake.root)) return [written];
      const imports = value.type === "attrs" ? value.attrs.get("imports")?.value : undefined;
      return imports === undefined || depth > MAX_NESTING ? [] : filesIn(evaluator.force(imports), depth + 1);
    });
  };
  return filesIn(call && argument(evaluator, call, "modules"), 0);
}

function asFile(path: string, snapshot: Snapshot): string {
  return snapshot.isDirectory(path) ? `${path}/default.nix` : path;
}

function argument(evaluator: Evaluator, { args }: HostCall, name: string) {
  const given = evaluator.force(args);
  const found = given.type === "attrs" ? given.attrs.get(name)?.value : undefined;
  return found && evaluator.force(found);
}

/** As it was given, else as a file of the host sets it. */
function systemOf(view: FlakeView, call: HostCall | undefined, modules: readonly string[]): string | null {
  const given = call && argument(view.flake.evaluator, call, "system");
  return given?.type === "string" ? given.value : systemIn(modules, view.snapshot);
}

function systemIn(modules: readonly string[], snapshot: Snapshot): string | null {
  for (const path of withImports(modules, snapshot)) {
    const text = snapshot.readFile(path) ?? "";
    const found = platformIn(text);
    if (found !== null) return found;
  }
  return null;
}

/** The files, and those that their paths lead to, nearest first. */
function withImports(files: readonly string[], snapshot: Snapshot): readonly string[] {
  const found = new Set<string>();
  const pending = [...files];
  for (let next = pending.shift(); next !== undefined && found.size < MAX_FILES; next = pending.shift()) {
    const path = asFile(next, snapshot);
    const source = found.has(path) || !path.endsWith(".nix") ? undefined : snapshot.source(path);
    if (source === undefined) continue;
    found.add(path);
    walk(source.root, (node) => {
      if (node.kind === "path" && node.parts.length === 1) pending.push(pathOf(node));
    });
  }
  return [...found];
}
