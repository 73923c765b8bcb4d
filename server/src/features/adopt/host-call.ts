/**
 * The call that makes a host, as it is written and as it is evaluated for this host.
 *
 *   genAttrs [ "web" ] (name: nixosSystem { modules = [ ./hosts/${name} ]; })
 *   ->   the set that nixosSystem is given, and name = "web"
 */
import { freeVariables } from "../../nix/unbound.ts";
import type { Outcome } from "../../nix/value.ts";
import { bindingOf, textOf } from "../../rules/fix/edit.ts";
import type { AttrName, AttrSet, Binding, Expr, Identifier } from "../../syntax/ast.ts";
import { printString } from "../../syntax/quote.ts";
import { type FlakeMember, type FlakeView, readFlake } from "./read-flake.ts";
import type { Refusal } from "./request.ts";

/** What the function that makes a host may be given. */
const UNDERSTOOD = new Set(["modules", "specialArgs", "system"]);

/** The name by which a call tells what its variables are. */
const PROBE = "adoptProbe";

export interface WrittenHost {
  readonly output: "nixosConfigurations" | "darwinConfigurations";
  readonly class: "nixos" | "darwin";
  /** `web = nixosSystem { … };`; undefined where it is made together with others. */
  readonly binding: Binding | undefined;
  readonly modules: Expr;
  /** What the elements of `modules` are, if these are written out. */
  readonly elements: readonly Outcome[];
  readonly specialArgs: Expr | undefined;
  readonly system: Expr | undefined;
  /** Variables around the call, in Nix, where they are plain values. */
  readonly values: ReadonlyMap<string, string>;
}

/** Undefined where no known function makes it. */
export function findHostCall(view: FlakeView, name: string): WrittenHost | Refusal | undefined {
  for (const [output, hostClass] of [
    ["nixosConfigurations", "nixos"],
    ["darwinConfigurations", "darwin"],
  ] as const) {
    const member = view.membersOf(output).get(name);
    const given = member && callOf(view, member);
    if (given === undefined) continue;
    const read = readCall(name, given.written);
    if ("reasons" in read) return read;
    const { evaluator } = view.flake;
    const list = given.evaluated.type === "attrs" ? given.evaluated.attrs.get("modules")?.value : undefined;
    const modules = list && evaluator.force(list);
    const elements = modules?.type === "list" ? modules.elements.map((each) => evaluator.force(each)) : [];
    const [key] = member?.keys ?? [];
    const binding = key && bindingOf(key);
    const isWritten = binding?.value.kind === "apply" && binding.value.arg === given.written;
    const own = isWritten && binding.path.at(-1)?.name === name ? binding : undefined;
    const values = own === undefined ? valuesAround(view, output, name, given.written) : new Map();
    return { ...read, output, class: hostClass, elements, binding: own, values };
  }
  return undefined;
}

/** The set that the function is given. */
function callOf(view: FlakeView, member: FlakeMember) {
  const call = member.call();
  if (call === undefined) return undefined;
  const evaluated = view.flake.evaluator.force(call.args);
  const written = evaluated.type === "attrs" ? evaluated.origins?.[0] : undefined;
  return written?.kind === "attrset" && evaluated.origins?.length === 1 ? { evaluated, written } : undefined;
}

function readCall(
  name: string,
  call: AttrSet,
): Pick<WrittenHost, "modules" | "specialArgs" | "system"> | Refusal {
  const given = new Map<string, Expr>();
  for (const each of call.bindings) {
    const names =
      each.kind === "binding"
        ? each.path.length === 1
          ? [each.path[0]?.name]
          : [undefined]
        : each.names.map((one) => one.name);
    if (names.some((one) => one === undefined || !UNDERSTOOD.has(one)))
      return {
        reasons: [
          `\`${name}\` cannot be moved: it is made with \`${textOf(each).split("\n")[0]}\`, for which clan has no place.`,
        ],
      };
    if (each.kind === "binding") given.set(names[0] ?? "", each.value);
    // `inherit system;`: the variable of that name.
    else for (const one of each.names) given.set(one.name ?? "", each.from ?? variable(one));
    if (each.kind === "inherit" && each.from !== undefined)
      return { reasons: [`\`${name}\` cannot be moved: its arguments are inherited from elsewhere.`] };
  }
  const modules = given.get("modules");
  if (modules === undefined)
    return { reasons: [`\`${name}\` cannot be moved: no modules are written where it is made.`] };
  return { modules, specialArgs: given.get("specialArgs"), system: given.get("system") };
}

function variable({ source, start, end, name = "" }: AttrName): Identifier {
  return { kind: "identifier", source, start, end, name };
}

/** The call is evaluated once more, and told to say them. */
function valuesAround(
  { snapshot, root }: FlakeView,
  output: WrittenHost["output"],
  host: string,
  call: AttrSet,
): ReadonlyMap<string, string> {
  const names = freeVariables(call) ?? [];
  const { path, text } = call.source;
  const end = call.end - 1;
  const asked = `${text.slice(0, end)} ${PROBE} = { inherit ${names.join(" ")}; }; ${text.slice(end)}`;
  const view = readFlake(snapshot.with(path, asked), root);
  const { evaluator } = view.flake;
  const made = view.membersOf(output).get(host)?.call();
  const args = made && evaluator.force(made.args);
  const probe = args?.type === "attrs" ? args.attrs.get(PROBE)?.value : undefined;
  const set = probe && evaluator.force(probe);
  const values = new Map<string, string>();
  if (set?.type === "attrs")
    for (const name of names) {
      const member = set.attrs.get(name)?.value;
      const value = member && evaluator.force(member);
      if (value?.type === "string") values.set(name, printString(value.value));
      if (value?.type === "bool" || value?.type === "int") values.set(name, String(value.value));
    }
  return values;
}
