/** A flake that is nothing but a clan, for a folder that has none. */
import { clanBindings, indentLines } from "./clan-text.ts";
import type { AdoptRequest } from "./request.ts";

export function newFlakeText(request: AdoptRequest): string {
  const outputs =
    request.machine.class === "darwin" ? "nixosConfigurations darwinConfigurations" : "nixosConfigurations";
  return [
    "{",
    '  inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";',
    '  inputs.nixpkgs.follows = "clan-core/nixpkgs";',
    "",
    "  outputs =",
    "    inputs@{ self, clan-core, nixpkgs, ... }:",
    "    let",
    "      clan = clan-core.lib.clan {",
    "        inherit self;",
    ...indentLines(clanBindings(request, "{ inherit inputs; }", undefined), 8),
    "      };",
    "    in",
    "    {",
    "      clan = clan.config;",
    `      inherit (clan.config) ${outputs} nixosModules clanInternals;`,
    "",
    "      # `nix develop` brings the command `clan`.",
    '      devShells = nixpkgs.lib.genAttrs [ "x86_64-linux" "aarch64-linux" "aarch64-darwin" ] (system: {',
    "        default = nixpkgs.legacyPackages.${system}.mkShell {",
    "          packages = [ clan-core.packages.${system}.clan-cli ];",
    "        };",
    "      });",
    "    };",
    "}",
    "",
  ].join("\n");
}
