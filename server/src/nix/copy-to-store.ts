/**
 * What a path becomes when it is interpolated: the store path of its copy, computed without copying.
 *
 *   "${./a.nix}"   ->   "/nix/store/…-a.nix", a string that refers to that path
 *
 * Only of text, and not too much of it: hashing large trees at every key would be slow, so these are Unknown.
 */
import { digest } from "./builtins/hash-format.ts";
import { fail, Undecided } from "./errors.ts";
import type { EvalHost, FileType } from "./host.ts";
import { string, unknown } from "./make.ts";
import { narHash, type Tree } from "./nar.ts";
import type { Eval } from "./step.ts";
import { copiedPath, fixedOutputPath } from "./store-path.ts";
import { Thunk } from "./thunk.ts";
import type { StringValue, Value } from "./value.ts";

/** Characters; enough for scripts, keys and configuration. */
const MAX_LENGTH = 1 << 20;
/** Files and directories. */
const MAX_ENTRIES = 2000;

export interface CopyOptions {
  /** What the copy is called, if not as the original. */
  readonly name?: string | undefined;
  /** Whether an entry below the path belongs to the copy. */
  readonly keep?: ((path: string, type: FileType) => Eval<boolean>) | undefined;
  /** The copy of a single file that is named by the hash of its contents alone. */
  readonly flat?: boolean;
}

/** For code that needs the store path: yields to a string, or to an Unknown. */
export function storeCopy(path: string, options: CopyOptions = {}): Thunk {
  return new Thunk((_, interpreter) => interpreter.world.copyToStore(path, options));
}

/** Throws if there is nothing at `path`, Undecided if its store path is not computed. */
export function* copyToStore(path: string, host: EvalHost, options: CopyOptions): Eval<Value> {
  const { name = path.slice(path.lastIndexOf("/") + 1), flat } = options;
  const tree = yield* new TreeReader(path, host, options.keep).read(path);
  if (!flat) return storeReference(copiedPath(name, narHash(tree)));
  if (tree.type !== "regular") return fail("error", `path '${path}' is not a regular file`);
  return storeReference(fixedOutputPath(name, digest("sha256", tree.contents), false));
}

/** `path` as a string that refers to it. Throws if no store path may be called so. */
export function storeReference(path: string): StringValue {
  const base = path.slice(path.lastIndexOf("/") + 1);
  if (base.endsWith("-") && base.indexOf("-") === base.length - 1)
    fail("error", `store path '${base}' has an empty name`);
  const illegal = /[^0-9a-zA-Z+\-._?=]/.exec(base)?.[0];
  if (illegal !== undefined) fail("error", `store path '${base}' contains illegal character '${illegal}'`);
  return string(path, new Set([path]));
}

class TreeReader {
  private length = 0;
  private entries = 0;

  constructor(
    /** What is copied, for the reason why that cannot be told. */
    private readonly root: string,
    private readonly host: EvalHost,
    private readonly keep: CopyOptions["keep"],
  ) {}

  /** As deep as the directories are nested. */
  *read(path: string): Eval<Tree> {
    const { host } = this;
    if (!host.mayRead(path) || ++this.entries > MAX_ENTRIES) return this.notComputed();
    const type = host.fileType(path);
    if (type === undefined) return fail("error", `path '${path}' does not exist`);
    if (type === "regular") return this.readFile(path);
    const names = type === "directory" ? host.readDir(path) : undefined;
    // Of a checkout Nix copies what git tracks, and not what is there.
    if (names === undefined || names.has(".git")) return this.notComputed();
    const entries = new Map<string, Tree>();
    for (const [name, entryType] of [...names].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const entry = `${path === "/" ? "" : path}/${name}`;
      if (this.keep && !(yield* this.keep(entry, entryType))) continue;
      entries.set(name, yield* this.read(entry));
    }
    return { type: "directory", entries };
  }

  private readFile(path: string): Tree {
    const contents = this.host.readFile(path);
    const executable = this.host.isExecutable?.(path);
    if (contents === undefined || executable === undefined) return this.notComputed();
    this.length += contents.length;
    // U+FFFD may stand for bytes that are no text.
    if (this.length > MAX_LENGTH || contents.includes("\ufffd")) return this.notComputed();
    return { type: "regular", contents, executable };
  }

  private notComputed(): never {
    throw new Undecided(unknown(`the store path of ${this.root} is not computed`));
  }
}
