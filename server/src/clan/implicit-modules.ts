/**
 * What a clan says without anybody writing it: the machines in `machines/`, those of `clan.machines`, the
 * contents of inventory.json, the tags every machine has, and the check that is built in. (clan-core's
 * modules/clan/module.nix and computed-tags.nix.)
 *
 *   machines/web/  and  clan.machines.db = …   ->   inventory.machines = { web = { }; db = { }; }
 */
import { coerceToString } from "../nix/coerce.ts";
import { expectAttrs } from "../nix/expect.ts";
import { type EvalHost, type FileType, folderTooLarge } from "../nix/host.ts";
import { attr, attrs, attrsOf, builtin, int, list, string, unknown } from "../nix/make.ts";
import { normalizePath, resolvePath } from "../nix/path.ts";
import type { Eval } from "../nix/step.ts";
import { Thunk } from "../nix/thunk.ts";
import type { Attr, AttrsValue, Unknown, Value } from "../nix/value.ts";

const DEFAULT_PRIORITY = 1000;

/** (modules/clan/checks.nix) */
const builtInCheck = attrs({
  assertion: unknown("it depends on the version of nixpkgs"),
  message: unknown("clan-core says it"),
});

/** Modules for every clan. `importFile` gives the value of a file. */
export function implicitModules(host: EvalHost, importFile: (path: string) => Thunk): readonly Thunk[] {
  const inventory = (content: (config: AttrsValue) => Eval<Value>): Thunk =>
    Thunk.of(
      moduleFunction(["config"], ([config]) =>
        attrs({ inventory: new Thunk(() => withConfig(config, content)) }),
      ),
    );
  return [
    inventory(function* (config) {
      const file = resolvePath(yield* directoryOf(config), "inventory.json");
      if (host.fileType(file) === undefined) return attrs({});
      return attrs({ _file: string(file), config: importFile(file) });
    }),
    inventory(function* (config) {
      return attrs({ imports: list(machineFolders(host, yield* directoryOf(config))) });
    }),
    inventory(function* (config) {
      return attrs({ machines: yield* emptySets(config.attrs.get("machines")?.value) });
    }),
    Thunk.of(attrs({ inventory: attrs({ tags: computedTags() }) })),
    Thunk.of(attrs({ checks: attrs({ minNixpkgsVersion: builtInCheck }) })),
  ];
}

/** The clan's folder, as text; throws Undecided if it is not known. */
export function* directoryOf(config: AttrsValue): Eval<string> {
  const directory = config.attrs.get("directory")?.value;
  if (directory === undefined) throw new Error("a clan without the option directory");
  return normalizePath((yield* coerceToString(yield directory)).value);
}

/** The names of the machines of a class, in a clan's configuration; `value` is what each of them has. */
export function* machinesOfClass(config: Thunk, machineClass: string, value: Thunk): Eval<Value> {
  const inventory = expectAttrs(yield config).attrs.get("inventory")?.value;
  const machines = inventory && expectAttrs(yield inventory).attrs.get("machines")?.value;
  const found = machines === undefined ? undefined : expectAttrs(yield machines);
  return yield* filterByClass(found, machineClass, () => value);
}

/** `{ a, b, ... }: call [ a b ]` */
function moduleFunction(args: readonly string[], call: (args: readonly Thunk[]) => Value): Value {
  const given = function* (set: Thunk): Eval<Value> {
    const { attrs: members } = expectAttrs(yield set);
    return call(args.flatMap((name) => members.get(name)?.value ?? []));
  };
  const formals = new Map(args.map((name) => [name, false]));
  return builtin("module", 1, ([set]) => given(set as Thunk), formals);
}

function* withConfig(config: Thunk | undefined, content: (config: AttrsValue) => Eval<Value>): Eval<Value> {
  return config === undefined ? attrs({}) : yield* content(expectAttrs(yield config));
}

/** One module for each folder, as clan has it, so that its place is the definition's file. */
function machineFolders(host: EvalHost, directory: string): Thunk[] {
  const machines = resolvePath(directory, "machines");
  if (host.fileType(machines) === "symlink" && !host.mayRead(machines))
    return [Thunk.of(attrs({ machines: unknown(`${machines} is outside of what may be read`) }))];
  const entries = host.readDir(machines) ?? new Map<string, FileType>();
  const large = folderTooLarge(machines, entries.size);
  if (large !== undefined) return [Thunk.of(attrs({ machines: unknown(large) }))];
  const folders = [...entries].filter(([, type]) => type === "directory");
  return folders.map(([name]) =>
    Thunk.of(
      attrs({
        _file: string(resolvePath(directory, `machines/${name}`)),
        machines: attrs({ [name]: attrs({}) }),
      }),
    ),
  );
}

function* emptySets(set: Thunk | undefined): Eval<Value> {
  const found = set === undefined ? undefined : yield set;
  if (found?.type !== "attrs") return found ?? attrs({});
  const names = [...found.attrs.keys()].map((name) => [name, attrs({})] as const);
  return attrs(new Map<string, Value>(names), undefined, found.open);
}

/** `all`, `nixos` and `darwin`, unless the clan says otherwise. */
function computedTags(): Value {
  const names = (machines: Thunk | undefined, machineClass?: string): Thunk =>
    new Thunk(() => machineNames(machines, machineClass));
  const byDefault = (content: Thunk): Value =>
    attrs({ _type: string("override"), priority: int(DEFAULT_PRIORITY), content });
  return moduleFunction(["machines"], ([machines]) =>
    attrs({
      all: byDefault(names(machines)),
      nixos: byDefault(names(machines, "nixos")),
      darwin: byDefault(names(machines, "darwin")),
    }),
  );
}

function* machineNames(machines: Thunk | undefined, machineClass: string | undefined): Eval<Value> {
  const all = machines === undefined ? undefined : expectAttrs(yield machines);
  if (all === undefined) return list([]);
  const chosen = machineClass === undefined ? all : yield* filterByClass(all, machineClass, (value) => value);
  const names = [...chosen.attrs].sort(([a], [b]) => (a < b ? -1 : 1));
  return list(
    names.map(([name, { keys }]) => Thunk.of(string(name, undefined, keys))),
    undefined,
    chosen.open,
  );
}

/** A machine whose class is not known may be among them. */
function* filterByClass(
  machines: AttrsValue | undefined,
  machineClass: string,
  change: (value: Thunk) => Thunk,
): Eval<AttrsValue> {
  const chosen = new Map<string, Attr>();
  let open: Unknown | undefined = machines?.open;
  for (const [name, { value, keys }] of machines?.attrs ?? []) {
    const machine = expectAttrs(value.value ?? (yield value)).attrs.get("machineClass")?.value;
    const own = machine === undefined ? undefined : (machine.value ?? (yield machine));
    if (own?.type === "unknown") open ??= own;
    else if (own?.type === "string" && own.value === machineClass)
      chosen.set(name, attr(change(value), keys));
  }
  return attrsOf(chosen, undefined, open);
}
