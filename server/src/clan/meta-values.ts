/**
 * What `config.meta` and `config.inventory.meta` are to code: the first is a module, kept for the inventory, and the
 * second has the values (clan-core's modules/clan/module.nix: `inventory.meta = config.meta`).
 *
 *   { config, ... }: { meta.name = "x"; meta.description = config.inventory.meta.name; }   ->   "x"
 *   config.meta.name   ->   attribute 'name' missing
 */
import type { Option, OptionSet } from "../modules/option-type.ts";
import { lazy } from "../nix/builtins/define.ts";
import { attrs, list, unknown } from "../nix/make.ts";
import type { Eval } from "../nix/step.ts";
import { NixThunk, Thunk } from "../nix/thunk.ts";
import type { Value } from "../nix/value.ts";
import { changeInside } from "./inner-option.ts";
import { memberOf } from "./member.ts";

/** What `missing.of` says of a name that is asked for in `config.meta`. */
export const OF_META = "meta";

const asModule = lazy("meta", (module) => ({
  ...attrs({ imports: list([module]) }),
  isWhole: true,
  namesOf: OF_META,
}));

/** `config` is that of the clan that has these options; `isModule`: its clan-core is one of which all this is known. */
export function setMetaValues(options: Map<string, Option>, config: Thunk, isModule: boolean): void {
  const meta = options.get("meta");
  if (meta === undefined) return;
  if (isModule) options.set("meta", { ...meta, apply: Thunk.of(asModule) });
  changeInside(options, "inventory", "meta", (own) =>
    own.type.kind === "submodule"
      ? { ...own, type: { ...own.type, options: withValues(own.type.options, config) } }
      : own,
  );
}

/** What is not set there is as it is in the clan's own `meta`. */
function withValues(meta: OptionSet, config: Thunk): OptionSet {
  const options = [...meta.options].map(([name, option]) => {
    const defaultValue = new NixThunk(() => metaValue(config, name));
    return [name, { ...option, defaultValue }] as const;
  });
  return { ...meta, options: new Map(options) };
}

function* metaValue(config: Thunk, name: string): Eval<Value> {
  const meta = yield* memberOf(config, "meta");
  const modules = meta && (yield* memberOf(Thunk.of(meta), "imports"));
  const [module = meta && Thunk.of(meta)] = modules?.type === "list" ? modules.elements : [];
  const value = module && (yield* memberOf(module, name));
  return value ?? unknown(`the clan's meta.${name} is not known`);
}
