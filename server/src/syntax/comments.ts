/**
 * The comments of a Nix file, which the tree leaves out.
 *
 *   { a = "# no"; # yes
 *   }                        ->   [ { start: 14, end: 19 } ]
 */
import type { Source } from "./ast.ts";
import { walk } from "./navigate.ts";

/** UTF-16 offsets; a line comment ends before the line's end. */
export interface Comment {
  readonly start: number;
  readonly end: number;
  readonly isBlock: boolean;
}

/** In source order; empty for a JSON file. */
export function collectComments(source: Source): Comment[] {
  if (source.language !== "nix") return [];
  const skipped = collectTexts(source);
  const { text } = source;
  const comments: Comment[] = [];
  let offset = 0;
  let next = 0;
  while (offset < text.length) {
    const skip = skipped[next];
    if (skip !== undefined && skip.end <= offset) next++;
    else if (skip !== undefined && skip.start <= offset) offset = skip.end;
    else {
      const comment = commentAt(text, offset);
      if (comment !== undefined) comments.push(comment);
      offset = comment?.end ?? offset + 1;
    }
  }
  return comments;
}

/** What a `#` begins no comment in: strings and quoted names, but for the code they interpolate. */
function collectTexts(source: Source): { readonly start: number; readonly end: number }[] {
  const texts: { start: number; end: number }[] = [];
  walk(source.root, (node) => {
    if (node.kind === "string" || node.kind === "path") {
      let { start } = node;
      for (const part of node.parts) {
        if (part.kind !== "interpolation") continue;
        texts.push({ start, end: part.start });
        start = part.end;
      }
      texts.push({ start, end: node.end });
    } else if (node.kind === "uri" || (node.kind === "attr-name" && node.expr === undefined))
      texts.push(node);
  });
  // The last piece of a string comes after what is in its interpolations.
  return texts.sort((a, b) => a.start - b.start);
}

function commentAt(text: string, start: number): Comment | undefined {
  if (text[start] === "#") {
    const length = text.slice(start).search(/[\r\n]/);
    return { start, end: length < 0 ? text.length : start + length, isBlock: false };
  }
  if (!text.startsWith("/*", start)) return undefined;
  const end = text.indexOf("*/", start + 2);
  return { start, end: end < 0 ? text.length : end + 2, isBlock: true };
}
