/**
 * nixpkgs' `lib`, natively: the functions people use in flakes and clans, as `lib.x` and `lib.strings.x`.
 *
 *   createLib(context).attrs.get("mkIf")  ->  the native function
 *
 * Everything else `lib` has or may have is unknown, not missing: all its sets are open.
 */
import { lazy } from "../builtins/define.ts";
import { createBuiltins } from "../builtins/index.ts";
import type { Context } from "../context.ts";
import { expectAttrs, expectString } from "../expect.ts";
import { attrs, openLibrary, string, unknown } from "../make.ts";
import { Thunk } from "../thunk.ts";
import type { AttrsValue, Value } from "../value.ts";
import { attrsetMembers } from "./attrsets.ts";
import { customisationMembers } from "./customisation.ts";
import { assertMembers, debugMembers } from "./debug.ts";
import { filesetMembers } from "./fileset.ts";
import { filesystemMembers } from "./filesystem.ts";
import { extend, fixedPointMembers, makeExtensible } from "./fixed-points.ts";
import { generatorMembers } from "./generators.ts";
import { listMembers } from "./lists.ts";
import { derivationMembers, metaMembers } from "./meta.ts";
import { moduleMembers } from "./modules.ts";
import { lazily, type Members, pick, withAttrs } from "./native.ts";
import { hasType, optionMembers } from "./options.ts";
import { OTHER_NAMES } from "./other-names.ts";
import { pathMembers } from "./path.ts";
import { sourceMembers } from "./sources.ts";
import { stringMembers } from "./strings.ts";
import { systemMembers } from "./systems.ts";
import { textClosureMembers } from "./text-closure.ts";
import { trivialMembers } from "./trivial.ts";
import { versionMembers } from "./versions.ts";

/** What other rooms give to `lib`. */
export interface LibExtra {
  /** `lib.types`. */
  readonly types?: Value | Thunk;
  /** More members of `lib.modules`, also in `lib` itself: `evalModules`, … */
  readonly modules?: Members;
  /** More members of `lib` itself: `nixosSystem`, … */
  readonly top?: Members;
}

/** Builtins that stand in `lib` itself and in none of its sets. */
const BUILTINS =
  "getContext hasContext convertHash hashString parseDrvName placeholder fromJSON fromTOML toFile toJSON " +
  "toString toXML tryEval parseFlakeRef flakeRefToString";

/** The members of each set that `lib` itself does not repeat. */
const NOT_REPEATED: Readonly<Record<string, string>> = {
  trivial: "",
  fixedPoints: "",
  attrsets: "longestValidPathPrefix unionOfDisjoint",
  lists: "hasPrefix removePrefix commonPrefix findFirstIndex",
  strings:
    "replicate escapeNixString escapeNixIdentifier escapeC normalizePath charToInt sanitizeDerivationName " +
    "levenshtein levenshteinAtMost commonPrefixLength commonSuffixLength floatToString " +
    "isConvertibleWithToString storeDir",
  stringsWithDeps: "",
  customisation: "",
  derivations: "",
  meta: "defaultPriority",
  filesystem: "listFilesRecursive resolveDefaultNix",
  sources: "sourceByGlobs",
  modules:
    "defaultOverridePriority defaultOrderPriority importApply importJSON importTOML mkAliasAndWrapDefsWithPriority",
  options: "literalCode",
  asserts: "assertEachOneOf checkAssertWarn",
  debug: "",
};

/** Stand-ins until the real hash is known. */
const FAKE_HASHES: Members = {
  fakeHash: string(`sha256-${"A".repeat(43)}=`),
  fakeSha256: string("0".repeat(64)),
  fakeSha512: string("0".repeat(128)),
};

/** `extra.types` and the like are Unknown where they are not given. */
export function createLib(context: Context, extra: LibExtra = {}): AttrsValue {
  const builtins: Members = Object.fromEntries(createBuiltins(context));
  const types = extra.types ?? unknown("lib.types is not available");
  const sets: Record<string, Members> = {
    trivial: trivialMembers(builtins),
    fixedPoints: fixedPointMembers(),
    attrsets: attrsetMembers(builtins),
    lists: listMembers(builtins),
    strings: stringMembers(builtins),
    stringsWithDeps: textClosureMembers(),
    customisation: customisationMembers(builtins),
    derivations: derivationMembers(builtins),
    meta: metaMembers(),
    filesystem: filesystemMembers(context, builtins),
    sources: sourceMembers(builtins),
    modules: { ...moduleMembers(builtins), ...extra.modules },
    options: optionMembers(types instanceof Thunk ? types : Thunk.of(types)),
    asserts: assertMembers(),
    debug: debugMembers(builtins),
  };
  const elsewhere: Record<string, Members> = {
    versions: versionMembers(builtins),
    generators: generatorMembers(builtins),
    path: pathMembers(),
    fileset: filesetMembers(context, builtins),
    systems: systemMembers(),
    flakes: pick(builtins, "parseFlakeRef flakeRefToString"),
  };
  const members: Record<string, Value | Thunk> = {
    ...pick(builtins, BUILTINS),
    ...typeMarks(),
    ...FAKE_HASHES,
    ...pick(elsewhere.generators ?? {}, "mkLuaInline"),
    ...pick(elsewhere.versions ?? {}, "compareVersions splitVersion"),
  };
  for (const [name, repeated] of Object.entries(sets))
    Object.assign(members, except(repeated, NOT_REPEATED[name] ?? ""));
  for (const [name, set] of Object.entries({ ...sets, ...elsewhere }))
    members[name] = openSet(`lib.${name}`, set);
  const lib = openSet("lib", { ...members, types, ...extra.top });
  return withAttrs(lib, { extend: extension(lib) });
}

function except(members: Members, names: string): Members {
  const excluded = new Set(names.split(" "));
  return Object.fromEntries(Object.entries(members).filter(([name]) => !excluded.has(name)));
}

function openSet(name: string, members: Members): AttrsValue {
  return attrs(members, undefined, openLibrary(`this member of ${name} is not evaluated`, OTHER_NAMES));
}

/** `lib.extend overlay`: `lib` with more or other members. Its own functions keep using each other. */
function extension(lib: AttrsValue): Value {
  const base = Thunk.of(lazy("lib", (_self) => lib));
  return lazy("extend", (overlay) =>
    makeExtensible("extend", Thunk.of(lazy("lib", (final) => extend(overlay, base, final)))),
  );
}

function typeMarks(): Members {
  return lazily({
    isType: function* (name, value) {
      return yield hasType(value, expectString(yield name).value);
    },
    setType: function* (name, value) {
      return withAttrs(expectAttrs(yield value), { _type: string(expectString(yield name).value) });
    },
    isOptionType: (value) => hasType(value, "option-type"),
  });
}
