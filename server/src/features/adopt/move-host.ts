/**
 * A host of the flake as a machine of its clan: its modules and special arguments go over, its own entry goes.
 *
 *   nixosConfigurations.web = nixosSystem { modules = [ ./web.nix ]; };
 *   ->   inventory.machines.web = { };  machines.web.imports = [ ./web.nix ];
 */
import type { Clan } from "../../clan/model.ts";
import type { TextEdit } from "../../rules/finding.ts";
import {
  addAttribute,
  append,
  appendElement,
  bindingOf,
  findSet,
  remove,
  textOf,
} from "../../rules/fix/edit.ts";
import type { AttrSet, Expr, Node } from "../../syntax/ast.ts";
import { codeText } from "../../syntax/code-text.ts";
import { printPath } from "../../syntax/print-path.ts";
import { printAttrName, printString } from "../../syntax/quote.ts";
import { machineOptions } from "./clan-text.ts";
import { findHostCall, type WrittenHost } from "./host-call.ts";
import { isOperand, resultOf } from "./outputs-function.ts";
import type { FlakeView } from "./read-flake.ts";
import type { Move, Refusal } from "./request.ts";
import { Transplant } from "./transplant.ts";

/** The clan is there already, in the same state. */
export function moveHost(view: FlakeView, clan: Clan, move: Move): readonly TextEdit[] | Refusal {
  const { name } = move;
  const host = findHostCall(view, name);
  if (host === undefined) return { reasons: [notFound(view, name)] };
  if ("reasons" in host) return host;
  const target = findSet(clan.tree) ?? optionSet(clan);
  if (target === undefined)
    return { reasons: ["The clan is not written as a set to which a machine could be added."] };
  const transplant = new Transplant(target, view, host.values);
  const modules = modulesText(host, transplant);
  const args = specialArgsEdits(clan, host, transplant);
  if (transplant.obstacles.size > 0)
    return {
      reasons: [...transplant.obstacles].map(
        (variable) =>
          `\`${name}\` cannot be moved: its modules use \`${variable}\`, which is not known where the clan is written. Pass it with \`specialArgs\`, or write it out.`,
      ),
    };
  if ("reasons" in args) return args;
  const dropped = dropHost(view, host, name);
  if ("reasons" in dropped) return dropped;
  const added = addMachine(clan, target, move, host.class, modules);
  return "reasons" in added ? added : [...dropped, ...added, ...args];
}

/** The machine in the inventory, and its modules. */
export function addMachine(
  clan: Clan,
  target: AttrSet,
  { name, tags = [], target: deployed }: Move,
  hostClass: "nixos" | "darwin",
  modules: string,
): readonly TextEdit[] | Refusal {
  const option = clan.tree.child("inventory");
  const lines = machineOptions(hostClass, deployed);
  if (tags.length > 0) lines.push(`tags = [ ${tags.map(printString).join(" ")} ];`);
  const value = lines.length === 0 ? "{ }" : `{\n${lines.map((line) => `\t${line}\n`).join("")}}`;
  const inventory = option && addAttribute(option, ["machines", name], value);
  if (inventory === undefined)
    return {
      reasons: ["The inventory of the clan is not written as a set to which a machine could be added."],
    };
  return [append(target, `machines.${printAttrName(name)}.imports = ${modules};`), inventory];
}

/** A list, whose lines are indented by tabs. */
export function listText(elements: readonly string[]): string {
  return `[\n${elements.map((element) => `\t${element.replaceAll("\n", "\n\t")}`).join("\n")}\n]`;
}

function modulesText(host: WrittenHost, transplant: Transplant): string {
  const { modules } = host;
  const platform =
    host.system === undefined ? [] : [`{ nixpkgs.hostPlatform = ${transplant.textOf(host.system)}; }`];
  if (modules.kind === "list") {
    const elements = modules.elements.map((element, index) => moduleText(host, element, index, transplant));
    return listText([...elements, ...platform]);
  }
  const computed = transplant.textOf(modules);
  if (platform.length === 0) return computed;
  return `${isOperand(modules) || modules.kind === "binary" ? computed : `(${computed})`} ++ [ ${platform[0]} ]`;
}

/** A module that is a file of the flake is named by its path, however that is computed. */
function moduleText(host: WrittenHost, element: Expr, index: number, transplant: Transplant): string {
  const value = host.elements[index];
  const isComputed = element.kind !== "path" || element.parts.length > 1;
  if (value?.type === "path" && isComputed) return printPath(transplant.pathTo(value.value));
  const text = transplant.textOf(element);
  // An element of a list.
  return element.kind === "apply" || element.kind === "lambda" || element.kind === "binary"
    ? `(${text})`
    : text;
}

