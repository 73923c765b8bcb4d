/** What the editor half and the server say to each other beyond the Language Server Protocol. */

/**
 * Request, editor -> server: what an assistant asks with one of the tools of `clan-ls mcp`, of the files as they are in the
 * editor. Its parameters are `AskToolParams`, its answer is a `ToolAnswer`.
 */
export const askToolRequest = "clan/askTool";

export interface AskToolParams {
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export interface ToolAnswer {
  /** For a conversation: cut where it is too long. */
  readonly text: string;
  /** It was asked for what is not there; `text` says what there is. */
  readonly isError: boolean;
}

/**
 * Request, editor -> server: the clans of the workspace as they are now, for pickers and views. Its parameters
 * are an empty object, its answer `ClanSummary[]`.
 */
export const inventoryRequest = "clan/inventory";

export interface ClanSummary {
  /** URI of the clan's folder, where `clan` is run. */
  readonly root: string;
  readonly name: string | undefined;
  readonly machines: readonly MachineSummary[];
  /** Tags that resolve to at least one machine. */
  readonly tags: readonly { readonly name: string; readonly machines: readonly string[] }[];
  /** Why there may be machines that are not listed. */
  readonly open: OpenSummary | undefined;
  readonly instances: readonly InstanceSummary[];
  /** Why there may be instances that are not listed. */
  readonly instancesOpen: OpenSummary | undefined;
  /** Names of the clan's own templates of machines. */
  readonly machineTemplates: readonly string[];
}

export interface MachineSummary {
  readonly name: string;
  readonly class: "nixos" | "darwin";
  readonly tags: readonly string[];
  readonly targetHost: string | undefined;
  /** Where its name is written, or the file of its configuration. */
  readonly place: PlaceArgument | undefined;
}

export interface InstanceSummary {
  readonly name: string;
  /** Undefined where it is not known. */
  readonly service: string | undefined;
  /** As it is written; undefined where it is not. */
  readonly input: string | undefined;
  readonly place: PlaceArgument | undefined;
  readonly roles: readonly RoleSummary[];
}

export interface RoleSummary {
  readonly name: string;
  readonly place: PlaceArgument | undefined;
  /** `viaTags`: the tags that brought the machine; none where it is named. */
  readonly members: readonly { readonly machine: string; readonly viaTags: readonly string[] }[];
  /** Why further machines may be in it. */
  readonly open: OpenSummary | undefined;
}

/** Why there may be more than is listed. */
export interface OpenSummary {
  readonly reason: string;
  /** What cannot be known, where that is written. */
  readonly place: PlaceArgument | undefined;
}

/**
 * Notification, server -> editor, for one with `followsClans`: something changed that the answers to the requests
 * here hang on. A moment after the last of several changes, without parameters.
 */
export const changedNotification = "clan/changed";

/**
 * Commands the editor registers; code lenses and code actions of the server name them with
 * `MachineCommandArguments` as their one argument. Without an argument they ask.
 */
export const machineCommands = {
  update: "clan.updateMachines",
  generateVars: "clan.generateVars",
  /** As `generateVars` for one generator, and its prompts are asked again. */
  regenerateVars: "clan.regenerateVars",
  /** Asks which command of clan to run. */
  run: "clan.run",
} as const;

export interface MachineCommandArguments {
  /** URI of the clan's folder. */
  readonly root: string;
  readonly machines: readonly string[];
  /** Of `generateVars` and `regenerateVars`: only this generator, and those that depend on it. */
  readonly generator?: string;
  /** Files that are there and are made anew, in words: the person is asked before. */
  readonly replaces?: readonly string[];
}

/**
 * Request, editor -> server: which machine, instance or role the code at a place is part of. Its parameters are
 * `TextDocumentPositionParams` of the Language Server Protocol, its answer `ThingAtSummary` or null.
 */
export const thingAtRequest = "clan/thingAt";

export interface ThingAtSummary {
  /** URI of the clan's folder. */
  readonly root: string;
  readonly kind: "machine" | "instance" | "role";
  readonly name: string;
  /** Of a role, the instance whose it is. */
  readonly instance?: string;
}

/**
 * Request, editor -> server: the vars of one machine, for pickers and views. Its parameters are `VarsParams`, its answer
 * `VarsSummary`; without generators where no such machine is known.
 */
export const varsRequest = "clan/vars";

export interface VarsParams {
  /** URI of the clan's folder. */
  readonly root: string;
  readonly machine: string;
}

export interface VarsSummary {
  readonly generators: readonly GeneratorSummary[];
  /** Why there may be generators or files that are not listed. */
  readonly open: OpenSummary | undefined;
}

export interface GeneratorSummary {
  readonly name: string;
  readonly files: readonly {
    readonly name: string;
    /** Undefined where it cannot be known. */
    readonly secret: boolean | undefined;
    readonly exists: boolean | undefined;
  }[];
  /** Files that are there and are made anew when it runs: its own, and those of all that depend on it. */
  readonly replaces: readonly string[];
  /** URI of the folder with its files; undefined where none of them is known to be there. */
  readonly folder: string | undefined;
  /** Where its name is written. */
  readonly place: PlaceArgument | undefined;
}

/**
 * Request, editor -> server: what speaks against deploying machines now. Its parameters are `DeployProblemsParams`, its answer
 * `DeployProblemsSummary`; what is not known speaks against nothing.
 */
export const deployProblemsRequest = "clan/deployProblems";

export interface DeployProblemsParams {
  /** URI of the clan's folder. */
  readonly root: string;
  /** None is all. */
  readonly machines: readonly string[];
}

export interface DeployProblemsSummary {
  /** Errors in what the machines read. */
  readonly mistakes: readonly { readonly message: string; readonly place: PlaceArgument }[];
  /** URIs of files the machines need and git does not know. */
  readonly untracked: readonly string[];
  readonly missingVars: readonly { readonly machine: string; readonly generators: readonly string[] }[];
  /** Machines of which nothing says where they are. */
  readonly withoutHost: readonly { readonly machine: string; readonly place: PlaceArgument | undefined }[];
}

/** Command the editor registers: `git add -N`, so that a flake sees files that git does not track yet. */
export const trackFilesCommand = "clan.trackFiles";

export interface TrackFilesArguments {
  /** URIs; at least one. All are in one repository. */
  readonly files: readonly string[];
}

/**
 * Command the editor registers: asks for a new machine of a clan, and adds it. Without an argument it asks for the clan,
 * too.
 */
export const newMachineCommand = "clan.newMachine";

export interface NewMachineArguments {
  /** URI of the clan's folder. */
  readonly root: string;
}

/**
 * Request, editor -> server: what has to be changed for a new machine. Its answer is a `WorkspaceEdit` of the Language
 * Server Protocol, or null where the inventory is not written in a way that can be added to.
 */
export const newMachineRequest = "clan/newMachine";

export interface NewMachineParams {
  /** URI of the clan's folder. */
  readonly root: string;
  readonly name: string;
  readonly class: "nixos" | "darwin";
  readonly tags?: readonly string[];
  /** As ssh knows it. */
  readonly targetHost?: string;
}

/**
 * Request, editor -> server: what has to be changed where a machine is gone. Its answer is a `WorkspaceEdit`, or null where
 * nothing names the machine, or some of what does is computed.
 */
export const removeMachineRequest = "clan/removeMachine";

export interface RemoveMachineParams {
  /** URI of the clan's folder. */
  readonly root: string;
  readonly name: string;
}

/** Command the editor registers: asks for a new instance of a service, and adds it. Its argument is `NewMachineArguments`, or nothing. */
export const addInstanceCommand = "clan.addInstance";

/**
 * Request, editor -> server: the services an instance can be of, for pickers. Its parameters are `ServicesParams`, its answer
 * `AvailableServiceSummary[]`.
 */
export const servicesRequest = "clan/services";

export interface ServicesParams {
  /** URI of the clan's folder. */
  readonly root: string;
}

export interface AvailableServiceSummary {
  readonly name: string;
  /** Null: clan's own. */
  readonly input: string | null;
  readonly description: string | undefined;
  /** What to use instead. */
  readonly deprecated: string | undefined;
  readonly categories: readonly string[];
  readonly roles: readonly {
    readonly name: string;
    readonly description: string | undefined;
    readonly minMachines: number | undefined;
    readonly maxMachines: number | undefined;
  }[];
}

/**
 * Request, editor -> server: what has to be changed for a new instance, and what would be wrong with it. Its answer is
 * `NewInstanceAnswer`.
 */
export const newInstanceRequest = "clan/newInstance";

export interface NewInstanceParams {
  /** URI of the clan's folder. */
  readonly root: string;
  readonly name: string;
  readonly service: string;
  /** Null: clan's own. */
  readonly input: string | null;
  readonly roles: readonly {
    readonly name: string;
    readonly machines: readonly string[];
    readonly tags: readonly string[];
    /** `value`: as a person typed it; of a string without quotes. */
    readonly settings: readonly { readonly path: readonly string[]; readonly value: string }[];
  }[];
}

/** `Edit`: a `WorkspaceEdit` of the Language Server Protocol. */
export interface NewInstanceAnswer<Edit = unknown> {
  /** Null where the inventory is not written in a way that can be added to, or a value cannot be read. */
  readonly edit: Edit | null;
  /** Sentences. */
  readonly problems: readonly string[];
  /** Settings the roles cannot do without and that are not among those of the question. */
  readonly missing: readonly {
    readonly role: string;
    readonly path: readonly string[];
    readonly description: string | undefined;
    /** Nix text of a value. */
    readonly example: string | undefined;
    /** In words. */
    readonly type: string | undefined;
    readonly choices: readonly string[] | undefined;
  }[];
}

/**
 * Request, editor -> server: the files that a new generator can be written in. Its parameters are `GeneratorPlacesParams`, its
 * answer `GeneratorPlaceSummary[]`, those for the fewest machines first.
 */
export const generatorPlacesRequest = "clan/generatorPlaces";

export interface GeneratorPlacesParams {
  /** URI of the clan's folder. */
  readonly root: string;
  /** Only files that this machine reads. */
  readonly machine?: string;
}

export interface GeneratorPlaceSummary {
  readonly uri: string;
  readonly machines: readonly string[];
  /** The file comes into being. */
  readonly isNew: boolean;
}

/**
 * Request, editor -> server: what has to be changed for a new generator, and what would be wrong with it. Its answer is
 * `NewThingAnswer`.
 */
export const newGeneratorRequest = "clan/newGenerator";

export interface NewGeneratorParams {
  /** URI of the clan's folder. */
  readonly root: string;
  /** One of the places. */
  readonly uri: string;
  readonly name: string;
  readonly kind: "token" | "password" | "ssh-key" | "prompt";
  /** One value for all machines. */
  readonly share: boolean;
}

/** `Edit`: a `WorkspaceEdit` of the Language Server Protocol. */
export interface NewThingAnswer<Edit = unknown> {
  /** Null where what is there is not written in a way that can be added to. */
  readonly edit: Edit | null;
  /** Sentences. */
  readonly problems: readonly string[];
}

/**
 * Request, editor -> server: what has to be changed for machines and tags to be in a role, and what would be wrong with it. Its
 * answer is `NewThingAnswer`.
 */
export const newMembersRequest = "clan/newMembers";

export interface NewMembersParams {
  /** URI of the clan's folder. */
  readonly root: string;
  readonly instance: string;
  readonly role: string;
  readonly machines: readonly string[];
  readonly tags: readonly string[];
}

/** Command the editor registers: shows places in a list, as it shows references. */
export const showPlacesCommand = "clan.showPlaces";

export interface ShowPlacesArguments {
  /** Where the list opens. */
  readonly from: PlaceArgument;
  readonly places: readonly PlaceArgument[];
}

/** A location of the Language Server Protocol, its columns in UTF-16. */
export interface PlaceArgument {
  readonly uri: string;
  readonly range: { readonly start: PositionArgument; readonly end: PositionArgument };
}

interface PositionArgument {
  readonly line: number;
  readonly character: number;
}

/**
 * Request, editor -> server: what to ask Nix about services of flake inputs that cannot be read without it. Its
 * parameters are an empty object, its answer `NixQuestion[]`.
 */
export const nixQuestionsRequest = "clan/nixQuestions";

export interface NixQuestion {
  /** URI of the clan's folder, where `nix` is to be run. */
  readonly root: string;
  /** What it is about, for a person: "door of community". */
  readonly services: readonly string[];
  /** Of the program `nix`, a vector. It prints JSON. */
  readonly arguments: readonly string[];
  /** The same for the same question about the same flake.lock. */
  readonly key: string;
}

/** Notification, editor -> server: what `nix` printed. */
export const nixAnswerNotification = "clan/nixAnswer";

export interface NixAnswer {
  /** URI of the clan's folder. */
  readonly root: string;
  readonly output: string;
}

/**
 * Scheme of read-only documents that the editor shows for a client with `documents`, and asks the server for with
 * `documentRequest`: what the catalogue knows of a service (`clan-docs:/services/zerotier.md`). The pages of rules
 * (`clan-docs:/rules/unknown-role.md`) it has itself.
 */
export const documentScheme = "clan-docs";

/** Request, editor -> server: the text of such a document. Its answer is the Markdown text, or null. */
export const documentRequest = "clan/document";

export interface DocumentParams {
  readonly uri: string;
}

/**
 * `initializationOptions` of the server. `commands`: the client has `machineCommands`, `trackFilesCommand` and
 * `showPlacesCommand`; without it the server offers no lens or action that needs them.
 */
export interface InitializationOptions {
  readonly commands?: boolean;
  /** The client shows documents of `documentScheme`: definitions and links of findings may lead to them. */
  readonly documents?: boolean;
  /** The client wants `changedNotification`. */
  readonly followsClans?: boolean;
  /** The client has VS Code's command that opens the list of suggestions: an item may ask for it. */
  readonly opensSuggestions?: boolean;
  /**
   * nixd or nil looks after the same documents: what they report too (syntax errors) is left to them, unless
   * `clan.rules` asks for it.
   */
  readonly otherNixServer?: boolean;
  /**
   * Browser only: the syntax wasm files in base64, which a web worker cannot read itself. The editor reads
   * `runtime` from dist/server/web-tree-sitter.wasm, `grammar` from tree-sitter-nix.wasm and `shell` from
   * tree-sitter-bash.wasm beside it.
   */
  readonly wasm?: { readonly runtime: string; readonly grammar: string; readonly shell: string };
}

/** Notification, editor -> server, browser only: files of the workspace a worker cannot read itself. */
export const filesNotification = "clan/files";

export interface FilesNotification {
  /** URI -> text; null when the file is gone. */
  readonly files: Readonly<Record<string, string | null>>;
}

/**
 * Request, editor -> server: what there is in a folder that is to get a clan, or has one. Its parameters are `FolderParams`,
 * its answer `AdoptionSummary`.
 */
export const adoptionRequest = "clan/adoption";

export interface FolderParams {
  /** URI of the folder of the flake. */
  readonly root: string;
}

export interface AdoptionSummary {
  /** A sentence on how the outputs are made. */
  readonly layout: string;
  /** Undefined where there is none yet. */
  readonly clan: { readonly name: string | undefined; readonly machines: readonly string[] } | undefined;
  readonly hosts: readonly HostSummary[];
  readonly secrets: readonly { readonly tool: string; readonly files: readonly string[] }[];
  readonly deployment: readonly string[];
  /** Inputs that clan-core's would follow. */
  readonly shared: readonly string[];
  /** `file`: a path below the folder. */
  readonly collisions: readonly { readonly file: string; readonly message: string }[];
  /** The first hour; none where there is no clan yet. */
  readonly steps: readonly {
    readonly title: string;
    readonly command: string;
    /** Null where no file says so. */
    readonly done: boolean | null;
    readonly left: string | undefined;
  }[];
  /** Services of clan that a new clan can begin with. */
  readonly services: readonly { readonly name: string; readonly description: string }[];
}

export interface HostSummary {
  readonly name: string;
  readonly class: "nixos" | "darwin" | "home";
  readonly system: string | undefined;
  /** A path below the folder. */
  readonly file: string;
  readonly verdict: "gains" | "perhaps" | "stays";
  readonly benefits: readonly string[];
  readonly costs: readonly string[];
}

/**
 * Request, editor -> server: the edit that gives a flake a clan, or takes hosts into the one it has, tried before. Its answer
 * is `NewThingAnswer`: no edit, and why; or the edit, and what a person should know.
 */
export const adoptRequest = "clan/adopt";

export interface AdoptParams extends FolderParams {
  /** Undefined where hosts move into the clan that is there. */
  readonly begin?: {
    readonly name: string;
    readonly machine: string;
    readonly class: "nixos" | "darwin";
    readonly target: string | undefined;
    readonly services: readonly string[];
  };
  readonly move: readonly HostMove[];
}

export interface HostMove {
  readonly name: string;
  readonly tags: readonly string[];
  readonly target: string | undefined;
}

/**
 * Request, editor -> server: the secrets of sops-nix and agenix that are written in the clan's flake. Its parameters are
 * `FolderParams`, its answer `SecretSummary[]`.
 */
export const secretsRequest = "clan/secrets";

export interface SecretSummary {
  readonly tool: "sops" | "age";
  readonly name: string;
  /** URI of the file it is written in. */
  readonly uri: string;
  readonly machines: readonly string[];
  /** "both": a generator is there beside it; "generated": and has its value. */
  readonly state: "secret" | "both" | "generated";
}

/** Request, editor -> server: the next step of a secret on its way to a generator. Its answer is `NewThingAnswer`. */
export const secretToGeneratorRequest = "clan/secretToGenerator";

export interface SecretParams extends FolderParams {
  readonly uri: string;
  readonly tool: "sops" | "age";
  readonly name: string;
}
