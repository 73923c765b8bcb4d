{
  meta.name = "homelab";
  meta.domain = "home.example";
  meta.description = "What hums in the cupboard";

  inventory.machines = {
    router = {
      description = "Firewall, DNS and the way in";
      deploy.targetHost = "root@192.0.2.1";
      tags = [ "always-on" ];
    };
    nas = {
      deploy.targetHost = "root@192.0.2.10";
      tags = [
        "always-on"
        "storage"
      ];
    };
    media = {
      deploy.targetHost = "root@192.0.2.11";
      tags = [ "always-on" ];
    };
    backup = {
      description = "At a friend's place";
      deploy.targetHost = "root@backup.example.net";
      tags = [
        "always-on"
        "storage"
      ];
    };
    laptop = {
      deploy.targetHost = "root@laptop.lan";
      tags = [ "roaming" ];
    };
    pi = {
      deploy.targetHost = "root@192.0.2.30";
      # Too slow to build anything itself.
      deploy.buildHost = "root@192.0.2.10";
      tags = [ "roaming" ];
    };
  };

  inventory.instances = {
    sshd = {
      roles.server.tags.all = { };
      roles.server.settings.authorizedKeys.admin = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICX3m6c4KF3uNdi/2pGLN8ctz7mAiNv5lfbk2xgrEqtc admin";
      roles.client.tags.all = { };
    };

    user-root = {
      module.name = "users";
      roles.default.tags.all = { };
      roles.default.settings = {
        user = "root";
        prompt = true;
      };
    };

    emergency-access.roles.default.tags.always-on = { };

    # Reaches every machine from anywhere, through the router.
    vpn = {
      module.name = "wireguard";
      module.input = "clan-core";
      roles.controller.machines.router.settings = {
        endpoint = "home.example.net";
        port = 51820;
      };
      roles.peer.settings.controller = "router";
      roles.peer.machines = {
        nas = { };
        media = { };
        backup = { };
        laptop = { };
      };
    };

    nightly = {
      module.name = "borgbackup";
      roles.server.machines.backup.settings.directory = "/tank/borg";
      roles.client.tags = [ "always-on" ];
      roles.client.settings.exclude = [ "*.tmp" ];
      # The one copy that does not depend on our own hardware.
      roles.client.machines.nas.settings = {
        startAt = "*-*-* 03:00:00";
        destinations.rented.repo = "user@borg.example.org:nas";
      };
    };

    monitoring = {
      roles.server.machines.nas.settings.grafana.enable = true;
      roles.client.tags.always-on = { };
      roles.client.settings.monitoredSystemdServices = "all";
    };

    documents = {
      module.name = "syncthing";
      roles.peer.tags.storage = { };
      roles.peer.machines.laptop = { };
      roles.peer.settings.folders.documents = {
        path = "/srv/documents";
        type = "sendreceive";
      };
    };

    home-wifi = {
      module.name = "wifi";
      roles.default.tags.roaming = { };
      roles.default.settings.networks.home = { };
      roles.default.machines.laptop.settings.networks.phone.autoConnect = false;
    };
  };

  # machines/<name>/configuration.nix is imported by clan; this is for what does not deserve a file.
  machines.pi =
    { pkgs, ... }:
    {
      environment.systemPackages = [ pkgs.libgpiod ];
    };
}
