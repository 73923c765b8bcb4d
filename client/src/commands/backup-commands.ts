/** The commands of `clan` for backups of machines, in the order they are shown; clan-commands.ts has all. */
import type { ClanCommand, Question, Target } from "./command.ts";

export const backupCommands: readonly ClanCommand[] = [
  {
    id: "clan.listBackups",
    group: "Backups",
    title: "List Backups",
    summary: "Lists the backups of a machine.",
    words: ["backups", "list"],
    asks: ["machine"],
    effect: "reads",
  },
  {
    id: "clan.createBackup",
    group: "Backups",
    title: "Create Backup",
    summary: "Backs up a machine now.",
    words: ["backups", "create"],
    asks: ["machine"],
    effect: "changes",
  },
  {
    id: "clan.restoreBackup",
    group: "Backups",
    title: "Restore Backup",
    summary: "Replaces the state of a machine's services by that of a backup.",
    words: ["backups", "restore"],
    asks: ["machine", "provider", "backup"],
    effect: "destroys",
    question: restoring,
    taskLimit: { because: "it replaces what is on the machine without asking" },
  },
];

function restoring({ machines, backup }: Target): Question {
  const [name = ""] = machines;
  return {
    message: `Restore ${name} from a backup?`,
    detail:
      `The state of the services of ${name} is replaced by that of the backup ${backup}; what was written since then is lost. ` +
      "clan stops the services and does not ask again.",
    confirm: "Restore",
  };
}
