/** A place where code or a path names a thing of the clan without taking part in defining it. */
import type { Node } from "../../syntax/ast.ts";
import type { Entity } from "../entity.ts";

export interface Mention {
  readonly entity: Entity;
  readonly node: Node;
  /** The word, where it is not the whole of `node`: UTF-16 offsets into the file's text. */
  readonly word?: { readonly start: number; readonly end: number };
  readonly how: "key" | "inherit" | "select" | "inherit-from" | "path" | "string";
  /** False where the same text could mean something else. */
  readonly sure: boolean;
}
