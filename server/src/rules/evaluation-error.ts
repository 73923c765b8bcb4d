/**
 * What Nix cannot evaluate, of all that it surely evaluates for the clan.
 *
 *   tags = lib.optoinals isServer [ "server" ];   ->   error at `optoinals`
 *
 * The message is Nix's own. A failure that hangs on anything unknown is none.
 */
import { OF_OLD_CORE } from "../clan/clan-core-input.ts";
import { TAGS_OF_TAGS } from "../clan/machine-tags.ts";
import { OF_META } from "../clan/meta-values.ts";
import type { Clan, ServiceRole } from "../clan/model.ts";
import { OF_RESULT } from "../clan/registry.ts";
import type { OptionNode } from "../modules/option-node.ts";
import { MODULES_FIRST, NOT_GIVEN } from "../modules/scope.ts";
import { isWithin, relativePath } from "../nix/path.ts";
import type { Failure, MissingName } from "../nix/value.ts";
import { OF_INPUTS, OUTPUTS_FIRST } from "../project/flake.ts";
import type { Snapshot } from "../project/snapshot.ts";
import type { AttrName, Node, Source } from "../syntax/ast.ts";
import { nodesAt, walk } from "../syntax/navigate.ts";
import { ownFlakeOptions } from "./parts/flake-options.ts";
import { sayIgnored } from "./parts/ignored.ts";
import { checkLibraryNames } from "./parts/library-names.ts";
import { collectMachineFailures } from "./parts/machine-failures.ts";
import { checkMissingArguments } from "./parts/missing-arguments.ts";
import { clanOptionsOf, inSettings, manifestRemarks, mapped, ownServices } from "./parts/option-walk.ts";
import { place, useFix, whole } from "./parts/place.ts";
import { settingDefaults } from "./parts/setting-defaults.ts";
import { failuresIn } from "./parts/type-failures.ts";
import { checkVariables } from "./parts/undefined-variables.ts";
import { sureDefinitions, usePlace, valuePlace, valuePlaces } from "./parts/written.ts";
import type { Problem, Rule } from "./rule.ts";
import type { Look } from "./run/look.ts";
import { choices, sayOption } from "./words/words.ts";

export const evaluationError: Rule = {
  code: "evaluation-error",
  severity: "error",
  summary:
    "Nix cannot evaluate this: a name that is not there, a file that does not exist, a value of a wrong type.",
  checkClan: (clan, snapshot, look) =>
    mapped(checkAll(clan, look), (problem) => sayIgnored(problem, clan, snapshot)),
  checkFile: checkNames,
};

function* checkNames(source: Source, clan: Clan, snapshot: Snapshot): Iterable<Problem> {
  yield* checkVariables(source, clan, snapshot);
  yield* checkLibraryNames(source, clan, snapshot);
}

function* checkAll(clan: Clan, look: Look): Iterable<Problem> {
  const check = (option: OptionNode) => checkOption(clan, option);
  for (const failure of clan.failures) yield* report(clan, failure);
  for (const failure of clan.unreadFailures)
    yield* mapped(report(clan, failure), (problem) => ({ ...problem, isUnused: true }));
  for (const tree of clan.flakeModules) yield* checkModules(clan, tree);
  for (const { failure, use } of collectMachineFailures(clan)) yield* report(clan, failure, use);
  yield* checkMissingArguments(clan);
  for (const option of clanOptionsOf(clan)) yield* check(option);
  yield* look.inOptions("clan", clan.tree, check);
  yield* checkAssertions(clan);
  yield* checkServices(clan);
  yield* checkDefaults(clan);
  const isRemark = manifestRemarks(clan);
  for (const service of ownServices(clan))
    yield* look.inOptions("service", service, (option) =>
      mapped(check(option), (problem) => ({ ...problem, isRemark: isRemark(option) })),
    );
  yield* inSettings(clan, look, check);
  for (const { type } of ownFlakeOptions(clan))
    for (const failure of type === undefined ? [] : failuresIn(type)) yield* report(clan, failure);
}

