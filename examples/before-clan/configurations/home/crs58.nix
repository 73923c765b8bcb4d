{ flake, ... }:
{
  imports = [ flake.inputs.self.homeModules.default ];
  home.username = "crs58";
  home.stateVersion = "25.11";
}
