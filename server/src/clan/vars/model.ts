/**
 * Vars as people think of them: the generators each machine has, with their files, prompts and
 * dependencies, and what is not known about them. Built from the machines' configurations by `collectVars`.
 *
 *   clan.core.vars.generators.ca = { share = true; files."ca.pem".secret = false; script = "…"; };
 *   ->  generator ca, shared, of machines db and web, with the public file ca.pem
 */
import type { NodeIndex } from "../../modules/node-index.ts";
import type { OptionNode } from "../../modules/option-node.ts";
import type { Node } from "../../syntax/ast.ts";
import type { NameSet, UnknownPart } from "../model.ts";
import type { MachineAlone } from "./machine-alone.ts";
import type { MissingArgument } from "./missing-arguments.ts";

/** What one machine's configuration says of vars. */
export interface MachineVars {
  readonly machine: string;
  /** False where all it has comes from the bundled facts: then nothing of it can be wrong, or be pointed at. */
  readonly isWritten: boolean;
  /** The machine's configuration, as far as the clan's own modules define it; undefined if there is no such machine. */
  readonly root: OptionNode | undefined;
  /** The option `clan.core.vars.generators` of the machine, for rules that look at options. */
  readonly option: OptionNode | undefined;
  readonly generators: NameSet<Generator>;
  /** Where code refers to a generator, in the machine's modules and scripts. */
  readonly references: readonly VarsReference[];
  /** What the machine's modules ask of `clan.core` besides. */
  readonly coreReads: readonly CoreRead[];
  /** What its modules ask for and nobody gives them. */
  readonly missingArguments: readonly MissingArgument[];
  /** From a node to the options of the machine it contributes to: generators, and what the clan's modules declare. */
  readonly index: NodeIndex;
  /** Files in which the machine's modules are written. */
  readonly files: ReadonlySet<string>;
  /** Every file and folder that was read so far to evaluate them, whether it is there or not. */
  readonly read: ReadonlySet<string>;
}

/** Where a generator comes from. */
export type GeneratorOrigin =
  | { readonly kind: "configuration" }
  /** A role of a service at hand, whose module defines it for the machine. */
  | { readonly kind: "service"; readonly instance: string; readonly service: string }
  /** As the catalogue says, of a bundled service. */
  | { readonly kind: "catalogue"; readonly instance: string; readonly service: string };

export interface Generator {
  readonly name: string;
  /** The machine whose configuration has it. A shared generator is in each of its machines' vars. */
  readonly machine: string;
  readonly origin: GeneratorOrigin;
  /** It may not exist: all that defines it hangs on a condition that cannot be decided. */
  readonly conditional: boolean;
  /** `undefined` where it cannot be known. */
  readonly share: boolean | undefined;
  readonly files: NameSet<GeneratorFile>;
  readonly prompts: NameSet<GeneratorPrompt>;
  /** By the name of the generator that is needed. */
  readonly dependencies: NameSet<GeneratorDependency>;
  /** The script as written: a string with interpolations; undefined where it is computed, or there is none. */
  readonly script: Node | undefined;
  /** Undefined for one of the catalogue. */
  readonly option: OptionNode | undefined;
  /** Where its name is written. */
  readonly origins: readonly Node[];
}

export interface GeneratorFile {
  readonly name: string;
  /** Undefined where it cannot be known. */
  readonly secret: boolean | undefined;
  readonly deploy: boolean | undefined;
  readonly option: OptionNode | undefined;
  readonly origins: readonly Node[];
  /** The prompt of that name has `persist = true`: clan writes the file, not the script. */
  readonly isPersistedPrompt: boolean;
}

export interface GeneratorPrompt {
  readonly name: string;
  readonly type: string | undefined;
  readonly description: string | undefined;
  readonly persist: boolean | undefined;
  readonly option: OptionNode | undefined;
  readonly origins: readonly Node[];
}

export interface GeneratorDependency {
  readonly name: string;
  readonly origins: readonly Node[];
}

/**
 * One place that names a generator, a file or a prompt: `config.clan.core.vars.generators.ca.files.key.path`,
 * `dependencies = [ "ca" ]`, `$in/ca/key` in a script. Through an alias, one word may be part of several references.
 */
export interface VarsReference {
  readonly how: "configuration" | "dependency" | "script-in" | "script-out" | "script-prompt";
  /** The generator in whose script or dependencies it stands; undefined in configuration. */
  readonly within: string | undefined;
  readonly generator: NamedPlace;
  readonly file: NamedPlace | undefined;
  readonly prompt: NamedPlace | undefined;
  /** For configuration: what is asked of the generator, `files`, `prompts`, `share`, …. */
  readonly part: NamedPlace | undefined;
  /** For configuration: what is asked of the file, `value`, `path`, …. */
  readonly attribute: NamedPlace | undefined;
  /**
   * It does no harm if there is no such thing: `… or null`, a test in a script, a name a `with` may bring, code
   * that Nix may never look at because of a condition around it.
   */
  readonly conditional: boolean;
}

/** `config.clan.core.settings.directory`, with all names from `clan` on. */
export interface CoreRead {
  readonly names: readonly NamedPlace[];
  /** As that of a `VarsReference`. */
  readonly conditional: boolean;
}

/** A name and the word that says it: offsets into the file's text, without quotes. */
export interface NamedPlace {
  readonly name: string;
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** What is on disk of a generator's files for one machine (or for all, if it is shared). */
export interface GeneratorState {
  readonly status: "generated" | "partly" | "missing" | "stale" | "unknown";
  /** By file name; secrets say only whether they are there. */
  readonly files: ReadonlyMap<string, FileState>;
  /** The folder with the first of its files that is there. */
  readonly folder?: string | undefined;
}

export interface FileState {
  readonly exists: boolean | undefined;
  /** Text of a public file; never that of a secret. */
  readonly value: string | undefined;
}

/** A folder of vars that no generator defines. */
export interface OrphanedVars {
  readonly path: string;
  readonly generator: string;
  /** Undefined for a shared one. */
  readonly machine: string | undefined;
}

/** All that is known of a clan's vars. */
export interface ClanVars {
  /** Of a machine of the clan; evaluated when first asked for. */
  readonly of: (machine: string) => MachineVars;
  /**
   * The machines whose modules are (partly) written in a file: first the one in whose folder it lies. Each step
   * may evaluate machines: take only as many as needed.
   */
  readonly machinesReading: (path: string) => Iterable<MachineVars>;
  /** A machine's configuration that nobody else looks at; undefined where it is not evaluated. */
  readonly alone: (machine: string) => MachineAlone | undefined;
  readonly state: (generator: Generator) => GeneratorState;
  readonly orphans: () => readonly OrphanedVars[];
  readonly open: UnknownPart | undefined;
}
