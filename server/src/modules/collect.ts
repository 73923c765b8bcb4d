/**
 * Loads modules and all they import: paths, sets, functions of the module arguments. As nixpkgs'
 * `collectModules`, each once by its key, without the disabled ones; but what cannot be loaded is a
 * problem or an unknown part, and the others are still collected.
 *
 *   [ ./clan.nix ]  ->  modules [ clan.nix, what it imports … ]
 */

import { fail, NixError } from "../nix/errors.ts";
import { showType } from "../nix/expect.ts";
import { attrsOf, unknown } from "../nix/make.ts";
import { resolvePath } from "../nix/path.ts";
import { settle } from "../nix/settle.ts";
import type { Eval } from "../nix/step.ts";
import { Thunk } from "../nix/thunk.ts";
import type { AttrsValue, Failure, Outcome, Unknown, Value } from "../nix/value.ts";
import type { Lambda, Node, Source } from "../syntax/ast.ts";
import { isFunction } from "./check.ts";
import { callModule, lackingArgument, type ModuleArguments } from "./module-function.ts";
import { asUnknown, attempt, propertyType, type RawDefinition } from "./properties.ts";
import type { ModuleProblem, Runner, Surroundings } from "./surroundings.ts";

export interface LoadedModule {
  readonly key: string;
  readonly file: string | undefined;
  /** The set of its definitions, properties still around it. */
  readonly config: readonly RawDefinition[];
  readonly options: Thunk | undefined;
  readonly freeformType: Thunk | undefined;
  /** What made it, where that is a function that somebody wrote. */
  readonly fn?: Lambda | undefined;
}

export interface Collected {
  /** In the order in which nixpkgs merges definitions: imported modules before those that import them. */
  readonly modules: readonly LoadedModule[];
  readonly open: Unknown | undefined;
  readonly problems: readonly ModuleProblem[];
}

/** A module in its full form, whichever way it was written. */
interface Found extends LoadedModule {
  readonly imports: readonly RawDefinition[];
  readonly disabled: readonly string[];
}

/** Expressions that are no set, whatever is in them. */
const NO_SETS: ReadonlySet<string> = new Set(["list", "string", "int", "float", "path", "lambda"]);

/** Ten times what large clans have: modules that import others without end are no more. */
const MAX_MODULES = 5_000;

const KEYWORDS = new Set([
  "_class",
  "_file",
  "key",
  "disabledModules",
  "imports",
  "require",
  "options",
  "config",
  "freeformType",
]);

/** A set is given as one, or made by a file or a function: these may be properties. Or it is definitions alone. */
type Given = "set" | "made" | "definitions";

export interface Initial {
  readonly raw: RawDefinition;
  /** If it is a plain set, it is all options: it has no keywords. */
  readonly shorthand: boolean;
}

/** Loads `initial` and what it imports. */
export function* collectModules(
  initial: readonly Initial[],
  args: () => ModuleArguments,
  surroundings: Surroundings,
  unknownImports: Surroundings["unknownImports"],
  expectedClass?: string,
): Eval<Collected> {
  const collector = new Collector(args, surroundings, unknownImports, expectedClass);
  yield* collector.collect(initial);
  return {
    modules: collector.enabled().toReversed(),
    open: collector.open,
    problems: collector.problems,
  };
}

class Collector {
  open: Unknown | undefined;
  readonly problems: ModuleProblem[] = [];
  private readonly found = new Map<string, Found>();
  private readonly imports = new Map<string, string[]>();
  private readonly roots: string[] = [];

  /** Made for the first module that is a function: most are plain sets. */
  private given: ModuleArguments | undefined;

  constructor(
    private readonly args: () => ModuleArguments,
    private readonly surroundings: Surroundings,
    private readonly unknownImports: Surroundings["unknownImports"],
    private readonly expectedClass: string | undefined,
  ) {}

  /** In strict evaluations, nothing comes of modules with problems. Of one that may not be there, none is known. */
  private report(problem: ModuleProblem, { conditional }: RawDefinition): void {
    if (this.surroundings.strict) fail("throw", problem.message);
    if (!conditional) this.problems.push(problem);
  }

  private reportFailure(failure: Failure, raw: RawDefinition, origins = nodeOf(raw)): void {
    this.report({ message: failure.message, origins: failure.origins ?? origins, failure }, raw);
  }

