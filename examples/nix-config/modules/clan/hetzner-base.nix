# What all machines at Hetzner share.
{ lib, ... }:
{
  # Who may read the secrets of these machines, beside themselves.
  clan.core.sops.defaultGroups = [ "admins" ];

  networking.firewall.enable = true;
  services.openssh.settings.PasswordAuthentication = false;

  boot.loader.grub.enable = lib.mkDefault true;
  nixpkgs.hostPlatform = lib.mkDefault "x86_64-linux";
}
