/**
 * The options of a generator, as data: `clan.core.vars.generators.<name>` in a machine's configuration.
 * (clan-core's modules/clan/export-modules/generic-generator.nix and nixosModules/clanCore/vars/interface.nix.)
 *
 *   generatorsType  ->  attrsOf (submodule { files, prompts, dependencies, script, … })
 */
import type { Option, OptionSet, OptionType } from "../../modules/option-type.ts";
import { eager } from "../../nix/builtins/define.ts";
import { attr, attrsOf as attrSet, attrs, bool, list, nullValue, string, unknown } from "../../nix/make.ts";
import type { Eval } from "../../nix/step.ts";
import { Thunk } from "../../nix/thunk.ts";
import type { Attr, Value } from "../../nix/value.ts";
import { memberOf } from "../member.ts";

const text: OptionType = { kind: "str" };
const truth: OptionType = { kind: "bool" };
const optionalText: OptionType = { kind: "nullOr", of: text };

/** What clan fills in: not known without a machine's keys and folders. */
const computed = (description: string, type: OptionType = text): Option => ({
  type,
  description,
  required: false,
  readOnly: true,
  defaultValue: Thunk.of(unknown("clan computes it when it evaluates the machine")),
});

const file = submodule({
  secret: defaulted(
    truth,
    bool(true),
    "true",
    "Whether the file is encrypted; a public one has a `value`.",
    true,
  ),
  deploy: defaulted(
    truth,
    bool(true),
    "true",
    "Whether the file is put on the machine. `false`: it only serves other generators.",
  ),
  owner: defaulted(text, string("root"), '"root"', "User who owns the file on the machine."),
  group: {
    type: text,
    default: '"root", on macOS "wheel"',
    required: false,
    description: "Group of the file on the machine.",
  },
  mode: defaulted(
    { kind: "str", pattern: "^[0-7]{4}$" },
    string("0400"),
    '"0400"',
    "Permissions of the file on the machine: four octal digits.",
  ),
  neededFor: defaulted(
    { kind: "enum", values: ["partitioning", "activation", "users", "services"] },
    string("services"),
    '"services"',
    "How early the machine needs the file: before disks are partitioned, at activation, before users are made, or for services.",
  ),
  restartUnits: defaulted(
    { kind: "listOf", of: text },
    list([]),
    "[ ]",
    "Units of systemd to restart when the file changes.",
  ),
  path: computed("Where the file lies on the machine; of a public file, in the Nix store."),
  value: computed("Content of a public file, with its newline at the end."),
  exists: computed("Whether a public file was generated.", truth),
  flakePath: computed("The file in this repository.", { kind: "nullOr", of: { kind: "path" } }),
  name: computed("The file's name."),
  rel_dir: { ...computed("Its folder below `vars/`."), internal: true },
  generatorName: { ...computed("The name of its generator."), internal: true },
  sops: {
    type: submodule({ owner: moved("owner"), group: moved("group") }),
    required: false,
    internal: true,
  },
});

const prompt = submodule({
  type: defaulted(
    {
      kind: "enum",
      values: ["hidden", "line", "multiline", "multiline-hidden"],
      meant: { password: "hidden", secret: "hidden", text: "multiline", string: "line" },
    },
    string("line"),
    '"line"',
    "How the value is typed: on a line or several, shown or hidden.",
    true,
  ),
  description: { type: text, required: false, usual: true, description: "What the person is asked for." },
  persist: defaulted(
    truth,
    bool(false),
    "false",
    "Keeps the answer as a secret file of the prompt's name.",
    true,
  ),
  name: computed("The prompt's name."),
  createFile: { type: { kind: "raw" }, required: false, internal: true },
  display: {
    type: submodule({
      group: defaulted(optionalText, nullValue(), "null", "Prompts of one group are shown together."),
      label: defaulted(optionalText, nullValue(), "null", "What is shown instead of the prompt's name."),
      helperText: defaulted(optionalText, nullValue(), "null", "A longer explanation."),
      required: defaulted(truth, bool(true), "true", "Whether the answer may be empty."),
    }),
    required: false,
    description: "How the prompt looks in user interfaces.",
  },
});

const validationScalar: OptionType = { kind: "either", of: [truth, { kind: "int" }, text] };
const validation: OptionType = {
  kind: "nullOr",
  of: {
    kind: "either",
    of: [
      validationScalar,
      { kind: "attrsOf", of: { kind: "either", of: [validationScalar, attrsOf(validationScalar)] } },
    ],
  },
};

