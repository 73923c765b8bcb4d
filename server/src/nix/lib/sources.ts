/**
 * `lib.sources`: source trees without what is not wanted. A cleaned source knows what it was made from, and its store
 * path is that of the copy without the rest.
 *
 *   (lib.cleanSource ./.).origSrc  ->  ./.
 */
import { fail, Undecided } from "../errors.ts";
import { expectAttrs, expectBool, expectClosedList, expectString, findAttr } from "../expect.ts";
import { apply } from "../interpreter.ts";
import { attrs, bool, string, unknown } from "../make.ts";
import type { Eval } from "../step.ts";
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
      sourceByRegex: (source, patterns) => cleaned(builtins, source, matching(builtins, source, patterns)),
      sourceFilesBySuffices: (source, suffixes) => cleaned(builtins, source, endingWith(suffixes)),
      sourceByGlobs: (source, _globs) =>
        cleaned(builtins, source, Thunk.of(unknown("which files the globs match is not known"))),
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

/** Keeps what one of the regular expressions matches, read from the source's own root. */
function matching(builtins: Members, source: Thunk, patterns: Thunk): Thunk {
  const { filter } = lazily({
    filter: function* (file, _type) {
      const value = yield source;
      const inner = value.type === "attrs" ? value.attrs.get("origSrc")?.value : undefined;
      const root = `${(yield* shownOf(inner ?? source)).value}/`;
      const path = (yield* shownOf(file)).value;
      const relative = Thunk.of(string(path.startsWith(root) ? path.slice(root.length) : path));
      for (const pattern of expectClosedList(yield patterns).elements) {
        const found = yield apply(builtins.match as Value, pattern, relative);
        if (found.type === "unknown") throw new Undecided(found);
        if (found.type !== "null") return bool(true);
      }
      return bool(false);
    },
  });
  return Thunk.of(filter as Value);
}

/** Keeps directories, and files with one of the suffixes. */
function endingWith(suffixes: Thunk): Thunk {
  const { filter } = lazily({
    filter: function* (file, type) {
      if (expectString(yield type).value === "directory") return bool(true);
      const path = (yield* shownOf(file)).value;
      for (const suffix of expectClosedList(yield suffixes).elements)
        if (path.endsWith(expectString(yield suffix).value)) return bool(true);
      return bool(false);
    },
  });
  return Thunk.of(filter as Value);
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
    outPath: apply(
      builtins.path as Value,
      Thunk.of(attrs({ path: origin, name: label, filter: both.filter as Value })),
    ),
  });
}
