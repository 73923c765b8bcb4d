# The paths of all options that clan-core declares for machines below `clan.core`, but for what is in generators.
{ sources }:
let
  inherit (import ./inputs.nix { inherit sources; }) lib clanLib;
  core = sources + "/clan-core/nixosModules/clanCore";
  files = lib.filter (lib.hasSuffix ".nix") (lib.attrNames (builtins.readDir core));
  evaluated = lib.evalModules {
    class = "nixos";
    specialArgs = { inherit clanLib; modulesPath = "/modules"; clan-core = { inherit clanLib; }; };
    modules = map (name: core + "/${name}") (lib.remove "default.nix" files) ++ [
      (core + "/vars")
      (core + "/postgresql")
      {
        config._module.check = false;
        config._module.args.pkgs = { inherit lib; };
        config._module.freeformType = lib.types.lazyAttrsOf lib.types.raw;
      }
    ];
  };
  below = path: option:
    if option.type.name == "submodule" then
      paths path (removeAttrs (option.type.getSubOptions [ ]) [ "_module" "_freeformOptions" "generators" ])
    else
      [ ];
  paths = path: set: lib.concatLists (lib.mapAttrsToList (name: value:
    let here = path ++ [ name ]; in
    if value ? _type then [ (lib.concatStringsSep "." here) ] ++ below here value else paths here value) set);
in
lib.unique (paths [ ] evaluated.options.clan.core)
