/**
 * The commands of `clan` that a person can run from the editor, in the order they are shown. A new one is an entry
 * here and `npm run generate:commands`, which writes its part of package.json and docs/commands.md.
 *
 *   clan.deleteMachine   ->   "Delete web?", then the task `clan machines delete web`
 */
import { machineCommands } from "../../../shared/requests.ts";
import { backupCommands } from "./backup-commands.ts";
import type { ClanCommand, Question, Target } from "./command.ts";
import { secretCommands } from "./secret-commands.ts";

export const clanCommands: readonly ClanCommand[] = [
  {
    id: machineCommands.update,
    group: "Machines",
    title: "Update Machines",
    summary: "Builds machines, generates missing vars and activates the new configuration.",
    words: ["machines", "update"],
    asks: ["machines"],
    effect: "changes",
    deploys: true,
    icon: "cloud-upload",
    everywhere: true,
  },
  {
    id: "clan.buildMachines",
    group: "Machines",
    title: "Build Machines",
    summary: "Builds machines without touching them.",
    words: ["machines", "build"],
    asks: ["machines"],
    effect: "reads",
  },
  {
    id: "clan.listMachines",
    group: "Machines",
    title: "List Machines",
    summary: "Lists the machines that clan finds.",
    words: ["machines", "list"],
    asks: [],
    effect: "reads",
  },
  {
    id: "clan.showGenerations",
    group: "Machines",
    title: "Show Generations",
    summary: "Lists the generations on machines, and which one is running.",
    words: ["machines", "generations"],
    asks: ["machines"],
    effect: "reads",
  },
  {
    id: "clan.connectToMachine",
    group: "Machines",
    title: "Connect to Machine (SSH)",
    summary: "Opens a shell on a machine.",
    words: ["ssh"],
    asks: ["machine"],
    effect: "changes",
    icon: "terminal",
    interactive: true,
    isPrivate: true,
  },
  {
    id: "clan.createMachine",
    group: "Machines",
    title: "Create Machine",
    summary: "Adds a machine from a template: its entry in inventory.json and its folder.",
    words: ["machines", "create"],
    asks: ["newMachine", "template"],
    effect: "changes",
  },
  {
    id: "clan.installMachine",
    group: "Machines",
    title: "Install Machine",
    summary: "Wipes a computer's disks and installs a machine on it.",
    words: ["machines", "install"],
    asks: ["machine", "host"],
    effect: "destroys",
    deploys: true,
    interactive: true,
    question: installing,
    // Python's argparse takes any beginning of an option for it.
    taskLimit: {
      options: { pattern: /^--y/, shown: "`--yes`" },
      because: "it would wipe disks without asking",
    },
  },
  {
    id: "clan.updateHardwareConfig",
    group: "Machines",
    title: "Update Hardware Configuration",
    summary: "Regenerates a machine's hardware configuration; clan asks first, in its terminal.",
    words: ["machines", "update-hardware-config"],
    asks: ["machine"],
    effect: "changes",
    interactive: true,
  },
  {
    id: "clan.deleteMachine",
    group: "Machines",
    title: "Delete Machine",
    summary: "Deletes a machine from the clan, with its folder and vars.",
    words: ["machines", "delete"],
    asks: ["machine"],
    effect: "destroys",
    question: deleting,
    taskLimit: { because: "it cannot be undone and does not ask first" },
  },
  {
    id: machineCommands.generateVars,
    group: "Vars",
    title: "Generate Vars",
    summary: "Generates missing vars.",
    words: ["vars", "generate"],
    asks: ["machines"],
    effect: "changes",
    icon: "key",
    everywhere: true,
    question: replacing,
    taskLimit: {
      options: { pattern: /^(-g|-r|--g|--r)/, shown: "`--generator` or `--regenerate`" },
      because: "it replaces existing files without asking",
    },
  },
  {
    id: "clan.runGenerator",
    group: "Vars",
    title: "Run One Generator",
    summary:
      "Runs a generator of a machine and those that depend on it, with the answers given to its prompts before.",
    words: ["vars", "generate"],
    asks: ["machine", "generator"],
    effect: "destroys",
    question: replacing,
  },
  {
    id: machineCommands.regenerateVars,
    group: "Vars",
    title: "Regenerate Vars",
    summary: "Runs a generator of a machine and those that depend on it, asking its prompts again.",
    words: ["vars", "generate"],
    asks: ["machine", "generator"],
    options: ["--regenerate"],
    effect: "destroys",
    interactive: true,
    question: replacing,
  },
  {
    id: "clan.checkVars",
    group: "Vars",
    title: "Check Vars",
    summary: "Reports which vars are missing or outdated.",
    words: ["vars", "check"],
    asks: ["machines"],
    effect: "reads",
  },
  {
    id: "clan.fixVars",
    group: "Vars",
    title: "Fix Vars",
    summary: "Re-encrypts secrets for everyone who should be able to read them.",
    words: ["vars", "fix"],
    asks: ["machines"],
    effect: "changes",
  },
  {
    id: "clan.listVars",
    group: "Vars",
    title: "List Vars",
    summary: "Lists the vars of a machine, with the values of public ones.",
    words: ["vars", "list"],
    asks: ["machine"],
    effect: "reads",
  },
  {
    id: "clan.getVar",
    group: "Vars",
    title: "Get Public Var",
    summary: "Prints the value of a machine's public var.",
    words: ["vars", "get"],
    asks: ["machine", "publicVar"],
    effect: "reads",
    isPrivate: true,
    taskLimit: { because: "it would also print secrets" },
  },
  {
    id: "clan.setVar",
    group: "Vars",
    title: "Set Var",
    summary: "Sets a machine's var; clan asks for the value in its terminal.",
    words: ["vars", "set"],
    asks: ["machine", "var"],
    effect: "changes",
    interactive: true,
  },
  {
    id: "clan.uploadVars",
    group: "Vars",
    title: "Upload Vars",
    summary: "Copies a machine's secrets to it without updating it.",
    words: ["vars", "upload"],
    asks: ["machine"],
    effect: "changes",
  },
  {
    id: "clan.generateKey",
    group: "Vars",
    title: "Generate Your Key",
    summary: "Adds you as a user who can read the clan's secrets, with your existing key or a new one.",
    words: ["vars", "keygen"],
    asks: [],
    effect: "changes",
    interactive: true,
  },
  {
    id: "clan.pingMachine",
    group: "Network",
    title: "Ping Machine",
    summary: "Shows which network a machine can be reached through.",
    words: ["network", "ping"],
    asks: ["machine"],
    effect: "reads",
  },
  {
    id: "clan.showNetworks",
    group: "Network",
    title: "Show Networks",
    summary: "Lists networks and which machines are online.",
    words: ["network", "overview"],
    asks: [],
    effect: "reads",
  },
  ...backupCommands,
  ...secretCommands,
  {
    id: "clan.showClan",
    group: "Clan",
    title: "Show Clan",
    summary: "Prints the name and description of the clan.",
    words: ["show"],
    asks: [],
    effect: "reads",
  },
];

