# A virtual machine to try configurations on.
{ flake, config, ... }:
{
  imports = [
    flake.inputs.sops-nix.nixosModules.sops
    ../../modules/nixos/shared/nix.nix
  ];
  nixpkgs.hostPlatform = "aarch64-linux";
  networking.hostName = "orb-nixos";
  system.stateVersion = "25.11";

  sops.defaultSopsFile = ../../secrets/services/web.yaml;
  sops.secrets.web-password = { };
  systemd.services.web.serviceConfig.LoadCredential = "password:${config.sops.secrets.web-password.path}";
}
