# What Nix says of a flake before and after it got a clan: `hosts` are the names in each output, `host` is what one is made
# of, `inventory` the clan's machines and instances, as clan-core has them.
# `roles`: which checkout below `sources` an input is, by its name; `used`: paths of attributes that the flake's code takes
# from the others, which are stand-ins; `places` has a folder for each of which files are read.
{ dir, sources, roles, used, places, machine }:
let
  inherit (import ./inputs.nix { inherit sources; }) lib stub known;
  flake = import (dir + "/flake.nix");
  isFunction = lib.isFunction flake.outputs;
  formals = lib.optionals isFunction (lib.attrNames (builtins.functionArgs flake.outputs));
  names = lib.unique (lib.attrNames (flake.inputs or { }) ++ lib.filter (name: name != "self") formals);

  # May be called, any number of times, or be a module.
  leaf = name: { key = name; outPath = "/nix/store/stand-in"; __functor = self: given: if given ? config && given ? lib then { } else self; };
  standIn = name: lib.foldl' (set: path:
    if lib.hasAttrByPath path set then set
    else if lib.any (n: lib.hasAttrByPath (lib.take n path) set && lib.getAttrFromPath (lib.take n path) set ? __functor) (lib.range 1 (lib.length path)) then set
    else lib.recursiveUpdate set (lib.setAttrByPath path (leaf (lib.concatStringsSep "." ([ name ] ++ path)))))
    (stub name // lib.optionalAttrs (builtins.pathExists (places + "/${name}")) { outPath = toString (places + "/${name}"); })
    (used.${name} or [ ]);

  # A framework is its own code.
  real = source: let
    it = import (sources + "/${source}/flake.nix");
    whole = it.outputs (lib.mapAttrs (name: _: inputOf name (sourceOf name)) (it.inputs or { }) // { self = whole // { outPath = sources + "/${source}"; }; }
      // lib.optionalAttrs (builtins.functionArgs it.outputs ? nixpkgs) { inherit (known) nixpkgs; });
  in stub source // whole // { outPath = toString (sources + "/${source}"); };
  sourceOf = name: roles.${name} or name;
  inputOf = name: source:
    if known ? ${source} then known.${source} // { sourceInfo = { }; inputs = { }; }
    else if source == "home-manager" then lib.recursiveUpdate (standIn name) { lib.homeManagerConfiguration = given: { inherit given; }; }
    else if builtins.pathExists (sources + "/${source}/flake.nix") then real source
    else standIn name;

  inputs = lib.genAttrs names (name: inputOf name (sourceOf name)) // { inherit self; };
  outputs = flake.outputs inputs;
  self = outputs // { inherit inputs outputs; outPath = toString dir; sourceInfo.outPath = toString dir; _type = "flake"; rev = "none"; };

  relative = path: lib.removePrefix (toString dir) (toString path);
  describe = module:
    if builtins.isPath module then relative module
    else if lib.isFunction module && !(lib.isAttrs module) then { function = lib.attrNames (builtins.functionArgs module); }
    else if lib.isAttrs module then { names = lib.attrNames module; imports = lib.optionals (module ? imports && lib.isList module.imports) (map describe module.imports); }
    else if lib.isList module then map describe module
    else builtins.typeOf module;
in
{
  hosts = lib.genAttrs [ "nixosConfigurations" "darwinConfigurations" "homeConfigurations" ] (output: lib.attrNames (outputs.${output} or { }));
  host = output: name: let host = outputs.${output}.${name}; in
    if host ? given then { modules = describe host.given.modules; arguments = lib.remove "clan-core" (lib.attrNames (host.given.specialArgs or host.given.extraSpecialArgs or { })); }
    else { names = lib.attrNames host; };
  inventory = let
    inherit (outputs.clan) inventory;
  in {
    machines = lib.mapAttrs (_: machine: machine.machineClass) inventory.machines;
    instances = lib.mapAttrs (_: instance: instance.module.name) inventory.instances;
    inherit (inventory.meta) name;
    # clan makes a system of each; that of the new machine has vars, others may need more than stand-ins.
    made = lib.attrNames (lib.filterAttrs (name: host: inventory.machines ? ${name} && (name != machine || host ? config.clan.core.vars)) ((outputs.nixosConfigurations or { }) // (outputs.darwinConfigurations or { })));
  };
}
