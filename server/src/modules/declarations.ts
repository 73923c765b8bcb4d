/**
 * Option declarations that are Nix values, as data.
 *
 *   { port = mkOption { type = types.port; default = 80; }; }
 *   ->  OptionSet { port: int 0…65535, default "80", not required }
 */

import { attrs, unknown } from "../nix/make.ts";
import { printSummary } from "../nix/print-brief.ts";
import { settle } from "../nix/settle.ts";
import type { Eval } from "../nix/step.ts";
import { Thunk } from "../nix/thunk.ts";
import type { AttrsValue, Failure, Outcome, Unknown } from "../nix/value.ts";
import type { Node } from "../syntax/ast.ts";
import { once } from "./lazy-type.ts";
import type { Option, OptionSet, OptionType, SubmoduleType } from "./option-type.ts";
import { attempt, propertyType } from "./properties.ts";
import { type ReadModules, TypeReader } from "./read-type.ts";
import type { Runner } from "./surroundings.ts";

const EMPTY: OptionSet = { options: new Map() };

export class DeclarationReader {
  readonly types: TypeReader;

  constructor(
    private readonly runner: Runner,
    readModules: ReadModules,
  ) {
    this.types = new TypeReader(runner, readModules);
  }

  /** The options that trees of `mkOption`s declare together; what cannot be read leaves the set open. */
  *read(trees: readonly Thunk[]): Eval<OptionSet> {
    let all = EMPTY;
    for (const tree of trees) all = mergeOptionSets(all, yield* this.readTree(tree));
    return all;
  }

  private *readTree(tree: Thunk): Eval<OptionSet> {
    const set = yield* attempt(tree);
    if (set.type !== "attrs") return { ...EMPTY, open: reasonOf(set) };
    const options = new Map<string, Option>();
    for (const [name, { value, keys }] of set.attrs) {
      const declared = yield* attempt(value);
      if (declared.type !== "attrs") {
        options.set(name, unreadable(declared, keys));
      } else if ((yield* propertyType(declared)) === "option") {
        options.set(name, this.option(declared, keys));
      } else if (yield* isBareOption(declared)) {
        options.set(name, unreadable(bare(declared.origins ?? keys), keys));
      } else {
        const type: SubmoduleType = {
          kind: "submodule",
          group: true,
          options: yield* this.readTree(value),
          modules: [Thunk.of(attrs({ options: value }))],
        };
        options.set(name, { type, required: false, declared: keys });
      }
    }
    return { options, open: set.open?.reason };
  }

  /** An option that `mkOption` made. Its parts are read when somebody looks at them. */
  private option(set: AttrsValue, declared: readonly Node[]): Option {
    const part = (name: string): Thunk | undefined => set.attrs.get(name)?.value;
    const type = this.types.later(part("type"));
    const ask = <T>(compute: (value: Outcome) => Eval<T>, name: string): (() => T | undefined) =>
      once(() => this.ask(part(name), compute));
    const description = ask(readText, "description");
    const defaultText = ask(readText, "defaultText");
    const example = part("example");
    // `literalExpression` says how it is to be written; all else is written.
    const exampleText = once(
      () => this.ask(example, readExpression) ?? (example && this.showDefault(example)),
    );
    const readOnly = ask(readBool, "readOnly");
    const internal = ask(readBool, "internal");
    const defaultValue = part("default");
    const defaultOutcome = ask(keep, "default");
    const shownDefault = once(() => defaultText() ?? (defaultValue && this.showDefault(defaultValue)));
    return {
      declared,
      defaultValue,
      apply: part("apply"),
      get type(): OptionType {
        return part("type") === undefined ? { kind: "anything", unspecified: true } : type();
      },
      get description() {
        return description();
      },
      get default() {
        return shownDefault();
      },
      get defaultOutcome() {
        return defaultOutcome();
      },
      get example() {
        return exampleText();
      },
      get required() {
        // With a `defaultText` alone, the default is set in a module.
        return defaultValue === undefined && part("defaultText") === undefined && !hasEmptyValue(this.type);
      },
      get readOnly() {
        return readOnly();
      },
      get internal() {
        return internal();
      },
    };
  }

