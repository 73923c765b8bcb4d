# On every machine.
{ lib, ... }:
{
  time.timeZone = lib.mkDefault "Europe/Berlin";
  nix.gc.automatic = true;
  system.stateVersion = "25.11";
}
