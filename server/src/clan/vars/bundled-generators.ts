/**
 * The generators that clan-core and its services bring to a machine, as modules for its evaluation. Facts from
 * bundled-generators.json, whose names are patterns over the instance, the machine and the role's settings.
 *
 *   "wireguard-keys-{instance}" for an instance `mesh`   ->   clan.core.vars.generators.wireguard-keys-mesh = { … }
 *
 * What hangs on a setting that is not known is under a condition that cannot be decided.
 */
import { attrs, bool, list, string, unknown } from "../../nix/make.ts";
import { Thunk } from "../../nix/thunk.ts";
import type { Value } from "../../nix/value.ts";
import type { Instance, Machine, Role } from "../model.ts";
import facts from "./bundled-generators.json" with { type: "json" };
import type { Settings } from "./settings-reader.ts";

type Truth = boolean | string;

interface Conditions {
  /** Path of a setting that must be true, or hold something. */
  readonly if?: string;
  /** Settings that must not have the value. */
  readonly unless?: Readonly<Record<string, string>>;
  /** Why it may be there or not. */
  readonly maybe?: string;
}

interface FileFacts {
  /** Default true. A text is the path of a setting. */
  readonly secret?: Truth;
  readonly deploy?: boolean;
}

interface PromptFacts extends Conditions {
  readonly type?: string;
  readonly persist?: boolean;
}

interface NamedFacts extends Conditions {
  readonly name: string;
  /** Path of a setting: one generator for each of its attributes, `{key}` and `{value.…}`. */
  readonly forEach?: string;
  readonly share?: Truth;
  /** Also on macOS. */
  readonly darwin?: boolean;
  readonly files?: Readonly<Record<string, FileFacts>>;
  readonly prompts?: Readonly<Record<string, PromptFacts>>;
  readonly dependencies?: readonly string[];
}

/** Generators whose names are not known, and why. */
interface UnnamedFacts {
  readonly unnamed: string;
}

export type GeneratorFacts = NamedFacts | UnnamedFacts;

interface MachineFacts extends NamedFacts {
  /** Option of the machine that switches it on. */
  readonly enabledBy: readonly string[];
}

/** By service and role; `*` stands for every role, once an instance. */
export const bundledGenerators: Readonly<
  Record<string, Readonly<Record<string, readonly GeneratorFacts[]>>>
> = facts.services as Record<string, Record<string, GeneratorFacts[]>>;

/** Options of every machine that bring a generator when they are true. */
export const machineGenerators: readonly MachineFacts[] = facts.machine as unknown as MachineFacts[];

/** Where a role's generators go, and what their names are made of. */
export interface Placement {
  readonly machine: Machine;
  readonly instance: Instance;
  readonly role: Role;
  readonly settings: Settings;
}

/** Modules with the generators of a role of a bundled service. */
export function bundledModules(given: readonly GeneratorFacts[], at: Placement): Value[] {
  return given.flatMap((one) => {
    if ("unnamed" in one) return [unknown(one.unnamed)];
    if (at.machine.class === "darwin" && one.darwin !== true) return [];
    if (one.forEach === undefined) return new Filler(at, undefined, undefined).module(one);
    const entries = at.settings.entries(one.forEach);
    if (entries === undefined)
      return [unknown(`the names of ${one.name} are in settings that are not known`)];
    return entries.flatMap(([key, value]) => new Filler(at, key, value).module(one));
  });
}

/** A module with one generator, under the condition of an option of the machine. */
export function generatorModule(one: NamedFacts, condition: Thunk): Value {
  const files = Object.entries(one.files ?? {}).map(([name, { secret }]) => [
    name,
    attrs({ secret: bool(secret !== false) }),
  ]);
  return generators(one.name, conditional(condition, attrs({ files: attrs(Object.fromEntries(files)) })));
}

function generators(name: string, generator: Value): Value {
  const vars = attrs({ generators: attrs({ [name]: generator }) });
  return attrs({ clan: attrs({ core: attrs({ vars }) }) });
}

/** `lib.mkIf` */
function conditional(condition: Thunk, content: Value): Value {
  return attrs({ _type: string("if"), condition, content });
}

