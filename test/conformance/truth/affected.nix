# What each machine of the clan at `dir` comes to, as text that is the same for two states if and only if the machine is: its
# entry in the inventory, its roles with their settings, and all that its modules say. Another version of an input that
# says something for a machine says something else.
{ dir, sources }:
let
  hash = builtins.hashString "sha256";
  package = name: content: { type = "derivation"; inherit name; outPath = "/made/${hash (text 0 content)}-${name}"; };
  truth = import ./clan.nix { inherit dir sources package revisionOf; };
  inherit (truth) lib;

  lock = builtins.fromJSON (builtins.readFile (dir + "/flake.lock"));
  revisionOf = name: lock.nodes.${name}.locked.rev or "none";

  text = depth: value:
    let
      kind = builtins.typeOf value;
      found = builtins.tryEval (shown depth value kind);
    in
    if depth > 30 then "…" else if found.success then found.value else "«failed»";
  shown = depth: value: kind: {
    lambda = "«function»";
    path = if lib.pathIsRegularFile value then "${baseNameOf value} ${builtins.hashFile "sha256" value}" else baseNameOf value;
    list = "[ ${lib.concatMapStringsSep " " (text (depth + 1)) value} ]";
    set = "{ ${lib.concatStringsSep " " (lib.mapAttrsToList (name: one: "${name} = ${text (depth + 1) one};") value)} }";
    string = builtins.toJSON value;
  }.${kind} or (builtins.toJSON value);

  of = name: machine: {
    entry = truth.inventory.machines.${name};
    roles = lib.filterAttrs (_: r: r != { }) (lib.mapAttrs (_: i: lib.mapAttrs (_: r: r.${name}) (lib.filterAttrs (_: r: r ? ${name}) i)) (lib.foldl' (a: b: a // b) { } (lib.attrValues truth.settings)));
    config = removeAttrs machine.config [ "_module" "assertions" "warnings" "clan" "clanConfig" "clanCore" "nixpkgs" "sops" ];
    generators = lib.mapAttrs (_: g: {
      inherit (g) share script dependencies;
      files = lib.mapAttrs (_: f: { inherit (f) secret deploy; value = if f.secret then null else f.value; }) g.files;
      prompts = lib.mapAttrs (_: p: { inherit (p) type persist description; }) g.prompts;
    }) machine.config.clan.core.vars.generators;
    made = map revisionOf [ "nixpkgs" "clan-core" ];
  };
in
lib.mapAttrs (name: machine: hash (text 0 (of name machine))) truth.machines
