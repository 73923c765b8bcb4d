/**
 * Paths in code: where they lead, and which of their segments are folders named after a machine.
 *
 *   imports = [ ../../machines/web/disko.nix ];     ->   the file, and machine web
 *   "${self}/vars/per-machine/web/ssh/id.pub/value" ->   machine web
 */
import type { Clan } from "../../clan/model.ts";
import { MAX_PATH } from "../../nix/host.ts";
import { parentPath, resolvePath } from "../../nix/path.ts";
import { targetOf } from "../../rules/fix/repoint.ts";
import type { Expr, Node, StringPart } from "../../syntax/ast.ts";
import { fixedText } from "../../syntax/names.ts";
import type { Range } from "../query.ts";
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
  /** Of its text; of a name that is put in as `${"my parts"}`, with what is around it. */
  readonly start: number;
  readonly end: number;
}

/** Those of a path, or of a string that is put behind one, as far as they are written out. Empty for other nodes. */
export function pathSegments(clan: Clan, node: Node): PathSegment[] {
  if (node.kind === "path") {
    const [first] = node.parts;
    if (first?.kind === "text" && first.text.startsWith("~")) return [];
    const isAbsolute = first?.kind === "text" && first.text.startsWith("/");
    return segmentsOf(isAbsolute ? "/" : parentPath(node.source.path), node.parts);
  }
  if (node.kind === "binary" && node.op === "+" && node.right.kind === "string")
    return behind(folderOf(clan, node.left), node.right.parts);
  if (node.kind === "string" && node.parts[0]?.kind === "interpolation")
    return behind(folderOf(clan, node.parts[0].expr), node.parts.slice(1));
  return [];
}

/** The folder an expression is that people put before `/machines/…`: a path, or what stands for the flake. */
function folderOf(clan: Clan, expr: Expr): string | undefined {
  const target = targetOf(expr);
  if (target !== undefined) return target;
  const text = expr.source.text.slice(expr.start, expr.end);
  if (/^(inputs\.)?self(\.outPath)?$/.test(text)) return clan.root;
  return /^config\.clan\.core\.(settings\.directory|clanDir)$/.test(text) ? clan.directory : undefined;
}

/** `./a + "b"` is no entry of the folder `a`. */
function behind(folder: string | undefined, parts: readonly StringPart[]): PathSegment[] {
  const [first] = parts;
  return first?.kind === "text" && first.text.startsWith("/") ? segmentsOf(folder, parts) : [];
}

function segmentsOf(base: string | undefined, parts: readonly StringPart[]): PathSegment[] {
  const segments: PathSegment[] = [];
  if (base === undefined) return segments;
  let before = "";
  for (const [index, part] of parts.entries()) {
    const text = partText(part);
    if (text === undefined) break;
    const next = parts[index + 1];
    const isEnded = next === undefined || partText(next)?.startsWith("/") === true;
    for (const { index: at, 0: name } of text.matchAll(/[^/]+/g)) {
      const end = at + name.length;
      if (before.length + end > MAX_PATH) return segments;
      // `web${x}` and `${x}web` are names of which this is a piece.
      const isWhole = /(?:^|\/)$/.test(before + text.slice(0, at)) && (end < text.length || isEnded);
      const place = placeIn(part, at, end, name === text);
      if (isWhole && place !== undefined && name !== "." && name !== "..")
        segments.push({ folder: resolvePath(base, `./${before}${text.slice(0, end)}`), ...place });
    }
    before += text;
  }
  return segments;
}

/** Of a string that is put in, what it says. Undefined also where something is escaped, so that offsets do not hold. */
function partText(part: StringPart): string | undefined {
  if (part.kind === "interpolation") return part.expr.kind === "string" ? fixedText(part.expr) : undefined;
  return part.source.text.slice(part.start, part.end) === part.text ? part.text : undefined;
}

function placeIn(part: StringPart, start: number, end: number, isAll: boolean): Range | undefined {
  if (part.kind === "text") return { start: part.start + start, end: part.start + end };
  return isAll ? { start: part.start, end: part.end } : undefined;
}

/**
 * What `networking.hostName = "web"` says of the machine web: its name where it is evaluated as that, and else, in the
 * machine's folder, perhaps.
 */
export function collectHostNames(clan: Clan, node: Node): Mention[] {
  if (node.kind !== "binding" || node.value.kind !== "string") return [];
  const { value } = node;
  const name = fixedText(node.value);
  if (name === undefined || node.path.at(-1)?.name !== "hostName" || !clan.machines.known.has(name))
    return [];
  const options = clan.vars.of(name).index.get(value) ?? [];
  const sure = options.some(({ path }) => path.join(".") === "networking.hostName");
  if (!sure && !node.source.path.startsWith(`${clan.directory ?? clan.root}/machines/${name}/`)) return [];
  return [{ entity: { kind: "machine", clan, name }, node: value, how: "string", sure }];
}
