{
  perSystem =
    { pkgs, ... }:
    {
      devShells.default = pkgs.mkShell {
        packages = [
          pkgs.just
          pkgs.sops
        ];
      };

      formatter = pkgs.nixfmt-rfc-style;
    };
}
