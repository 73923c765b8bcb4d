import { describe, expect, test } from "vitest";
import { describeType } from "../../../server/src/modules/describe.ts";
import { declaredBy } from "../../../server/src/modules/evaluate.ts";
import type { OptionSet } from "../../../server/src/modules/option-type.ts";
import { Evaluator } from "../../../server/src/nix/evaluator.ts";
import { path } from "../../../server/src/nix/make.ts";
import { Thunk } from "../../../server/src/nix/thunk.ts";
import { nativeLib } from "../../../server/src/project/native-lib.ts";
import { textsAt } from "../helpers/modules.ts";
import { workspaceOf } from "../helpers/workspace.ts";

async function declared(text: string): Promise<OptionSet> {
  const { workspace } = await workspaceOf(text.includes("#- /") ? text : `#- /main.nix\n${text}`);
  const evaluator = new Evaluator(workspace.snapshot());
  return declaredBy(evaluator, { modules: [Thunk.of(path("/main.nix"))], lib: nativeLib(evaluator) });
}

/** "name: type" of each option, groups and submodules inside. */
function outline(set: OptionSet, prefix = ""): string[] {
  return [...set.options].flatMap(([name, { type }]) => {
    if (type.kind === "submodule" && type.group) return outline(type.options, `${prefix}${name}.`);
    const inner = type.kind === "attrsOf" || type.kind === "listOf" ? type.of : type;
    const below = inner.kind === "submodule" ? outline(inner.options, `${prefix}${name}.<name>.`) : [];
    return [`${prefix}${name}: ${describeType(type)}`, ...below];
  });
}

describe("options of modules", () => {
  test("nested sets, imports, submodules", async () => {
    const set = await declared(`
      #- /more.nix
      { lib, ... }: { options.tls.enable = lib.mkEnableOption "encryption"; }
      #- /main.nix
      { lib, ... }: {
        imports = [ ./more.nix ];
        options.tls.port = lib.mkOption { type = lib.types.port; default = 443; };
        options.hosts = lib.mkOption {
          type = lib.types.attrsOf (lib.types.submodule ({ name, ... }: {
            options.alias = lib.mkOption { type = lib.types.str; default = name; };
          }));
        };
      }
    `);
    expect(outline(set).sort()).toEqual([
      "hosts.<name>.alias: string",
      "hosts: attribute set of (submodule)",
      "tls.enable: boolean",
      "tls.port: 16 bit unsigned integer; between 0 and 65535 (both inclusive)",
    ]);
  });

  test("what is said about one", async () => {
    const { options } = await declared(`{ lib, ... }: {
      options.a = lib.mkOption { type = lib.types.str; description = "Says a."; };
      options.b = lib.mkOption { type = lib.types.listOf lib.types.str; };
      options.c = lib.mkOption { type = lib.types.int; default = 1 + 1; readOnly = true; internal = true; };
      options.d = lib.mkOption { type = lib.types.str; defaultText = lib.literalExpression "the name"; };
    }`);
    expect(options.get("a")).toMatchObject({ description: "Says a.", required: true, default: undefined });
    expect(textsAt(options.get("a")?.declared ?? [])).toEqual(["a"]);
    expect(options.get("b")?.required).toBe(false);
    expect(options.get("c")).toMatchObject({
      default: "1 + 1",
      required: false,
      readOnly: true,
      internal: true,
    });
    expect(options.get("d")).toMatchObject({ default: "the name", required: false });
  });

  test("types that contain themselves are read as far as somebody looks", async () => {
    const { options } = await declared(`{ lib, ... }: {
      options.tree = lib.mkOption {
        type = let tree = lib.types.attrsOf (lib.types.either lib.types.int tree); in tree;
      };
    }`);
    const type = options.get("tree")?.type;
    expect(
      type?.kind === "attrsOf" && type.of.kind === "either" && type.of.of.map(({ kind }) => kind),
    ).toEqual(["int", "attrsOf"]);
  });

  test("what cannot be read accepts everything or leaves the set open", async () => {
    const set = await declared(`{ lib, other, ... }: {
      options = { a = lib.mkOption { type = other.types.thing; }; b = other.option; } // other.more;
    }`);
    expect(set.options.get("a")?.type.kind).toBe("opaque");
    expect(set.options.get("b")?.type.kind).toBe("opaque");
    expect(set.open).toBe("the module argument ‘other’ is not known");
  });

  test("a freeform type", async () => {
    const set = await declared("{ lib, ... }: { freeformType = lib.types.attrsOf lib.types.int; }");
    expect(set.freeform?.kind).toBe("attrsOf");
  });

  test("an option declared twice: enums and submodules are joined", async () => {
    const { options } = await declared(`
      #- /more.nix
      { lib, ... }: {
        options.mode = lib.mkOption { type = lib.types.enum [ "b" ]; };
        options.sub.extra = lib.mkOption { type = lib.types.int; };
        options.many = lib.mkOption { type = with lib.types; attrsOf (submodule { options.b = lib.mkOption { }; }); };
      }
      #- /main.nix
      { lib, ... }: {
        imports = [ ./more.nix ];
        options.mode = lib.mkOption { type = lib.types.enum [ "a" ]; };
        options.sub = lib.mkOption { type = lib.types.submodule { options.own = lib.mkOption { type = lib.types.int; }; }; };
        options.many = lib.mkOption { type = with lib.types; attrsOf (submodule { options.a = lib.mkOption { }; }); };
      }
    `);
    const mode = options.get("mode")?.type;
    expect(mode?.kind === "enum" && [...mode.values].sort()).toEqual(["a", "b"]);
    const sub = options.get("sub")?.type;
    expect(sub?.kind === "submodule" && [...sub.options.options.keys()].sort()).toEqual(["extra", "own"]);
    const many = options.get("many")?.type;
    const one = many?.kind === "attrsOf" && many.of.kind === "submodule" ? many.of : undefined;
    expect([...(one?.options.options.keys() ?? [])].sort()).toEqual(["a", "b"]);
  });
});

test("types made by Nix code, of which a part may be more than is known", async () => {
  const set = await declared(`
    { lib, ... }:
    let
      type = name: more: { _type = "option-type"; inherit name; description = "\${name} of its own"; } // more;
      option = type: lib.mkOption { inherit type; default = null; };
      perhaps = one: lib.filter (each: each == one || builtins.currentTime == 1);
      module = name: { options.\${name} = option lib.types.int; };
      sub = modules: type "submodule" { getSubModules = modules; functor = { name = "submodule"; payload = { }; }; };
    in
    {
      options = {
        enum = option (type "enum" { functor = { name = "enum"; payload.values = [ "a" "b" ]; }; });
        openEnum = option (type "enum" { functor = { name = "enum"; payload.values = perhaps "a" [ "a" "b" ]; }; });
        sub = option (sub [ (module "a") ]);
        openSub = option (sub (perhaps 1 [ 1 (module "b") ]));
      };
    }`);
  expect(outline(set)).toEqual([
    'enum: one of "a", "b"',
    "openEnum: enum of its own",
    "sub: submodule",
    "sub.<name>.a: signed integer",
    "openSub: submodule of its own",
  ]);
});
