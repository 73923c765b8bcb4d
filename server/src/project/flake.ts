/**
 * Evaluates a flake: `outputs` is called with its inputs and with `self`, which is its own result.
 * An input is what is known natively of it, or evaluated from its source, or else open.
 *
 *   evaluateFlake(snapshot, "/clan", { natives })   ->   { self, outputs, inputs, … }
 */

import { attempt } from "../modules/properties.ts";
import { outcomeOf } from "../nix/borrowed-look.ts";
import { NixError } from "../nix/errors.ts";
import { BOUNDED, CodeCache, Evaluator } from "../nix/evaluator.ts";
import { mismatch } from "../nix/expect.ts";
import { apply, type Budget } from "../nix/interpreter.ts";
import { attr, attrs, attrsOf, string, unknown } from "../nix/make.ts";
import { parentPath, resolvePath } from "../nix/path.ts";
import { reasonOf, settle } from "../nix/settle.ts";
import type { Eval } from "../nix/step.ts";
import { NixThunk, Thunk } from "../nix/thunk.ts";
import type { Attr, AttrsValue, Unknown, Value } from "../nix/value.ts";
import { ApartEvaluation, type ApartOptions } from "./apart-evaluation.ts";
import {
  type DeclaredInputs,
  type InputDeclaration,
  type InputOverrides,
  InputReader,
  readLock,
  storedSources,
} from "./flake-inputs.ts";
import { FlakeView } from "./flake-view.ts";
import { RecordingHost } from "./recording-host.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Reader } from "./tracked-snapshot.ts";

export interface FlakeOptions {
  /** Makes the native `lib` of an evaluator. */
  readonly lib: (evaluator: Evaluator) => Thunk;
  /** The first that matches an input is what it is. */
  readonly natives: readonly NativeInput[];
  readonly overrides?: InputOverrides;
  readonly budget?: Partial<Budget>;
  /** Compiled code, shared by evaluations of the same files. */
  readonly codes?: CodeCache;
}

/** A flake known without its source. */
export interface NativeInput {
  matches(input: InputDeclaration): boolean;
  /** Its outputs; other outputs may exist, too. */
  value(flake: FlakeInProgress, input: InputDeclaration): Thunk;
  /** Text of files it has, by path. */
  readonly files?: ReadonlyMap<string, string>;
}

export interface FlakeInput extends InputDeclaration {
  readonly value: Thunk;
  readonly native: NativeInput | undefined;
}

/** A flake while its inputs are being made. */
export interface FlakeInProgress {
  readonly root: string;
  readonly evaluator: Evaluator;
  /** The native `lib`. */
  readonly lib: Thunk;
  readonly self: Thunk;
  /** Filled while they are being made; complete when anything is evaluated. */
  readonly inputs: ReadonlyMap<string, FlakeInput>;
}

export interface Flake extends FlakeInProgress {
  /** Absolute path of its flake.nix; undefined if there is none. */
  readonly file: string | undefined;
  /** Why there may be more inputs than are known. */
  readonly inputsOpen: string | undefined;
  readonly outputs: Thunk;
  /** Every file and directory read so far. */
  readonly files: ReadonlySet<string>;
  /** The folders outside that may be read, for their sources: each a line. */
  readonly sources: string;
  /** An evaluation of the same files by itself, which may take so many steps. */
  readonly apart: (reader: Reader, steps: number) => ApartEvaluation;
}

/** Flakes of flakes of flakes: deeper ones are not evaluated. */
const MAX_NESTING = 8;

