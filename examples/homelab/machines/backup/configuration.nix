# Receives borg archives; stands at a friend's place.
{
  imports = [ ../../modules/common.nix ];

  networking.hostName = "backup";
  nixpkgs.hostPlatform = "x86_64-linux";
  fileSystems."/".device = "/dev/disk/by-label/nixos";
  boot.loader.systemd-boot.enable = true;
}
