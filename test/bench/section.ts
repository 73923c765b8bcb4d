/** What a section of the bench is: one file, one line in main.ts. It measures and says what it saw. */
import type { NixParser } from "../../server/src/syntax/parser.ts";

export interface Section {
  /** As on the command line: `npm run bench -- one-key`. */
  readonly name: string;
  /** One line: what is measured, and in what unit. */
  readonly about: string;
  run(bench: Bench): Table | Promise<Table>;
}

export interface Bench {
  readonly parser: NixParser;
  /** Numbers of machines. */
  readonly sizes: readonly number[];
  /** Of the checkout. */
  readonly root: string;
  /** An empty folder for files, deleted in the end. */
  readonly scratch: string;
  /** Programs of other language servers, by name. */
  readonly peers: ReadonlyMap<string, string>;
  /** Folders of further clans, as given on the command line. */
  readonly clans: readonly string[];
}

export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
