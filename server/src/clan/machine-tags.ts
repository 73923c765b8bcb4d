/**
 * The tags of machines as code sees them in `config`: a machine's own, and all that name it in `inventory.tags`
 * (clan-core's modules/inventoryClass/inventory.nix).
 *
 *   inventory.tags.srv = [ "web" ];   ->   config.inventory.machines.web.tags = [ …, "all", "nixos", "srv" ]
 */
import type { Option } from "../modules/option-type.ts";
import { lazy } from "../nix/builtins/define.ts";
import { fail } from "../nix/errors.ts";
import { attr, attrsOf, list, string, unknown } from "../nix/make.ts";
import type { Eval } from "../nix/step.ts";
import { NixThunk, Thunk } from "../nix/thunk.ts";
import type { Attr, AttrsValue, Unknown, Value } from "../nix/value.ts";
import { changeInside } from "./inner-option.ts";
import { memberOf } from "./member.ts";

/** `config` is that of the clan that has these options; `isKnown`: its clan-core is one of which all this is known. */
export function setMachineTags(options: Map<string, Option>, config: Thunk, isKnown: boolean): void {
  changeInside(options, "inventory", "machines", (option) => ({
    ...option,
    apply: Thunk.of(lazy("machines", (machines) => withTags(machines, config, isKnown))),
  }));
}

function* withTags(all: Thunk, config: Thunk, isKnown: boolean): Eval<Value> {
  const machines = yield all;
  if (machines.type !== "attrs") return machines;
  const index = new TagsOfMachines(config, isKnown);
  const seen = [...machines.attrs].map(([name, { value, keys }]): [string, Attr] => [
    name,
    attr(new NixThunk(() => withMoreTags(value, name, index)), keys),
  ]);
  const tagged = { ...machines, attrs: new Map(seen) };
  written.set(tagged, machines);
  return tagged;
}

/** By machines as code sees them, the machines without the tags that others give them. */
const written = new WeakMap<AttrsValue, AttrsValue>();

/** What Nix says, and what it does not say. */
export const TAGS_OF_TAGS =
  "infinite recursion encountered: the tags of machines are made of `inventory.tags`, which asks for them here";

/**
 * The machines as `inventory.tags` sees them. The tags of each are made of all that is said there, so in Nix whoever
 * asks for them asks for himself.
 */
export function untagged(machines: AttrsValue): Value {
  const { attrs, origins, open } = written.get(machines) ?? machines;
  const seen = [...attrs].map(([name, { value, keys }]): [string, Attr] => [
    name,
    attr(withoutTags(value), keys),
  ]);
  return attrsOf(new Map(seen), origins, open);
}

/** Machines that nobody touched have the same value in the next state. */
const stripped = new WeakMap<Value, Thunk>();

function withoutTags(machine: Thunk): Thunk {
  const { value } = machine;
  if (value === undefined) return new Thunk(() => removeTags(machine));
  const known = stripped.get(value) ?? new Thunk(() => removeTags(machine));
  stripped.set(value, known);
  return known;
}

function* removeTags(machine: Thunk): Eval<Value> {
  const value = yield machine;
  if (value.type !== "attrs") return value;
  const tags = new Thunk(() => fail("error", TAGS_OF_TAGS));
  return attrsOf(new Map([...value.attrs, ["tags", attr(tags)]]), value.origins, value.open);
}

function* withMoreTags(machine: Thunk, name: string, index: TagsOfMachines): Eval<Value> {
  const value = yield machine;
  const own = value.type === "attrs" ? value.attrs.get("tags") : undefined;
  if (value.type !== "attrs" || own === undefined) return value;
  const tags = attr(new NixThunk(() => joinTags(own.value, name, index)), own.keys);
  return { ...value, attrs: new Map([...value.attrs, ["tags", tags]]) };
}

function* joinTags(own: Thunk, machine: string, index: TagsOfMachines): Eval<Value> {
  const value = yield own;
  if (value.type !== "list") return value;
  const { names, open } = yield* index.of(machine);
  const more = names.map((name) => Thunk.of(string(name)));
  return list([...value.elements, ...more], value.origins, value.open ?? open);
}

interface Named {
  readonly names: readonly string[];
  /** Why there may be more. */
  readonly open: Unknown | undefined;
}

/** By machine, read once for all of them. */
class TagsOfMachines {
  private readonly byMachine = new Map<string, string[]>();
  private open: Unknown | undefined;
  private readonly read: Thunk;

  constructor(
    private readonly config: Thunk,
    isKnown: boolean,
  ) {
    this.read = new NixThunk(() => this.readAll(isKnown));
  }

  *of(machine: string): Eval<Named> {
    yield this.read;
    return { names: this.byMachine.get(machine) ?? [], open: this.open };
  }

  /** Nix asks for each tag, whichever machine it is about. */
  private *readAll(isKnown: boolean): Eval<Value> {
    const tags = yield* memberOf(this.config, "inventory", "tags");
    if (tags?.type !== "attrs" || !isKnown) {
      this.open = unknown("the tags of the clan are not known");
      return DONE;
    }
    this.open = tags.open;
    for (const [tag, { value }] of [...tags.attrs].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const members = yield value;
      if (members.type === "list") {
        this.open ??= members.open;
        // Nix asks for members only until it has found the machine.
        for (const member of members.elements) this.add(tag, yield new Thunk(() => member));
      } else this.open ??= unknown(`the machines of the tag ${tag} are not known`);
    }
    return DONE;
  }

  private add(tag: string, member: Value): void {
    if (member.type === "string") {
      const found = this.byMachine.get(member.value) ?? [];
      this.byMachine.set(member.value, [...found, tag]);
    } else this.open ??= unknown(`a machine of the tag ${tag} is not known`);
  }
}

const DONE: Value = attrsOf(new Map());
