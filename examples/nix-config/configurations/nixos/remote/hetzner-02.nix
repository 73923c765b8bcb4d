# A small machine for services that need a second address.
{
  imports = [
    ../../../modules/clan/hetzner-base.nix
    ../../../modules/nixos/shared/nix.nix
  ];

  networking.hostName = "hetzner-02";
  fileSystems."/".device = "/dev/disk/by-label/nixos";
  system.stateVersion = "25.11";
}
