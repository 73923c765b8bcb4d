/**
 * `lib.filesystem`: what stands in folders.
 *
 *   lib.filesystem.listFilesRecursive ./modules  ->  [ ./modules/a.nix ./modules/b/c.nix ]
 */
import { coerceToPath } from "../builtins/path-text.ts";
import type { Context } from "../context.ts";
import { fail, Undecided } from "../errors.ts";
import { expectBool } from "../expect.ts";
import { bool, list, path, string, unknown } from "../make.ts";
import { compareText } from "../order.ts";
import type { Eval } from "../step.ts";
import { Thunk } from "../thunk.ts";
import type { ListValue, Unknown, Value } from "../value.ts";
import { lazily, type Members, pick } from "./native.ts";

export function filesystemMembers(context: Context, builtins: Members): Members {
  return {
    ...pick(builtins, "baseNameOf dirOf isPath readDir readFileType hashFile"),
    pathType: builtins.readFileType as Value,
    ...lazily({
      pathIsDirectory: (file) => hasFileType(context, file, "directory"),
      pathIsRegularFile: (file) => hasFileType(context, file, "regular"),
      listFilesRecursive: (folder) => listFiles(context, folder),
      resolveDefaultNix: function* (file) {
        const value = yield file;
        if (expectBool(yield hasFileType(context, file, "directory")).value)
          return path(`${yield* coerceToPath(value)}/default.nix`);
        if (value.type === "string" && value.value.endsWith("/")) return string(`${value.value}default.nix`);
        return value;
      },
    }),
  };
}

function* hasFileType(context: Context, file: Thunk, type: string): Eval<Value> {
  const name = yield* coerceToPath(yield file);
  if (!context.host.mayRead(name)) throw new Undecided(unreadable(name));
  return bool(context.host.fileType(name) === type);
}

function unreadable(name: string): Unknown {
  return unknown(`${name} is outside of what may be read`);
}

/** All files below a folder, in the order of their names; paths if the folder is one, else strings. */
function* listFiles(context: Context, folder: Thunk): Eval<ListValue> {
  const value = yield folder;
  const root = yield* coerceToPath(value);
  const found: Thunk[] = [];
  const todo = [root];
  let open: Unknown | undefined;
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (next !== root && context.host.fileType(next) !== "directory") {
      found.push(Thunk.of(value.type === "string" ? string(next, value.context) : path(next)));
      continue;
    }
    if (!context.host.mayRead(next)) {
      open ??= unreadable(next);
      continue;
    }
    const entries = context.host.readDir(next);
    if (entries === undefined) return fail("error", `opening directory '${next}': No such file or directory`);
    const names = [...entries.keys()].sort(compareText).toReversed();
    for (const name of names) todo.push(`${next}/${name}`);
  }
  return list(found, undefined, open);
}
