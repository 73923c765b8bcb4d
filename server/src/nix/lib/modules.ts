/**
 * `lib.modules`: the marks on definitions (`mkIf`, `mkForce`, …) and the modules that rename options.
 * Evaluating modules is another room's; these only build what it reads.
 *
 *   lib.mkForce 1  ->  { _type = "override"; content = 1; priority = 50; }
 */
import { fail } from "../errors.ts";
import { expectAttrs, expectBool, findAttr } from "../expect.ts";
import { apply } from "../interpreter.ts";
import { attr, attrs, attrsOf, bool, int, list, string } from "../make.ts";
import { Thunk } from "../thunk.ts";
import type { Value } from "../value.ts";
import { DEFAULT_PRIORITY, mkAliasDefinitions, mkIf, mkMerge, prioritised } from "./marks.ts";
import { lazily, type Members, textOf } from "./native.ts";
import { renamingMembers } from "./option-renames.ts";

const PRIORITIES = {
  mkForce: 50,
  mkVMOverride: 10,
  mkImageMediaOverride: 60,
  mkDefault: 1000,
  mkOptionDefault: 1500,
};
const ORDERS = { mkBefore: 500, mkAfter: 1500 };

export function moduleMembers(builtins: Members): Members {
  return {
    defaultOverridePriority: int(DEFAULT_PRIORITY),
    defaultOrderPriority: int(1000),
    ...priorityMarks(PRIORITIES, "override"),
    ...priorityMarks(ORDERS, "order"),
    ...lazily({
      mkIf: (condition, content) => mkIf(condition, content),
      mkMerge: (contents) => mkMerge(contents),
      mkOverride: (priority, content) => prioritised("override", priority, content),
      mkOrder: (priority, content) => prioritised("order", priority, content),
      mkAssert: function* (assertion, message, content) {
        const holds = expectBool(yield assertion).value;
        if (!holds) fail("throw", `\nFailed assertion: ${(yield* textOf(message)).value}`);
        return mkIf(Thunk.of(bool(true)), content);
      },
      mkDefinition: function* (args) {
        const { attrs: given, origins, open } = expectAttrs(yield args);
        return attrsOf(new Map([...given, ["_type", attr(Thunk.of(string("definition")))]]), origins, open);
      },
      mkDerivedConfig: function* (option, fn) {
        const set = expectAttrs(yield option);
        const priority = findAttr(set, "highestPrio") ?? Thunk.of(int(DEFAULT_PRIORITY));
        const value = findAttr(set, "value") ?? fail("error", "attribute 'value' missing");
        return prioritised("override", priority, apply(fn, value));
      },
      mkFixStrictness: (value) => value,
      mkAliasDefinitions: (option) => mkAliasDefinitions(option, undefined, false),
      mkAliasAndWrapDefinitions: (wrap, option) => mkAliasDefinitions(option, wrap, false),
      mkAliasAndWrapDefsWithPriority: (wrap, option) => mkAliasDefinitions(option, wrap, true),
      setDefaultModuleLocation: (file, module) => attrs({ _file: file, imports: list([module]) }),
      importApply: (file, argument) =>
        attrs({ _file: file, imports: list([apply(builtins.import as Value, file, argument)]) }),
      importJSON: (file) => attrs({ _file: file, config: parsed(builtins, "fromJSON", file) }),
      importTOML: (file) => attrs({ _file: file, config: parsed(builtins, "fromTOML", file) }),
    }),
    ...renamingMembers(),
  };
}

function parsed(builtins: Members, format: string, file: Thunk): Thunk {
  return apply(builtins[format] as Value, apply(builtins.readFile as Value, file));
}

function priorityMarks(table: Readonly<Record<string, number>>, type: string): Members {
  return lazily(
    Object.fromEntries(
      Object.entries(table).map(([name, priority]) => [
        name,
        (content: Thunk): Value => prioritised(type, Thunk.of(int(priority)), content),
      ]),
    ),
  );
}
