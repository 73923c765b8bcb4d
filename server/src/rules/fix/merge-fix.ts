/**
 * The fix for settings that several modules define: all of them in the first definition.
 *
 *   settings.a = 1;                        in clan.nix     ->   settings.a = 1; settings.b = 2;
 *   settings = { a = 1; b = 2; };          in backup.nix   ->   (taken away)
 */
import type { OptionNode } from "../../modules/option-node.ts";
import type { AttrName, AttrSet, Binding, Expr, Node } from "../../syntax/ast.ts";
import { walk } from "../../syntax/navigate.ts";
import type { Fix } from "../finding.ts";
import { sureDefinitions } from "../parts/written.ts";
import { append, appendBeside, bindingOf, hasComment, remove, textOf } from "./edit.ts";

/** A setting, with its path below `settings`. */
interface Setting {
  readonly path: readonly string[];
  /** Its path and value below `settings`, as it is written. */
  readonly text: string;
  readonly value: Expr;
}

/** How one module defines settings: `settings.a = …; settings.b = …;` or `settings = { … };` */
interface Part {
  readonly bindings: readonly Binding[];
  readonly settings: readonly Setting[];
  /** The set of the second form. */
  readonly set: AttrSet | undefined;
  /** `settings` of the first form, with what stands before it. */
  readonly prefix: string;
}

/**
 * Undefined unless all settings are plain data in Nix code, none has two values, and no comment would be lost.
 */
export function findMergeFix(option: OptionNode): Fix | undefined {
  const parts = sureDefinitions(option).map(({ keys }) => partOf(keys));
  const [first, ...others] = parts.filter((part) => part !== undefined);
  if (first === undefined || others.length !== parts.length - 1) return undefined;
  const kept = [...first.settings];
  const added: Setting[] = [];
  for (const { bindings, settings } of others) {
    // A file that is imported twice, with other arguments, has both.
    if (bindings.some((each) => first.bindings.includes(each) || hasComment(each))) return undefined;
    for (const setting of settings) {
      const clashing = kept.filter((other) => overlaps(setting.path, other.path));
      if (clashing.some((other) => !isSame(setting, other)) || !isPlain(setting.value)) return undefined;
      if (clashing.length > 0) continue;
      kept.push(setting);
      added.push(setting);
    }
  }
  const removals = others.flatMap(({ bindings }) => bindings.map(remove));
  if (added.length === 0) return { title: "Remove what is defined again", edits: removals };
  const last = first.bindings.at(-1);
  if (last === undefined) return undefined;
  const text = added.map((setting) => `${first.prefix}${setting.text}`).join(separatorIn(first));
  const edit = first.set === undefined ? appendBeside(last, text) : append(first.set, text);
  return { title: "Move all of them into the first definition", edits: [edit, ...removals] };
}

function partOf(keys: readonly Node[]): Part | undefined {
  const bindings = keys.flatMap((key) => bindingOf(key) ?? []);
  const [key] = keys;
  const [binding] = bindings;
  if (binding === undefined || key === undefined || bindings.length !== keys.length) return undefined;
  const depth = binding.path.indexOf(key as AttrName) + 1;
  if (keys.length === 1 && depth === binding.path.length) {
    const { value } = binding;
    const settings = value.kind === "attrset" ? settingsIn(value) : undefined;
    if (value.kind !== "attrset" || settings === undefined) return undefined;
    return { bindings, settings, set: value, prefix: "" };
  }
  const settings = bindings.flatMap((each, i) => {
    const start = each.path.indexOf(keys[i] as AttrName) + 1;
    return start < each.path.length ? (settingOf(each, start) ?? []) : [];
  });
  if (settings.length !== bindings.length) return undefined;
  const prefix = binding.path.slice(0, depth).map((name) => `${textOf(name)}.`);
  return { bindings, settings, set: undefined, prefix: prefix.join("") };
}

function settingsIn(set: AttrSet): Setting[] | undefined {
  if (set.recursive || set.legacyLet || set.broken) return undefined;
  const found = set.bindings.flatMap((each) => (each.kind === "binding" ? (settingOf(each, 0) ?? []) : []));
  return found.length === set.bindings.length ? found : undefined;
}

function settingOf(binding: Binding, depth: number): Setting | undefined {
  const names = binding.path.slice(depth);
  const path = names.flatMap(({ name }) => name ?? []);
  const text = binding.source.text.slice(names[0]?.start, binding.end);
  return path.length < names.length ? undefined : { path, text, value: binding.value };
}

/** One is the other, or is within it. */
function overlaps(a: readonly string[], b: readonly string[]): boolean {
  const length = Math.min(a.length, b.length);
  return a.slice(0, length).every((name, i) => name === b[i]);
}

function isSame(a: Setting, b: Setting): boolean {
  return a.path.join("\0") === b.path.join("\0") && textOf(a.value) === textOf(b.value);
}

/** Means the same wherever it stands: no variables, no paths. */
function isPlain(value: Expr): boolean {
  let plain = true;
  walk(value, (node) => {
    const isConstant = node.kind === "identifier" && ["true", "false", "null"].includes(node.name);
    plain &&= plainKinds.has(node.kind) || isConstant;
  });
  return plain;
}

const plainKinds: ReadonlySet<Node["kind"]> = new Set<Node["kind"]>([
  "attrset",
  "attr-name",
  "binding",
  "float",
  "int",
  "list",
  "string",
  "text",
  "unary",
]);

/** Between settings that are added: as between those that are there. */
function separatorIn({ bindings, set }: Part): string {
  const node = set?.bindings.at(-1) ?? bindings.at(-1);
  return node !== undefined && /\n[ \t]*$/.test(node.source.text.slice(0, node.start)) ? "\n" : " ";
}
