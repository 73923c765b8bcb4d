{
  security.pam.services.sudo_local.touchIdAuth = true;
  nix.settings.experimental-features = "nix-command flakes";
}
