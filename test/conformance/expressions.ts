/**
 * Random Nix expressions, mostly well typed, over every operator and most pure builtins.
 *
 *   (builtins.length ([ 1 xi ] ++ (map (xi: xi * 2) xl)))
 *
 * The names `xi xs xl xa xb xf` (an int, string, list of ints, set, Boolean, function) are always bound.
 */
import fc from "fast-check";

type Text = fc.Arbitrary<string>;
const KINDS = [
  "int",
  "float",
  "bool",
  "string",
  "ints",
  "strings",
  "set",
  "fn",
  "pred",
  "path",
  "derivation",
  "any",
  "name",
] as const;
type Kind = (typeof KINDS)[number];

/** Binds the names expressions use. */
export function inContext(expression: string): string {
  return `let xi = 3; xs = "str"; xl = [ 3 1 2 ]; xb = true; xf = x: x + 1; xa = { a = 1; b = "two"; c.d = [ ]; }; in ${expression}`;
}

/** An expression whose free names `inContext` binds. */
export function arbitraryExpression(): Text {
  return fc.letrec<Record<Kind, string>>((tie) => {
    const kinds = Object.fromEntries(KINDS.map((kind) => [kind, tie(kind)])) as Record<Kind, Text>;
    const { int, float, bool, string, ints, strings, set, fn, pred, path, derivation, any, name } = kinds;
    /** Templates of one type: leaves first, which alone are used when it gets deep. */
    const choose = (leaves: readonly string[], ...templates: Text[]): Text =>
      fc.oneof(
        { depthSize: "small", maxDepth: 5, depthIdentifier: "expression" },
        { weight: 3, arbitrary: fc.constantFrom(...leaves) },
        ...templates.map((arbitrary) => ({ weight: 1, arbitrary })),
      );
    /** Forms every type has. */
    const general = (own: Text, variable: string): Text[] => [
      nix`(if ${bool} then ${own} else ${own})`,
      nix`(let ${fc.constant(variable)} = ${own}; in ${own})`,
      nix`((xi: ${own}) ${int})`,
      nix`((xs: ${own}) ${string})`,
      nix`(({ xi ? ${int}, xb ? false, ... }: ${own}) ${set})`,
      nix`(assert ${bool}; ${own})`,
      nix`(with ${set}; ${own})`,
      nix`(let inherit (${set}) a b; in ${own})`,
      nix`(rec { v = ${own}; w = v; }).w`,
      nix`(${set}.${name} or ${own})`,
      nix`(${set}.v or ${own})`,
      nix`(builtins.seq ${any} ${own})`,
      nix`(builtins.head [ ${own} ${any} ])`,
      nix`(let r = builtins.tryEval ${own}; in if r.success then r.value else ${own})`,
      // Now and then a thing of another type.
      any,
    ];
    const wrong: Text[] = [any];
    const small = fc.constantFrom("0", "1", "2", "5", "100", "(-1)", "xi");

    return {
      int: choose(
        ["0", "1", "2", "7", "xi", "42", "(-3)", "9223372036854775807", "4611686018427387904"],
        nix`(${int} + ${int})`,
        nix`(${int} - ${int})`,
        nix`(${int} * ${int})`,
        nix`(${int} / ${int})`,
        nix`(- ${int})`,
        nix`(builtins.add ${int} ${int})`,
        nix`(builtins.sub ${int} ${int})`,
        nix`(builtins.bitAnd ${int} ${int})`,
        nix`(builtins.bitOr ${int} ${int})`,
        nix`(builtins.bitXor ${int} ${int})`,
        nix`(builtins.length ${ints})`,
        nix`(builtins.stringLength ${string})`,
        nix`(builtins.elemAt ${ints} ${small})`,
        nix`(builtins.foldl' (a: b: a + b) ${int} ${ints})`,
        nix`(builtins.compareVersions ${string} ${string})`,
        nix`(builtins.floor ${float})`,
        nix`(builtins.ceil ${float})`,
        nix`(xf ${int})`,
        nix`(${fn} ${int})`,
        nix`(builtins.length (builtins.attrNames ${set}))`,
        nix`(builtins.fromJSON (builtins.toJSON ${int}))`,
        ...general(int, "xi"),
      ),
      float: choose(
        ["0.5", "1.0", "2.25", "1.5e10", "0.1", "3.3333333", "1.0e-7"],
        nix`(${float} + ${float})`,
        nix`(${float} - ${int})`,
        nix`(${int} * ${float})`,
        nix`(${float} / ${int})`,
        nix`(- ${float})`,
        nix`(builtins.fromTOML "x = ${fc.constantFrom("1.5", "-0.25e3", "1e-7", "6.02e23")}").x`,
        nix`(builtins.fromJSON "${fc.constantFrom("1.5", "-0.25e3", "1E-7", "123456789.125")}")`,
        ...wrong,
      ),
      bool: choose(
        ["true", "false", "xb"],
        nix`(${bool} && ${bool})`,
        nix`(${bool} || ${bool})`,
        nix`(${bool} -> ${bool})`,
        nix`(! ${bool})`,
        nix`(${any} == ${any})`,
        nix`(${any} != ${any})`,
        nix`(${int} == ${float})`,
        nix`(${int} < ${int})`,
        nix`(${int} <= ${float})`,
        nix`(${string} > ${string})`,
        nix`(${path} == ${path})`,
        nix`(${path} < ${path})`,
        nix`(builtins.hasContext ${string})`,
        nix`(builtins.deepSeq ${any} true)`,
        nix`(${ints} >= ${ints})`,
        nix`(${strings} < ${strings})`,
        nix`(${set} ? ${name})`,
        nix`(${set} ? ${name}.${name})`,
        nix`(${any} ? a)`,
        nix`(builtins.lessThan ${int} ${float})`,
        nix`(builtins.elem ${any} ${ints})`,
        nix`(builtins.all ${pred} ${ints})`,
        nix`(builtins.any ${pred} ${ints})`,
        nix`(builtins.hasAttr ${string} ${set})`,
        nix`(builtins.${fc.constantFrom("isInt", "isFloat", "isBool", "isString", "isList", "isAttrs", "isFunction", "isNull", "isPath")} ${any})`,
        nix`(builtins.match ${fc.constantFrom('"[a-z]+"', '"(.*)"', '"a.?b*"', '"[[:upper:]]"')} ${string} == null)`,
        ...general(bool, "xb"),
      ),
      string: choose(
        [
          '""',
          '"a"',
          '"b c"',
          "xs",
          '"1.2.3"',
          '"ä€😀"',
          '"a-1.0"',
          "''\n  x\n    y\n''",
          '"\\n\\t\\${x}$"',
          '"/a/b.nix"',
        ],
        nix`(${string} + ${string})`,
        nix`"x${interpolated(string)}y"`,
        nix`"${interpolated(string)}${interpolated(any)}"`,
        nix`''${interpolated(string)}  z''`,
        nix`''\n  a ${interpolated(string)}\n    b\n\t${interpolated(any)}\n ''`,
        nix`''\n    ''\${x} ''$ ''' ''\\n $${interpolated(string)}\n  ${interpolated(string)}''`,
        nix`"a$${interpolated(string)} $$${interpolated(any)}"`,
        nix`(toString ${path})`,
        nix`(baseNameOf ${path})`,
        nix`(builtins.toFile "${fc.constantFrom("a", "b.txt", "a b", "")}" ${string})`,
        nix`(builtins.concatStringsSep "," (builtins.attrNames (builtins.getContext ${string})))`,
        nix`(builtins.unsafeDiscardStringContext ${derivation}.${fc.constantFrom("outPath", "drvPath", "name", "dev", "missing")})`,
        nix`"${interpolated(derivation)}"`,
        nix`(builtins.replaceStrings [ "" ${string} ] [ ${string} "x" ] ${string})`,
        nix`(builtins.replaceStrings ${fc.constantFrom('[ "ab" "a" ] [ "1" "2" ]', '[ "a" "ab" ] [ "1" "2" ]', '[ "" "" ] [ "1" "2" ]', '[ "ä" "b" ] [ "" "ß" ]')} ${string})`,
        nix`(builtins.toJSON (builtins.match ${fc.constantFrom('"(a|ab)(c|bcd)*"', '"([a-z]*)([0-9.]*)"', '"(.?)(.*)"', '"^a|b$"', '"(()|a)+"', '"[^]a]*"', '"[[:alpha:]-]+"', '"a{1,2}b?"')} ${string}))`,
        nix`(builtins.toJSON (builtins.split ${fc.constantFrom('"(a)|(b)"', '"a*"', '"[.-]"', '"()"', '"(a*)b"', '"[[:space:]]+"')} ${string}))`,
        nix`(builtins.toJSON (builtins.fromTOML ${fc.constantFrom('"a = 1\\nb.c = [ 1, 2 ]"', '"[t]\\nx = true\\n[[l]]\\ny = \\"s\\""', '"x = 0x1F\\ny = 1_000"', '"a = { b = 1 }"', '"a = "', '"a = 1\\na = 2"')}))`,
        nix`(toString ${any})`,
        // Large offsets and indices wrap around in old versions of Nix.
        nix`(builtins.substring ${small} ${small} ${string})`,
        nix`(builtins.concatStringsSep ${string} ${strings})`,
        nix`(builtins.replaceStrings ${strings} ${strings} ${string})`,
        nix`(builtins.replaceStrings [ "a" "" ] [ ${string} "-" ] ${string})`,
        nix`(builtins.toJSON ${any})`,
        nix`(builtins.typeOf ${any})`,
        nix`(builtins.head ${strings})`,
        nix`(builtins.baseNameOf ${string})`,
        nix`(dirOf ${string})`,
        nix`(builtins.hashString ${fc.constantFrom('"md5"', '"sha1"', '"sha256"', '"sha512"')} ${string})`,
        nix`(builtins.parseDrvName ${string}).${fc.constantFrom("name", "version")}`,
        nix`(builtins.unsafeDiscardStringContext ${string})`,
        nix`(builtins.toXML ${any})`,
        ...general(string, "xs"),
      ),
      ints: choose(
        ["[ ]", "[ 1 ]", "[ 1 2 3 ]", "xl", "[ 3 (-1) 2 ]"],
        nix`[ ${int} ${int} ]`,
        nix`(${ints} ++ ${ints})`,
        nix`(map ${fn} ${ints})`,
        nix`(builtins.filter ${pred} ${ints})`,
        nix`(builtins.genList ${fn} ${fc.constantFrom("0", "1", "3")})`,
        nix`(builtins.sort (a: b: a < b) ${ints})`,
        nix`(builtins.sort builtins.lessThan ${ints})`,
        nix`(builtins.sort (a: b: ${fc.constantFrom("true", "false", "a > b", "a <= b", "a != b", "b < 2")}) ${ints})`,
        nix`(map (x: x.v) (builtins.sort (a: b: a.k < b.k) (map (v: { inherit v; k = v / 2; }) ${ints})))`,
        nix`(builtins.tail ${ints})`,
        nix`(builtins.concatMap (xi: ${ints}) ${ints})`,
        nix`(builtins.concatLists [ ${ints} ${ints} ])`,
        nix`(builtins.partition ${pred} ${ints}).${fc.constantFrom("right", "wrong")}`,
        nix`(builtins.attrValues ${set})`,
        nix`(builtins.catAttrs ${string} [ ${set} ${set} ])`,
        nix`(map (e: e.key) (builtins.genericClosure { startSet = [ { key = ${int}; } ]; operator = e: if e.key > 5 || e.key < 0 then [ ] else [ { key = e.key + 1; } ]; }))`,
        ...general(ints, "xl"),
      ),
      strings: choose(
        ["[ ]", '[ "a" ]', '[ "b" "a" ]', "[ xs xs ]"],
        nix`[ ${string} ${string} ]`,
        nix`(${strings} ++ ${strings})`,
        nix`(map (xs: ${string}) ${strings})`,
        nix`(builtins.attrNames ${set})`,
        nix`(builtins.splitVersion ${string})`,
        nix`(builtins.split ${fc.constantFrom('"[ab]"', '"(x)|y"', '"-"', '""')} ${string})`,
        nix`(builtins.sort builtins.lessThan ${strings})`,
        ...wrong,
      ),
      set: choose(
        ["{ }", "xa", "{ a = 1; }", '{ b = "x"; a.c = 2; }', '{ xi = 5; ${"q r"} = null; }'],
        nix`{ a = ${any}; ${name} = ${any}; }`,
        nix`{ a.b = ${any}; a.${name} = ${any}; }`,
        nix`{ ${dynamic(string)} = ${any}; inherit xi xs; }`,
        nix`{ inherit (${set}) a; v = ${any}; }`,
        nix`rec { a = ${any}; b = a; v = [ b a ]; }`,
        nix`(${set} // ${set})`,
        nix`(builtins.mapAttrs (n: v: ${any}) ${set})`,
        nix`(builtins.mapAttrs (n: v: [ n v ]) ${set})`,
        nix`(builtins.removeAttrs ${set} ${strings})`,
        nix`(builtins.intersectAttrs ${set} ${set})`,
        nix`(builtins.listToAttrs [ { name = ${string}; value = ${any}; } { name = "a"; value = ${any}; } ])`,
        nix`(builtins.functionArgs ({ a, b ? 1 }: ${any}))`,
        nix`(builtins.groupBy toString ${ints})`,
        nix`(builtins.zipAttrsWith (n: vs: vs) [ ${set} ${set} ])`,
        nix`(builtins.tryEval ${any})`,
        nix`(builtins.tryEval (throw ${string}))`,
        nix`(builtins.fromJSON (builtins.toJSON ${set}))`,
        nix`(builtins.parseDrvName ${string})`,
        nix`{ __functor = self: xi: ${any}; a = 1; }`,
        nix`rec { a = ${any}; b = a; __overrides = { a = ${any}; }; }`,
        nix`(let r = { a = ${any}; b = r.a; c = builtins.tryEval (throw "z"); }; in r)`,
        nix`(builtins.mapAttrs (n: v: builtins.tryEval v) ${set})`,
        nix`(builtins.getContext ${string})`,
        nix`(builtins.partition ${pred} ${ints})`,
        nix`(removeAttrs ${derivation} [ "all" "drvAttrs" "out" "dev" ])`,
        nix`{ __toString = self: ${string}; a = 2; }`,
        nix`{ outPath = ${string}; }`,
        nix`(${set}.${name} or { a = { }; })`,
        ...general(set, "xa"),
      ),
      fn: choose(
        ["xf", "(x: x)", "(xi: xi * 2)", "(builtins.add 1)", "toString", "builtins.typeOf"],
        nix`(xi: ${int})`,
        nix`(xi: ${any})`,
        nix`(builtins.${fc.constantFrom("add", "sub", "mul", "div", "bitAnd")} ${int})`,
        nix`{ __functor = self: xi: ${int}; }`,
      ),
      pred: choose(["(x: true)", "(x: x > 1)", "(builtins.lessThan 2)"], nix`(xi: ${bool})`),
      path: choose(
        ["/a", "/a/b.nix", "/a/../b", "/a/./c", "/."],
        nix`(${path} + ${fc.constantFrom('"/x"', '"y"', '"/../z"', '"/."', '""', '"//w"')})`,
        nix`(dirOf ${path})`,
        nix`/a/${interpolated(string)}`,
      ),
      derivation: choose(
        ['(derivation { name = "d"; system = "s"; builder = "b"; })'],
        nix`(derivation { name = ${string}; system = "s"; builder = ${string}; })`,
        nix`(derivation { name = "e"; system = ${string}; builder = "b"; args = ${strings}; outputs = [ "out" "dev" ]; })`,
        nix`(derivation { name = "f"; system = "s"; builder = "b"; x = ${any}; y = ${set}; })`,
        nix`(derivation { name = "g"; system = "s"; builder = "b"; outputHashMode = ${fc.constantFrom('"flat"', '"recursive"', '"odd"')}; outputHashAlgo = "sha256"; outputHash = "0000000000000000000000000000000000000000000000000000"; })`,
      ),
      any: fc.oneof(
        { depthSize: "small", maxDepth: 5, depthIdentifier: "expression" },
        fc.constantFrom("null", "1", '"s"', "true", "[ ]", "{ }", "1.5", "(x: x)", "map"),
        int,
        float,
        bool,
        string,
        ints,
        strings,
        set,
        fn,
        derivation,
        nix`[ ${any} ${any} ]`,
        nix`(throw ${string})`,
        nix`(abort "a")`,
        nix`(${any} ${any})`,
        nix`(${any} + ${any})`,
        nix`(${any} < ${any})`,
      ),
      name: fc.constantFrom("a", "b", "c", "v", "xi", '"q r"', "d", "outPath"),
    };
  }).any;
}

/** `nix`(${a} + ${b})`` joins the generated parts with the fixed text. */
function nix(texts: TemplateStringsArray, ...parts: Text[]): Text {
  return fc
    .tuple(...parts)
    .map((generated) => texts.map((text, index) => text + (generated[index] ?? "")).join(""));
}

function interpolated(expression: Text): Text {
  return expression.map((text) => `\${${text}}`);
}

function dynamic(expression: Text): Text {
  return interpolated(expression);
}
