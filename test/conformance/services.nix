# What clan-core's services say of themselves: for each service and role its options, in the form of services.json.
#
#   import ./services.nix { lib = import nixpkgs/lib; core = ./clan-core; names = [ "sshd" ]; }
#   -> { sshd = { manifestName = "clan-core/sshd"; …; roles.client = [ { path = "certificate.enable"; … } ]; }; }
{
  lib,
  core,
  names,
}:
let
  clanLib = import (core + "/lib") { inherit lib; };
  # What only a whole clan has: reached by instances, never by an interface.
  clanArgs = {
    directory = core;
    exports = { };
    meta = {
      name = "clan";
      domain = "clan";
    };
  };

  load =
    name:
    let
      file = core + "/clanServices/${name}/default.nix";
      written = import file;
    in
    # Handed clan-core's packages before it is a module.
    if builtins.isFunction written && builtins.functionArgs written ? clanPackages then
      lib.modules.importApply file { clanPackages = { }; }
    else
      file;

  service =
    name:
    let
      inherit
        (clanLib.evalService {
          modules = [
            (load name)
            { _module.args = clanArgs; }
          ];
          prefix = [ name ];
        })
        config
        ;
    in
    {
      manifestName = config.manifest.name;
      inherit (config.manifest) categories;
      exports = { inherit (config.manifest.exports) inputs out; };
      roles = lib.mapAttrs (_: role: describe (interfaceOptions role)) config.roles;
    };

  interfaceOptions =
    role:
    (lib.evalModules {
      modules = [ role.interface ];
      specialArgs = { inherit (clanArgs) meta; };
    }).options;

  describe =
    options:
    lib.concatMap (
      option:
      [
        {
          path = lib.concatStringsSep "." option.loc;
          type = option.type.description;
          default = defaultText option;
          required = !(hasDefault option || isEmptyable option);
          readOnly = option.readOnly or false;
        }
      ]
      ++ describe (option.type.getSubOptions option.loc)
    ) (lib.filter (option: !(option.internal or false)) (
      lib.collect lib.isOption (builtins.removeAttrs options [ "_module" ])
    ));

  hasDefault = option: option ? defaultText || option ? default;
  isEmptyable = option: option.type.emptyValue ? value;
  defaultText =
    option:
    if hasDefault option then
      (lib.options.renderOptionValue (option.defaultText or option.default)).text
    else if isEmptyable option then
      # That of a submodule could be an error: it is not evaluated.
      if option.type.getSubModules == null then
        (lib.options.renderOptionValue option.type.emptyValue.value).text
      else
        "(empty)"
    else
      null;
in
lib.genAttrs names service
