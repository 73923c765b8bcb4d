/**
 * A host that nixos-unified finds in a folder, as a machine of the clan. Its file stays where it is; what nixos-unified gives
 * to each host comes along, and its own entry gives way to the clan's.
 *
 *   configurations/nixos/web.nix
 *   ->   machines.web.imports = [ ../../configurations/nixos/web.nix … ];
 *        flake.nixosConfigurations.web = lib.mkForce config.flake.clan.nixosConfigurations.web;
 */
import type { Clan } from "../../clan/model.ts";
import { parentPath, pathFrom } from "../../nix/path.ts";
import { append, findSet } from "../../rules/edit.ts";
import type { TextEdit } from "../../rules/finding.ts";
import type { AttrSet, Formal, Lambda } from "../../syntax/ast.ts";
import { nodesAt } from "../../syntax/navigate.ts";
import { printPath } from "../../syntax/print-path.ts";
import { printAttrName } from "../../syntax/quote.ts";
import type { Host } from "./assessment.ts";
import { withImports } from "./hosts.ts";
import { addMachine, listText, optionSet } from "./move-host.ts";
import type { FlakeView } from "./read-flake.ts";
import type { Refusal } from "./request.ts";

export function moveUnifiedHost(
  { snapshot, root, flake }: FlakeView,
  clan: Clan,
  { name, class: hostClass, file }: Host,
): readonly TextEdit[] | Refusal {
  const target = findSet(clan.tree) ?? optionSet(clan);
  const module = target && moduleAround(target);
  const args = clan.tree.child("specialArgs");
  const own = args && findSet(args);
  if (target === undefined || module === undefined || own === undefined || hostClass === "home")
    return { reasons: [`\`${name}\` cannot be moved: the clan is not written in a module of flake-parts.`] };
  const path = printPath(pathFrom(parentPath(target.source.path), `${root}/${file}`));
  const usesHome = withImports([`${root}/${file}`], snapshot).some((each) =>
    /\bhome-manager\b/.test(snapshot.readFile(each) ?? ""),
  );
  const unified = [...flake.inputs.values()].find(({ repository, name: input }) =>
    /(^|\/)nixos-(unified|flake)$/.test(repository ?? input),
  );
  const more = [
    // The options `nixos-unified.*`, by which it is activated.
    `"\${inputs.${unified?.name ?? "nixos-unified"}}/nix/modules/configurations"`,
    ...(usesHome ? homeManager(hostClass) : []),
  ];
  const machine = addMachine(clan, target, name, hostClass, listText([path, ...more]));
  if ("reasons" in machine) return machine;
  const attribute = `${hostClass}Configurations.${printAttrName(name)}`;
  const hasFlake = own.bindings.some((each) =>
    each.kind === "binding" ? each.path[0]?.name === "flake" : each.names.some((one) => one.name === "flake"),
  );
  return [
    ...machine,
    ...(hasFlake ? [] : [append(own, "flake = { inherit self inputs config; };")]),
    append(
      module.body,
      `# nixos-unified makes a host of this file, too: the clan's counts.\nflake.${attribute} = lib.mkForce config.flake.clan.${attribute};`,
    ),
    ...argumentEdits(module.lambda, ["inputs", "self", "config", "lib"]),
  ];
}

/** As nixos-unified adds it to each host. */
function homeManager(hostClass: "nixos" | "darwin"): readonly string[] {
  return [
    `inputs.home-manager.${hostClass}Modules.home-manager`,
    [
      "{",
      "\thome-manager.useGlobalPkgs = true;",
      "\thome-manager.useUserPackages = true;",
      "\thome-manager.extraSpecialArgs.flake = { inherit self inputs config; };",
      "}",
    ].join("\n"),
  ];
}

/** The function that the file is, and the set it answers. */
function moduleAround(target: AttrSet): { readonly lambda: Lambda; readonly body: AttrSet } | undefined {
  const { root } = target.source;
  if (root.kind !== "lambda" || root.param.formals === undefined) return undefined;
  const body = nodesAt(target.source, target.start).find((node): node is AttrSet => node === root.body);
  return body?.kind === "attrset" ? { lambda: root, body } : undefined;
}

function argumentEdits({ param, source }: Lambda, names: readonly string[]): readonly TextEdit[] {
  const formals: readonly Formal[] = param.formals ?? [];
  const missing = names.filter((name) => !formals.some((formal) => formal.name.name === name));
  const last = formals.at(-1);
  if (last === undefined || missing.length === 0) return [];
  const text = missing.map((name) => `, ${name}`).join("");
  return [{ path: source.path, start: last.end, end: last.end, text }];
}
