/**
 * What a machine's configuration says in two states of the clan, as plain data. The older one is evaluated only where
 * something is different that the newer one was made of.
 *
 *   compareConfigurations("web", before, after)   ->   { now: { option, read, … }, old: the same object }
 */
import type { MachineAlone } from "../../clan/vars/machine-alone.ts";
import { type OptionOutline, outlineOf } from "./option-outline.ts";
import type { ClanState } from "./reason.ts";

export interface ConfigurationOutline {
  readonly option: OptionOutline | undefined;
  /** Absolute paths of files and folders that values refer to. */
  readonly referred: ReadonlySet<string>;
  /** Every file and folder that was read for it; absolute. */
  readonly read: ReadonlySet<string>;
  /** Those its modules are written in; also files of the clan that are read for others, too. */
  readonly files: ReadonlySet<string>;
  readonly isWhole: boolean;
}

export interface Configurations {
  readonly old: ConfigurationOutline;
  readonly now: ConfigurationOutline;
}

/** `old` and `now` are the same object where nothing has changed of what it was evaluated from. */
export function outlineConfigurations(machine: string, before: ClanState, after: ClanState): Configurations {
  const [old, now] = [before, after].map(({ clan }) => clan.vars.alone(machine));
  const outline = draw(now);
  const isSame = old !== undefined && now?.endsAs(old) === true;
  return { now: outline, old: isSame ? outline : draw(old) };
}

function draw(machine: MachineAlone | undefined): ConfigurationOutline {
  const option = machine?.vars.root;
  if (machine === undefined || option === undefined)
    return { option: undefined, referred: new Set(), read: new Set(), files: new Set(), isWhole: false };
  const { vars } = machine;
  const { root, referred, isWhole } = outlineOf(option, (names) => machine.argument(names));
  // Asked for last: what is read is known when all of it is evaluated.
  const { files, read } = vars;
  return { option: root, referred, files, read: new Set(read), isWhole };
}
