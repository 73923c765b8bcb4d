/**
 * Mutants that clan-core's recorded evaluation and the rules judge differently, or at another place, each with
 * the reason.
 *
 *   knownDifference(mutant that turns `clan` to `cllan`, "clan")   ->   "`clan` is an option of flake-parts…"
 */

import type { MutantKind } from "../../conformance/mutant.ts";
import type { ClanMutant } from "../../conformance/mutant-clans.ts";

interface Difference {
  /** Only in these clans and files. */
  readonly clan?: RegExp;
  readonly file?: RegExp;
  /** Offsets its start is between, where the text alone does not tell which. */
  readonly within?: readonly [number, number];
  readonly kinds: readonly MutantKind[];
  /** What the mutant replaces or removes; of what it inserts, the empty text. */
  readonly old?: RegExp;
  readonly reason: string;
}

const DIFFERENCES: readonly Difference[] = [
  {
    clan: /^computed-machines$/,
    kinds: [
      "misspelt-name",
      "wrong-type",
      "unknown-option",
      "wrapped",
      "set-or-list",
      "function",
      "extended",
      "odd-name",
    ],
    file: /^clan\.nix$/,
    within: [100, 190],
    reason: "the function is called for machines of another flake, which we do not have: it may have none",
  },
  {
    clan: /^(?!homelab$)/,
    file: /^(flake|fleet\/default)\.nix$/,
    kinds: ["misspelt-selection"],
    old: /^(lib|clan)$/,
    reason: "an input that is not at hand may have it: so short a name is no sure slip of another one",
  },
  {
    clan: /^homelab$/,
    within: [322, 322],
    kinds: ["misspelt-selection"],
    reason: "an input that is not at hand may have it: so short a name is no sure slip of another one",
  },
  {
    clan: /^computed-machines$/,
    kinds: ["misspelt-selection"],
    old: /^nixosModules$/,
    reason: "an input that is not at hand may have it",
  },
  {
    clan: /^nix-config$/,
    file: /^flake\.nix$/,
    kinds: ["misspelt-variable"],
    old: /^(fn|readDir)$/,
    reason: "it stands below `with builtins;`, of which a newer Nix may have more",
  },
  {
    clan: /^nix-config$/,
    kinds: ["odd-name"],
    old: /^clan$/,
    file: /flake-parts\/clan\.nix$/,
    reason: "modules of other flakes may declare options of flake-parts",
  },
  {
    clan: /^flake-parts$/,
    file: /^flake\.nix$/,
    within: [525, 525],
    kinds: ["arity"],
    reason: "what other flakes add to a set may make it a function (`__functor`)",
  },
  {
    clan: /^flake-parts$/,
    file: /^services\.nix$/,
    within: [101, 126],
    kinds: ["dropped", "shortened"],
    reason:
      "without its controller zerotier's vars are refused, which the recorded evaluation does not ask for",
  },
  {
    clan: /^function-of-self$/,
    within: [621, 621],
    kinds: ["arity"],
    reason: "what other flakes add to a set may make it a function (`__functor`)",
  },
  {
    clan: /^inventory-json$/,
    kinds: ["rewritten"],
    old: /^lib\.mkDefault "sshd"$/,
    reason: "a priority in a priority is taken off, which Nix does not do",
  },
  {
    clan: /^function-of-self$/,
    kinds: ["odd-name"],
    old: /^machines$/,
    reason: "the error is at the machines, which are bound above",
  },
  {
    clan: /^import-tree$/,
    file: /nest\.nix$/,
    kinds: ["misspelt-selection"],
    old: /^str$/,
    reason: "another nixpkgs may have it: so short a name is no sure slip of another one",
  },
  {
    clan: /^import-tree$/,
    file: /nest\.nix$/,
    kinds: ["arity"],
    within: [694, 694],
    reason:
      "the role does not read the setting, so a deploy does not fail: the recorded evaluation forces all settings",
  },
  {
    clan: /^(own-service|exports)$/,
    file: /^services\//,
    kinds: ["dropped", "rewritten"],
    old: /^(title|default) =|^(\{ *\n *port|lib\.mkEnableOption|lib\.mkOption)/,
    reason: "it is said where the setting is set, or should be",
  },
  {
    clan: /^own-service$/,
    kinds: ["misspelt-value", "wrong-type", "null-value"],
    old: /^"low"$/,
    within: [483, 483],
    reason: "it is said at the default, which is none of the values any more",
  },
  {
    clan: /^exports$/,
    kinds: ["unknown-option"],
    within: [480, 480],
    file: /^services\//,
    reason: "the role does not read it: the recorded evaluation forces all settings",
  },
  {
    clan: /^own-service$/,
    kinds: ["unknown-option"],
    within: [1685, 1685],
    file: /^services\//,
    reason: "the role does not read it: the recorded evaluation forces all settings",
  },
  {
    clan: /^exports$/,
    file: /beacon\.nix$/,
    kinds: ["dropped", "misspelt-selection"],
    within: [269, 355],
    reason: "what a service exports beside its roles is not evaluated",
  },
  {
    clan: /^exports$/,
    file: /beacon\.nix$/,
    kinds: ["moved"],
    within: [459, 459],
    reason: "it is said of what stands beside `options` then, and where the settings are read",
  },
  {
    clan: /^exports$/,
    file: /finder\.nix$/,
    kinds: ["arity"],
    within: [372, 372],
    reason: "what services export is not evaluated",
  },
  {
    clan: /^lib-code$/,
    file: /one\/configuration\.nix$/,
    kinds: ["misspelt-selection", "arity"],
    within: [375, 417],
    reason: "of options of NixOS, and of those that a module declares for it, nothing is evaluated",
  },
  {
    clan: /^lib-code$/,
    file: /one\/extra\.nix$/,
    kinds: ["misspelt-name", "wrong-type", "null-value", "quoting"],
    reason: "of options of NixOS, and of those that a module declares for it, nothing is evaluated",
  },
  {
    clan: /^lib-code$/,
    file: /common\.nix$/,
    kinds: [
      "wrong-type",
      "unknown-option",
      "function",
      "extended",
      "shortened",
      "odd-name",
      "misspelt-selection",
    ],
    reason: "of options of NixOS, and of those that a module declares for it, nothing is evaluated",
  },
  {
    clan: /^lib-code$/,
    file: /common\.nix$/,
    kinds: ["misspelt-name"],
    within: [34, 34],
    reason: "of options of NixOS, and of those that a module declares for it, nothing is evaluated",
  },
  {
    clan: /^lib-code$/,
    file: /common\.nix$/,
    kinds: ["misspelt-name"],
    within: [187, 368],
    reason: "of options of NixOS, and of those that a module declares for it, nothing is evaluated",
  },
  {
    clan: /^lib-code$/,
    file: /people\.nix$/,
    kinds: ["dropped", "nested"],
    within: [38, 134],
    reason: "it is said at the call of the function that asks for it",
  },
  {
    clan: /^lib-code$/,
    kinds: ["quoting"],
    old: /^"racks"$/,
    reason: "it is said at the variable's value",
  },
  {
    clan: /^machine-vars$/,
    kinds: ["misspelt-name", "misspelt-selection"],
    old: /^(core|web)$/,
    file: /^machines\//,
    reason:
      "modules of NixOS may declare more beside `clan.core`, and `hasAttr` may be asked for what is not there",
  },
  {
    clan: /^machine-vars$/,
    kinds: ["moved"],
    old: /^clan\.$/,
    file: /tokens\.nix$/,
    reason: "it is said of the machines that depend on the generator",
  },
  {
    clan: /^machine-vars$/,
    kinds: ["rewritten"],
    old: /^lib\.mkDefault false$/,
    reason: "a priority in a priority is taken off, which Nix does not do",
  },
  {
    clan: /^machine-vars$/,
    kinds: ["nested"],
    within: [386, 386],
    reason:
      "a submodule that takes definitions alone is given a module: `config` is then a name that it lacks",
  },
];

/** The reason; undefined where they must agree. */
export function knownDifference({ clan, file, kind, start }: ClanMutant, old: string): string | undefined {
  const found = DIFFERENCES.find(
    (known) =>
      known.clan?.test(clan) !== false &&
      known.file?.test(file) !== false &&
      (known.within === undefined || (known.within[0] <= start && start <= known.within[1])) &&
      known.kinds.includes(kind) &&
      known.old?.test(old) !== false,
  );
  return found?.reason;
}
