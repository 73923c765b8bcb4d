/** What a rule reports: plain data, offsets into one file's text, with the edits that would mend it. */

export type Severity = "error" | "warning" | "information" | "hint";

export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  /** Absolute path of the file. */
  readonly path: string;
  readonly start: number;
  readonly end: number;
  /** Says what was found and what is possible. */
  readonly message: string;
  readonly related?: readonly RelatedPlace[] | undefined;
  readonly fixes?: readonly Fix[] | undefined;
}

/** Another place that has to do with it, such as the first of two definitions. */
export interface RelatedPlace {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** Files (absolute paths) that git is to be told of, with `git add -N`: for clients that can run it. */
  readonly track?: readonly string[] | undefined;
  /** Text of files that come into being, by absolute path: for clients that can create them. */
  readonly creates?: ReadonlyMap<string, string> | undefined;
  /** Files and folders (absolute paths) that get another place, after the edits: for clients that can move them. */
  readonly moves?: readonly { readonly from: string; readonly to: string }[] | undefined;
  /** The one fix a person would surely take. */
  readonly preferred?: boolean | undefined;
  /** One of several ways that are no more likely than others: offered in a menu, and not recommended in a report. */
  readonly optional?: boolean | undefined;
}

export interface TextEdit {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}
