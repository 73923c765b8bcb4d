/** Commands of `clan`, registered in an editor in memory, with the clan and the vars that they ask about. */
import { createDialogue } from "../../../../client/src/commands/dialogue.ts";
import { registerClanCommands } from "../../../../client/src/commands/run.ts";
import { Runs } from "../../../../client/src/runs/runs.ts";
import type { ClanSummary, VarsParams, VarsSummary } from "../../../../shared/requests.ts";
import { editor } from "../helpers/editor.ts";
import { Machine, platformOf } from "../helpers/machine.ts";
import { clan, line } from "../views/clan.ts";

const place = line(2);
export const vars: VarsSummary = {
  generators: [
    {
      name: "ca",
      files: [
        { name: "key", secret: true, exists: true },
        { name: "cert", secret: false, exists: false },
        { name: "odd", secret: undefined, exists: undefined },
      ],
      replaces: ["ca/key (web)"],
      folder: undefined,
      place,
    },
    {
      name: "ssh",
      files: [{ name: "pub", secret: false, exists: true }],
      replaces: [],
      folder: undefined,
      place,
    },
  ],
  open: undefined,
};

export const open = { reason: "the input hosts is not here", place: undefined };

interface Setup {
  readonly programs?: Machine | undefined;
  readonly clans?: readonly ClanSummary[];
  readonly vars?: VarsSummary;
  readonly backups?: readonly string[];
}

/** Registers all commands; what the server was asked for vars. */
export function setUp(setup: Setup = {}): VarsParams[] {
  const asked: VarsParams[] = [];
  const programs = "programs" in setup ? setup.programs : new Machine("clan");
  const varsOf = async (params: VarsParams) => {
    asked.push(params);
    return setup.vars ?? vars;
  };
  registerClanCommands(
    platformOf(programs),
    createDialogue(
      async () => setup.clans ?? [clan],
      varsOf,
      async () => setup.backups ?? [],
    ),
    async () => ({ mistakes: [], untracked: [], missingVars: [], withoutHost: [] }),
    new Runs(async () => setup.clans ?? [clan]),
  );
  return asked;
}

/** The command lines of what was started, with the folders. */
export function started(): string[] {
  return editor.started.map(({ execution }) => {
    const { process, args, options } = execution as unknown as {
      process: string;
      args: readonly string[];
      options: { cwd: string };
    };
    return [`${options.cwd}$`, process, ...args].join(" ");
  });
}

export const web = { root: clan.root, machines: ["web"] };
