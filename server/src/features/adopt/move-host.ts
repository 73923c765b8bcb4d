/**
 * A host of the flake as a machine of its clan: its modules and special arguments go over, its own entry goes.
 *
 *   nixosConfigurations.web = nixosSystem { modules = [ ./web.nix ]; };
 *   ->   inventory.machines.web = { };  machines.web.imports = [ ./web.nix ];
 */
import type { Clan } from "../../clan/model.ts";
import { parentPath, pathFrom, resolvePath } from "../../nix/path.ts";
import { freeVariables } from "../../nix/unbound.ts";
import { addAttribute, append, bindingOf, findSet, remove, textOf } from "../../rules/edit.ts";
import type { TextEdit } from "../../rules/finding.ts";
import type { AttrSet, Binding, Expr, ListExpr, Node } from "../../syntax/ast.ts";
import { codeText } from "../../syntax/code-text.ts";
import { nodesAt, walk } from "../../syntax/navigate.ts";
import { printAttrName } from "../../syntax/quote.ts";
import { applyEdits } from "../rename/apply-edits.ts";
import type { FlakeView } from "./read-flake.ts";
import type { Refusal } from "./request.ts";

/** What the function that makes a host may be given. */
const UNDERSTOOD = new Set(["modules", "specialArgs", "system"]);

interface WrittenHost {
  readonly class: "nixos" | "darwin";
  readonly binding: Binding;
  readonly modules: ListExpr;
  readonly specialArgs: AttrSet | undefined;
  readonly system: Expr | undefined;
}

/** The clan is there already, in the same state. */
export function moveHost(view: FlakeView, clan: Clan, name: string): readonly TextEdit[] | Refusal {
  const host = findHost(view, name);
  if ("reasons" in host) return host;
  const target = findSet(clan.tree) ?? optionSet(clan);
  if (target === undefined)
    return { reasons: ["The clan is not written as a set to which a machine could be added."] };
  const transplant = new Transplant(target, view);
  const modules = [
    ...host.modules.elements.map((element) => transplant.textOf(element)),
    ...(host.system === undefined ? [] : [`{ nixpkgs.hostPlatform = ${transplant.textOf(host.system)}; }`]),
  ];
  const args = specialArgsEdits(clan, host, transplant);
  if (transplant.obstacles.size > 0)
    return {
      reasons: [...transplant.obstacles].map(
        (variable) =>
          `\`${name}\` cannot be moved: its modules use \`${variable}\`, which is not known where the clan is written. Pass it with \`specialArgs\`, or write it out.`,
      ),
    };
  if ("reasons" in args) return args;
  const machines = clan.tree.child("inventory");
  const inventory =
    machines &&
    addAttribute(
      machines,
      ["machines", name],
      host.class === "darwin" ? '{ machineClass = "darwin"; }' : "{ }",
    );
  if (inventory === undefined)
    return {
      reasons: ["The inventory of the clan is not written as a set to which a machine could be added."],
    };
  const imports = `machines.${printAttrName(name)}.imports = [\n${modules.map((module) => `\t${module}`).join("\n")}\n];`;
  return [remove(host.binding), append(target, imports), inventory, ...args];
}

/** The set of flake-parts' option `clan`. */
function optionSet({ entryPoints }: Clan): AttrSet | undefined {
  return entryPoints
    .flatMap((key) => bindingOf(key)?.value ?? [])
    .find((value): value is AttrSet => value.kind === "attrset");
}

function findHost(view: FlakeView, name: string): WrittenHost | Refusal {
  for (const [output, hostClass] of [
    ["nixosConfigurations", "nixos"],
    ["darwinConfigurations", "darwin"],
  ] as const) {
    const member = view.membersOf(output).get(name);
    if (member === undefined) continue;
    const [key] = member.keys;
    const binding = key && bindingOf(key);
    const call = binding?.value;
    const isWritten =
      call?.kind === "apply" &&
      call.arg.kind === "attrset" &&
      member.call() !== undefined &&
      /System$/.test(textOf(call.fn));
    if (!isWritten || binding === undefined)
      return {
        reasons: [
          `\`${name}\` cannot be moved: it is not written out as \`${name} = ….nixosSystem { … };\`, but made together with others.`,
        ],
      };
    return readCall(name, hostClass, binding, call.arg as AttrSet);
  }
  return { reasons: [`There is no host \`${name}\` in the flake's outputs.`] };
}