  private ask<T>(thunk: Thunk | undefined, compute: (value: Outcome) => Eval<T>): T | undefined {
    if (thunk === undefined) return undefined;
    const { runner } = this;
    const read = function* (): Eval<T> {
      return yield* compute(yield* attempt(thunk));
    };
    return settle(runner, read(), () => undefined);
  }

  /** As it was written; nothing is evaluated. */
  private showDefault(value: Thunk): string {
    const { node } = value;
    if (node === undefined) return value.value === undefined ? "(computed)" : printSummary(value.value);
    return node.source.text.slice(node.start, node.end);
  }
}

/** Both, as if declared in one module; of two declarations that do not go together the first counts. */
export function mergeOptionSets(a: OptionSet, b: OptionSet): OptionSet {
  const options = new Map(a.options);
  for (const [name, option] of b.options) {
    const other = options.get(name);
    options.set(name, other === undefined ? option : mergeOptions(other, option));
  }
  return { options, freeform: a.freeform ?? b.freeform, open: a.open ?? b.open };
}

/** Read when somebody looks at it: a type may hang on the options that are being read. */
function mergeOptions(a: Option, b: Option): Option {
  const type = once(() => mergeTypes(a.type, b.type));
  const first = once(() => (isUnreadable(a.type) ? b : a));
  return {
    defaultValue: a.defaultValue ?? b.defaultValue,
    apply: a.apply ?? b.apply,
    aliasOf: a.aliasOf ?? b.aliasOf,
    declared: [...(a.declared ?? []), ...(b.declared ?? [])],
    get type() {
      return type();
    },
    get required() {
      return a.required && b.required && !hasEmptyValue(type());
    },
    get description() {
      return a.description ?? b.description;
    },
    get default() {
      return a.default ?? b.default;
    },
    get defaultOutcome() {
      return a.defaultValue === undefined ? b.defaultOutcome : a.defaultOutcome;
    },
    get example() {
      return a.example ?? b.example;
    },
    get readOnly() {
      return a.readOnly || b.readOnly;
    },
    get internal() {
      return first().internal;
    },
    get removed() {
      return first().removed;
    },
    get deprecated() {
      return first().deprecated;
    },
  };
}

function mergeTypes(a: OptionType, b: OptionType): OptionType {
  if (a.kind === "submodule" && b.kind === "submodule") return mergeSubmodules(a, b);
  if (
    (a.kind === "attrsOf" && b.kind === "attrsOf") ||
    (a.kind === "listOf" && b.kind === "listOf") ||
    (a.kind === "nullOr" && b.kind === "nullOr")
  )
    return { ...a, of: mergeTypes(a.of, b.of) };
  if (a.kind === "enum" && b.kind === "enum")
    return { kind: "enum", values: [...new Set([...a.values, ...b.values])] };
  if (a.kind === "opaque") return a.isHidden ? withUnseen(b, a.description) : b;
  return b.kind === "opaque" && b.isHidden ? withUnseen(a, b.description) : a;
}

/**
 * A type that is declared a second time as one that cannot be read: that has to be of the same kind, and may bring
 * modules to its submodules.
 */
function withUnseen(type: OptionType, reason: string): OptionType {
  if (type.kind === "attrsOf" || type.kind === "listOf" || type.kind === "nullOr")
    return { ...type, of: withUnseen(type.of, reason) };
  if (type.kind !== "submodule") return type;
  const unseen: SubmoduleType = {
    kind: "submodule",
    options: { options: new Map() },
    modules: [Thunk.of(unknown(reason))],
  };
  if (type.group) return { ...type, options: { ...type.options, open: type.options.open ?? reason } };
  return mergeSubmodules(type, unseen);
}

