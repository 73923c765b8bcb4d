/**
 * The clan as people think of it: machines, tags, instances, roles and services, each with where it
 * was written and what is not known about it. Built from the option tree by `buildClan`; immutable.
 */
import type { NodeIndex } from "../modules/node-index.ts";
import type { OptionNode } from "../modules/option-node.ts";
import type { OptionSet } from "../modules/option-type.ts";
import type { Thunk } from "../nix/thunk.ts";
import type { Unbound } from "../nix/unbound.ts";
import type { Failure } from "../nix/value.ts";
import type { Node, Source } from "../syntax/ast.ts";
import type { ClanVars } from "./vars/model.ts";

/** A set of names of which some may not be known. */
export interface NameSet<T> {
  /** Sorted by name. */
  readonly known: ReadonlyMap<string, T>;
  /** Why further names may exist; undefined when the set is complete. */
  readonly open: UnknownPart | undefined;
}

export interface UnknownPart {
  /** Option path, e.g. "inventory.machines". */
  readonly path: string;
  readonly reason: string;
  readonly node: Node | undefined;
}

/** Of one state of the workspace, for good. */
export interface Clan {
  /** Folder of the flake (or of the lone clan.nix). */
  readonly root: string;
  /** The same object as in the state before where nothing has changed that was read for either. */
  readonly version: object;
  /** `clan.directory`, the folder with `machines/` and `inventory.json`; undefined if it is not known. */
  readonly directory: string | undefined;
  /**
   * What in the flake makes the clan: the arguments of `lib.clan`, or the names of flake-parts' option `clan`.
   * Empty where a file is taken for one that no flake leads to.
   */
  readonly entryPoints: readonly Node[];
  /** What the flake's own modules define for flake-parts, `clan` and all; empty where it does not use that. */
  readonly flakeModules: readonly OptionNode[];
  /** There are modules of others among them, which may declare options beside `clan`. */
  readonly hasHiddenFlakeModules: () => boolean;
  /** What Nix cannot evaluate of the flake on the way to the clan. */
  readonly failures: readonly Failure[];
  /** The same, of outputs that only other tools read. */
  readonly unreadFailures: readonly Failure[];
  /** The option tree `clan.*`. */
  readonly tree: OptionNode;
  readonly name: string | undefined;
  readonly machines: NameSet<Machine>;
  readonly tags: NameSet<Tag>;
  readonly instances: NameSet<Instance>;
  /** All settings that are written for roles of known services, against the roles' interfaces. */
  readonly settings: readonly RoleSettings[];
  /**
   * The settings of a machine in a role against the role's interface: those of the role, of the tags the
   * machine has, and its own. Undefined if the service or the role is not known.
   */
  readonly memberSettings: (instance: Instance, role: Role, machine: string) => OptionNode | undefined;
  /** What services of this flake answer on each machine they are used on: `nixosModule`, `darwinModule`, `exports`. */
  readonly behaviours: () => readonly OptionNode[];
  /** The interfaces services export by, clan's and its own, with their options. Open if there may be more. */
  readonly exportInterfaces: () => OptionSet;
  /** Services that an instance can name, as far as they can be read. They are looked for when somebody asks. */
  readonly availableServices: () => readonly AvailableService[];
  /** Names of the flake's inputs; open when there is no flake.nix to read. */
  readonly inputs: NameSet<Node | undefined>;
  /** Its clan-core is a copy or of another time: its options and services need not be those of the catalogue. */
  readonly hasOtherCore: boolean;
  /** Its clan-core is locked at a time before that of the catalogue: it may have what is gone since. */
  readonly hasOlderCore: boolean;
  readonly unknown: readonly UnknownPart[];
  readonly index: NodeIndex;
  /** Generators of the machines; a machine is evaluated when it is first asked for. */
  readonly vars: ClanVars;
  /**
   * Every file its evaluation and that of its machines read, and those that were looked for (absolute paths). To know
   * them, all of it is evaluated.
   */
  readonly files: ReadonlySet<string>;
  /** The same as if no machine had a configuration: these take long, and what is sure without them can be told before. */
  readonly withoutConfigurations: () => Clan;
  /** The variables in a file that nothing binds; found once a version of the file. */
  readonly unboundIn: (source: Source) => readonly Unbound[];
}

export type MachineSource = "inventory" | "machines" | "directory" | "inventory.json";

export interface Machine {
  readonly name: string;
  readonly class: "nixos" | "darwin";
  /** Sorted, with the predefined ones (all, nixos, darwin). */
  readonly tags: readonly string[];
  readonly targetHost: string | undefined;
  readonly sources: readonly MachineSource[];
  /** Where its name is written, inventory first. Empty when known only from a folder. */
  readonly origins: readonly Node[];
}