function installing({ machines, host }: Target): Question {
  const where = host ?? "the host its configuration names";
  return {
    message: `Install ${machines.join(", ")} on ${where}?`,
    detail:
      `All disks of ${where} are wiped, repartitioned and formatted: everything on them is lost. ` +
      "To bring a machine that runs up to date, update it instead. clan asks once more in its terminal.",
    confirm: "Wipe and Install",
  };
}

function deleting({ machines }: Target): Question {
  const [name = ""] = machines;
  return {
    message: `Delete ${name}?`,
    detail: `clan does not ask again. These are deleted:\n${[
      `the machine ${name} in inventory.json (Nix files stay; you can remove it from them afterwards)`,
      `the folder machines/${name}`,
      `all vars of ${name}, and secrets whose names begin with ${name}-`,
      `the key of ${name}`,
    ]
      .map((lost) => `• ${lost}`)
      .join("\n")}`,
    confirm: "Delete",
  };
}

/** A generator that is named runs whether its files are there or not, and so does all that depends on it. */
function replacing({ generator, replaces = [] }: Target): Question | undefined {
  if (replaces.length === 0) return undefined;
  return {
    message: `Regenerate ${generator}?`,
    detail: `These files are replaced, and their old content is lost:\n${replaces.join("\n")}`,
    confirm: "Regenerate",
  };
}
