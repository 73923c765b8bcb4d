# The flake inputs of a clan: real ones from the checkouts below `sources`, empty stand-ins for the rest.
# `package`: what a package of a name, made of some content, is; `revisionOf` gives inputs their revisions.
{ sources, moduleNames ? [ ], package ? (name: _: "/nix/store/${name}"), revisionOf ? (_: "none") }:
let
  systems = import ./systems.nix;
  lib0 = import (sources + "/nixpkgs/lib");
  lib = lib0.extend (_: _: {
    # A machine without NixOS: clan-core's own vars, settings and sops options are real, every other option is free-form.
    nixosSystem = machine "nixos";
  });
  core = sources + "/clan-core";
  clanLib = import (core + "/lib") { inherit lib; };

  machine = class: { modules, specialArgs ? { }, ... }:
    let
      run = extra: lib.evalModules {
        inherit class;
        specialArgs = specialArgs // { modulesPath = "/modules"; };
        modules = extra ++ modules ++ [
          {
            config._module.freeformType = lib.types.lazyAttrsOf (lib.types.either lib.types.anything lib.types.raw);
            config._module.args.pkgs = pkgs;
            options.networking.domain = lib.mkOption { type = lib.types.nullOr lib.types.str; default = null; };
            options.networking.fqdn = lib.mkOption { type = lib.types.str; default = ""; };
            options.environment.systemPackages = lib.mkOption { type = lib.types.listOf lib.types.raw; default = [ ]; };
            # The service `users` asks for it.
            config.services.userborn.enable = lib.mkDefault false;
            # clan-infra still sets what this clan-core no longer has; it would hide all else.
            options.clan.core.vars = lib.mkOption { type = lib.types.submodule { options.generators = lib.mkOption { type = lib.types.attrsOf (lib.types.submoduleWith { modules = [ { options.migrateFact = lib.mkOption { type = lib.types.raw; default = null; }; } ]; }); }; }; };
            options.nixpkgs.hostPlatform = lib.mkOption { type = lib.types.raw; apply = lib.systems.elaborate; };
            options.warnings = lib.mkOption { type = lib.types.listOf lib.types.str; default = [ ]; };
            options.assertions = lib.mkOption { type = lib.types.listOf lib.types.unspecified; default = [ ]; };
          }
        ];
      };
      go = extra: run extra // { extendModules = { modules, ... }: go (extra ++ modules); };
    # `given`: what it was made with, beside what it is.
    in go [ ] // { given = { inherit modules specialArgs; }; };

  pkgs = { inherit lib; hello = "/nix/store/hello"; jq = "/nix/store/jq";
    callPackage = file: arguments: let function = import file; in function (builtins.intersectAttrs (builtins.functionArgs function) pkgs // arguments);
    stdenv.mkDerivation = arguments: package arguments.name arguments;
    stdenv.hostPlatform = { system = "x86_64-linux"; isDarwin = false; isLinux = true; }; system = "x86_64-linux"; writeText = package; runCommand = n: env: script: package n [ env script ]; writeShellScript = package; writeShellScriptBin = package; };

  stub = name: rec {
    rev = revisionOf name;
    outPath = "/nix/store/00000000000000000000000000000000-${name}";
    flakeModule = { };
    flakeModules = lib0.genAttrs [ "default" "autoWire" "modules" "easyOverlay" "flakeModule" "home-manager" "treefmt" "nixos" ] (n: { key = "${name}#flake-${n}"; });
    nixosModules = lib0.genAttrs ([ "default" "sops" "disko" "data-mesher" "home-manager" ] ++ moduleNames) (n: { key = "${name}#${n}"; config = lib0.optionalAttrs (rev != "none") { versions.${name} = rev; }; });
    nixosModule = { };
    homeModules = nixosModules; darwinModules = nixosModules; modules = nixosModules;
    packages = { }; legacyPackages = { }; inputs = { }; sourceInfo = { }; lib = { }; clan.modules = { };
    overlays.default = _: _: { };
    _type = "flake";
  };

  services = lib.filterAttrs
    (n: t: t == "directory" && builtins.pathExists (core + "/clanServices/${n}/default.nix"))
    (builtins.readDir (core + "/clanServices"));

  clan-core = stub "clan-core" // {
    outPath = toString core;
    inherit clanLib;
    lib = clanLib // {
      clan = args: import (core + "/lib/clan") { inherit lib clan-core; } args;
      buildClan = args: (clan-core.lib.clan args).config;
    };
    clan = { modules = lib.mapAttrs (n: _: core + "/clanServices/${n}/default.nix") services; templates = { }; deprecatedModules = [ ]; };
    modules.clan.default = lib.modules.importApply (core + "/modules/clan/default.nix") { inherit clan-core; };
    inputs = { inherit nixpkgs nix-darwin; data-mesher = stub "data-mesher"; };
    nixosModules = { clanCore = clanCore; installer = { }; hidden-ssh-announce = { }; };
    darwinModules.clanCore = clanCore;
    flakeModules.default = import (core + "/flakeModules/clan.nix") {
      flake-parts-lib = flake-parts.lib; coreModules = clan-core.modules; coreInputs = clan-core.inputs; inherit clanLib;
    };
    flakeModule = clan-core.flakeModules.default;
  };
  clanCore.imports = map (f: core + "/nixosModules/clanCore/${f}") [ "dependencies.nix" "settings.nix" "options.nix" "vars" "state.nix" "sops.nix" "networking.nix" "backups.nix" "deprecated.nix" "deprecations.nix" "postgresql" ]
    # What it switches on is options of NixOS.
    ++ [ { options.clan.core.enableRecommendedDefaults = lib.mkOption { type = lib.types.bool; default = false; }; } ]
    ++ [ { options.sops.secrets = lib.mkOption { type = lib.types.attrsOf lib.types.raw; default = { }; }; } ];

  nixpkgs = stub "nixpkgs" // { inherit lib; outPath = toString (sources + "/nixpkgs"); legacyPackages = lib.genAttrs systems (_: pkgs); };
  nix-darwin = stub "nix-darwin" // { lib.darwinSystem = machine "darwin"; };
  flake-parts = let whole = (import (sources + "/flake-parts/flake.nix")).outputs { nixpkgs-lib = nixpkgs; self = flake-parts; }; in
    stub "flake-parts" // { inherit (whole) lib flakeModules; };
in
{
  inherit lib clanLib stub;
  known = {
    inherit clan-core nixpkgs flake-parts nix-darwin;
    nixpkgs-lib = nixpkgs;
    darwin = nix-darwin;
    import-tree = builtins.scopedImport {
      # Newer than Nix 2.8.
      builtins = builtins // { readFileType = path: (builtins.readDir (dirOf path)).${baseNameOf path}; };
    } (sources + "/import-tree");
    systems.outPath = ./systems.nix;
    nixos-unified = stub "nixos-unified" // (import (sources + "/nixos-unified/flake.nix")).outputs { };
    # Of its outputs only those that it passes on as they are.
    adios-flake = stub "adios-flake" // { lib.mkFlake = args: args.flake; };
  };
}
