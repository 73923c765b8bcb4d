/**
 * Paths in code: what file they lead to, and which of their segments are folders named after a machine.
 *
 *   imports = [ ../../machines/web/disko.nix ];     ->   the file, and machine web
 *   "${self}/vars/per-machine/web/ssh/id.pub/value" ->   machine web
 */
import type { Clan } from "../../clan/model.ts";
import type { EvalHost } from "../../nix/host.ts";
import { parentPath, resolvePath } from "../../nix/path.ts";
import type { Expr, Node, PathExpr, StringPart } from "../../syntax/ast.ts";
import { fixedText } from "../../syntax/names.ts";
import { machineOfFolder } from "./folders.ts";
import type { Mention } from "./mention.ts";

/** `node` is any node of a file; most mention nothing. */
export function collectPaths(clan: Clan, host: EvalHost, node: Node): Mention[] {
  if (node.kind === "path") {
    const [first] = node.parts;
    const isAbsolute = first?.kind === "text" && first.text.startsWith("/");
    const target = findTarget(host, node);
    const whole: Mention[] =
      target === undefined
        ? []
        : [{ entity: { kind: "path", clan, name: target }, node, how: "path", sure: true }];
    return [...whole, ...segmentsOf(clan, isAbsolute ? "/" : parentPath(node.source.path), first)];
  }
  if (node.kind === "binary" && node.op === "+" && node.right.kind === "string") {
    const base = folderOf(clan, node.left);
    return base === undefined ? [] : segmentsOf(clan, base, node.right.parts[0]);
  }
  if (node.kind !== "string" || node.parts[0]?.kind !== "interpolation") return [];
  const base = folderOf(clan, node.parts[0].expr);
  return base === undefined ? [] : segmentsOf(clan, base, node.parts[1]);
}

/** The file or folder a path without interpolations leads to, if it exists. */
export function findTarget(host: EvalHost, path: PathExpr): string | undefined {
  const [part, ...others] = path.parts;
  if (part?.kind !== "text" || others.length > 0 || part.text.startsWith("~")) return undefined;
  const target = resolvePath(parentPath(path.source.path), part.text);
  return host.fileType(target) === undefined ? undefined : target;
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

/** Each segment of the text that is a machine's folder, seen from `base`. */
function segmentsOf(clan: Clan, base: string, part: StringPart | undefined): Mention[] {
  if (part?.kind !== "text" || part.source.text.slice(part.start, part.end) !== part.text) return [];
  const mentions: Mention[] = [];
  for (const match of part.text.matchAll(/[^/]+/g)) {
    const end = match.index + match[0].length;
    const folder = resolvePath(base, `./${part.text.slice(0, end)}`);
    const entity = machineOfFolder(clan, folder);
    if (entity === undefined || !match[0].startsWith(entity.name)) continue;
    const start = part.start + match.index;
    const word = { start, end: start + entity.name.length };
    mentions.push({ entity, node: part, word, how: "path", sure: true });
  }
  return mentions;
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