function* checkOption(clan: Clan, option: OptionNode): Iterable<Problem> {
  // What is raw is looked at where it is used, if it is used at all.
  if (option.type?.kind === "raw") return;
  yield* checkModules(clan, option);
  for (const definition of sureDefinitions(option))
    if (definition.value.type === "failure") {
      const node = valuePlace(definition) ?? listPlace(option);
      const message = `${sayOption(option.path)} is defined by it.`;
      yield* report(clan, definition.value, node && { node, message });
    }
}

/** Elements that a function of a library made (`map lib.toUpper names`) have no place but that of the whole list. */
function listPlace({ parent }: OptionNode): Node | undefined {
  if (parent?.type?.kind !== "listOf") return undefined;
  const [definition, ...others] = sureDefinitions(parent);
  return definition === undefined || others.length > 0 ? undefined : valuePlace(definition);
}

/** Services of this flake that an instance needs and that cannot be read. */
function* checkServices(clan: Clan): Iterable<Problem> {
  for (const { service, module, roles } of clan.instances.known.values()) {
    if (service.kind === "open" && module.input === "self" && module.name !== undefined) {
      const option = clan.tree.at("modules", module.name);
      for (const definition of option === undefined ? [] : sureDefinitions(option)) {
        const node = usePlace(definition);
        if (definition.value.type === "failure")
          yield* report(clan, definition.value, node && { node, message: "It is used here." });
      }
    }
    if (service.kind !== "known" || service.service.origin !== "self") continue;
    for (const [name, { members }] of roles) {
      const declared = service.service.roles.get(name);
      if (declared !== undefined && members.length > 0) yield* checkInterface(clan, declared);
    }
  }
}

/** Defaults of settings that fail where they are read. */
function* checkDefaults(clan: Clan): Iterable<Problem> {
  for (const { path, outcome, node, isUsed } of settingDefaults(clan)) {
    const message = `It is the default of ${sayOption(path)}.`;
    if (outcome.type !== "failure") continue;
    for (const problem of report(clan, outcome, { node, message })) yield { ...problem, isUnused: !isUsed };
  }
}

/** Settings whose declaration fails, of those that the role's own behaviour reads. */
function* checkInterface(clan: Clan, { settings, reads }: ServiceRole): Iterable<Problem> {
  for (const [name, { type }] of settings.options)
    if (reads?.has(name) !== false) for (const failure of failuresIn(type)) yield* report(clan, failure);
}

/** A check that fails stops Nix with its message, unless it is ignored. */
function* checkAssertions({ tree }: Clan): Iterable<Problem> {
  for (const [id, check] of tree.child("checks")?.children() ?? []) {
    const ignore = check.child("ignore");
    const mayBeIgnored = ignore === undefined ? check.open !== undefined : isTrue(ignore) !== false;
    if (isTrue(check.child("assertion")) !== false || mayBeIgnored) continue;
    const message = check.child("message")?.string() ?? "it has no message that is known";
    const assertion = check.child("assertion");
    for (const node of assertion === undefined ? [] : valuePlaces(assertion))
      yield { ...whole(node), message: `The check \`${id}\` stops Nix: ${message}` };
  }
}

/** Undefined where it is not known. */
function isTrue(option: OptionNode | undefined): boolean | undefined {
  const value = option?.value();
  return value?.type === "bool" ? value.value : undefined;
}

/** The modules the option is made of. */
function* checkModules(clan: Clan, option: OptionNode): Iterable<Problem> {
  for (const { failure, origins } of option.problems) {
    const node = moduleUse(clan, option, failure) ?? origins[0];
    if (failure !== undefined)
      yield* report(clan, failure, node && { node, message: "It is imported here." });
  }
}

/** Where a file that is wrongly called as a whole is put to use as a module: `modules.x = import ./x.nix;`. */
function moduleUse(clan: Clan, { path }: OptionNode, failure: Failure | undefined): Node | undefined {
  const file = failure && calledFile(failure);
  const places = clan.tree.at(...path)?.definitions.flatMap((definition) => usePlace(definition) ?? []);
  return file && places?.find(({ source }) => source !== file);
}

