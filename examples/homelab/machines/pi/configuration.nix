# Switches the lights.
{
  imports = [ ../../modules/common.nix ];

  networking.hostName = "pi";
  nixpkgs.hostPlatform = "aarch64-linux";
  fileSystems."/".device = "/dev/disk/by-label/nixos";
  boot.loader.systemd-boot.enable = true;
}