/** Fills the facts in for one instance and one attribute of its settings. */
class Filler {
  constructor(
    private readonly at: Placement,
    private readonly key: string | undefined,
    private readonly value: Settings | undefined,
  ) {}

  module(one: NamedFacts): Value[] {
    const name = this.text(one.name);
    if (name === undefined) return [unknown(`the name of ${one.name} is in settings that are not known`)];
    const generator = this.under(one, () => {
      const files = this.set(one.files ?? {}, ({ secret = true, deploy = true }) =>
        attrs({ secret: this.truth(secret), deploy: bool(deploy) }),
      );
      const prompts = this.set(one.prompts ?? {}, (prompt) =>
        this.under(prompt, () =>
          attrs({ type: string(prompt.type ?? "line"), persist: bool(prompt.persist === true) }),
        ),
      );
      const dependencies = (one.dependencies ?? []).map((dependency) => {
        const text = this.text(dependency);
        return Thunk.of(text === undefined ? unknown(`‘${dependency}’ is not known`) : string(text));
      });
      const share = this.truth(one.share ?? false);
      return attrs({ files, prompts, dependencies: list(dependencies), share });
    });
    return generator === undefined ? [] : [generators(name, generator)];
  }

  /** Without those whose condition is not met; a name that is not known leaves the set open. */
  private set<F>(given: Readonly<Record<string, F>>, value: (facts: F) => Value | undefined): Value {
    const found = new Map<string, Value>();
    let open: string | undefined;
    for (const [pattern, one] of Object.entries(given)) {
      const name = this.text(pattern);
      const made = value(one);
      if (name === undefined) open = pattern;
      else if (made !== undefined) found.set(name, made);
    }
    return attrs(
      found,
      undefined,
      open === undefined ? undefined : unknown(`the name of ‘${open}’ is not known`),
    );
  }

  /** Undefined where a condition is not met; `mkIf` of an Unknown where that cannot be known. */
  private under(conditions: Conditions, value: () => Value): Value | undefined {
    const met = conditions.if === undefined ? true : this.isSet(conditions.if);
    if (met === false) return undefined;
    let undecided = met === undefined ? `the setting ${conditions.if} is not known` : conditions.maybe;
    for (const [path, excluded] of Object.entries(conditions.unless ?? {})) {
      const actual = this.data(path);
      if (actual === excluded) return undefined;
      if (actual === undefined) undecided ??= `the setting ${path} is not known`;
    }
    return undecided === undefined ? value() : conditional(Thunk.of(unknown(undecided)), value());
  }

  private truth(given: Truth): Value {
    const value = typeof given === "boolean" ? given : this.data(given);
    return typeof value === "boolean" ? bool(value) : unknown(`the setting ${given} is not known`);
  }

  /** True, or not empty; undefined if it is not known. */
  private isSet(path: string): boolean | undefined {
    const value = this.data(path);
    if (value === undefined) return undefined;
    return Array.isArray(value) ? value.length > 0 : value === true;
  }

  /** `settings.…`, or `value.…` of the attribute at hand. */
  private data(path: string): unknown {
    const [where, ...below] = path.split(".");
    return (where === "value" ? this.value : this.at.settings)?.data(below);
  }

  /** The pattern filled in; undefined if a part of it is not known. */
  private text(pattern: string): string | undefined {
    let missing = false;
    const filled = pattern.replace(/\{([^}]*)\}/g, (_, what: string) => {
      const part = this.part(what);
      missing ||= part === undefined;
      return part ?? "";
    });
    return missing ? undefined : filled;
  }

  private part(what: string): string | undefined {
    const { machine, instance } = this.at;
    switch (what) {
      case "instance":
        return instance.name;
      case "machine":
        return machine.name;
      case "controller":
        return instance.roles.get("controller")?.members[0]?.machine;
      case "key":
        return this.key;
      case "value.name": {
        // Named after the attribute, unless they say otherwise.
        const name = this.value?.written(["name"]);
        return typeof name === "string" ? name : name === undefined ? this.key : undefined;
      }
      case "settings.user": {
        const user = this.at.settings.written(["user"]);
        return typeof user === "string" ? user : user === undefined ? instance.name : undefined;
      }
      default: {
        const value = this.data(what);
        return typeof value === "string" ? value : undefined;
      }
    }
  }
}