/** The file that is a function, and was called with other arguments than it asks for. */
function calledFile({ origins: [node] = [], message }: Failure): Source | undefined {
  return node !== undefined && node === node.source.root && CALLED.test(message) ? node.source : undefined;
}

const CALLED = / called with(out required| unexpected) argument '(.*)'$/;

const missingFile = /^(?:path '(.*)' does not exist|opening file '(.*)': No such file or directory)$/;

/** A module that is not there can be made. Other files, and folders, hold what nobody can guess. */
function createFix({ message }: Failure, root: string): Pick<Problem, "fixes"> {
  const [, named, opened] = missingFile.exec(message) ?? [];
  const path = named ?? opened;
  if (path === undefined || !path.endsWith(".nix") || !isWithin(path, root)) return {};
  const title = `Create \`${relativePath(path, root)}\``;
  return { fixes: [{ title, edits: [], creates: new Map([[path, "{ ... }:\n{\n}\n"]]) }] };
}

interface Use {
  readonly node: Node;
  readonly message: string;
}

/** At the innermost place that is the user's own. */
function* report({ root }: Clan, failure: Failure, use?: Use): Iterable<Problem> {
  if (!isCertain(failure)) return;
  const { inData } = failure;
  const isOwn = (path: string): boolean => path.startsWith(`${root}/`);
  const reader = [
    ...(failure.origins ?? []),
    ...(failure.trace ?? []).flatMap(({ node }) => node ?? []),
  ].find(({ source }) => isOwn(source.path));
  // inventory.json is checked as a file of its own.
  if (inData !== undefined && isOwn(inData.path) && !inData.path.endsWith("/inventory.json")) {
    const { message: words, ...at } = inData;
    const message = words.charAt(0).toUpperCase() + words.slice(1);
    const related = reader && [{ ...place(reader), message: "It is read here." }];
    yield { ...at, message: `Nix cannot read this file. ${message}`, related };
    return;
  }
  const trace = (failure.trace ?? []).flatMap(({ node }) => node ?? []);
  const own = [...(failure.origins ?? []), ...trace, ...(use ? [use.node] : [])].find(({ source }) =>
    source.path.startsWith(`${root}/`),
  );
  // What cannot be parsed has a finding of its own.
  if (own === undefined || own.source.problems.length > 0) return;
  // Whoever uses the file has to call it otherwise.
  if (use !== undefined && calledFile(failure) === own.source && use.node.source !== own.source) {
    yield {
      ...whole(use.node),
      message: `Nix cannot evaluate this: ${describe(failure, root)} ${adviseCall(own, use.node)}`,
      related: [{ ...place(paramOf(own)), message: "The function in the file." }],
    };
    return;
  }
  const word =
    missingName(own, failure) ??
    askedArgument(own, failure) ??
    earlyArgument(own, failure) ??
    absentArgument(own, failure) ??
    wrongValue(own, failure) ??
    own;
  const isFar = use !== undefined && use.node.source !== own.source;
  yield {
    ...place(word),
    message: `Nix cannot evaluate this: ${describe(failure, root)}`,
    related: isFar ? [{ ...place(use.node), message: use.message }] : undefined,
    ...(word.kind === "attr-name" && useFix(word, failure.meant?.[0])),
    ...createFix(failure, root),
  };
}

/** `import ./logs.nix` lacks the arguments that the file asks for. */
function adviseCall(file: Node, { source, start, end }: Node): string {
  const formals = file.kind === "lambda" ? (file.param.formals ?? []) : [];
  const given = formals
    .filter(({ fallback }) => fallback === undefined)
    .map(({ name }) => ` ${name.name} = …;`)
    .join("");
  const text = source.text.slice(start, end);
  return /^import\s+\S+$/.test(text) ? `Call it with what it asks for: \`${text} {${given} }\`.` : "";
}

