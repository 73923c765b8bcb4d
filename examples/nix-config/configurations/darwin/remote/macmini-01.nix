# Builds for Apple silicon, managed by clan as the first darwin machine.
{
  imports = [ ../../../modules/darwin ];
  nixpkgs.hostPlatform = "aarch64-darwin";
  networking.hostName = "macmini-01";
  system.stateVersion = 6;
}
