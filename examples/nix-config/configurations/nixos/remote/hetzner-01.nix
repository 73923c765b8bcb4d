# The gateway: reverse proxy, zerotier controller, build host of the others.
{
  imports = [
    ../../../modules/clan/hetzner-base.nix
    ../../../modules/clan/acme-token.nix
    ../../../modules/nixos/shared/nix.nix
  ];

  networking.hostName = "hetzner-01";
  fileSystems."/".device = "/dev/disk/by-label/nixos";
  system.stateVersion = "25.11";
}
