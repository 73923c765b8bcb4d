/**
 * Paths in code: where they lead, and which of their segments are folders named after a machine.
 *
 *   imports = [ ../../machines/web/disko.nix ];     ->   the file, and machine web
 *   "${self}/vars/per-machine/web/ssh/id.pub/value" ->   machine web
 */
import type { Clan } from "../../clan/model.ts";
import { parentPath, resolvePath } from "../../nix/path.ts";
import type { Expr, Node, PathExpr, StringPart } from "../../syntax/ast.ts";
import { fixedText } from "../../syntax/names.ts";
import { machineOfFolder } from "./folders.ts";
import type { Mention } from "./mention.ts";

/** `node` is any node of a file; most mention nothing. */
export function collectPaths(clan: Clan, node: Node): Mention[] {
  const mentions: Mention[] = [];
  const target = node.kind === "path" ? targetOf(node) : undefined;
  if (target !== undefined)
    mentions.push({ entity: { kind: "path", clan, name: target }, node, how: "path", sure: true });
  for (const { folder, start, end } of pathSegments(clan, node)) {
    const entity = machineOfFolder(clan, folder);
    const word = entity && { start, end: start + entity.name.length };
    if (word !== undefined && word.end <= end && node.source.text.slice(start, word.end) === entity?.name)
      mentions.push({ entity, node, word, how: "path", sure: true });
  }
  return mentions;
}

/** A part of a path between two slashes. */
export interface PathSegment {
  /** The absolute path that ends with it. */
  readonly folder: string;
  readonly start: number;
  readonly end: number;
}

/** Those of a path, or of a string that is put behind one. Empty for other nodes. */
export function pathSegments(clan: Clan, node: Node): PathSegment[] {
  if (node.kind === "path") {
    const [first] = node.parts;
    const isAbsolute = first?.kind === "text" && first.text.startsWith("/");
    return segmentsOf(isAbsolute ? "/" : parentPath(node.source.path), first);
  }
  if (node.kind === "binary" && node.op === "+" && node.right.kind === "string")
    return segmentsOf(folderOf(clan, node.left), node.right.parts[0]);
  if (node.kind === "string" && node.parts[0]?.kind === "interpolation")
    return segmentsOf(folderOf(clan, node.parts[0].expr), node.parts[1]);
  return [];
}

/** Where a path without interpolations leads, whether there is a file or not. */
export function targetOf(path: PathExpr): string | undefined {
  const [part, ...others] = path.parts;
  if (part?.kind !== "text" || others.length > 0 || part.text.startsWith("~")) return undefined;
  return resolvePath(parentPath(path.source.path), part.text);
}

/** The folder an expression is that people put before `/machines/…`: a path, or what stands for the flake. */
function folderOf(clan: Clan, expr: Expr): string | undefined {
  if (expr.kind === "path") {
    const [part] = expr.parts;
    return expr.parts.length === 1 && part?.kind === "text"
      ? resolvePath(parentPath(expr.source.path), part.text)
      : undefined;
  }
  const text = expr.source.text.slice(expr.start, expr.end);
  if (/^(inputs\.)?self(\.outPath)?$/.test(text)) return clan.root;
  return /^config\.clan\.core\.(settings\.directory|clanDir)$/.test(text) ? clan.directory : undefined;
}

function segmentsOf(base: string | undefined, part: StringPart | undefined): PathSegment[] {
  if (base === undefined || part?.kind !== "text") return [];
  // Offsets hold only where nothing is escaped.
  if (part.source.text.slice(part.start, part.end) !== part.text) return [];
  return [...part.text.matchAll(/[^/]+/g)].flatMap(({ index, 0: name }) => {
    if (name === "." || name === "..") return [];
    const end = index + name.length;
    const folder = resolvePath(base, `./${part.text.slice(0, end)}`);
    return [{ folder, start: part.start + index, end: part.start + end }];
  });
}

/** What `networking.hostName = "web"` says in the folder of the machine web: it is not bound to be its name. */
export function collectHostNames(clan: Clan, node: Node): Mention[] {
  if (node.kind !== "binding" || node.value.kind !== "string" || clan.directory === undefined) return [];
  const name = fixedText(node.value);
  if (name === undefined || node.path.at(-1)?.name !== "hostName" || !clan.machines.known.has(name))
    return [];
  if (!node.source.path.startsWith(`${clan.directory}/machines/${name}/`)) return [];
  return [{ entity: { kind: "machine", clan, name }, node: node.value, how: "string", sure: false }];
}
