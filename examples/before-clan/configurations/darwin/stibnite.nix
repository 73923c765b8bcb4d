# The primary workstation.
{ flake, ... }:
{
  imports = [
    flake.inputs.self.darwinModules.default
    flake.inputs.agenix.darwinModules.default
  ];
  nixpkgs.hostPlatform = "aarch64-darwin";
  networking.hostName = "stibnite";
  system.stateVersion = 6;

  age.secrets.github-token.file = ../../secrets/hosts/github-token.age;
}
