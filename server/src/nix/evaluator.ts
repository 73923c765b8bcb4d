/**
 * The evaluator as others use it: values of files and expressions, forced on demand.
 *
 *   const evaluator = new Evaluator(host);
 *   evaluator.force(evaluator.evalFile("/flake/clan.nix"))   ->   attrs { inventory = …; }
 *
 * One evaluator sees one state of the files; files are evaluated once.
 */
import type { Node, Source } from "../syntax/ast.ts";
import { LineIndex } from "../syntax/line-index.ts";
import { createBuiltins } from "./builtins/index.ts";
import type { Code } from "./compile/code.ts";
import { compile } from "./compile/expression.ts";
import { namesScope } from "./compile/scope.ts";
import type { Context, Position } from "./context.ts";
import { type CopyOptions, copyToStore } from "./copy-to-store.ts";
import { deepForce } from "./deep-force.ts";
import { fail, Undecided } from "./errors.ts";
import { createGlobals, isGlobalName } from "./globals.ts";
import type { EvalHost } from "./host.ts";
import { type Budget, Interpreter } from "./interpreter.ts";
import { unknown } from "./make.ts";
import { positionOf } from "./position.ts";
import { settle } from "./settle.ts";
import type { Eval } from "./step.ts";
import { Thunk } from "./thunk.ts";
import { findUnbound, type Unbound } from "./unbound.ts";
import { refuseUnreadable } from "./unreadable.ts";
import type { Outcome, Value } from "./value.ts";

/** What the files seen so far were compiled to; may be shared by evaluators, since it depends on the file alone. */
export class CodeCache {
  private readonly codes = new WeakMap<Source, Code>();
  private readonly unbound = new WeakMap<Source, readonly Unbound[]>();

  /** The variables in a file that nothing binds. */
  unboundIn(source: Source): readonly Unbound[] {
    let unbound = this.unbound.get(source);
    if (unbound === undefined) {
      unbound = [...findUnbound(source.root, isGlobalName)];
      this.unbound.set(source, unbound);
    }
    return unbound;
  }

  get(source: Source): Code {
    let code = this.codes.get(source);
    if (code === undefined) {
      code = compile(source.root, undefined);
      this.codes.set(source, code);
    }
    return code;
  }
}

export interface EvaluatorOptions {
  readonly budget?: Partial<Budget>;
  /** More global names, or others in place of Nix's. */
  readonly globals?: ReadonlyMap<string, Value | Thunk>;
  readonly codes?: CodeCache;
  /** The environment variables, where they may be known; otherwise they and the home directory are Unknown. */
  readonly environment?: ReadonlyMap<string, string>;
  /** What `builtins.trace` says. */
  readonly trace?: (message: string) => void;
  /**
   * Whether to be as strict as the one Nix we follow: a file with a variable that nothing binds fails whole, and not
   * only where it is used, and a builtin that we do not know is missing, and not one of another version.
   */
  readonly exact?: boolean;
}

const DEFAULT_STEPS = 10_000_000;
const DEFAULT_DEPTH = 320_000;

/**
 * Of an evaluation in whose place "unknown" will do, too: a clan of 5,000 machines takes a fifth of it. A step that
 * leaves something behind leaves some 150 bytes, so this is a limit of memory as well (Interpreter.pay).
 */
export const BOUNDED = { steps: 2_500_000, run: 1_000_000, depth: 120_000 } as const;

export class Evaluator implements Context {
  readonly interpreter: Interpreter;
  private readonly codes: CodeCache;
  private readonly files = new Map<string, Thunk>();
  private readonly lines = new WeakMap<Source, LineIndex>();
  readonly environment: ReadonlyMap<string, string> | undefined;
  private readonly traceSink: ((message: string) => void) | undefined;
  private readonly exact: boolean;

  constructor(
    readonly host: EvalHost,
    options: EvaluatorOptions = {},
  ) {
    this.codes = options.codes ?? new CodeCache();
    this.traceSink = options.trace;
    this.exact = options.exact === true;
    this.environment = options.environment;
    const globals = createGlobals(createBuiltins(this), options.globals, this.exact);
    const home = options.environment?.get("HOME");
    const world = {
      globals,
      // Nix makes a set anew each time, which `«repeated»` shows.
      sharesData: !this.exact,
      home,
      copyToStore: (path: string, options: CopyOptions) => copyToStore(path, host, options),
    };
    this.interpreter = new Interpreter(world, {
      steps: DEFAULT_STEPS,
      depth: DEFAULT_DEPTH,
      stop: () => false,
      ...options.budget,
    });
  }

