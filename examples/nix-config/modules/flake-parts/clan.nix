# The remote machines. The local ones (stibnite, blackphos) stay with nixos-unified.
{ inputs, self, ... }:
{
  imports = [
    inputs.clan-core.flakeModules.default
  ];

  clan = {
    meta.name = "nix-config-remote";
    specialArgs = { inherit inputs; };

    # Keys and vars live with the other secrets, not at the top of the repository.
    directory = "${self}/secrets/clan";

    inventory.machines = {
      hetzner-01 = {
        deploy.targetHost = "root@hetzner-01.example.net";
        tags = [
          "hetzner"
          "gateway"
        ];
      };
      hetzner-02 = {
        deploy.targetHost = "root@hetzner-02.example.net";
        # Small machine: let the big one build for it.
        deploy.buildHost = "root@hetzner-01.example.net";
        tags = [ "hetzner" ];
      };
      macmini-01 = {
        machineClass = "darwin";
        deploy.targetHost = "admin@macmini-01.example.net";
        tags = [ "builder" ];
      };
    };

    inventory.instances = {
      emergency-access = {
        module = {
          name = "emergency-access";
          input = "clan-core";
        };
        roles.default.tags.nixos = { };
      };

      users-root = {
        module = {
          name = "users";
          input = "clan-core";
        };
        roles.default.tags.nixos = { };
        roles.default.settings = {
          user = "root";
          prompt = false;
          groups = [ ];
        };
      };

      users-crs58 = {
        module = {
          name = "users";
          input = "clan-core";
        };
        roles.default.tags.hetzner = { };
        roles.default.settings = {
          user = "crs58";
          # One password for all machines, asked for once.
          share = true;
          groups = [
            "wheel"
            "networkmanager"
          ];
        };
      };

      sshd = {
        module = {
          name = "sshd";
          input = "clan-core";
        };
        roles.server.tags.nixos = { };
        roles.server.settings = {
          certificate.enable = true;
          certificate.searchDomains = [ "example.net" ];
          authorizedKeys.crs58 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBDvz7FE7q9m8XVV8MP/52vk1YjscJy7jHmsSa8R64gh crs58";
        };
        # Old clients still ask for an RSA key here.
        roles.server.machines.hetzner-01.settings.hostKeys.rsa.enable = true;
        roles.client.tags.all = { };
      };

      zerotier = {
        module = {
          name = "zerotier";
          input = "clan-core";
        };
        roles.controller.machines.hetzner-01 = { };
        roles.moon.machines.hetzner-02.settings.stableEndpoints = [ "203.0.113.20" ];
        roles.peer.tags.all = { };
      };
    };

    machines = {
      hetzner-01.imports = [ ../../configurations/nixos/remote/hetzner-01.nix ];
      hetzner-02.imports = [ ../../configurations/nixos/remote/hetzner-02.nix ];
      macmini-01.imports = [ ../../configurations/darwin/remote/macmini-01.nix ];
    };
  };
}
