# The primary workstation; not managed by clan.
{ flake, ... }:
{
  imports = [ flake.inputs.self.darwinModules.default ];
  nixpkgs.hostPlatform = "aarch64-darwin";
  networking.hostName = "stibnite";
  system.stateVersion = 6;
}