/** A group that adds options to a submodule becomes one of its modules. */
function mergeSubmodules(a: SubmoduleType, b: SubmoduleType): SubmoduleType {
  const options = mergeOptionSets(a.options, b.options);
  const specialArgs = new Map([...(b.specialArgs ?? []), ...(a.specialArgs ?? [])]);
  const whole = a.group ? b : a;
  const modules = a.modules || b.modules ? [...(a.modules ?? []), ...(b.modules ?? [])] : undefined;
  const base = modules && mergeOptionSets(dataOf(a), dataOf(b));
  return {
    kind: "submodule",
    options,
    group: a.group === true && b.group === true,
    shorthandOnly: whole.shorthandOnly === true,
    ...(modules === undefined ? {} : { modules }),
    ...(base === undefined || base.options.size === 0 ? {} : { base }),
    ...(specialArgs.size === 0 ? {} : { specialArgs }),
  };
}

/** Of the options, those that no module declares. */
function dataOf({ modules, base, options }: SubmoduleType): OptionSet {
  return modules === undefined ? options : (base ?? { options: new Map() });
}

function isUnreadable(type: OptionType): boolean {
  return type.kind === "opaque";
}

/** Whether an option of this type need not be set: it has a value that means "nothing". */
function hasEmptyValue(type: OptionType): boolean {
  switch (type.kind) {
    case "listOf":
      return !type.nonEmpty;
    case "attrsOf":
    case "submodule":
    case "nullOr":
    case "settings":
      return true;
    case "unique":
      return hasEmptyValue(type.of);
    case "coercedTo":
      return hasEmptyValue(type.to);
    default:
      return false;
  }
}

/** `{ type = types.port; default = 80; }`: what `mkOption` was meant to be called with. */
function* isBareOption({ attrs }: AttrsValue): Eval<boolean> {
  const type = attrs.get("type")?.value;
  const value = type && (yield* attempt(type));
  return value?.type === "attrs" && (yield* propertyType(value)) === "option-type";
}

function bare(origins: readonly Node[]): Failure {
  const message = "expected an option declaration: write `lib.mkOption { … }`";
  return { type: "failure", kind: "throw", message, origins };
}

function unreadable(outcome: Outcome, declared: readonly Node[]): Option {
  const description = reasonOf(outcome);
  const failure = outcome.type === "unknown" ? undefined : asFailure(outcome, declared);
  return {
    type: { kind: "opaque", description, failure, isHidden: true },
    required: false,
    declared,
  };
}

function asFailure(outcome: Exclude<Outcome, Unknown>, declared: readonly Node[]): Failure {
  if (outcome.type === "failure") return outcome;
  const origins = outcome.origins ?? declared;
  return { type: "failure", kind: "throw", message: reasonOf(outcome), origins };
}

function reasonOf(outcome: Outcome): string {
  if (outcome.type === "unknown") return outcome.reason;
  return outcome.type === "failure" ? outcome.message : "an option declaration is no attribute set";
}

// biome-ignore lint/correctness/useYield: it is one of several readers, of which others wait.
function* keep(value: Outcome): Eval<Outcome> {
  return value;
}

/** A string, or one in `lib.mdDoc`, `lib.literalExpression` and their like. */
function* readText(value: Outcome): Eval<string | undefined> {
  if (value.type === "string") return value.value;
  const text = value.type === "attrs" ? value.attrs.get("text")?.value : undefined;
  if (text === undefined) return undefined;
  const inner = yield* attempt(text);
  return inner.type === "string" ? inner.value : undefined;
}

/** The text of a `literalExpression`. */
function* readExpression(value: Outcome): Eval<string | undefined> {
  return value.type === "attrs" && value.attrs.has("_type") ? yield* readText(value) : undefined;
}

// biome-ignore lint/correctness/useYield: it is one of several readers, of which others wait.
function* readBool(value: Outcome): Eval<boolean | undefined> {
  return value.type === "bool" ? value.value : undefined;
}