/** Nothing but its inputs is evaluated at once. A folder without flake.nix is a flake of which nothing is known. */
export function evaluateFlake(snapshot: Snapshot, root: string, options: FlakeOptions): Flake {
  const file = resolvePath(root, "flake.nix");
  const codes = options.codes ?? new CodeCache();
  const overrides = options.overrides ?? new Map();
  const lock = readLock(snapshot, root);
  const reader = new InputReader(snapshot, root, lock, overrides);
  const first = new Evaluator(snapshot, { codes, budget: BOUNDED });
  const { declared, open } = settle(first, readInputs(first.evalFile(file), reader), (why) => ({
    declared: new Map<string, InputDeclaration>(),
    open: reasonOf(why),
  }));

  const sources = [...storedSources(snapshot, lock), ...directoriesOf(declared)];
  const viewOf = viewer(
    root,
    sources,
    options.natives.flatMap(({ files }) => [...(files ?? [])]),
  );
  const visible = viewOf(snapshot);
  const host = new RecordingHost(visible);
  host.record(file);
  host.record(resolvePath(root, "flake.lock"));
  const evaluator = new Evaluator(host, { codes, budget: { ...BOUNDED, ...options.budget } });
  const maker = new FlakeMaker(evaluator, visible, options);
  const { lib, budget } = options;
  return {
    ...maker.make(root, declared, reader, 0, open),
    file: snapshot.fileType(file) === undefined ? undefined : file,
    inputsOpen: open,
    files: host.read,
    sources: sources.join("\n"),
    apart: (reader, steps) =>
      new ApartEvaluation(reader, {
        viewOf,
        sources: sources.join("\n"),
        lib,
        codes,
        stop: budget?.stop,
        steps,
      }),
  };
}

/** What a flake can see of the workspace: its sources, and files that are known natively, as path and text. */
function viewer(
  root: string,
  sources: readonly string[],
  files: readonly (readonly [string, string])[],
): ApartOptions["viewOf"] {
  return (state) => {
    let visible: Snapshot = new FlakeView(state.including(sources), root);
    for (const [path, text] of files) visible = visible.including([parentPath(path)]).with(path, text);
    return visible;
  };
}

function* readInputs(flake: Thunk, reader: InputReader): Eval<DeclaredInputs> {
  return yield* reader.read(yield* outcomeOf(flake));
}

function directoriesOf(inputs: ReadonlyMap<string, InputDeclaration>): string[] {
  return [...inputs.values()].flatMap(({ directory }) => directory ?? []);
}

class FlakeMaker {
  private readonly lib: Thunk;

  constructor(
    private readonly evaluator: Evaluator,
    private readonly snapshot: Snapshot,
    private readonly options: FlakeOptions,
  ) {
    this.lib = options.lib(evaluator);
  }

  make(
    root: string,
    declared: ReadonlyMap<string, InputDeclaration>,
    reader: InputReader,
    nesting: number,
    open: string | undefined,
  ): FlakeInProgress & Pick<Flake, "outputs"> {
    const { evaluator, lib } = this;
    const inputs = new Map<string, FlakeInput>();
    const outputs: Thunk = new NixThunk(() =>
      callOutputs(evaluator.evalFile(resolvePath(root, "flake.nix")), inputSet(inputs, open, self)),
    );
    const self: Thunk = new NixThunk(() => selfOf(root, outputs, inputSet(inputs, open)));
    const flake = { root, evaluator, lib, self, inputs };
    for (const input of declared.values()) {
      const [first, ...below] = input.follows ?? [];
      const same = first === undefined || below.length > 0 ? undefined : declared.get(first);
      const { name, origins } = input;
      inputs.set(name, this.input(flake, same ? { ...same, name, origins } : input, reader, nesting));
    }
    return { ...flake, outputs };
  }

  private input(
    flake: FlakeInProgress,
    input: InputDeclaration,
    reader: InputReader,
    nesting: number,
  ): FlakeInput {
    const native = this.options.natives.find((one) => one.matches(input));
    const fromSource = () => this.fromSource(input, reader, nesting);
    const outputs = native?.value(flake, input) ?? new Thunk(fromSource);
    const value = new Thunk(() => this.withInputs(outputs, flake, input, reader, nesting));
    return { ...input, native, value };
  }

  /** The inputs of an input that is not evaluated from its source: they can be reached through it. */
  private *withInputs(
    outputs: Thunk,
    flake: FlakeInProgress,
    input: InputDeclaration,
    reader: InputReader,
    nesting: number,
  ): Eval<Value> {
    const value = yield outputs;
    if (value.type !== "attrs" || value.attrs.has("inputs") || nesting >= MAX_NESTING) return value;
    const nested = new Map<string, Attr>();
    for (const one of reader.nested(input)) {
      const inner = reader.below(input, flake.root);
      nested.set(one.name, attr(new Thunk(() => this.nestedInput(flake, one, inner, nesting + 1))));
    }
    const more = unknown(`not all inputs of ‘${input.name}’ are known`);
    const inputs = Thunk.of(attrsOf(nested, input.origins, more));
    return { ...value, isData: false, attrs: new Map([...value.attrs, ["inputs", attr(inputs)]]) };
  }

