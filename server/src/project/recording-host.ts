/**
 * A host that remembers what was asked of it: the files and directories an evaluation depends on.
 */
import type { EvalHost, FileType } from "../nix/host.ts";
import type { Source } from "../syntax/ast.ts";

export class RecordingHost implements EvalHost {
  /** Absolute paths; of things that are not there, too, since they may come. */
  readonly read = new Set<string>();

  constructor(private host: EvalHost) {}

  /** From now on `host` is asked. */
  pass(host: EvalHost): void {
    this.host = host;
  }

  record(path: string): void {
    this.read.add(path);
  }

  readFile(path: string): string | undefined {
    this.record(path);
    return this.host.readFile(path);
  }

  readDir(path: string): ReadonlyMap<string, FileType> | undefined {
    this.record(path);
    return this.host.readDir(path);
  }

  fileType(path: string): FileType | undefined {
    this.record(path);
    return this.host.fileType(path);
  }

  isExecutable(path: string): boolean | undefined {
    this.record(path);
    return this.host.isExecutable?.(path);
  }

  mayRead(path: string): boolean {
    return this.host.mayRead(path);
  }

  source(path: string): Source | undefined {
    this.record(path);
    return this.host.source(path);
  }
}