  /** There may be modules that are not seen; `node` is where they are imported. */
  private hide(what: Unknown, node: Node | undefined): void {
    const { unknownImports } = this;
    if (unknownImports === "open") this.open ??= what;
    else if (unknownImports !== "ignore")
      unknownImports(node === undefined ? what : { ...what, origins: [node] });
  }

  /** Breadth first, each key once, as `genericClosure` does in nixpkgs. */
  *collect(initial: readonly Initial[]): Eval<void> {
    const queue = initial.map((one, index) => ({ ...one, into: this.roots, key: `:anon-${index + 1}` }));
    for (let at = 0; at < queue.length; at++) {
      if (at === MAX_MODULES) {
        this.open ??= unknown(`of modules that import each other no more than ${MAX_MODULES} are looked at`);
        return;
      }
      const { raw, shorthand, into, key } = queue[at] as (typeof queue)[number];
      for (const module of yield* this.load(raw, key, shorthand)) {
        into.push(module.key);
        if (this.found.has(module.key)) continue;
        this.found.set(module.key, module);
        const imported: string[] = [];
        this.imports.set(module.key, imported);
        module.imports.forEach((inner, index) => {
          queue.push({
            raw: inner,
            shorthand: false,
            into: imported,
            key: `${module.key}:anon-${index + 1}`,
          });
        });
      }
    }
  }

  /** Reachable without passing a disabled module. */
  enabled(): LoadedModule[] {
    const disabled = new Set([...this.found.values()].flatMap((module) => module.disabled));
    const seen = new Set<string>();
    const queue = [...this.roots];
    for (let at = 0; at < queue.length; at++) {
      const key = queue[at] as string;
      if (disabled.has(key) || seen.has(key)) continue;
      seen.add(key);
      queue.push(...(this.imports.get(key) ?? []));
    }
    return [...seen].map((key) => this.found.get(key) as Found);
  }

  /** The modules `raw` stands for: one; several or none where it is not known. */
  private *load(raw: RawDefinition, key: string, shorthand: boolean): Eval<readonly Found[]> {
    // `self.flakeModules.x` is waited for like all else: apart, what it needs of this very evaluation would be open, and not its failure.
    let outcome =
      raw.value.node?.kind === "select" ? yield* attempt(raw.value) : this.attemptApart(raw.value);
    if (this.surroundings.leavesOut(outcome)) return [];
    // What a function made (`map (n: ./i + n) names`) has no place of its own.
    const importedAt = raw.value.node === undefined ? (written(outcome) ?? listOf(raw)) : nodeOf(raw);
    const given: Given = outcome.type !== "attrs" ? "made" : shorthand ? "definitions" : "set";
    let from = raw;
    let name = key;
    if (outcome.type === "path" || outcome.type === "string") {
      name = outcome.value;
      const file = moduleFile(this.surroundings.runner, name);
      from = { ...raw, file, keys: [] };
      outcome = name.startsWith("/")
        ? yield* attempt(this.surroundings.runner.importFile(name))
        : notAbsolute(name, outcome);
      const notNix = outcome.type === "unknown" ? undefined : this.readNotNix(file);
      if (notNix !== undefined) {
        const message = "The file that is imported is not Nix.";
        this.open ??= unknown(message);
        this.report({ message, origins: importedAt ?? [], notNix }, raw);
        return [];
      }
    }
    let lambda: Lambda | undefined;
    if (outcome.type !== "failure" && isFunction(outcome)) {
      const fn = outcome;
      if (fn.type === "lambda") lambda = fn.node;
      this.given ??= this.args();
      outcome = yield* callModule(fn, this.given);
      const message = lackingArgument(fn, outcome);
      if (message !== undefined) {
        this.report({ message, origins: nodeOf(raw) }, raw);
        return [];
      }
    }
    switch (outcome.type) {
      case "attrs":
        return (yield* this.read(outcome, from, name, given)).map((found) => ({ ...found, fn: lambda }));
      case "unknown":
        return yield* this.loadUnknown(outcome, from, name, shorthand);
      case "failure":
        this.open ??= asUnknown(outcome, "");
        if (this.surroundings.strict) throw new NixError(outcome);
        this.reportFailure(outcome, raw, importedAt);
        return [];
      default: {
        const message = isFunction(outcome)
          ? "A module is a function of one set, and this one wants more: call it first, as in `(import ./x.nix { … })`."
          : `A module is a path, a set or a function, but this is ${showType(outcome)}.`;
        this.report({ message, origins: outcome.origins ?? nodeOf(raw) }, raw);
        return [];
      }
    }
  }