export interface Tag {
  readonly name: string;
  /** Sorted. */
  readonly machines: readonly string[];
  readonly origins: readonly Node[];
  readonly predefined: boolean;
}

export interface Instance {
  readonly name: string;
  readonly option: OptionNode;
  readonly module: { readonly name: string | undefined; readonly input: string | null | undefined };
  readonly service: ServiceLookup;
  /** Sorted by name. */
  readonly roles: ReadonlyMap<string, Role>;
}

export interface Role {
  readonly name: string;
  readonly option: OptionNode;
  /** Names written under `machines`, and tags. */
  readonly machineNames: readonly string[];
  readonly tagNames: readonly string[];
  /** Machines it resolves to, sorted. */
  readonly members: readonly Member[];
  readonly open: UnknownPart | undefined;
}

/** One `settings` attribute: of a role, of one of its tags, or of one of its machines. */
export interface RoleSettings {
  readonly instance: Instance;
  readonly role: Role;
  readonly service: Service;
  readonly declared: ServiceRole;
  /** The option in the clan's tree: data without declarations. */
  readonly option: OptionNode;
  /** The same definitions as options of the role's interface; `path` is that of `option`. */
  readonly tree: OptionNode;
  /** They are settings of some machine, or may be of one that is not known: Nix looks at them. */
  readonly isUsed: boolean;
}

export interface Member {
  readonly machine: string;
  /** The tags that brought it; empty when named directly. */
  readonly viaTags: readonly string[];
}

/** What an instance's `module` names. */
export type ServiceLookup =
  | { readonly kind: "known"; readonly service: Service }
  /** The name is in no list that is complete: `possible` are the names there are. */
  | {
      readonly kind: "unknown-service";
      readonly name: string;
      readonly possible: readonly string[];
      /** It was looked up among the services this flake defines, not clan-core's. */
      readonly inSelf: boolean;
      /** The input among whose services it was looked up, where that is another than clan-core. */
      readonly input: string | undefined;
      /** Where there is a service of that name: `module.input = "self"` is missing, or too much. */
      readonly elsewhere: "self" | "clan-core" | undefined;
      /** clan-core had it once: a clause on where it went. */
      readonly reason: string | undefined;
    }
  | { readonly kind: "unknown-input"; readonly input: string; readonly possible: readonly string[] }
  /** Cannot be read: nothing about it is called wrong. */
  | { readonly kind: "open"; readonly reason: string };

export interface Service {
  readonly name: string;
  /** Where this is known from. */
  readonly origin: "self" | "input" | "catalogue" | "nix";
  /** What the bundled catalogue says of the same service, where something nearer was asked first. */
  readonly catalogued?: Service | undefined;
  readonly description: string | undefined;
  /** What to use instead of a service clan has given up. */
  readonly deprecated?: string | undefined;
  readonly categories: readonly string[];
  /** Interfaces (`networking`, `endpoints`, …) through which services tell each other of themselves. */
  readonly exports: { readonly inputs: readonly string[]; readonly out: readonly string[] };
  /** Sorted. */
  readonly roles: ReadonlyMap<string, ServiceRole>;
  /** Why further roles may exist. */
  readonly rolesOpen: string | undefined;
  readonly maxInstances: number | undefined;
  /** Its own options (`manifest`, `roles`, …), of a service whose source is at hand. */
  readonly module?: OptionNode | undefined;
  /** The options of what `perInstance` and `perMachine` answer, of a service whose source is at hand. */
  readonly behaviours?: (() => readonly OptionNode[]) | undefined;
  readonly declared: readonly Node[];
}

/** A service with what an instance's `module` says of it. */
export interface AvailableService {
  readonly name: string;
  /** Null: clan's own. */
  readonly input: string | null;
  readonly service: Service;
}

export interface ServiceRole {
  readonly name: string;
  readonly description: string | undefined;
  readonly settings: OptionSet;
  /** The interface by itself, where all of its modules are known: what it defines beside declaring settings. */
  readonly interface?: OptionNode | undefined;
  /** The modules that declare them, for services at hand: they can define some, too. */
  readonly interfaceModules: readonly Thunk[];
  /** The service adds settings of its own (`extendSettings`): one that is missing may be among them. */
  readonly extendsSettings: boolean;
  /** Its behaviour is given settings that it uses, or makes exports: then clan asks for the name of the service. */
  readonly needsManifest?: boolean | undefined;
  /** Its behaviour surely uses settings: then clan evaluates the interface. */
  readonly usesSettings?: boolean | undefined;
  /** First names of the settings its own behaviour reads; undefined where it may read any. */
  readonly reads: ReadonlySet<string> | undefined;
  readonly minMachines: number | undefined;
  readonly maxMachines: number | undefined;
  readonly declared: readonly Node[];
}
