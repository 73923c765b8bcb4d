/**
 * A run of clan: what it is for, and what became of it. Pure data, which report.ts tells and the views show.
 *
 *   noteOn({ words: ["machines", "update"], machines: ["db", "web"], state: "failed", … }, "db")
 *     ->   { state: "failed", says: "update failed 14:05", error: "disk full" }
 */
import type { TaskExecution, Uri } from "vscode";
import { clanCommands } from "../commands/clan-commands.ts";
import { type Outcome, shortMessage } from "./outcome.ts";

export type RunState = "running" | "done" | "failed" | "stopped";

export interface Run {
  readonly execution: TaskExecution;
  /** "clan machines update web", or as its tasks.json calls it. */
  readonly name: string;
  /** Of the command. */
  readonly words: readonly string[];
  /** Those it names; none where it is for all, or for no machine. */
  readonly machines: readonly string[];
  readonly isForAll: boolean;
  /** The clan's; undefined without a workspace folder. */
  readonly folder: Uri | undefined;
  readonly state: RunState;
  /** When it began to be so. */
  readonly since: Date;
  readonly exitCode: number | undefined;
  /** Of one that failed. */
  readonly outcome: Outcome;
}

/** What is said of it in the row of a machine. */
export interface RunNote {
  readonly state: RunState;
  readonly says: string;
  /** In one line. */
  readonly error: string | undefined;
}

export function isAbout({ machines, isForAll, folder }: Run, root: string, machine: string): boolean {
  return folder?.toString() === root && (isForAll || machines.includes(machine));
}

/** Of one that ended well and only read, there is nothing to say. */
export function noteOn(run: Run, machine: string): RunNote | undefined {
  const state = stateOn(run, machine);
  if (state === "stopped" || (state === "done" && isReading(run.words))) return undefined;
  const [first = "", ...others] = run.words;
  const command = first === "machines" ? others.join(" ") : run.words.join(" ");
  const time = run.since.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const failure = run.outcome.failures.find((one) => one.machine === undefined || one.machine === machine);
  return {
    state,
    says: state === "running" ? `${command} …` : `${command} ${state} ${time}`,
    error: state === "failed" && failure !== undefined ? shortMessage(failure.error) : undefined,
  };
}

function stateOn({ state, outcome: { failures, done } }: Run, machine: string): RunState {
  if (state !== "failed") return state;
  if (done.includes(machine)) return "done";
  // Of one that is named neither here nor there nobody knows.
  const isKnown = failures.some((one) => one.machine !== undefined && one.machine !== machine);
  return isKnown && !failures.some((one) => one.machine === machine) ? "stopped" : "failed";
}

function isReading(words: readonly string[]): boolean {
  const declared = clanCommands.find((command) => command.words.join() === words.join());
  return declared?.effect === "reads" || words[0] === "ssh";
}