function paramOf(node: Node): Node {
  return node.kind === "lambda" ? node.param : node;
}

/** The name in a selection (`lib.optoinals`) that is not there, of which Nix tells the whole. */
function missingName(node: Node, { message }: Failure): AttrName | undefined {
  const name = /^attribute '(.*)' missing$/.exec(message)?.[1];
  return node.kind === "select" ? node.path.find((one) => one.name === name) : undefined;
}

/**
 * `perMachine = { settings, ... }:` asks for what it is not given: all that reads it fails. `tags = { machines, ... }:`
 * asks for what cannot tell of tags.
 */
function askedArgument({ source, start }: Node, { message }: Failure): Node | undefined {
  const name =
    message === TAGS_OF_TAGS
      ? "machines"
      : /^'perMachine' doesn't have a '(.*)' argument$/.exec(message)?.[1];
  if (name === undefined) return undefined;
  const formals = nodesAt(source, start).flatMap((node) =>
    node.kind === "lambda" ? (node.param.formals ?? []) : [],
  );
  return formals.findLast((formal) => formal.name.name === name)?.name;
}

/** `lib.optional config.x.enable ./x.nix`: where `config` is asked for what is only known once all is imported. */
function earlyArgument(node: Node, { missing }: Failure): Node | undefined {
  if (missing?.of !== MODULES_FIRST && missing?.of !== OUTPUTS_FIRST) return undefined;
  return firstUse(node, missing.name, missing.of === OUTPUTS_FIRST);
}

/** `meta.name = foo;`: where a module reads an argument that it is not given. Nix has no place for a mere name. */
function absentArgument(node: Node, { missing }: Failure): Node | undefined {
  if (missing?.of !== NOT_GIVEN) return undefined;
  const binding = nodesAt(node.source, node.start).findLast(({ kind }) => kind === "binding");
  return firstUse(node, missing.name) ?? (binding && firstUse(binding, missing.name));
}

/** Where `node` uses a variable, with what is selected of it; `alsoSelected`: or an attribute of the name. */
function firstUse(node: Node, name: string, alsoSelected = false): Node | undefined {
  let found: Node | undefined;
  walk(node, (inner) => {
    const isSelection = inner.kind === "select" || inner.kind === "has-attr";
    const asked = isSelection ? inner.target : inner;
    const isAsked =
      (asked.kind === "identifier" && asked.name === name) ||
      // inputs.self
      (isSelection && alsoSelected && inner.path[0]?.name === name);
    if (isAsked) found ??= inner;
  });
  return found;
}

/** The value of a wrong type, where it is written beside its use: Nix tells where it is used. */
function wrongValue({ source }: Node, { written = [] }: Failure): Node | undefined {
  return written.find((node) => node.source === source);
}

/**
 * A recursion may be one of ours, and a budget always is. Variables are looked at in whole files, and what is wrong
 * with an option is told where it is defined, and not where its value is asked for.
 */