  /** A file of another kind that Nix cannot parse: a README, data. One that people write as Nix is read as far as it goes. */
  private readNotNix(file: string): Source | undefined {
    if (file.endsWith(".nix")) return undefined;
    const source = this.surroundings.runner.host.source(file);
    if (source === undefined) return undefined;
    // JSON is read as such here; to Nix, a member of it is a syntax error.
    const isRefused = source.language === "json" ? source.text.includes(":") : source.problems.length > 0;
    return isRefused ? source : undefined;
  }

  /** All that it may be, each conditionally. */
  private *loadUnknown(what: Unknown, raw: RawDefinition, key: string, shorthand: boolean): Eval<Found[]> {
    this.hide(what, raw.value.node);
    const found: Found[] = [];
    for (const [index, value] of (what.alternatives ?? []).entries())
      found.push(...(yield* this.load({ ...raw, value, conditional: true }, `${key}?${index}`, shorthand)));
    return found;
  }

  private *read(set: AttrsValue, raw: RawDefinition, key: string, given: Given): Eval<readonly Found[]> {
    const plain = {
      key,
      file: raw.file,
      options: undefined,
      freeformType: undefined,
      imports: [],
      disabled: [],
    };
    const value = Thunk.of(set, raw.value.node);
    const type = given === "definitions" ? undefined : yield* propertyType(set);
    if (type === "merge" && given === "set")
      this.report(
        {
          message: "A module cannot be a mkMerge: put it into `config'.",
          origins: set.origins ?? nodeOf(raw),
        },
        raw,
      );
    if (
      given === "definitions" ||
      type === "if" ||
      type === "merge" ||
      type === "override" ||
      type === "order"
    )
      return [{ ...plain, config: [{ ...raw, value }] }];
    if (type !== undefined && type !== "module" && given === "set") {
      const message = `Expected a module, but found a value of type "${type}".`;
      this.report({ message, origins: set.origins ?? nodeOf(raw) }, raw);
      return [];
    }
    yield* this.checkClass(set, raw);
    this.checkOptions(set, raw);
    const file = (yield* this.text(set, "_file")) ?? raw.file;
    const from = { ...raw, file };
    return [
      {
        key: (yield* this.text(set, "key")) ?? key,
        file,
        config: this.configOf(set, from),
        options: set.attrs.get("options")?.value,
        freeformType: set.attrs.get("freeformType")?.value,
        imports: yield* this.importsOf(set, from),
        disabled: yield* this.disabledBy(set),
      },
    ];
  }

  private *checkClass(set: AttrsValue, raw: RawDefinition): Eval<void> {
    const written = set.attrs.get("_class")?.value;
    if (written === undefined || this.expectedClass === undefined) return;
    const given = yield* attempt(written);
    if (given.type === "failure") this.reportFailure(given, raw, written.node && [written.node]);
    if (given.type === "unknown" || given.type === "failure" || given.type === "null") return;
    if (given.type === "string" && given.value === this.expectedClass) return;
    const name = given.type === "string" ? `class "${given.value}"` : "another class";
    const message = `A module of ${name} cannot be imported where modules of class "${this.expectedClass}" are expected.`;
    this.report({ message, origins: written.node ? [written.node] : nodeOf(raw) }, raw);
  }

  /** As it is written: to evaluate it would ask for what is still being put together. */
  private checkOptions(set: AttrsValue, raw: RawDefinition): void {
    const { value } = set.attrs.get("options") ?? {};
    if (value?.node === undefined || !NO_SETS.has(value.node.kind)) return;
    const message = "The `options` of a module must be a set of options made with `lib.mkOption`.";
    this.report({ message, origins: [value.node] }, raw);
  }

