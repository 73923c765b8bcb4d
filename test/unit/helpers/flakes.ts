/** The flake of a small clan, at the beginning of a fixture: its clan is written in clan.nix. */
export const FLAKE = `
    #- /flake.nix
    {
      inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
      outputs = { self, clan-core, ... }: {
        clan = (clan-core.lib.clan { inherit self; imports = [ ./clan.nix ]; }).config;
      };
    }`;

/** The same with the input `other`, and all inputs for the modules of machines. */
export const FLAKE_WITH_INPUTS = `
    #- /flake.nix
    {
      inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
      inputs.other.url = "github:someone/other";
      outputs = inputs@{ self, clan-core, ... }: {
        clan = (clan-core.lib.clan { inherit self; imports = [ ./clan.nix ]; specialArgs = { inherit inputs; }; }).config;
      };
    }`;