function isCertain({ kind, message, isOfNix }: Failure): boolean {
  if (kind === "budget" || (kind === "recursion" && isOfNix !== true)) return false;
  return !/^(undefined variable '|A definition for option `|The option `)/.test(message);
}

/** A module is called with more than it asks for. */
function adviseEllipsis(message: string): string | undefined {
  const [, name = ""] = / called with unexpected argument '(.*)'$/.exec(message) ?? [];
  if (!GIVEN.has(name)) return undefined;
  return "Modules are given more than they ask for: end the arguments with `...`, as in `{ lib, ... }:`.";
}

/** What all modules are given, whichever of it Nix names. */
const GIVEN: ReadonlySet<string> = new Set(
  "_class _prefix clan-core clanLib config lib modulesPath options pkgs self specialArgs".split(" "),
);

/** Where what is missing is elsewhere. */
const ADVICE: Readonly<Record<string, (missing: MissingName) => string>> = {
  [OF_META]: ({ name }) => `\`config.meta\` is a module: write \`config.inventory.meta.${name}\`.`,
  [OF_RESULT]: ({ name }) =>
    `It is in the configuration: write \`.config.${name}\`, or \`inherit (clan.config) ${name};\`.`,
  [MODULES_FIRST]: ({ name }) =>
    `\`${name}\` is made of all modules, so it cannot say what these import, or which options they set. Import in any case, and write \`lib.mkIf\` where something is set.`,
  [OUTPUTS_FIRST]: () =>
    "`self` is made of all modules, so these cannot be imported through it. Name the file, as in `./module.nix`.",
  [OF_OLD_CORE]: () => "The modules became services: write an instance in `inventory.instances`.",
};

/** The same, where the name may be a slip of another: then that is what one wants to hear. */
const ADVICE_UNLESS_MEANT: Readonly<Record<string, (missing: MissingName) => string>> = {
  [OF_INPUTS]: ({ name }) => `The flake has no such input: write \`inputs.${name}.url = "…";\` in flake.nix.`,
  [NOT_GIVEN]: adviseArgument,
};

/** Of arguments that people are used to from other modules, where to get the same. */
function adviseArgument({ name, among = [] }: MissingName): string {
  if (name === "pkgs") return "Only modules of machines are given `pkgs`.";
  if (name === "inputs" && among.includes("self"))
    return "Modules of the clan are given no `inputs`: write `self.inputs`.";
  return choices("Arguments", among, undefined).trim();
}

/** What to write, where Nix only says what is wrong. */
const HINTS: readonly (readonly [RegExp, string])[] = [
  [/^cannot coerce an integer to a string$/, "Write `toString` before it."],
  [/^cannot coerce a Boolean to a string$/, "Write `lib.boolToString` before it."],
  [/^cannot coerce a set to a string$/, "Name the attribute that is meant, as in `set.name`."],
  [/^cannot coerce a list to a string$/, 'Join its elements, as in `lib.concatStringsSep "," list`.'],
  [/^cannot coerce a function to a string$/, "It lacks an argument: call it."],
  [
    /^cannot add (a string to (an integer|a float)|(an integer|a float) to a string)$/,
    "Write `toString` before the number.",
  ],
  [/^value is .* while a list was expected$/, "A list stands in brackets, as in `[ … ]`."],
  [
    /^value is a string while a Boolean was expected$/,
    "Write a condition, or `true` or `false` without quotes.",
  ],
  [
    /^attempt to call something which is not a function but |^value is .* while a function was expected$/,
    "Is a function such as `name: …` meant here, or is a `;`, an operator or a bracket missing?",
  ],
];

/** `imports = [ "x.nix" ]`, and names that `readDir` found. */
function advisePath({ message, written = [] }: Failure): string | undefined {
  const [, text = ""] = /^string '(.*)' doesn't represent an absolute path$/.exec(message) ?? [];
  if (text === "") return undefined;
  if (written.length === 0)
    return `This is the name of a file and not its path: write \`map (name: ./folder + "/\${name}") …\`.`;
  return "A path stands without quotes, as in `./module.nix`.";
}

/** In Nix's words, which can be searched for, with paths as they are written. */
function describe(failure: Failure, root: string): string {
  const { kind, message, meant, missing } = failure;
  const sentence = message.replaceAll(`${root}/`, "./").replace(/\.?$/, ".");
  const of = missing?.of ?? "";
  const advise = ADVICE[of] ?? (meant?.[0] === undefined ? ADVICE_UNLESS_MEANT[of] : undefined);
  const advice =
    (missing && advise?.(missing)) ??
    adviseEllipsis(message) ??
    advisePath(failure) ??
    HINTS.find(([pattern]) => pattern.test(message))?.[1];
  if (advice !== undefined) return `${sentence} ${advice}`;
  if (kind === "recursion") return `${sentence} Its value is needed to compute itself.`;
  return meant?.[0] === undefined ? sentence : `${sentence} Did you mean \`${meant[0]}\`?`;
}
