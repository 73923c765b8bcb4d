/** What the command line needs from where it runs; an entry hands it in, and a test its own. */
import type { FileSystem } from "../project/file-system.ts";
import type { NixParser } from "../syntax/parser.ts";
import type { Toolbox } from "./mcp/server.ts";

export interface Terminal {
  readonly version: string;
  /** URL of the folder of our documentation, with a slash; undefined where it is not at hand. */
  readonly documentation?: string | undefined;
  readonly fileSystem: FileSystem;
  /** The working directory, absolute with `/`. */
  readonly cwd: string;
  /** Whether stdout shows colours. */
  readonly color: boolean;
  loadParser(): Promise<NixParser>;
  /** The absolute path a person means, who is in the working directory. */
  toPath(written: string): string;
  /** All of stdin. */
  readInput(): string;
  /**
   * What git answers in a folder, an absolute path; undefined where it fails. It is asked for what is in the
   * repository only: nothing of the repository's configuration is run.
   */
  git(folder: string, args: readonly string[], input?: string): Uint8Array | undefined;
  /** Makes the folders it lies in. Throws where it cannot be written. */
  writeFile(path: string, text: string): void;
  print(text: string): void;
  printError(text: string): void;
  /** The tools for assistants, over this process's stdin and stdout; goes on while stdin is open. */
  serveMcp(toolbox: Toolbox): Promise<void>;
  /** The language server, over this process's stdin and stdout; resolves when it listens. */
  serve(): Promise<void>;
}

/** Bad usage, or nothing to do: the message, and exit code 2. */
export class UsageError extends Error {}