  /** The value of the file at the absolute path `path`, or of `default.nix` in it; the same thunk every time. */
  evalFile(path: string): Thunk {
    let thunk = this.files.get(path);
    if (thunk === undefined) {
      thunk = new Thunk(() => this.evalSource(this.load(path)));
      this.files.set(path, thunk);
    }
    return thunk;
  }

  importFile(path: string): Thunk {
    return this.evalFile(path);
  }

  /** The value of a whole file; it sees `scope`, if given, besides the global names. */
  evalSource(source: Source, scope?: ReadonlyMap<string, Thunk>): Thunk {
    const { globals } = this.interpreter.world;
    const isBound = (name: string): boolean => globals.has(name) || scope?.has(name) === true;
    const [unbound] = this.exact ? findUnbound(source.root, isBound) : [];
    if (unbound) return new Thunk(() => fail("error", `undefined variable '${unbound.name}'`, unbound.node));
    if (scope === undefined) return new Thunk(this.codes.get(source), source.root);
    const code = compile(source.root, namesScope(undefined, scope.keys()));
    return new Thunk(code, source.root, { up: undefined, slots: [...scope.values()] });
  }

  unboundIn(source: Source): readonly Unbound[] {
    return this.codes.unboundIn(source);
  }

  importScoped(path: string, scope: ReadonlyMap<string, Thunk>): Thunk {
    return new Thunk(() => this.evalSource(this.load(path), scope));
  }

  position(node: Node): Position {
    let lines = this.lines.get(node.source);
    if (lines === undefined) {
      lines = new LineIndex(node.source.text);
      this.lines.set(node.source, lines);
    }
    return positionOf(node, lines);
  }

  trace(message: string): void {
    this.traceSink?.(message);
  }

  global(name: string): Value | undefined {
    return this.interpreter.world.globals.get(name)?.value;
  }

  /** The thunk's value (outermost layer only), or its failure. Never throws. */
  force(thunk: Thunk): Outcome {
    return this.outcome(evaluate(thunk));
  }

  /** As `force`, with all parts evaluated; the failure is the first in Nix's order. */
  forceDeep(thunk: Thunk): Outcome {
    return this.outcome(deepForce(thunk));
  }

  /** Runs a computation to its end. Throws NixError where it fails, Undecided where it hangs on an Unknown. */
  run<T>(computation: Eval<T>): T {
    return this.interpreter.run(computation);
  }

  /** How many are left. */
  get steps(): number {
    return this.interpreter.budget.steps;
  }

  /**
   * For a part that may be large or odd: what is run with it takes `steps` together, and then fails as if the
   * whole budget were spent. Others go on with what is left.
   */
  limited(steps: number): Pick<Evaluator, "host" | "importFile" | "run" | "limited" | "steps"> {
    let left = steps;
    const { host, interpreter } = this;
    return {
      host,
      get steps() {
        return Math.min(left, interpreter.budget.steps);
      },
      importFile: (path) => this.importFile(path),
      limited: (fewer) => this.limited(Math.min(fewer, left)),
      run: (computation) => {
        const { budget } = interpreter;
        const outside = budget.steps;
        const given = Math.min(left, outside);
        budget.steps = given;
        try {
          return this.run(computation);
        } finally {
          const spent = given - budget.steps;
          left -= spent;
          // What stops the evaluation as a whole ends it for good, outside as well.
          const isStopped = budget.steps <= 0 && budget.stop();
          budget.steps = isStopped ? 0 : outside - spent;
        }
      },
    };
  }

  private outcome(computation: Eval<Value>): Outcome {
    return settle(this.interpreter, computation, (why) => why);
  }

  /** Throws for a file that is not there, Undecided for one that may not be read. */
  private load(path: string): Source {
    const { host } = this;
    if (!host.mayRead(path)) throw new Undecided(unknown(`${path} is outside of what may be read`));
    const source = host.source(path) ?? host.source(`${path}/default.nix`);
    if (source !== undefined) return source;
    refuseUnreadable(host, path);
    refuseUnreadable(host, `${path}/default.nix`);
    return fail(
      "error",
      host.fileType(path) === "directory"
        ? `opening file '${path}/default.nix': No such file or directory`
        : `path '${path}' does not exist`,
    );
  }
}

function* evaluate(thunk: Thunk): Eval<Value> {
  return yield thunk;
}