const generator = submodule({
  files: { ...empty(attrsOf(file)), usual: true, description: "The files the script writes, by name." },
  prompts: { ...empty(attrsOf(prompt)), usual: true, description: "What a person is asked for, by name." },
  dependencies: {
    ...empty({ kind: "listOf", of: { kind: "str", meaning: "generator" } }),
    usual: true,
    description: "Generators whose files the script reads in `$in/<generator>/<file>`.",
  },
  script: defaulted(
    { kind: "either", of: [text, { kind: "path" }] },
    string(""),
    '""',
    "Shell commands that write each file to `$out/<file>`; answers to prompts are in `$prompts/<prompt>`.",
    true,
  ),
  runtimeInputs: {
    ...empty({ kind: "listOf", of: { kind: "package" } }),
    usual: true,
    description: "Packages whose programs the script calls, beside coreutils.",
  },
  share: defaulted(
    truth,
    bool(false),
    "false",
    "Generated once for all machines that have the generator, instead of for each.",
    true,
  ),
  validation: defaulted(
    validation,
    nullValue(),
    "null",
    "Values the files depend on: when one changes, the files count as outdated.",
  ),
  validationHash: { ...computed("Hash of `validation`.", optionalText), internal: true },
  finalScript: { ...computed("The script with its environment.", { kind: "path" }), internal: true },
  name: computed("The generator's name."),
  migrateFact: {
    type: { kind: "raw" },
    required: false,
    internal: true,
    removed: "Facts were moved long ago: take it away.",
  },
  pkgs: { type: { kind: "raw" }, required: false, internal: true },
  settings: { type: { kind: "raw" }, required: false, internal: true },
});

/** The option `clan.core.vars.generators`. */
export const generatorsOption: Option = {
  type: { kind: "attrsOf", of: generator, keyMeaning: "generator", separate: true },
  required: false,
  description: "Generators of secrets and other files, by name.",
  apply: Thunk.of(
    eager("generators", (generators) => named(mapSet(generators, withPersistedPrompts), "generator")),
  ),
};

/** A prompt that is persisted is a file, too. */
function* withPersistedPrompts(generator: Thunk): Eval<Value> {
  const set = yield generator;
  const files = yield* memberOf(generator, "files");
  const prompts = yield* memberOf(generator, "prompts");
  if (set.type !== "attrs" || files?.type !== "attrs" || prompts?.type !== "attrs") return set;
  const added = new Map<string, Attr>();
  let open = files.open ?? prompts.open;
  for (const [name, { value, keys }] of prompts.attrs) {
    const persist = yield* memberOf(value, "persist");
    if (persist?.type === "bool" && !persist.value) continue;
    if (persist?.type === "bool" && !files.attrs.has(name))
      added.set(name, attr(Thunk.of(persistedFile), keys));
    else open ??= persist?.type === "unknown" ? persist : undefined;
  }
  const all = Thunk.of(named(attrSet(new Map([...files.attrs, ...added]), files.origins, open), "file"));
  return attrSet(
    new Map([...set.attrs, ["files", attr(all, set.attrs.get("files")?.keys)]]),
    set.origins,
    set.open,
  );
}

const persistedFile: Value = attrs(
  { secret: bool(true), deploy: bool(true) },
  undefined,
  unknown("clan computes it when it evaluates the machine"),
);

/** What reads a name that is not in the set gets a finding that knows what was meant. */
function named(set: Value, namesOf: "generator" | "file"): Value {
  return set.type === "attrs" ? { ...set, namesOf } : set;
}

function mapSet(set: Value, change: (value: Thunk) => Eval<Value>): Value {
  if (set.type !== "attrs") return set;
  const changed = new Map<string, Attr>();
  for (const [name, { value, keys }] of set.attrs)
    changed.set(name, attr(new Thunk(() => change(value), value.node), keys));
  return attrSet(changed, set.origins, set.open);
}

function defaulted(
  type: OptionType,
  value: Value,
  shown: string,
  description: string,
  usual = false,
): Option {
  const option = { type, description, default: shown, defaultValue: Thunk.of(value), required: false };
  return usual ? { ...option, usual } : option;
}

function empty(type: OptionType): Option {
  return { type, required: false };
}

function moved(to: string): Option {
  return { type: text, required: false, deprecated: `Use \`files.<name>.${to}\`.` };
}

function submodule(options: Readonly<Record<string, Option>>): OptionType {
  const set: OptionSet = { options: new Map(Object.entries(options)) };
  return { kind: "submodule", options: set };
}

function attrsOf(of: OptionType): OptionType {
  return { kind: "attrsOf", of };
}
