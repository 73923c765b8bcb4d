/**
 * A condition: one thing clan accepts, refuses or warns of, as the smallest clan that shows it, what Nix says of
 * it, and (as carets) what we report.
 *
 *   { title: "a role the service lacks", nix: "refused", says: "only defines roles",
 *     text: `inventory.instances.sshd.roles.srever.machines.web = { };
 *            #                              ^^^^^^ error[unknown-role]` }
 *
 * test/unit/rules/conditions.test.ts replays them, `npm run conformance -- --conditions` asks Nix about them,
 * and docs/conditions.md lists them.
 */
export interface Condition {
  /** What is written, for a table's cell. */
  readonly title: string;
  readonly nix: "accepted" | "warns" | "refused";
  /** A part of what Nix says; absent exactly where it is accepted. */
  readonly says?: string;
  /** Nix is asked for all that the modules of machines say, and not only for the clan. */
  readonly asksMachines?: boolean;
  /** Lines of a clan.nix that has a name and the machine `web`; or whole files, each after its `#- /path`. */
  readonly text: string;
  /** A part of a file after our first fix, which leaves no finding. */
  readonly fixed?: string;
  /** Where we and Nix differ on purpose: why. */
  readonly note?: string;
}

const flake = `#- /flake.nix
{
  inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
  outputs = { self, clan-core, ... }:
    let
      clan = clan-core.lib.clan { inherit self; imports = [ ./clan.nix ]; };
    in
    {
      clan = clan.config;
      inherit (clan.config) nixosConfigurations nixosModules clanInternals;
    };
}
`;

/** The files of a condition as one fixture, complete enough for Nix. */
export function fixtureOf({ text }: Condition): string {
  if (text.includes("#- /flake.nix")) return text;
  if (text.includes("#- /clan.nix")) return flake + dedent(text);
  return `${flake}#- /clan.nix
{
  meta.name = "conditions";
  inventory.machines.web = { };
${text}
}
`;
}

/** What we report, as "error[unknown-role]", each once; empty where we are silent. */
export function reportedFor({ text }: Condition): string[] {
  return [...new Set([...text.matchAll(/\^ (\w+\[[\w-]+\])/g)].map(([, what = ""]) => what))];
}

function dedent(text: string): string {
  return text.replace(/^ {4}/gm, "").trimStart();
}
