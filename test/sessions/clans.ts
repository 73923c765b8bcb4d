/** Two clans with some of everything: a flake, parts, JSON, own services, machines with generators, vars. */
export const fixture = `
#- /home/flake.nix
{
  inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
  inputs.nixpkgs.follows = "clan-core/nixpkgs";
  outputs = { self, clan-core, ... }: {
    clan = clan-core.lib.clan { inherit self; imports = [ ./clan.nix ]; };
    checks.x = self.nixosConfigurations.web.config;
  };
}
#- /home/clan.nix
{ lib, ... }:
let
  load = file: lib.nameValuePair (lib.removeSuffix ".nix" file) (import (./hosts + "/\${file}"));
in
{
  imports = [ ./services.nix ];
  meta.name = "home";
  inventory.machines = lib.listToAttrs (map load (builtins.attrNames (builtins.readDir ./hosts)));
  inventory.tags.spare = [ "web" "old" ];
  modules.door = ./modules/door.nix;
}
#- /home/services.nix
{ config, lib, ... }:
{
  inventory.instances = {
    sshd.roles.server.tags.srv = { };
    door = {
      module = { name = "door"; input = "self"; };
      roles.lock.machines.web.settings = { port = 1; };
      roles.lock.extraModules = [ ./machines/shared.nix ];
    };
    backup = {
      module.name = "borgbackup";
      roles.client.machines.web.settings.startAt = "daily";
      roles.server.machines.db.settings.directory = "/srv";
    };
    later = lib.mkIf false { module.name = "users"; roles.default.machines.web = { }; };
  };
}
#- /home/modules/door.nix
{ lib, ... }:
{
  _class = "clan.service";
  manifest.name = "door";
  roles.lock = {
    description = "Has the lock.";
    interface.options.port = lib.mkOption { type = lib.types.int; };
    perInstance = { settings, machine, ... }: {
      nixosModule = { config, pkgs, ... }: {
        clan.core.vars.generators.door = {
          files.key.secret = true;
          script = ''
            echo \${toString settings.port} > $out/key
          '';
        };
        networking.firewall.allowedTCPPorts = [ settings.port ];
        environment.etc.x.text = machine.name;
      };
    };
  };
}
#- /home/hosts/web.nix
{ tags = [ "srv" ]; deploy.targetHost = "root@web"; }
#- /home/hosts/db.nix
{ tags = [ "srv" "db" ]; description = "number \${toString 1}"; }
#- /home/machines/shared.nix
{ config, ... }:
{
  environment.etc.key.source = config.clan.core.vars.generators.door.files.key.path;
}
#- /home/machines/web/configuration.nix
{ config, pkgs, ... }:
{
  imports = [ ../shared.nix ];
  clan.core.vars.generators.ca = {
    share = true;
    prompts.name.type = "line";
    files."ca.pem".secret = false;
    dependencies = [ "door" ];
    runtimeInputs = [ pkgs.openssl ];
    script = ''
      cat $prompts/name $in/door/key > $out/ca.pem
    '';
  };
  services.nginx.enable = true;
  environment.etc.ca.text = config.clan.core.vars.generators.ca.files."ca.pem".value;
}
#- /home/machines/db/configuration.nix
{ config, ... }:
{
  clan.core.vars.generators.ca = {
    share = true;
    files."ca.pem".secret = false;
    script = "touch $out/ca.pem";
  };
}
#- /home/inventory.json
{ "machines": { "printer": { "tags": [ "paper" ] } }, "instances": { } }
#- /home/vars/shared/ca/ca.pem/value
pem
#- /home/vars/per-machine/web/old/file/value
x
#- /other/clan.nix
{
  meta.name = "other";
  inventory.machines.one.tags = [ "a" ];
  inventory.instances.zerotier.roles = { controller.machines.one = { }; peer.tags.a = { }; };
}
`;
