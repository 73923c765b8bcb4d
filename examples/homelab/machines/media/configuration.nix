# Films and music.
{
  imports = [
    ../../modules/common.nix
    ../../modules/radio-password.nix
  ];

  networking.hostName = "media";
  nixpkgs.hostPlatform = "x86_64-linux";
  fileSystems."/".device = "/dev/disk/by-label/nixos";
  boot.loader.systemd-boot.enable = true;
}
