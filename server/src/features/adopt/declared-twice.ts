/**
 * Options of the flake that clan's flake module declares as well, in a way that the module system cannot join: both say what they
 * are for, or they are of different types.
 *
 *   options.flake.darwinModules = lib.mkOption { type = lib.types.lazyAttrsOf lib.types.unspecified; };
 */
import { isWithin, relativePath } from "../../nix/path.ts";
import { textOf } from "../../rules/fix/edit.ts";
import type { Binding } from "../../syntax/ast.ts";
import type { FlakeView } from "./read-flake.ts";
import { collectWritten } from "./written-options.ts";

/** clan-core's flakeModules/clan.nix: the types there, and what both may not say. */
const OF_CLAN: Readonly<Record<string, { readonly type: RegExp; readonly once: readonly string[] }>> = {
  darwinConfigurations: { type: /\blazyAttrsOf[\s(]+([\w.]+\.)?raw\b/, once: ["description"] },
  darwinModules: { type: /\blazyAttrsOf[\s(]+([\w.]+\.)?deferredModule\b/, once: ["description", "apply"] },
};

/** A sentence; undefined where there is none, or it is not known. */
export function declaredTwice({ snapshot, flake, root }: FlakeView): string | undefined {
  const files = [...flake.files].filter((file) => isWithin(file, root) && file.endsWith(".nix"));
  for (const { path, file, node } of collectWritten(snapshot, files)) {
    const name = /^options\.flake\.(darwinConfigurations|darwinModules)$/.exec(path)?.[1];
    if (name !== undefined && conflicts(node, name))
      return `\`${relativePath(file, root)}\` declares the option \`flake.${name}\`, and so does the flake module of clan. Take the declaration out: clan's takes what is defined there.`;
  }
  return undefined;
}

function conflicts({ value }: Binding, name: string): boolean {
  const clan = OF_CLAN[name];
  // `mkOption { … }`
  if (clan === undefined || value.kind !== "apply" || value.arg.kind !== "attrset") return false;
  return value.arg.bindings.some((each) => {
    const said = each.kind === "binding" && each.path.length === 1 ? each.path[0]?.name : undefined;
    if (said === undefined || each.kind !== "binding") return false;
    return clan.once.includes(said) || (said === "type" && !clan.type.test(textOf(each.value)));
  });
}
