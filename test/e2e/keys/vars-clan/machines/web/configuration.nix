{ config, pkgs, ... }:
{
  clan.core.vars.generators.ca = {
    files."ca.pem".secret = false;
    files.key = { };
    runtimeInputs = [ pkgs.openssl ];
    script = ''
      openssl genrsa > "$out"/key
      openssl req -new -x509 -key "$out/key" -out "$out/ca.pem"
    '';
  };

  services.proxy.settings = {
    enable = true;
  };
}
