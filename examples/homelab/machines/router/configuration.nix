# The way in: a certificate authority of its own for the names inside.
{ config, pkgs, ... }:
{
  imports = [ ../../modules/common.nix ];

  networking.hostName = "router";
  nixpkgs.hostPlatform = "x86_64-linux";
  fileSystems."/".device = "/dev/disk/by-label/nixos";
  boot.loader.systemd-boot.enable = true;

  clan.core.vars.generators.home-ca = {
    files."ca.key".deploy = false;
    files."ca.crt".secret = false;
    runtimeInputs = [ pkgs.openssl ];
    script = ''
      openssl req -x509 -newkey ed25519 -nodes -days 3650 -subj "/CN=home" \
        -keyout "$out/ca.key" -out "$out/ca.crt"
    '';
  };

  clan.core.vars.generators.dns-cert = {
    dependencies = [ "home-ca" ];
    files."dns.key".owner = "unbound";
    files."dns.crt".secret = false;
    runtimeInputs = [ pkgs.openssl ];
    script = ''
      openssl req -newkey ed25519 -nodes -subj "/CN=dns" -keyout "$out/dns.key" -out request.csr
      openssl x509 -req -in request.csr -days 365 \
        -CA "$in/home-ca/ca.crt" -CAkey "$in/home-ca/ca.key" -out "$out/dns.crt"
    '';
  };

  services.unbound = {
    enable = true;
    settings.server.tls-service-key = config.clan.core.vars.generators.dns-cert.files."dns.key".path;
  };
}
