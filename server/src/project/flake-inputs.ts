/**
 * The inputs of a flake: which are declared, what each one is, and where its source lies on this machine.
 *
 *   { inputs.clan-core.url = "…"; outputs = { self, clan-core, nixpkgs }: …; }
 *   ->  clan-core (declared), nixpkgs (only named by `outputs`, so from the registry)
 */
import { asUnknown } from "../modules/properties.ts";
import { outcomeOf } from "../nix/borrowed-look.ts";
import { unknown } from "../nix/make.ts";
import { resolvePath } from "../nix/path.ts";
import type { Eval } from "../nix/step.ts";
import type { AttrsValue, Outcome } from "../nix/value.ts";
import type { Node } from "../syntax/ast.ts";
import { type FlakeLock, type LockNode, parseFlakeLock } from "./flake-lock.ts";
import { pathOfReference, repositoryOf, repositoryOfLocked } from "./input-reference.ts";
import type { Snapshot } from "./snapshot.ts";
import { storePathOf } from "./store-path.ts";

/** What is known of an input without looking into it. */
export interface InputDeclaration {
  readonly name: string;
  /** Where its name is written. */
  readonly origins: readonly Node[];
  readonly url: string | undefined;
  /** The way to the input it is the same as, from the root. */
  readonly follows: readonly string[] | undefined;
  /** "owner/repo" in lower case, from the lock, the URL, or what it follows. */
  readonly repository: string | undefined;
  /** False for sources that are no flakes. */
  readonly flake: boolean;
  /** Its source on this machine. */
  readonly directory: string | undefined;
  readonly lock: LockNode | undefined;
}

export interface DeclaredInputs {
  readonly declared: ReadonlyMap<string, InputDeclaration>;
  /** Why there may be more. */
  readonly open: string | undefined;
}

/** Directories by input name that are used in place of what flake.lock says. */
export type InputOverrides = ReadonlyMap<string, string>;

export function readLock(snapshot: Snapshot, root: string): FlakeLock | undefined {
  const text = snapshot.readFile(resolvePath(root, "flake.lock"));
  return text === undefined ? undefined : parseFlakeLock(text);
}

/** Sources in the store that flake.lock names and that are on this machine. */
export function storedSources(snapshot: Snapshot, lock: FlakeLock | undefined): readonly string[] {
  const found = new Set<string>();
  for (const node of lock?.nodes() ?? []) {
    const path = storedSource(snapshot, node);
    if (path !== undefined) found.add(path);
  }
  return [...found];
}

function storedSource(snapshot: Snapshot, node: LockNode | undefined): string | undefined {
  const path = node?.locked?.narHash === undefined ? undefined : storePathOf(node.locked.narHash);
  return path !== undefined && snapshot.isDirectory(path) ? path : undefined;
}

/** What others are reached through: `clan-core.inputs.flake-parts`. */
const CONVENTIONAL_INPUTS = ["nixpkgs", "flake-parts", "systems"];

/** What an `inputs` set says of one input. */
interface Written {
  readonly url: string | undefined;
  readonly follows: string | undefined;
  readonly flake: boolean;
}

export class InputReader {
  /** `way`: the names of the inputs that lead from the locked flake to the one read here. */
  constructor(
    private readonly snapshot: Snapshot,
    private readonly root: string,
    private readonly lock: FlakeLock | undefined,
    private readonly overrides: InputOverrides,
    private readonly way: readonly string[] = [],
  ) {}

  /** For the flake that an input of this one is; the lock of the outermost flake counts for all. */
  below(input: InputDeclaration, directory: string): InputReader {
    return new InputReader(this.snapshot, directory, this.lock, new Map(), [...this.way, input.name]);
  }

  /**
   * The inputs of an input whose source is not at hand, as far as the lock tells; without a lock, those
   * that flakes conventionally have.
   */
  nested(input: InputDeclaration): readonly InputDeclaration[] {
    const inner = this.below(input, this.root);
    const names = input.lock === undefined ? CONVENTIONAL_INPUTS : Object.keys(input.lock.inputs ?? {});
    return names.map((name) => inner.declaration(name, input.origins, nothingWritten(name)));
  }