function notFound({ membersOf }: FlakeView, name: string): string {
  const isThere = ["nixosConfigurations", "darwinConfigurations"].some((output) =>
    membersOf(output).has(name),
  );
  return isThere
    ? `\`${name}\` cannot be moved: the function that makes it is not known, and so are its modules.`
    : `There is no host \`${name}\` in the flake's outputs, as far as they can be evaluated.`;
}

/** Its own entry goes, since clan makes it. */
function dropHost(
  view: FlakeView,
  { binding, output }: WrittenHost,
  name: string,
): readonly TextEdit[] | Refusal {
  if (binding !== undefined) return [remove(binding)];
  const written = view.keysOf(output).flatMap((key) => {
    const found = bindingOf(key);
    return found !== undefined && found.path.at(-1) === key ? [resultOf(found.value)] : [];
  });
  const own = written.flatMap((value) => ownHosts(value, output));
  const [only, ...more] = own;
  if (only === undefined || more.length > 0)
    return { reasons: [`\`${name}\` cannot be moved: it is made together with others, in several places.`] };
  return [without(only, name)];
}

/** Those of `clan.config.nixosConfigurations // hosts` that are not the clan's. */
function ownHosts(value: Expr, output: string): readonly Expr[] {
  if (value.kind === "select" && value.path.at(-1)?.name === output && textOf(value).includes(".config."))
    return [];
  return value.kind === "binary" && value.op === "//" && ownHosts(value.left, output).length === 0
    ? [value.right]
    : [value];
}

/** `removeAttrs hosts [ "web" ]` */
function without(hosts: Expr, name: string): TextEdit {
  const { path } = hosts.source;
  if (hosts.kind === "apply" && hosts.fn.kind === "apply" && hosts.arg.kind === "list") {
    const { fn } = hosts.fn;
    if (/(^|\.)removeAttrs$/.test(textOf(fn))) return appendElement(hosts.arg, JSON.stringify(name));
  }
  const isBare = hosts.kind === "identifier" || (hosts.kind === "select" && hosts.fallback === undefined);
  const text = isBare ? textOf(hosts) : `(${textOf(hosts)})`;
  return {
    path,
    start: hosts.start,
    end: hosts.end,
    text: `removeAttrs ${text} [ ${JSON.stringify(name)} ]`,
  };
}

/** The set of flake-parts' option `clan`. */
export function optionSet({ entryPoints }: Clan): AttrSet | undefined {
  return entryPoints
    .flatMap((key) => bindingOf(key)?.value ?? [])
    .find((value): value is AttrSet => value.kind === "attrset");
}

/** What the host has besides the clan's own special arguments. */
function specialArgsEdits(
  clan: Clan,
  { specialArgs }: WrittenHost,
  transplant: Transplant,
): readonly TextEdit[] | Refusal {
  if (specialArgs === undefined) return [];
  const option = clan.tree.child("specialArgs");
  const own = option && findSet(option);
  if (own === undefined)
    return {
      reasons: ["The clan's specialArgs are not written out as a set: those of the host cannot be added."],
    };
  if (specialArgs.kind !== "attrset") {
    const { path, text: whole } = own.source;
    const text = ` // ${transplant.textOf(specialArgs)}`;
    // The host before brought the same.
    return whole.startsWith(text, own.end) ? [] : [{ path, start: own.end, end: own.end, text }];
  }
  const known = new Map(membersOf(own));
  const edits: TextEdit[] = [];
  for (const [name, node] of membersOf(specialArgs)) {
    const before = known.get(name);
    const value = node.kind === "binding" ? transplant.textOf(node.value) : undefined;
    if (before === undefined) edits.push(append(own, inheritedText(name, node, value, transplant)));
    else if (codeText(before) !== codeText(node) && !(isInherited(before) && isInherited(node)))
      return { reasons: [`The clan has another special argument \`${name}\` than the host.`] };
  }
  return edits;
}

/** `inherit x;` where x is known by that name, else what x is there. */
function inheritedText(name: string, node: Node, value: string | undefined, transplant: Transplant): string {
  if (value !== undefined) return `${name} = ${value};`;
  const text = transplant.variable(name, node);
  return text === name ? `inherit ${name};` : `${name} = ${text};`;
}

/** `inherit x;`: the variable of that name. */
function isInherited(node: Node): boolean {
  return node.kind === "attr-name" || (node.kind === "inherit" && node.from === undefined);
}

function membersOf({ bindings }: AttrSet): (readonly [string, Node])[] {
  return bindings.flatMap((binding): (readonly [string, Node])[] =>
    binding.kind === "binding"
      ? [[binding.path.map(textOf).join("."), binding]]
      : binding.names.map((name) => [textOf(name), binding.names.length === 1 ? binding : name] as const),
  );
}
