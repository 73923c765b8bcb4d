# Files and dashboards.
{
  imports = [ ../../modules/common.nix ];

  networking.hostName = "nas";
  nixpkgs.hostPlatform = "x86_64-linux";
  fileSystems."/".device = "/dev/disk/by-label/nixos";
  boot.loader.systemd-boot.enable = true;
}
