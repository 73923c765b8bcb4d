/** What the server needs from where it runs: Node hands in its file system, a web worker only bytes. */
import type { AskToolParams, InitializationOptions, ToolAnswer } from "../../../shared/requests.ts";
import type { ClansOf } from "../features/query.ts";
import type { FileSystem } from "../project/file-system.ts";
import type { Snapshot } from "../project/snapshot.ts";
import type { NixParser } from "../syntax/parser.ts";

export interface Environment {
  readonly version: string;
  /** Undefined where files cannot be read: the client then hands them in with `clan/files`. */
  readonly fileSystem: FileSystem | undefined;
  /** URL of the folder of our documentation, with a slash; undefined where it is not at hand. */
  readonly documentation?: string | undefined;
  /** Milliseconds that this process has worked; where that is not known, the time that has gone by counts. */
  readonly worked?: () => number;
  /** The tools for assistants, loaded when one is asked; undefined where there are none. */
  readonly loadTools?: () => Promise<AskTool>;
  /** Called once. Rejects when the parser's wasm is missing. */
  loadParser(options: InitializationOptions): Promise<NixParser>;
}

/** Answers an assistant about what is open. */
export type AskTool = (
  question: AskToolParams,
  opened: { readonly snapshot: Snapshot; readonly clans: ClansOf },
) => ToolAnswer;