  /** With `config` or `options`, all else must be keywords; without, all else is definitions. */
  private configOf(set: AttrsValue, raw: RawDefinition): RawDefinition[] {
    const others = new Map([...set.attrs].filter(([name]) => !KEYWORDS.has(name)));
    const rest = { ...raw, value: Thunk.of(attrsOf(others, set.origins, set.open), raw.value.node) };
    const config = set.attrs.get("config");
    if (config === undefined && !set.attrs.has("options")) return [rest];
    for (const [name, { keys }] of others) {
      // Beside `config`, `meta` may stand as a definition of its own.
      if (name === "meta") continue;
      const message =
        `The module has an unsupported attribute \`${name}'. ` +
        "Beside `config' or `options', all definitions belong into `config'.";
      this.report({ message, origins: keys.length > 0 ? keys : (set.origins ?? []), attribute: name }, raw);
    }
    const explicit = config === undefined ? [] : [{ ...raw, value: config.value, keys: config.keys }];
    return others.size > 0 ? [...explicit, rest] : explicit;
  }

  private *importsOf(set: AttrsValue, raw: RawDefinition): Eval<readonly RawDefinition[]> {
    const imports = set.attrs.get("imports") ?? set.attrs.get("require");
    if (imports === undefined) return [];
    const list = this.attemptApart(imports.value);
    const inner = { ...raw, keys: [], importedAt: imports.value.node };
    if (list.type === "list") {
      if (list.open) this.hide(list.open, imports.value.node);
      return list.elements.map((value) => ({ ...inner, value }));
    }
    if (list.type === "unknown") {
      this.hide(list, imports.value.node);
      const found: RawDefinition[] = [];
      for (const alternative of list.alternatives ?? []) {
        const possible = yield* attempt(alternative);
        if (possible.type !== "list") continue;
        found.push(...possible.elements.map((value) => ({ ...inner, value, conditional: true })));
      }
      return found;
    }
    this.open ??= asUnknown(list, "the imports of a module are no list");
    const { keys } = imports;
    if (list.type === "failure") {
      // What takes too long for us may be right.
      if (list.kind !== "budget") this.reportFailure(list, raw, keys);
      else if (this.surroundings.strict) throw new NixError(list);
    } else
      this.report(
        {
          message: "`imports` must be a list: write what is imported in brackets, `[ ./module.nix ]`.",
          origins: list.origins ?? keys,
        },
        raw,
      );
    return [];
  }

  /** A list that takes too long, or never ends, takes half of what is left: all else is still collected. */
  private attemptApart(thunk: Thunk): Outcome {
    const { runner } = this.surroundings;
    return settle(runner.limited(Math.floor(runner.steps / 2)), attempt(thunk), (why) => why);
  }

  /** The keys of `disabledModules`; one that is not known disables nothing that we see. */
  private *disabledBy(set: AttrsValue): Eval<readonly string[]> {
    const disabled = set.attrs.get("disabledModules")?.value;
    if (disabled === undefined) return [];
    const list = yield* attempt(disabled);
    if (list.type !== "list") return [];
    const keys: string[] = [];
    for (const element of list.elements) {
      const item = yield* attempt(element);
      const key = item.type === "attrs" ? yield* this.text(item, "key") : undefined;
      if (item.type === "path" || item.type === "string") keys.push(item.value);
      else if (key !== undefined) keys.push(key);
    }
    return keys;
  }

  private *text(set: AttrsValue, name: string): Eval<string | undefined> {
    const found = set.attrs.get(name)?.value;
    if (found === undefined) return undefined;
    const value = yield* attempt(found);
    return value.type === "string" || value.type === "path" ? value.value : undefined;
  }
}

/** `imports = [ "./x.nix" ]`: a string does not know which file it stands in. */
function notAbsolute(text: string, value: Value): Failure {
  const origins = written(value);
  const message = `string '${text}' doesn't represent an absolute path`;
  return { type: "failure", kind: "error", message, origins, written: origins };
}

/** The file that `import path` reads. */
function moduleFile({ host }: Runner, path: string): string {
  return host.fileType(path) === "directory" ? resolvePath(path, "default.nix") : path;
}

function nodeOf(raw: RawDefinition): ModuleProblem["origins"] {
  return raw.value.node === undefined ? [] : [raw.value.node];
}

function written({ origins }: Outcome): ModuleProblem["origins"] | undefined {
  return origins === undefined || origins.length === 0 ? undefined : origins;
}

/** Of what nobody wrote by itself, such as a name that `readDir` found: the list it came in. */
function listOf({ importedAt }: RawDefinition): ModuleProblem["origins"] {
  return importedAt === undefined ? [] : [importedAt];
}
