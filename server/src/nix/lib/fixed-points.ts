/**
 * `lib.fixedPoints`: values defined in terms of themselves, and overlays on them.
 *
 *   lib.fix (self: { a = 1; b = self.a + 1; })  ->  { a = 1; b = 2; }
 */
import { lazy } from "../builtins/define.ts";
import { equalThunks } from "../equality.ts";
import { expectAttrs, expectClosedList, expectString } from "../expect.ts";
import { apply } from "../interpreter.ts";
import { attrsOf } from "../make.ts";
import { updateAttrs } from "../merge.ts";
import type { Eval, Step } from "../step.ts";
import { Thunk } from "../thunk.ts";
import type { Value } from "../value.ts";
import { isCallable, lazily, type Members, withAttrs } from "./native.ts";

export function fixedPointMembers(): Members {
  return lazily({
    fix: fix,
    "fix'": (fn) => unfixable(fn),
    converge: function* (fn, start) {
      let current = start;
      for (;;) {
        const next = apply(fn, current);
        if (yield* equalThunks(next, current)) return yield current;
        current = next;
      }
    },
    extends: extend,
    composeExtensions: (first, second, final, prev) => compose([first, second], final, prev),
    composeManyExtensions: function* (overlays, final, prev) {
      return yield* compose(expectClosedList(yield overlays).elements, final, prev);
    },
    makeExtensible: (fn) => makeExtensible("extend", fn),
    makeExtensibleWithCustomName: function* (name, fn) {
      return yield* makeExtensible(expectString(yield name).value, fn);
    },
    toExtension: function* (overlay, final, prev) {
      const value = yield overlay;
      if (!(yield* isCallable(value))) return value;
      const once = apply(overlay, prev);
      return yield (yield* isCallable(yield once)) ? apply(overlay, final, prev) : once;
    },
  });
}

/** `x` where `x = fn x` */
function fix(fn: Thunk): Thunk {
  const self: Thunk = new Thunk(() => apply(fn, self));
  return self;
}

/** As `fix`, keeping the function as `__unfix__`. */
function unfixable(fn: Thunk): Thunk {
  const self: Thunk = new Thunk(function* (): Eval<Value> {
    return withAttrs(expectAttrs(yield apply(fn, self)), { __unfix__: fn });
  });
  return self;
}

/** `fn` with an overlay: a function of the final value. */
export function* extend(overlay: Thunk, fn: Thunk, final: Thunk): Eval<Value> {
  const prev = apply(fn, final);
  return updateAttrs(yield prev, yield apply(overlay, final, prev));
}

/** What all overlays add, each seeing what those before it made of `prev`. */
function* compose(overlays: readonly Thunk[], final: Thunk, prev: Thunk): Eval<Value> {
  let added: Value = attrsOf(new Map());
  let current = prev;
  for (const overlay of overlays) {
    const before = current;
    const own = apply(overlay, final, before);
    added = updateAttrs(added, yield own);
    current = new Thunk(function* (): Eval<Value> {
      return updateAttrs(yield before, yield own);
    });
  }
  return added;
}

/** The fixed point, with a function named `extender` that makes another one with an overlay. */
export function* makeExtensible(extender: string, fn: Thunk): Eval<Value> {
  const extension = native((overlay) =>
    makeExtensible(
      extender,
      native((final) => extend(overlay, fn, final)),
    ),
  );
  const whole = native(function* (self): Eval<Value> {
    return withAttrs(expectAttrs(yield apply(fn, self)), { [extender]: extension });
  });
  return yield unfixable(whole);
}

/** A function of one argument, for use as a value. */
function native(call: (arg: Thunk) => Step): Thunk {
  return Thunk.of(lazy("extend", (arg) => call(arg)));
}
