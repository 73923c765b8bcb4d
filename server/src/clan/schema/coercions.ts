/**
 * The functions of clan's `coercedTo` types, native, so that names keep where they were written.
 *
 *   [ "laptop" ]  ->  { laptop = { }; }, the attribute's name written at the list's element
 */

import { attr, attrs, attrsOf, builtin } from "../../nix/make.ts";
import type { Eval } from "../../nix/step.ts";
import { Thunk } from "../../nix/thunk.ts";
import type { Attr, Unknown, Value } from "../../nix/value.ts";

/** `tags = [ "a" "b" ]` of a role means `tags = { a = { }; b = { }; }`. */
export const tagsFromList: Thunk = Thunk.of(builtin("tagsFromList", 1, ([list]) => readTags(list as Thunk)));

/** For types that accept more than they say and convert nothing. */
export const unchanged: Thunk = Thunk.of(builtin("unchanged", 1, ([value]) => value as Thunk));

function* readTags(list: Thunk): Eval<Value> {
  const value = yield list;
  if (value.type !== "list") return value;
  const tags = new Map<string, Attr>();
  let open: Unknown | undefined = value.open;
  for (const element of value.elements) {
    const tag = yield element;
    if (tag.type === "unknown") open ??= tag;
    if (tag.type !== "string") continue;
    const written = tag.origins ?? (element.node ? [element.node] : []);
    tags.set(
      tag.value,
      attr(Thunk.of(attrs({}, tag.origins)), [...(tags.get(tag.value)?.keys ?? []), ...written]),
    );
  }
  return attrsOf(tags, value.origins, open);
}
