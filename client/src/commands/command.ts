/**
 * What a command of `clan` is here: data, from which its registration, its place in the palette, its question, its
 * argument vector and its line in docs/commands.md are made. The list of them is clan-commands.ts.
 *
 *   synopsis({ words: ["machines", "install"], asks: ["machine", "host"], … })
 *     ->  "clan machines install MACHINE [--target-host HOST]"
 */
import type { MachineCommandArguments } from "../../../shared/requests.ts";

/**
 * What a command can ask for: the field of `Target` that answers it, how docs show it, and the option that carries
 * it. Without an option it is an operand.
 */
export const subjects = {
  /** Any number; none means all. */
  machines: { field: "machines", shown: "[MACHINE…]" },
  machine: { field: "machines", shown: "MACHINE" },
  newMachine: { field: "machines", shown: "NAME" },
  var: { field: "var", shown: "GENERATOR/FILE" },
  /** One whose value is no secret. */
  publicVar: { field: "var", shown: "GENERATOR/FILE" },
  generator: { field: "generator", shown: "--generator GENERATOR", option: "--generator" },
  host: { field: "host", shown: "[--target-host HOST]", option: "--target-host" },
  secret: { field: "secret", shown: "SECRET" },
  newSecret: { field: "secret", shown: "SECRET" },
  user: { field: "user", shown: "USER" },
  newUser: { field: "user", shown: "USER" },
  ageKey: { field: "ageKey", shown: "--age-key KEY", option: "--age-key" },
  group: { field: "group", shown: "GROUP" },
  newGroup: { field: "group", shown: "GROUP" },
  provider: { field: "provider", shown: "PROVIDER" },
  backup: { field: "backup", shown: "BACKUP" },
  template: { field: "template", shown: "[--template TEMPLATE]", option: "--template" },
} as const satisfies Record<string, { field: keyof Target; shown: string; option?: `--${string}` }>;

export type Subject = keyof typeof subjects;

/** What a command is run for: what code lenses hand over, or the person's answers. */
export interface Target extends MachineCommandArguments {
  /** `GENERATOR/FILE`. */
  readonly var?: string;
  /** Where to install, as ssh knows it; absent: as the machine's configuration says. */
  readonly host?: string;
  readonly template?: string;
  /** One that is no var. */
  readonly secret?: string;
  /** Who can read secrets. */
  readonly user?: string;
  /** A public key. */
  readonly ageKey?: string;
  /** Of users and machines. */
  readonly group?: string;
  /** Of backups. */
  readonly provider?: string;
  readonly backup?: string;
  /** The generator whose row in a view was chosen: what is asked is asked of it alone. */
  readonly within?: string;
}

export interface ClanCommand {
  readonly id: `clan.${string}`;
  readonly group: "Machines" | "Vars" | "Network" | "Backups" | "Secrets" | "Clan";
  /** As the palette shows it, without the dots that say it asks. */
  readonly title: string;
  /** What it does, a sentence. */
  readonly summary: string;
  /** What follows `clan`, down to the leaf command. */
  readonly words: readonly string[];
  /** In the order they are asked. */
  readonly asks: readonly Subject[];
  /** Options it always has, written last. */
  readonly options?: readonly string[];
  /** `destroys`: what it takes away cannot be had back. */
  readonly effect: "reads" | "changes" | "destroys";
  /** `clan` itself may ask in its terminal, which then takes the keyboard. */
  readonly interactive?: true;
  /** What its terminal shows is the person's alone: it is not searched for errors. */
  readonly isPrivate?: true;
  /** What the person must say yes to before; undefined where nothing is lost. */
  readonly question?: (target: Target) => Question | undefined;
  /** Why it is no task of a tasks.json, before which nobody is asked; `options`: only with one of these. */
  readonly taskLimit?: {
    readonly options?: { readonly pattern: RegExp; readonly shown: string };
    readonly because: string;
  };
  /** What it sends to a machine is what the clan says now: what speaks against it is asked about before. */
  readonly deploys?: true;
  /** A codicon: it is also a button beside each machine in the view of machines. */
  readonly icon?: string;
  /** The palette has it in any workspace, where it says what is missing; others only where there is a clan. */
  readonly everywhere?: true;
}

/** Whether it is in the menu of a machine: the machine answers what it asks, or the first of it. */
export function isForMachine({ asks }: ClanCommand): boolean {
  return asks.some((subject) => subject !== "newMachine" && subjects[subject].field === "machines");
}

/** Whether it is for any number of machines, so that it is in the menu of a group of them. */
export function takesAny({ asks }: ClanCommand): boolean {
  return asks.includes("machines");
}

/** Whether it is in the menu of a generator of a machine. */
export function isForGenerator({ asks }: ClanCommand): boolean {
  return asks.some((subject) => ["generator", "var", "publicVar"].includes(subject));
}

/** A question before something that cannot be undone. */
export interface Question {
  readonly message: string;
  /** Names what will be lost. */
  readonly detail: string;
  /** What the button says that does it. */
  readonly confirm: string;
}

/** As the palette shows it: dots where it asks before it runs. */
export function paletteTitle({ title, asks }: ClanCommand): string {
  return asks.length === 0 ? title : `${title}…`;
}

/** The command line, with capitals for what is asked. */
export function synopsis({ words, asks, options = [] }: ClanCommand): string {
  return ["clan", ...words, ...asks.map((subject) => subjects[subject].shown), ...options].join(" ");
}
