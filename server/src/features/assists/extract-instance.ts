/**
 * Moves an instance to a file of its own, which is imported where it stood.
 *
 *   instances.zero▮tier = { roles… };   ->   instances.zerotier = import ./instances/zerotier.nix;
 *   What it uses from around it is handed over: `import ./instances/backup.nix { inherit lib; }`.
 */
import type { Clan } from "../../clan/model.ts";
import { parentPath, resolvePath } from "../../nix/path.ts";
import { freeVariables } from "../../nix/unbound.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import { bindingOf, indentOf, textOf } from "../../rules/fix/edit.ts";
import { whole } from "../../rules/parts/place.ts";
import type { AttrSet } from "../../syntax/ast.ts";
import { walk } from "../../syntax/navigate.ts";
import { isPathName } from "../../syntax/print-path.ts";
import type { Assist } from "./assist.ts";

export const extractInstance: Assist = {
  id: "extract-instance",
  kind: "extract",
  keepsMeaning: true,
  collect({ subjects, query }) {
    const subject = subjects.find(({ entity, at }) => entity?.kind === "instance" && at.isName);
    const key = subject?.at.option.definitions[0]?.keys[0];
    const binding = key && bindingOf(key);
    if (subject === undefined || binding === undefined) return [];
    const { value } = binding;
    if (value.kind !== "attrset" || value.broken || binding.path.at(-1) !== key) return [];
    const { name } = subject.entity ?? {};
    const target =
      name === undefined ? undefined : freeFile(query.snapshot, subject.at.clan, query.path, name);
    const free = freeVariables(value);
    if (target === undefined || free === undefined) return [];
    const call = free.length === 0 ? "" : ` { inherit ${free.join(" ")}; }`;
    const head = free.length === 0 ? "" : `{ ${free.join(", ")} }:\n`;
    return [
      {
        title: `Move instance \`${name}\` to ${target.written}`,
        edits: [{ ...whole(value), text: `import ${target.written}${call}` }],
        creates: new Map([[target.path, `${head}${movedText(value, target.up)}\n`]]),
      },
    ];
  },
};

interface Target {
  readonly path: string;
  /** As a path in the file the instance stood in. */
  readonly written: string;
  /** From the new file's folder to that of the old one. */
  readonly up: string;
}

/**
 * `instances/` beside the file, or beside the innermost folder around it whose files nothing reads all by
 * themselves: where they are, a new file would become a module.
 */
function freeFile(snapshot: Snapshot, clan: Clan, path: string, name: string): Target | undefined {
  if (!/^[A-Za-z0-9_+-][\w.+-]*$/.test(name)) return undefined;
  const passed: string[] = [];
  let folder = parentPath(path);
  while (clan.files.has(folder)) {
    if (folder === clan.root || folder === "/") return undefined;
    passed.unshift(folder.slice(folder.lastIndexOf("/") + 1));
    folder = parentPath(folder);
  }
  // What is moved leads back through them.
  if (!passed.every(isPathName)) return undefined;
  const below = `instances/${name}.nix`;
  const file = resolvePath(folder, below);
  if (snapshot.fileType(file) !== undefined) return undefined;
  const written = passed.length === 0 ? `./${below}` : `${"../".repeat(passed.length)}${below}`;
  return { path: file, written, up: ["..", ...passed].join("/") };
}

/** The text of the set as it stands in a file of its own, its paths still leading to the same files. */
function movedText(value: AttrSet, up: string): string {
  const { text } = value.source;
  let moved = "";
  let at = value.start;
  walk(value, (node) => {
    if (node.kind !== "path" || !/^\.\.?\//.test(textOf(node))) return;
    const written = /^\.\//.test(textOf(node)) ? 2 : 0;
    moved += `${text.slice(at, node.start)}${up}/`;
    at = node.start + written;
  });
  moved += text.slice(at, value.end);
  return moved.replaceAll(`\n${indentOf(text, value.start)}`, "\n");
}