function readCall(
  name: string,
  hostClass: WrittenHost["class"],
  binding: Binding,
  arg: AttrSet,
): WrittenHost | Refusal {
  const given = new Map<string, Expr>();
  for (const each of arg.bindings) {
    const only = each.kind === "binding" && each.path.length === 1 ? each.path[0]?.name : undefined;
    if (each.kind !== "binding" || only === undefined || !UNDERSTOOD.has(only))
      return {
        reasons: [
          `\`${name}\` cannot be moved: it is made with \`${textOf(each).split("\n")[0]}\`, for which clan has no place.`,
        ],
      };
    given.set(only, each.value);
  }
  const [modules, specialArgs] = [given.get("modules"), given.get("specialArgs")];
  if (modules?.kind !== "list")
    return { reasons: [`\`${name}\` cannot be moved: its modules are not written out as a list.`] };
  if (specialArgs !== undefined && specialArgs.kind !== "attrset")
    return { reasons: [`\`${name}\` cannot be moved: its specialArgs are not written out as a set.`] };
  return { class: hostClass, binding, modules, specialArgs, system: given.get("system") };
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
  const known = new Map(membersOf(own));
  const edits: TextEdit[] = [];
  for (const [name, node] of membersOf(specialArgs)) {
    const before = known.get(name);
    if (before === undefined)
      edits.push(
        append(
          own,
          node.kind === "binding" ? `${name} = ${transplant.textOf(node.value)};` : `inherit ${name};`,
        ),
      );
    else if (codeText(before) !== codeText(node) && textOf(before) !== textOf(node))
      return { reasons: [`The clan has another special argument \`${name}\` than the host.`] };
  }
  return edits;
}

function membersOf({ bindings }: AttrSet): (readonly [string, Node])[] {
  return bindings.flatMap((binding): (readonly [string, Node])[] =>
    binding.kind === "binding"
      ? [[binding.path.map(textOf).join("."), binding]]
      : binding.names.map((name) => [textOf(name), binding.names.length === 1 ? binding : name] as const),
  );
}

/** Code on its way from where it stands into the set of the clan. */
class Transplant {
  /** Variables that are not known there. */
  readonly obstacles = new Set<string>();

  constructor(
    private readonly target: AttrSet,
    private readonly view: FlakeView,
  ) {}

  textOf(node: Expr): string {
    const edits: TextEdit[] = [];
    const free = freeVariables(node);
    if (free === undefined) this.obstacles.add("with");
    for (const name of free ?? []) if (!this.isKnown(name, node)) this.rebind(name, node, edits);
    walk(node, (each) => {
      if (each.kind === "path") edits.push(...this.movedPath(each));
    });
    const relative = edits
      .map(({ start, end, ...edit }) => ({ ...edit, start: start - node.start, end: end - node.start }))
      .sort((a, b) => a.start - b.start);
    return applyEdits(textOf(node), relative);
  }

  /** The same binding is seen from both places. */
  private isKnown(name: string, from: Node): boolean {
    if (from.source !== this.target.source) return argumentsAround(this.target).has(name);
    const scopes = nodesAt(from.source, from.start).filter(
      (scope) => scope.end >= from.end && bindsName(scope, name),
    );
    const innermost = scopes.at(-1);
    return (
      innermost !== undefined && innermost.start <= this.target.start && this.target.end <= innermost.end
    );
  }

  /** An input by its own name is one of `inputs` elsewhere. */
  private rebind(name: string, node: Expr, edits: TextEdit[]): void {
    const isInput = this.view.flake.inputs.has(name) && argumentsAround(this.target).has("inputs");
    let isInherited = false;
    walk(node, (each) => {
      if (each.kind === "inherit" && each.from === undefined && each.names.some((one) => one.name === name))
        isInherited = true;
      if (isInput && each.kind === "identifier" && each.name === name)
        edits.push({ path: each.source.path, start: each.start, end: each.end, text: `inputs.${name}` });
    });
    if (!isInput || isInherited) this.obstacles.add(name);
  }

  private movedPath(node: Expr & { kind: "path" }): TextEdit[] {
    const [from, to] = [parentPath(node.source.path), parentPath(this.target.source.path)];
    const [first] = node.parts;
    if (from === to || first?.kind !== "text" || !first.text.startsWith(".")) return [];
    const end = first.text.endsWith("/") ? "/" : "";
    const text = pathFrom(to, resolvePath(from, first.text)).replace(/\/\.$/, end === "" ? "/." : "") + end;
    return [{ path: node.source.path, start: first.start, end: first.end, text }];
  }
}

/** Names of the arguments of the functions around, up to the top of the file. */
function argumentsAround(node: Node): ReadonlySet<string> {
  const names = nodesAt(node.source, node.start).flatMap((scope) => {
    if (scope.kind !== "lambda" || scope.end < node.end) return [];
    const { name, formals } = scope.param;
    return [...(name ? [name.name] : []), ...(formals ?? []).map((formal) => formal.name.name)];
  });
  return new Set(names);
}

function bindsName(scope: Node, name: string): boolean {
  if (scope.kind === "lambda") {
    const { name: whole, formals } = scope.param;
    return whole?.name === name || formals?.some((formal) => formal.name.name === name) === true;
  }
  if (scope.kind !== "let" && !(scope.kind === "attrset" && scope.recursive)) return false;
  return scope.bindings.some((each) =>
    each.kind === "binding" ? each.path[0]?.name === name : each.names.some((one) => one.name === name),
  );
}
