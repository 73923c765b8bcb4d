/** What the server needs from where it runs: Node hands in its file system, a web worker only bytes. */
import type { InitializationOptions } from "../../../shared/requests.ts";
import type { FileSystem } from "../project/file-system.ts";
import type { NixParser } from "../syntax/parser.ts";

export interface Environment {
  readonly version: string;
  /** Undefined where files cannot be read: the client then hands them in with `clan/files`. */
  readonly fileSystem: FileSystem | undefined;
  /** URL of the folder of our documentation, with a slash; undefined where it is not at hand. */
  readonly documentation?: string | undefined;
  /** Milliseconds that this process has worked; where that is not known, the time that has gone by counts. */
  readonly worked?: () => number;
  /** Called once. Rejects when the parser's wasm is missing. */
  loadParser(options: InitializationOptions): Promise<NixParser>;
}
