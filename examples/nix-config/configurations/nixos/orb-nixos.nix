# A virtual machine to try configurations on; not managed by clan.
{
  imports = [ ../../modules/nixos/shared/nix.nix ];
  nixpkgs.hostPlatform = "aarch64-linux";
  networking.hostName = "orb-nixos";
  system.stateVersion = "25.11";
}
