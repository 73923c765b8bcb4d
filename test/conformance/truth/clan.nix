# What clan-core itself says of the clan at `dir`: `check` is its inventory, or an error; so is `checkInventory`, which
# needs no module of a machine.
# It forces the settings of every role on every machine, which is more than a deploy may read.
# `package` and `revisionOf`: see inputs.nix.
{ dir, sources, moduleNames ? [ ], ... }@given:
let
  inherit (import ./inputs.nix (removeAttrs given [ "dir" ])) lib clanLib stub known;
  flake = import (dir + "/flake.nix");
  names = lib.attrNames (flake.inputs or { }) ++ lib.filter (n: n != "self") (lib.attrNames (builtins.functionArgs flake.outputs));
  inputs = lib.genAttrs names (n: known.${n} or (stub n)) // { inherit self; };
  outputs = flake.outputs inputs;
  self = outputs // { inherit inputs outputs; outPath = toString dir; sourceInfo.outPath = toString dir; _type = "flake"; };

  clan = outputs.clan;
  inventory = clan.inventory or clan.clanInternals.inventoryClass.inventory;
  services = (clan._services or clan.clanInternals.inventoryClass._services).allServices;
  sorted = lib.sort (a: b: a < b);

  members = instanceName: roleName: r: lib.unique (sorted (clanLib.inventory.resolveTags {
    members = { machines = lib.attrNames r.machines; tags = lib.attrNames r.tags; };
    inherit (inventory) machines;
    inherit instanceName roleName;
  }).machines);

  # A default that reads a machine's configuration needs a whole NixOS: left out.
  strip = lib.filterAttrsRecursive (n: v: n != "rsh" && !(lib.isFunction v));
  # `users` fills it in (extendSettings), and then nobody reads it where it is missing.
  filledIn = service: settings: lib.optional (lib.hasSuffix "-users" service && !(settings.options.user.isDefined or true)) "user";

  machines = (outputs.nixosConfigurations or { }) // (outputs.darwinConfigurations or { });
  unknownIn = path: options: config: lib.concatLists (lib.mapAttrsToList (name: value:
    if !(options ? ${name}) then [ (lib.concatStringsSep "." (path ++ [ name ])) ]
    else if lib.isOption options.${name} then [ ]
    else unknownIn (path ++ [ name ]) options.${name} value) config);
in
rec {
  inherit lib inventory machines;
  inventoryResult = {
    name = inventory.meta.name;
    machines = lib.mapAttrs (_: m: { class = m.machineClass; tags = sorted m.tags; targetHost = m.deploy.targetHost; }) inventory.machines;
    tags = lib.mapAttrs (_: sorted) inventory.tags;
    instances = lib.mapAttrs (name: i: {
      service = i.module.name;
      inherit (i.module) input;
      roles = lib.mapAttrs (role: r: { machines = members name role r; }) i.roles;
    }) inventory.instances;
  };

  # <service>.<instance>.<role>.<machine> = the settings perInstance gets; forcing it finds what a deploy would refuse.
  settings = lib.mapAttrs (service: s: lib.mapAttrs (_: i: lib.mapAttrs (_: r: lib.mapAttrs (_: m:
    strip (removeAttrs m.finalSettings.config ([ "services" ] ++ filledIn service m.finalSettings))) r.machines) i.roles) s.instances) services;

  # Forces class conflicts, double definitions of an output and the clan's own checks.
  outputNames = lib.mapAttrs (_: o: builtins.seq (lib.foldl' (_: v: builtins.seq v null) null (lib.attrValues o)) (lib.attrNames o))
    (builtins.intersectAttrs { nixosConfigurations = 0; darwinConfigurations = 0; nixosModules = 0; darwinModules = 0; } outputs);

  # What every `clan` command reads, and options nothing else forces; of machines' configurations nothing.
  forced = [
    settings outputNames
    (clan.clanInternals.inventoryClass.inventorySerialization)
    (clan.secrets or null)
    (clan.templates or null)
    (builtins.mapAttrs (_: v: v) (removeAttrs (clan.meta or { }) [ "_module" ]))
    # A module of a role reaches each of its machines.
    (lib.mapAttrs (_: s: lib.mapAttrs (_: i: lib.mapAttrs (_: r: map (m: builtins.seq m null) (r.extraModules or [ ])) i.roles) s.instances) services)
  ];
  checkInventory = builtins.deepSeq forced inventoryResult;
  check = builtins.deepSeq
    (lib.mapAttrs (_: m: m.config.clan.core.vars.settings.secretStore or null) (outputs.nixosConfigurations or { }))
    checkInventory;
  # Every generator of every machine, which needs all modules of all machines.
  checkVars = builtins.deepSeq
    (lib.mapAttrs (_: m: lib.mapAttrs (_: g: {
      inherit (g) share dependencies validation;
      prompts = lib.mapAttrs (_: p: { inherit (p) type persist description display; }) g.prompts;
      files = lib.mapAttrs (_: f: { inherit (f) secret deploy neededFor owner group mode restartUnits; }) g.files;
    }) m.config.clan.core.vars.generators) machines)
    check;

  # All that the modules of machines say, which a deploy may read, and no option of clan that does not exist.
  checkMachines = builtins.deepSeq
    (lib.mapAttrs (name: m:
      let
        unknown = unknownIn [ "clan" ] m.options.clan m.config.clan;
        failed = map (a: a.message) (lib.filter (a: !a.assertion) m.config.assertions);
      in
      if unknown != [ ] then throw "The option `${lib.concatStringsSep "', `" unknown}' does not exist, in ${name}"
      else if failed != [ ] then throw (lib.concatStringsSep "\n" failed)
      else [
        (removeAttrs m.config [ "_module" "assertions" "clan" "clanConfig" "clanCore" "systemd" "nixpkgs" "sops" ])
        { inherit (m.config.clan.core) state sops enableRecommendedDefaults postgresql; inherit (m.config.clan.core.networking) targetHost buildHost; }
      ]) machines)
    (builtins.deepSeq [
      (clan.exports or null)
      (lib.mapAttrs (_: m: lib.mapAttrs (_: g: g.script) m.config.clan.core.vars.generators) machines)
    ] checkVars);
}
