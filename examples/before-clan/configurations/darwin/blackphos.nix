# The second workstation.
{ flake, ... }:
{
  imports = [ flake.inputs.self.darwinModules.default ];
  nixpkgs.hostPlatform = "aarch64-darwin";
  networking.hostName = "blackphos";
  system.stateVersion = 6;
}