  private *nestedInput(
    flake: FlakeInProgress,
    input: InputDeclaration,
    reader: InputReader,
    nesting: number,
  ): Eval<Value> {
    return yield this.input(flake, input, reader, nesting).value;
  }

  /** An input as its own flake.nix defines it. */
  private *fromSource(input: InputDeclaration, reader: InputReader, nesting: number): Eval<Value> {
    const { name, directory } = input;
    if (directory === undefined)
      return attrs({}, input.origins, unknown(`the source of input ‘${name}’ is not available`));
    if (
      !input.flake ||
      nesting >= MAX_NESTING ||
      this.snapshot.fileType(resolvePath(directory, "flake.nix")) === undefined
    )
      return attrs(
        { outPath: string(directory) },
        input.origins,
        unknown(`‘${name}’ is no flake that is evaluated`),
      );
    const inner = reader.below(input, directory);
    const { declared, open } = yield* inner.read(
      yield* attempt(this.evaluator.evalFile(resolvePath(directory, "flake.nix"))),
    );
    return yield this.make(directory, declared, inner, nesting + 1, open).self;
  }
}

/** What `inputs` is to the flake's own code. `open`: why there may be more. */
function inputSet(
  inputs: ReadonlyMap<string, FlakeInput>,
  open: string | undefined,
  self?: Thunk,
): AttrsValue {
  const given = new Map<string, Attr>(self && [["self", attr(self)]]);
  for (const [name, { value, origins }] of inputs) given.set(name, attr(value, origins));
  if (open !== undefined) return attrsOf(given, undefined, unknown(open));
  return { ...attrsOf(given), isWhole: true, namesOf: OF_INPUTS };
}

function* callOutputs(flake: Thunk, inputs: AttrsValue): Eval<Value> {
  const set = yield flake;
  const outputs = set.type === "attrs" ? set.attrs.get("outputs") : undefined;
  if (outputs === undefined) return unknown("flake.nix has no outputs that can be read");
  const result = yield apply(outputs.value, Thunk.of(inputs));
  if (result.type === "attrs" || result.type === "unknown") return result;
  return mismatch(result, "a set", outputs.keys[0]);
}

/** Sets of modules: they are what the flake says, whoever imports from them. */
const MODULE_OUTPUTS = ["nixosModules", "darwinModules", "homeModules", "flakeModules"];

function* wholeSet(set: Thunk): Eval<Value> {
  const value = yield set;
  return value.type === "attrs" ? { ...value, isWhole: true } : value;
}

/** What `missing.of` says of an input that the flake does not have. */
export const OF_INPUTS = "inputs";

/** What `missing.of` says of `self` where the names of the outputs hang on it. */
export const OUTPUTS_FIRST = "outputs first";

/** `self`: the outputs, and what Nix adds to them. */
function* selfOf(root: string, outputs: Thunk, inputs: AttrsValue): Eval<Value> {
  const result = yield* attempt(outputs);
  // Asked for later, when the names of the outputs are known, it has an answer.
  if (result.type === "failure" && result.isOfNix)
    throw new NixError({ ...result, isPassing: true, missing: { of: OUTPUTS_FIRST, name: "self" } });
  const own = new Map<string, Attr>(result.type === "attrs" ? result.attrs : []);
  const added: Readonly<Record<string, Value | Thunk>> = {
    inputs,
    outputs,
    outPath: string(root),
    _type: string("flake"),
  };
  for (const [name, value] of attrs(added).attrs) own.set(name, value);
  for (const name of MODULE_OUTPUTS) {
    const modules = own.get(name);
    if (modules !== undefined)
      own.set(name, { ...modules, value: new NixThunk(() => wholeSet(modules.value)) });
  }
  return attrsOf(own, result.type === "attrs" ? result.origins : undefined, openSelf(result));
}

/** Revision and time of a flake are not known; after a failure nothing is. */
function openSelf(outputs: AttrsValue | { readonly type: string }): Unknown {
  if ("open" in outputs && outputs.open) return outputs.open;
  return unknown("the revision of this flake is not known");
}
