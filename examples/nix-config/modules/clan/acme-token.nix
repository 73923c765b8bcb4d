# The DNS token for certificates: asked for once, the same on every machine that gets it.
{ config, pkgs, ... }:
{
  clan.core.vars.generators.acme-token = {
    share = true;
    prompts.token = {
      description = "API token of the DNS provider";
      type = "hidden";
    };
    files.env.owner = "acme";
    runtimeInputs = [ pkgs.coreutils ];
    script = ''
      printf 'HETZNER_API_KEY=%s\n' "$(cat "$prompts/token")" > "$out/env"
    '';
  };

  security.acme.acceptTerms = true;
  security.acme.defaults = {
    email = "admin@example.net";
    dnsProvider = "hetzner";
    environmentFile = config.clan.core.vars.generators.acme-token.files.env.path;
  };
}
