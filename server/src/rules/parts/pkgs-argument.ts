/**
 * `pkgs` where nothing binds it: modules of machines may ask for it, those of the clan and of services may not.
 *
 *   nixosModule = { config, ... }: { x = pkgs.bat; }   ->   nixosModule = { pkgs, config, ... }: …
 *   machines.web = { x = pkgs.bat; };                  ->   machines.web = { pkgs, ... }: { x = pkgs.bat; };
 *   settings.packages = [ pkgs.bat ];                  ->   settings.packages = [ "bat" ];
 */
import type { Clan } from "../../clan/model.ts";
import type { Expr, Lambda, Node, Select, Source } from "../../syntax/ast.ts";
import { nodesAt } from "../../syntax/navigate.ts";
import { printAttrName, printString } from "../../syntax/quote.ts";
import type { Fix } from "../finding.ts";
import { whole } from "./place.ts";

export interface MissingPkgs {
  /** A sentence after what is wrong; empty where adding the argument is all there is to say. */
  readonly advice: string;
  readonly fixes: readonly Fix[];
}

export function explainMissingPkgs(source: Source, use: Node, clan: Clan): MissingPkgs {
  const around = nodesAt(source, use.start);
  const machineModule = findMachineModule(around, source, clan);
  if (machineModule !== undefined) return explainInModule(machineModule, around);
  const select = around.findLast((node): node is Select => node.kind === "select" && node.target === use);
  const name = select?.path.map((one) => one.name).join(".");
  const advice = " Only modules of machines have `pkgs`, and this is one of the clan.";
  if (select === undefined || name === undefined || !wantsStrings(select, around, clan))
    return { advice, fixes: [] };
  const text = printString(name);
  const fix = { title: `Change to \`${text}\``, edits: [{ ...whole(select), text }], preferred: true };
  return { advice: `${advice} Write the package's name: \`${text}\`.`, fixes: [fix] };
}

/** The innermost function that is a module gets the argument; a set becomes a function. */
function explainInModule({ name, part, module }: MachineModule, around: readonly Node[]): MissingPkgs {
  const inner = around
    .slice(around.indexOf(module ?? part))
    .findLast((node): node is Lambda => isModule(node));
  if (inner !== undefined) return { advice: "", fixes: [addArgument(inner, "pkgs")] };
  const start = name === "" ? "" : `${name} = `;
  const advice = ` A module gets it as an argument: \`${start}{ pkgs, ... }: { … }\`.`;
  if (module?.kind !== "attrset") return { advice, fixes: [] };
  const edit = { path: module.source.path, start: module.start, end: module.start, text: "{ pkgs, ... }: " };
  return { advice, fixes: [{ title: "Make it a function of `pkgs`", edits: [edit], preferred: true }] };
}

/** `{ ... }: x`   ->   `{ name, ... }: x` */
export function addArgument({ param: { start, source } }: Lambda, name: string): Fix {
  const inside = source.text.indexOf("{", start) + 1;
  const edit = { path: source.path, start: inside, end: inside, text: ` ${name},` };
  return { title: `Add the argument \`${name}\``, edits: [edit], preferred: true };
}

/** A function that modules are written as. */
export function isModule(node: Node): node is Lambda {
  return node.kind === "lambda" && node.param.formals !== undefined && node.param.ellipsis;
}

/** Where a module of machines is written. */
interface MachineModule {
  /** What it is bound to; empty for a file. */
  readonly name: string;
  /** It, or what is bound within it: `nixosModule.services.x = …`. */
  readonly part: Node;
  /** All of it, where it is written as a whole. */
  readonly module: Expr | undefined;
}

/** The innermost that is around. */
function findMachineModule(around: readonly Node[], source: Source, clan: Clan): MachineModule | undefined {
  const bindings = around.filter((node) => node.kind === "binding");
  const names = bindings.flatMap((binding) =>
    binding.path.map(({ name }, index) => ({ name, binding, isLast: index === binding.path.length - 1 })),
  );
  for (const [index, { name, binding, isLast }] of [...names.entries()].reverse()) {
    const before = names[index - 1]?.name;
    const isMachine = before === "machines" && [undefined, "clan"].includes(names[index - 2]?.name);
    if (name === undefined || !(name === "nixosModule" || name === "darwinModule" || isMachine)) continue;
    const shown = isMachine ? `machines.${printAttrName(name)}` : name;
    return { name: shown, part: binding, module: isLast ? binding.value : undefined };
  }
  if (!isMachineFile(source, clan)) return undefined;
  const { root, path } = source;
  // What a machine's module imports as data is no module.
  const isWhole = root.kind === "lambda" || /\/machines\/[^/]+\/configuration\.nix$/.test(path);
  return { name: "", part: root, module: isWhole ? root : undefined };
}

/** Machines read it, and neither the clan nor one of its services is made of it. */
function isMachineFile({ root, path }: Source, clan: Clan): boolean {
  if ([...clan.index.keys()].some((node) => node.source === root.source)) return false;
  const body = root.kind === "lambda" ? root.body : root;
  const top =
    body.kind === "attrset"
      ? body.bindings.flatMap((one) => (one.kind === "binding" ? one.path[0]?.name : []))
      : [];
  const isService = ["_class", "manifest", "roles", "perMachine"].some((name) => top.includes(name));
  return !isService && [...clan.vars.machinesReading(path)].length > 0;
}

/** The option whose list it is an element of takes names. */
function wantsStrings(select: Select, around: readonly Node[], clan: Clan): boolean {
  const list = around.findLast(
    (node) => node.kind === "list" && node.elements.some((element) => element === select),
  );
  return list !== undefined && isListOfStrings(list, clan);
}

function isListOfStrings(list: Node, clan: Clan): boolean {
  const pending = clan.settings.map(({ tree }) => tree);
  for (let option = pending.pop(); option !== undefined; option = pending.pop()) {
    const isIt = option.definitions.some(({ origins }) => origins.includes(list));
    if (isIt && option.type?.kind === "listOf" && option.type.of.kind === "str") return true;
    if (option.type !== undefined) pending.push(...option.children().values());
  }
  return false;
}
