/**
 * `lib.sources`: source trees without what is not wanted. A cleaned source knows what it was made from; its
 * store path is unknown.
 *
 *   (lib.cleanSource ./.).origSrc  ->  ./.
 */
import { fail } from "../errors.ts";
import { expectAttrs, expectBool, expectString, findAttr } from "../expect.ts";
import { apply, type Eval } from "../machine.ts";
import { attrs, bool, string } from "../make.ts";
import { Thunk } from "../thunk.ts";
import type { Value } from "../value.ts";
import { lazily, type Members, onStrings, pick, shownOf } from "./native.ts";

export function sourceMembers(builtins: Members): Members {
  return {
    ...pick(builtins, "filterSource"),
    pathHasContext: builtins.hasContext as Value,
    ...lazily({
      cleanSource: (source) => cleaned(builtins, source, Thunk.of(FILTER.cleanSourceFilter as Value)),
      cleanSourceWith: function* (args) {
        const given = expectAttrs(yield args);
        const source = findAttr(given, "src") ?? fail("error", "attribute 'src' missing");
        const filter = given.attrs.get("filter")?.value ?? Thunk.of(FILTER.everything as Value);
        return yield* cleaned(builtins, source, filter, given.attrs.get("name")?.value);
      },
      sourceByRegex: (source, _patterns) => cleaned(builtins, source, Thunk.of(FILTER.everything as Value)),
      sourceFilesBySuffices: (source, _suffixes) =>
        cleaned(builtins, source, Thunk.of(FILTER.everything as Value)),
      sourceByGlobs: (source, _globs) => cleaned(builtins, source, Thunk.of(FILTER.everything as Value)),
      canCleanSource: function* (source) {
        const value = yield source;
        if (value.type === "attrs" && value.attrs.has("_isLibCleanSourceWith")) return bool(true);
        return bool((yield* shownOf(source)).context === undefined);
      },
    }),
    cleanSourceFilter: FILTER.cleanSourceFilter as Value,
  };
}

const FILTER: Members = {
  ...lazily({ everything: (_path, _type) => bool(true) }),
  ...onStrings({ cleanSourceFilter: (name, type) => bool(isWanted(name.value, type.value)) }),
};

/** No version control, editor backups, objects, build results. */
function isWanted(file: string, type: string): boolean {
  const name = file.slice(file.lastIndexOf("/") + 1);
  if (name === ".git" || type === "unknown") return false;
  if (type === "directory" && /^(\.svn|CVS|\.hg|\.jj|\.pijul|_darcs)$/.test(name)) return false;
  if (type === "symlink" && name.startsWith("result")) return false;
  return !/(~|\.o|\.so)$/.test(name) && !/^\.(.*\.)?sw[a-z]$/s.test(name);
}

function* cleaned(builtins: Members, source: Thunk, filter: Thunk, name?: Thunk): Eval<Value> {
  const value = yield source;
  const inner = value.type === "attrs" && value.attrs.has("_isLibCleanSourceWith") ? value : undefined;
  const part = (attribute: string, fallback: Thunk): Thunk => inner?.attrs.get(attribute)?.value ?? fallback;
  const origin = part("origSrc", source);
  const before = part("filter", Thunk.of(FILTER.everything as Value));
  const both = lazily({
    filter: function* (file, type) {
      const wanted = expectBool(yield apply(filter, file, type));
      return wanted.value ? yield apply(before, file, type) : wanted;
    },
  });
  const given = name && (yield name);
  const called = given && given.type !== "null" ? string(expectString(given).value) : undefined;
  const label = called ? Thunk.of(called) : part("name", Thunk.of(string("source")));
  return attrs({
    _isLibCleanSourceWith: bool(true),
    origSrc: origin,
    filter: both.filter as Value,
    name: label,
    outPath: apply(builtins.path as Value, Thunk.of(attrs({ path: origin, name: label }))),
  });
}
