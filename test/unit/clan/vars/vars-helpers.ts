/** Vars of fixtures in short lines, for tests to compare. */
import type { Clan, NameSet } from "../../../../server/src/clan/model.ts";
import type { Generator } from "../../../../server/src/clan/vars/model.ts";

/** `ca(share) ca.pem public, key | prompts pw* | needs root`; `?` after what may not be there, `…` where more may be. */
function showGenerator({ name, share, conditional, files, prompts, dependencies }: Generator): string {
  const shownFiles = [...files.known.values()].map(
    ({ name: file, secret, deploy }) =>
      `${file}${secret === false ? " public" : secret === undefined ? " ?" : ""}${deploy === false ? " kept" : ""}`,
  );
  const shownPrompts = [...prompts.known.values()].map((one) => `${one.name}${one.persist ? "*" : ""}`);
  return [
    `${name}${share ? "(share)" : share === undefined ? "(share?)" : ""}${conditional ? "?" : ""}`,
    ` ${joined(shownFiles, files)}`,
    ...(prompts.known.size > 0 ? [` | prompts ${joined(shownPrompts, prompts)}`] : []),
    ...(dependencies.known.size > 0
      ? [` | needs ${joined([...dependencies.known.keys()], dependencies)}`]
      : []),
  ].join("");
}

/**
 * One line a generator, and one with the reason why there may be more. Without `state-version`, which clan gives
 * every machine of NixOS.
 */
export function generatorsOf(clan: Clan, machine = "web"): readonly string[] {
  const { generators } = clan.vars.of(machine);
  return [
    ...[...generators.known.values()].filter(({ name }) => name !== "state-version").map(showGenerator),
    ...(generators.open === undefined ? [] : [`… ${generators.open.reason}`]),
  ];
}

function joined(names: readonly string[], { open }: NameSet<unknown>): string {
  return [...names, ...(open === undefined ? [] : ["…"])].join(", ");
}
