{ inputs, ... }:
{
  perSystem =
    { pkgs, inputs', ... }:
    {
      # `direnv allow` once, then `clan` is on PATH in this folder.
      devShells.default = pkgs.mkShell {
        packages = [
          inputs'.clan-core.packages.clan-cli
          pkgs.just
          pkgs.sops
        ];
      };

      formatter = pkgs.nixfmt-rfc-style;
    };
}
