/**
 * A host that nixos-unified finds in a folder, as a machine of the clan. Its file stays where it is; what nixos-unified gives
 * to each host comes along in a file of its own, and its own entry gives way to the clan's.
 *
 *   configurations/nixos/web.nix
 *   ->   machines.web.imports = [ ../../configurations/nixos/web.nix ../clan/unified-nixos.nix ];
 *        flake.nixosConfigurations.web = lib.mkForce config.flake.clan.nixosConfigurations.web;
 */
import type { Clan } from "../../clan/model.ts";
import { parentPath, pathFrom } from "../../nix/path.ts";
import type { TextEdit } from "../../rules/finding.ts";
import { append, findSet } from "../../rules/fix/edit.ts";
import type { AttrSet, Formal, Lambda } from "../../syntax/ast.ts";
import { nodesAt } from "../../syntax/navigate.ts";
import { printPath } from "../../syntax/print-path.ts";
import { printAttrName } from "../../syntax/quote.ts";
import type { Host } from "./assessment.ts";
import { addMachine, listText, optionSet } from "./move-host.ts";
import type { Way } from "./plan.ts";
import type { FlakeView } from "./read-flake.ts";
import type { Move, Refusal } from "./request.ts";

export function moveUnifiedHost(
  { snapshot, root, flake }: FlakeView,
  clan: Clan,
  { name, class: hostClass, file }: Host,
  move: Move,
): Way | Refusal {
  const target = findSet(clan.tree) ?? optionSet(clan);
  const module = target && moduleAround(target);
  const args = clan.tree.child("specialArgs");
  const own = args && findSet(args);
  if (target === undefined || module === undefined || own === undefined || hostClass === "home")
    return { reasons: [`\`${name}\` cannot be moved: the clan is not written in a module of flake-parts.`] };
  const shared = `${root}/modules/clan/unified-${hostClass}.nix`;
  const imported = [`${root}/${file}`, shared].map((path) =>
    printPath(pathFrom(parentPath(target.source.path), path)),
  );
  const machine = addMachine(clan, target, move, hostClass, listText(imported));
  if ("reasons" in machine) return machine;
  const attribute = `${hostClass}Configurations.${printAttrName(name)}`;
  const hasFlake = own.bindings.some((each) =>
    each.kind === "binding" ? each.path[0]?.name === "flake" : each.names.some((one) => one.name === "flake"),
  );
  const [unified, homeManager] = [/^nixos-(unified|flake)$/, /^home-manager$/].map((repository) =>
    [...flake.inputs.values()].find((input) =>
      repository.test(input.repository?.split("/").at(-1) ?? input.name),
    ),
  );
  const text = sharedText(hostClass, unified?.name ?? "nixos-unified", homeManager?.name);
  const edits = [
    ...machine,
    ...(hasFlake ? [] : [append(own, "flake = { inherit self inputs config; };")]),
    append(
      module.body,
      `# nixos-unified makes a host of this file, too: the clan's counts.\nflake.${attribute} = lib.mkForce config.flake.clan.${attribute};`,
    ),
    ...argumentEdits(module.lambda, ["inputs", "self", "config", "lib"]),
  ];
  return { edits, creates: new Map(snapshot.fileType(shared) === undefined ? [[shared, text]] : []) };
}

/** What `mkLinuxSystem` and `mkMacosSystem` of nixos-unified add to each host (its nix/modules/flake-parts/lib.nix). */
function sharedText(hostClass: "nixos" | "darwin", unified: string, homeManager: string | undefined): string {
  const home = [
    "",
    "  home-manager.useGlobalPkgs = true;",
    "  home-manager.useUserPackages = true;",
    "  home-manager.extraSpecialArgs = { inherit flake; };",
    "  home-manager.sharedModules = [",
    "    (",
    "      { config, pkgs, ... }:",
    "      {",
    '        home.homeDirectory = lib.mkDefault "/${if pkgs.stdenv.isDarwin then "Users" else "home"}/${config.home.username}";',
    "        home.sessionPath = lib.mkIf pkgs.stdenv.isDarwin [",
    '          "/etc/profiles/per-user/$USER/bin"',
    '          "/nix/var/nix/profiles/system/sw/bin"',
    '          "/usr/local/bin"',
    "        ];",
    "      }",
    "    )",
    "  ];",
  ];
  return [
    `# What nixos-unified gives to each of its ${hostClass === "darwin" ? "macOS" : "NixOS"} hosts, for those that are machines of the clan.`,
    "{ flake, lib, ... }:",
    "{",
    "  imports = [",
    `    "\${flake.inputs.${unified}}/nix/modules/configurations"`,
    ...(homeManager === undefined
      ? []
      : [`    flake.inputs.${homeManager}.${hostClass}Modules.home-manager`]),
    "  ];",
    "",
    '  nix.settings.max-jobs = lib.mkDefault "auto";',
    '  nix.settings.experimental-features = lib.mkDefault "nix-command flakes";',
    ...(hostClass === "darwin"
      ? ["", '  _module.args.rosettaPkgs = import flake.inputs.nixpkgs { system = "x86_64-darwin"; };']
      : []),
    ...(homeManager === undefined ? [] : home),
    "}",
    "",
  ].join("\n");
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
