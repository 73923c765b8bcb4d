/**
 * `lib.customisation`: calling functions with the arguments they ask for, and overriding these later.
 *
 *   (lib.makeOverridable ({ a }: { b = a; }) { a = 1; }).override { a = 2; }  ->  { b = 2; … }
 */
import { lazy } from "../builtins/define.ts";
import { fail } from "../errors.ts";
import { expectAttrs, expectBool, expectClosedAttrs, findAttr } from "../expect.ts";
import { apply } from "../interpreter.ts";
import { attr, attrs, attrsOf } from "../make.ts";
import { updateAttrs } from "../merge.ts";
import { sortedAttrs } from "../order.ts";
import type { Eval, Step } from "../step.ts";
import { Thunk } from "../thunk.ts";
import type { Attr, Value } from "../value.ts";
import { extend } from "./fixed-points.ts";
import { isCallable, lazily, type Members, withAttrs } from "./native.ts";
import { libFunctionArgs } from "./trivial.ts";

export function customisationMembers(builtins: Members): Members {
  return lazily({
    makeOverridable: makeOverridable,
    callPackageWith: (auto, fn, args) => callPackage(builtins.import as Value, auto, fn, args),
    makeScope: makeScope,
  });
}

/** A function of one argument, for use as a value. */
function native(name: string, call: (arg: Thunk) => Step): Thunk {
  return Thunk.of(lazy(name, (arg) => call(arg)));
}

/** `fn` with the declared arguments of `model`. */
function mirrored(model: Thunk, fn: Thunk): Value {
  return attrs({
    __functor: native("__functor", () => fn),
    __functionArgs: new Thunk(() => libFunctionArgs(model)),
  });
}

/** `fn`, whose results can be asked for again with other arguments. */
function* makeOverridable(fn: Thunk): Eval<Value> {
  const overridable = mirrored(
    fn,
    native("overridable", (args) => overridableResult(fn, args)),
  );
  const value = yield fn;
  // A set that is a function keeps its other attributes.
  return value.type === "attrs" ? updateAttrs(value, overridable) : overridable;
}

function* overridableResult(fn: Thunk, args: Thunk): Eval<Value> {
  const result = yield apply(fn, args);
  const override = native("override", (newArgs) => overridden(fn, args, newArgs));
  if (result.type === "attrs") {
    const added: Record<string, Value | Thunk> = { override: mirrored(fn, override) };
    if (result.attrs.has("overrideAttrs"))
      added.overrideAttrs = native("overrideAttrs", (change) => withChangedAttrs(fn, args, change));
    return withAttrs(result, added);
  }
  if (!(yield* isCallable(result))) return result;
  return withAttrs(expectAttrs(mirrored(Thunk.of(result), Thunk.of(result))), {
    override: mirrored(fn, override),
  });
}

function* overridden(fn: Thunk, args: Thunk, newArgs: Thunk): Eval<Value> {
  const change = yield newArgs;
  const changed = (yield* isCallable(change)) ? apply(newArgs, args) : newArgs;
  const all = new Thunk(function* (): Eval<Value> {
    return updateAttrs(yield args, yield changed);
  });
  return yield apply(new Thunk(() => makeOverridable(fn)), all);
}

function* withChangedAttrs(fn: Thunk, args: Thunk, change: Thunk): Eval<Value> {
  const changed = native("overrideAttrs", function* (given): Eval<Value> {
    const result = expectAttrs(yield apply(fn, given));
    const method = findAttr(result, "overrideAttrs");
    return yield method ? apply(method, change) : fail("error", "attribute 'overrideAttrs' missing");
  });
  const again = new Thunk(() => makeOverridable(Thunk.of(mirrored(fn, changed))));
  return yield apply(again, args);
}

/** `fn`, or the function in the file `fn`, with the arguments it asks for taken from `auto` and `args`. */
function* callPackage(importer: Value, auto: Thunk, fn: Thunk, args: Thunk): Eval<Value> {
  const callee = (yield* isCallable(yield fn)) ? fn : apply(importer, fn);
  const formals = expectClosedAttrs(yield libFunctionArgs(callee));
  const available = yield auto;
  const given = new Map<string, Attr>();
  // Arguments an unknown set may have are left to the function: only what uses them is unknown.
  const open = available.type === "unknown" ? available : expectAttrs(available).open;
  for (const name of formals.attrs.keys()) {
    const found = available.type === "attrs" ? available.attrs.get(name) : undefined;
    if (found) given.set(name, found);
  }
  const all = updateAttrs(attrsOf(given, undefined, open), yield args);
  for (const [name, { value }] of sortedAttrs(formals)) {
    const missing = all.type === "attrs" && !all.open && !all.attrs.has(name);
    if (missing && !expectBool(yield value).value)
      fail("abort", `lib.customisation.callPackageWith: Function called without required argument "${name}"`);
  }
  return yield apply(new Thunk(() => makeOverridable(callee)), Thunk.of(all));
}

/** A set of packages that call each other: `f self` with `callPackage`, `newScope`, `overrideScope`. */
function* makeScope(newScope: Thunk, fn: Thunk): Eval<Value> {
  const self: Thunk = new Thunk(function* (): Eval<Value> {
    const own = yield apply(fn, self);
    const scopeWith = native("newScope", (scope) => {
      const wider = new Thunk(function* (): Eval<Value> {
        return updateAttrs(yield self, yield scope);
      });
      return apply(newScope, wider);
    });
    const callPackage = apply(scopeWith, Thunk.of(attrsOf(new Map())));
    const overrideScope = native("overrideScope", (overlay) =>
      makeScope(
        newScope,
        native("scope", (final) => extend(overlay, fn, final)),
      ),
    );
    const base = attrsOf(new Map([["callPackage", attr(callPackage)]]));
    const scope = expectAttrs(updateAttrs(base, own));
    return withAttrs(scope, { newScope: scopeWith, overrideScope, packages: fn });
  });
  return yield self;
}
