/**
 * The files a new generator can be written in: modules of machines, with who reads them.
 *
 *   generatorPlaces(clan, snapshot)   ->   [ machines/web/configuration.nix: web, modules/base.nix: db web ]
 */
import type { Clan } from "../../clan/model.ts";
import { isWithin, resolvePath } from "../../nix/path.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import type { AttrSet, Lambda, Node, Source } from "../../syntax/ast.ts";
import { configuration } from "../assists/add-machine.ts";

export interface GeneratorPlace {
  /** Absolute. */
  readonly path: string;
  /** Sorted. */
  readonly machines: readonly string[];
  /** The file comes into being. */
  readonly isNew: boolean;
}

/** Those for the fewest machines first. `machine`: those of this one only. */
export function generatorPlaces(clan: Clan, snapshot: Snapshot, machine?: string): readonly GeneratorPlace[] {
  const machines = [...clan.machines.known.keys()];
  const readers = new Map<string, string[]>();
  for (const name of machines)
    for (const path of clan.vars.of(name).files) readers.set(path, [...(readers.get(path) ?? []), name]);
  // A file of the clan itself is no module of a machine, though it can hold some.
  const ofClan = new Set([...clan.index.keys()].map(({ source }) => source.path));
  const written = [...readers]
    .filter(([path]) => isWithin(path, clan.root) && path.endsWith(".nix") && !ofClan.has(path))
    .filter(([path]) => {
      const source = snapshot.source(path);
      return source !== undefined && findModule(source) !== undefined;
    })
    .map(([path, names]): GeneratorPlace => ({ path, machines: names.sort(), isNew: false }));
  const created = machines.flatMap((name): GeneratorPlace[] => {
    const path = clan.directory && resolvePath(clan.directory, `machines/${name}/configuration.nix`);
    const isFree = path !== undefined && isWithin(path, clan.root) && snapshot.fileType(path) === undefined;
    return isFree ? [{ path, machines: [name], isNew: true }] : [];
  });
  return [...written, ...created]
    .filter(({ machines: names }) => machine === undefined || names.includes(machine))
    .sort(byReach);
}

function byReach(one: GeneratorPlace, other: GeneratorPlace): number {
  const isOwn = ({ path }: GeneratorPlace): number => (path.endsWith("/configuration.nix") ? 0 : 1);
  return (
    one.machines.length - other.machines.length ||
    isOwn(one) - isOwn(other) ||
    Number(one.isNew) - Number(other.isNew) ||
    (one.path < other.path ? -1 : 1)
  );
}

/** Text of a file that comes into being. */
export const newModule = configuration;

export interface WrittenModule {
  /** Where its options are set. */
  readonly set: AttrSet;
  /** The function it is; undefined of a set alone. */
  readonly lambda: Lambda | undefined;
}

/** Undefined where the file is no module that `pkgs` can be handed to, or its options are computed. */
export function findModule({ root, language, problems }: Source): WrittenModule | undefined {
  if (language !== "nix" || problems.length > 0) return undefined;
  const lambda = root.kind === "lambda" ? root : undefined;
  // `args: { … }` gets nothing by name.
  if (lambda !== undefined && lambda.param.formals === undefined) return undefined;
  const set = bodySet(lambda?.body ?? root);
  if (set === undefined) return undefined;
  const config = set.bindings.find(
    (one) => one.kind === "binding" && one.path.length === 1 && one.path[0]?.name === "config",
  );
  if (config === undefined || config.kind !== "binding") return { set, lambda };
  const { value } = config;
  return value?.kind === "attrset" ? { set: value, lambda } : undefined;
}

function bodySet(node: Node): AttrSet | undefined {
  if (node.kind === "attrset") return node.recursive ? undefined : node;
  return node.kind === "let" || node.kind === "with" ? bodySet(node.body) : undefined;
}
