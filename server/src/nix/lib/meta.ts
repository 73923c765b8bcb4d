/**
 * `lib.meta` and `lib.derivations`: packages and what is said about them.
 *
 *   lib.getExe' pkg "hello"  ->  "${pkg}/bin/hello", unknown because store paths are
 */
import { parseName } from "../builtins/version.ts";
import { fail } from "../errors.ts";
import { expectAttrs, expectBool, expectString, findAttr } from "../expect.ts";
import { apply } from "../interpreter.ts";
import { attr, attrs, attrsOf, int, list, nullValue, string } from "../make.ts";
import { updateAttrs } from "../merge.ts";
import type { Eval } from "../step.ts";
import { Thunk } from "../thunk.ts";
import type { Attr, Value } from "../value.ts";
import { isDerivation } from "./attrsets.ts";
import { joined, lazily, type Members, pick, textOf, withAttrs } from "./native.ts";
import { getOutput } from "./outputs.ts";

export function metaMembers(): Members {
  const prioritise = (priority: Thunk, pkg: Thunk): Eval<Value> =>
    addMeta(Thunk.of(attrs({ priority })), pkg);
  return {
    defaultPriority: int(5),
    ...lazily({
      addMetaAttrs: addMeta,
      dontDistribute: (pkg) => addMeta(Thunk.of(attrs({ hydraPlatforms: list([]) })), pkg),
      setName: function* (name, pkg) {
        return withAttrs(expectAttrs(yield pkg), { name });
      },
      updateName: function* (update, pkg) {
        const set = expectAttrs(yield pkg);
        return withAttrs(set, { name: apply(update, required(set, "name")) });
      },
      appendToName: function* (suffix, pkg) {
        const set = expectAttrs(yield pkg);
        const { name, version } = parseName(expectString(yield required(set, "name")).value);
        return withAttrs(set, { name: string(`${name}-${(yield* textOf(suffix)).value}-${version}`) });
      },
      mapDerivationAttrset: mapDerivations,
      setPrio: prioritise,
      lowPrio: (pkg) => prioritise(Thunk.of(int(10)), pkg),
      hiPrio: (pkg) => prioritise(Thunk.of(int(-10)), pkg),
      getExe: getExe,
      "getExe'": function* (pkg, program) {
        return yield* executable(pkg, yield program);
      },
    }),
  };
}

export function derivationMembers(builtins: Members): Members {
  return {
    ...pick(builtins, "addDrvOutputDependencies unsafeDiscardOutputDependency"),
    ...lazily({
      optionalDrvAttr: function* (cond, value) {
        return expectBool(yield cond).value ? yield value : nullValue();
      },
      warnOnInstantiate: (_message, pkg) => pkg,
    }),
  };
}

function required(set: Value & { type: "attrs" }, name: string): Thunk {
  return findAttr(set, name) ?? fail("error", `attribute '${name}' missing`);
}

function* addMeta(added: Thunk, pkg: Thunk): Eval<Value> {
  const set = expectAttrs(yield pkg);
  const old = findAttr(set, "meta");
  const meta = new Thunk(function* (): Eval<Value> {
    return updateAttrs(old ? yield old : attrsOf(new Map()), yield added);
  });
  return withAttrs(set, { meta });
}

function* mapDerivations(fn: Thunk, set: Thunk): Eval<Value> {
  const whole = expectAttrs(yield set);
  const result = new Map<string, Attr>();
  for (const [name, { value, keys }] of whole.attrs) {
    const mapped = new Thunk(function* (): Eval<Value> {
      const found = yield value;
      return (yield* isDerivation(found)) ? yield apply(fn, value) : found;
    });
    result.set(name, attr(mapped, keys));
  }
  return attrsOf(result, whole.origins, whole.open);
}

function* getExe(pkg: Thunk): Eval<Value> {
  const set = expectAttrs(yield pkg);
  const meta = findAttr(set, "meta");
  const main = meta && findAttr(expectAttrs(yield meta), "mainProgram");
  if (main) return yield* executable(pkg, yield main);
  const given = findAttr(set, "pname");
  const name = given ? yield given : string(parseName(expectString(yield required(set, "name")).value).name);
  return yield* executable(pkg, name);
}

function* executable(pkg: Thunk, program: Value): Eval<Value> {
  if (!(yield* isDerivation(yield pkg)))
    fail("throw", "lib.meta.getExe': The first argument should be a derivation.");
  const name = expectString(program);
  if (name.value.includes("/"))
    fail(
      "throw",
      `lib.meta.getExe': The second argument "${name.value}" should be just the name of the executable.`,
    );
  const output = new Thunk(() => getOutput(Thunk.of(string("bin")), pkg));
  return joined([yield* textOf(output), string("/bin/"), name]);
}
