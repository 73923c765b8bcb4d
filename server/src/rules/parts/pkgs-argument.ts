/**
 * `pkgs` where nothing binds it: modules of machines may ask for it, those of the clan and of services may not.
 *
 *   nixosModule = { config, ... }: { x = pkgs.bat; }   ->   nixosModule = { pkgs, config, ... }: …
 *   settings.packages = [ pkgs.bat ];                  ->   settings.packages = [ "bat" ];
 */
import type { Clan } from "../../clan/model.ts";
import type { Lambda, Node, Select, Source } from "../../syntax/ast.ts";
import { nodesAt } from "../../syntax/navigate.ts";
import { printString } from "../../syntax/quote.ts";
import type { Fix } from "../finding.ts";
import { whole } from "./place.ts";

export interface MissingPkgs {
  /** A sentence after what is wrong; empty where adding the argument is all there is to say. */
  readonly advice: string;
  readonly fixes: readonly Fix[];
}

export function explainMissingPkgs(source: Source, use: Node, clan: Clan): MissingPkgs {
  const around = nodesAt(source, use.start);
  const module = around.findLast((node): node is Lambda => isModule(node));
  if (module !== undefined && takesPkgs(module, around, source, clan))
    return { advice: "", fixes: [addArgument(module, "pkgs")] };
  const select = around.findLast((node): node is Select => node.kind === "select" && node.target === use);
  const name = select?.path.map((one) => one.name).join(".");
  const advice = " Only modules of machines have `pkgs`, and this is one of the clan.";
  if (select === undefined || name === undefined || !wantsStrings(select, around, clan))
    return { advice, fixes: [] };
  const text = printString(name);
  const fix = { title: `Change to \`${text}\``, edits: [{ ...whole(select), text }], preferred: true };
  return { advice: `${advice} Write the package's name: \`${text}\`.`, fixes: [fix] };
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

/** Whether it is the module of a machine. */
function takesPkgs(module: Lambda, around: readonly Node[], source: Source, clan: Clan): boolean {
  const binding = around.findLast(
    (node) => node.kind === "binding" && node.start < module.start && module.end <= node.end,
  );
  if (binding?.kind === "binding") {
    const names = binding.path.map(({ name }) => name);
    return names.at(-1) === "nixosModule" || names.at(-1) === "darwinModule" || names.includes("machines");
  }
  const { body } = module;
  if (source.root !== module || [...clan.index.keys()].some((node) => node.source === source)) return false;
  const top =
    body.kind === "attrset"
      ? body.bindings.flatMap((one) => (one.kind === "binding" ? one.path[0]?.name : []))
      : [];
  const isService = ["_class", "manifest", "roles", "perMachine"].some((name) => top.includes(name));
  return !isService && [...clan.vars.machinesReading(source.path)].length > 0;
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