  /** All inputs of the flake whose flake.nix is `flake`, in the order they are written. */
  *read(flake: Outcome): Eval<DeclaredInputs> {
    const declared = new Map<string, InputDeclaration>();
    if (flake.type !== "attrs") return { declared, open: asUnknown(flake, "flake.nix is no set").reason };
    const inputs = flake.attrs.get("inputs")?.value;
    // The outputs first: what follows may use up what an evaluation may take.
    const outputs = flake.attrs.get("outputs")?.value;
    const fn = outputs === undefined ? undefined : yield* outcomeOf(outputs);
    const set = inputs === undefined ? undefined : yield* outcomeOf(inputs);
    let open =
      flake.open ?? (set && set.type !== "attrs" ? asUnknown(set, "the inputs are no set") : set?.open);
    if (set?.type === "attrs")
      for (const [name, { value, keys }] of set.attrs)
        declared.set(name, this.declaration(name, keys, yield* written(yield* outcomeOf(value))));
    if (fn?.type === "lambda") {
      for (const { name } of fn.node.param.formals ?? [])
        if (name.name !== "self" && !declared.has(name.name))
          declared.set(name.name, this.declaration(name.name, [name], nothingWritten(name.name)));
    } else open ??= asUnknown(fn ?? unknown("flake.nix has no outputs"), "the outputs are no function");
    return { declared, open: open?.reason };
  }

  private declaration(
    name: string,
    origins: readonly Node[],
    { url, follows, flake }: Written,
  ): InputDeclaration {
    const lock = this.lockOf(name, url);
    const reference = lock?.original ?? lock?.locked;
    return {
      name,
      origins,
      url,
      follows: follows?.split("/"),
      repository:
        (reference && repositoryOfLocked(reference)) ??
        (url === undefined ? undefined : repositoryOf(url)) ??
        (follows === undefined ? undefined : follows.split("/").at(-1)?.toLowerCase()),
      flake: flake && lock?.flake !== false,
      directory: this.directory(name, url, lock),
      lock,
    };
  }

  /** An entry that was made for another repository than the flake names is not used: Nix locks the input anew. */
  private lockOf(name: string, url: string | undefined): LockNode | undefined {
    const lock = this.lock?.input(...this.way, name);
    // What inputs of inputs are may be said by the outermost flake.
    if (lock?.original === undefined || url === undefined || this.way.length > 0) return lock;
    const [written, locked] = [repositoryOf(url), repositoryOfLocked(lock.original)];
    return written === undefined || locked === undefined || written === locked ? lock : undefined;
  }

  private directory(name: string, url: string | undefined, lock: LockNode | undefined): string | undefined {
    const override = this.overrides.get(name);
    if (override !== undefined) return resolvePath(this.root, override);
    const relative = url === undefined ? undefined : pathOfReference(url);
    if (relative !== undefined) {
      const path = resolvePath(this.root, relative);
      if (this.snapshot.mayRead(path) && this.snapshot.isDirectory(path)) return path;
    }
    return storedSource(this.snapshot, lock);
  }
}

function* written(set: Outcome): Eval<Written> {
  if (set.type !== "attrs") return { url: undefined, follows: undefined, flake: true };
  const url = yield* textOf(set, "url");
  const flake = set.attrs.get("flake")?.value;
  const isFlake = flake === undefined ? undefined : yield* outcomeOf(flake);
  return {
    url: url ?? (yield* forgeReference(set)),
    follows: yield* textOf(set, "follows"),
    flake: isFlake?.type !== "bool" || isFlake.value,
  };
}

/** `{ type = "github"; owner = "o"; repo = "r"; }` as a URL. */
function* forgeReference(set: AttrsValue): Eval<string | undefined> {
  const type = yield* textOf(set, "type");
  const owner = yield* textOf(set, "owner");
  const repo = yield* textOf(set, "repo");
  const path = yield* textOf(set, "path");
  if (type === "path" && path !== undefined) return `path:${path}`;
  return type === undefined || owner === undefined || repo === undefined
    ? undefined
    : `${type}:${owner}/${repo}`;
}

function* textOf(set: AttrsValue, name: string): Eval<string | undefined> {
  const found = set.attrs.get(name)?.value;
  if (found === undefined) return undefined;
  const value = yield* outcomeOf(found);
  return value.type === "string" || value.type === "path" ? value.value : undefined;
}

function nothingWritten(name: string): Written {
  return { url: `flake:${name}`, follows: undefined, flake: true };
}
