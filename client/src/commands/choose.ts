/**
 * What stands between the choice of a command and its run: whatever it asks for, then the question before something
 * that cannot be undone. Knows no VS Code; what it shows is behind `Dialogue`.
 *
 *   await chooseTarget(deleteMachine, dialogue)   ->   { root: "file:///clan", machines: ["web"] }, or undefined
 */
import type { ClanSummary } from "../../../shared/requests.ts";
import { shellLine } from "./argv.ts";
import { type ClanCommand, type Question, type Subject, subjects, type Target } from "./command.ts";

/** What the person is shown. Every answer may be undefined: they left, or there is nothing to choose, which was said. */
export interface Dialogue {
  /** The clan in the folder `root`; without one, the clan the person picks. */
  pickClan(root: string | undefined): Promise<ClanSummary | undefined>;
  /** The fields of the target that answer `subject`; none where it is left to clan. */
  ask(
    subject: Subject,
    command: ClanCommand,
    clan: ClanSummary,
    target: Target,
  ): Promise<Partial<Target> | undefined>;
  /** True only where the person chose to do it. `line`: the command that would run, as a shell reads it. */
  confirm(question: Question, line: string): Promise<boolean>;
}

/**
 * What to run the command for: `chosen`, and what the person answers to the rest. Undefined where they leave a
 * question, or do not confirm.
 */
export async function chooseTarget(
  command: ClanCommand,
  dialogue: Dialogue,
  chosen?: Target,
): Promise<Target | undefined> {
  const open = command.asks.filter((subject) => chosen?.[subjects[subject].field] === undefined);
  let target = chosen;
  if (target === undefined || open.length > 0) {
    const clan = await dialogue.pickClan(chosen?.root);
    if (clan === undefined) return undefined;
    target = { machines: [], ...chosen, root: clan.root };
    for (const subject of open) {
      const answer = await dialogue.ask(subject, command, clan, target);
      if (answer === undefined) return undefined;
      target = { ...target, ...answer };
    }
  }
  const question = command.question?.(target);
  if (question === undefined) return target;
  const line = shellLine(command, target);
  // What cannot be run is refused afterwards, with the reason.
  return line === undefined || (await dialogue.confirm(question, line)) ? target : undefined;
}
