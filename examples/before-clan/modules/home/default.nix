{ pkgs, ... }:
{
  programs.git.enable = true;
  programs.direnv.enable = true;
  home.packages = [ pkgs.ripgrep ];
}
