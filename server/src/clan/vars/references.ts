/**
 * Where the code of a machine refers to generators: selections from its configuration, and dependencies.
 *
 *   passwordFile = config.clan.core.vars.generators.db.files.password.path;
 *   ->  { how: "configuration", generator db, file password, attribute path }
 */
import type { OptionNode } from "../../modules/option-node.ts";
import type { Node, Source } from "../../syntax/ast.ts";
import { childrenOf } from "../../syntax/navigate.ts";
import {
  type ConfigPath,
  findConfigPath,
  findInherited,
  goOn,
  type Link,
  type PathName,
} from "./config-paths.ts";
import { isSurelyUsed } from "./liveness.ts";
import { generatorsPath } from "./machine-options.ts";
import type { CoreRead, Generator, NamedPlace, VarsReference } from "./model.ts";

/** A reference in a file, whichever machine the file belongs to. */
interface WrittenReference {
  readonly path: ConfigPath;
  readonly at: Link;
  /** `or` follows, or `?` asks: the name may be missing. */
  readonly optional: boolean;
}

/** Files are read once a version, for all machines that have them. */
export class ReferenceFinder {
  private readonly written = new WeakMap<Source, readonly WrittenReference[]>();

  /** Those in the machine's files, in the order of the files. */
  inConfiguration(files: Iterable<Source>, root: OptionNode): VarsReference[] {
    return [...files].flatMap((source) =>
      this.writtenIn(source)
        .filter(({ path }) => isOfGenerators(path))
        .map((one) => configurationReference(one, root)),
    );
  }

  /** What is asked of `clan.core` besides, in the order of the files. */
  inCore(files: Iterable<Source>, root: OptionNode): CoreRead[] {
    return [...files].flatMap((source) =>
      this.writtenIn(source)
        .filter(({ path }) => !isOfGenerators(path))
        .map(({ path, at, optional }) => ({
          names: path.names.map(({ name, node }) => placeOf(name, node)),
          conditional: optional || path.isUncertain || !isSurelyUsed(at, path.module, root),
        })),
    );
  }

  private writtenIn(source: Source): readonly WrittenReference[] {
    let found = this.written.get(source);
    if (found === undefined) {
      found = source.text.includes("core") ? collectWritten(source) : [];
      this.written.set(source, found);
    }
    return found;
  }
}

export function dependencyReferences(generator: Generator): VarsReference[] {
  return [...generator.dependencies.known.values()].flatMap(({ name, origins }) =>
    origins.flatMap((node) =>
      node.kind === "string" && node.source.text.slice(node.start + 1, node.end - 1) === name
        ? {
            how: "dependency",
            within: generator.name,
            generator: placeOf(name, node),
            part: undefined,
            file: undefined,
            prompt: undefined,
            attribute: undefined,
            conditional: false,
          }
        : [],
    ),
  );
}

function collectWritten(source: Source): WrittenReference[] {
  const found: WrittenReference[] = [];
  const add = (path: ConfigPath | undefined, at: Link, optional: boolean): void => {
    const isOfCore = corePath.every((name, index) => path?.names[index]?.name === name);
    if (path !== undefined && isOfCore && path.names.length > corePath.length)
      found.push({ path, at, optional });
  };
  const pending: Link[] = [{ node: source.root, up: undefined }];
  for (let link = pending.pop(); link !== undefined; link = pending.pop()) {
    const { node, up } = link;
    if (node.kind === "select" && !isTarget(link))
      add(findConfigPath(node, up), link, node.fallback !== undefined);
    else if (node.kind === "has-attr") add(findAsked(node, link), link, true);
    else if (node.kind === "identifier" && !isTarget(link)) add(findThroughWith(node, up), link, false);
    else if (node.kind === "inherit" && node.from !== undefined)
      for (const name of node.names) add(findInherited(name, node.from, link), link, false);
    for (const child of childrenOf(node).toReversed()) pending.push({ node: child, up: link });
  }
  return found;
}

const corePath = generatorsPath.slice(0, 2);

function isOfGenerators({ names }: ConfigPath): boolean {
  return (
    names.length > generatorsPath.length && generatorsPath.every((name, index) => names[index]?.name === name)
  );
}

/** Part of a longer selection, which is the reference. */
function isTarget({ node, up }: Link): boolean {
  return (up?.node.kind === "select" || up?.node.kind === "has-attr") && up.node.target === node;
}

function findAsked(node: Node & { kind: "has-attr" }, link: Link): ConfigPath | undefined {
  return goOn(findConfigPath(node.target, link), node.path);
}

/** A variable that is itself the name of a generator or file; others repeat what they are bound to. */
function findThroughWith(node: Node & { kind: "identifier" }, up: Link | undefined): ConfigPath | undefined {
  const path = findConfigPath(node, up);
  return path?.names.at(-1)?.node === node ? path : undefined;
}

function configurationReference({ path, at, optional }: WrittenReference, root: OptionNode): VarsReference {
  const [generator, part, member, attribute] = path.names.slice(generatorsPath.length) as [
    PathName,
    ...PathName[],
  ];
  return {
    how: "configuration",
    within: undefined,
    generator: placeOf(generator.name, generator.node),
    part: part && placeOf(part.name, part.node),
    file: part?.name === "files" && member !== undefined ? placeOf(member.name, member.node) : undefined,
    prompt: part?.name === "prompts" && member !== undefined ? placeOf(member.name, member.node) : undefined,
    attribute:
      part?.name === "files" && attribute !== undefined ? placeOf(attribute.name, attribute.node) : undefined,
    conditional: optional || path.isUncertain || !isSurelyUsed(at, path.module, root),
  };
}

/** The word itself, without quotes. */
function placeOf(name: string, node: Node): NamedPlace {
  const { source, start, end } = node;
  const quoted = source.text[start] === '"' ? 1 : 0;
  return { name, path: source.path, start: start + quoted, end: end - quoted };
}
