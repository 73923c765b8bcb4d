/**
 * The commands in the menus of rows that are not clan's: data, from which their registration and their part of package.json
 * are made (`npm run generate:commands`).
 *
 *   entryCommands.rename   ->   "Rename…" on a machine, an instance, a role or a generator whose place is known
 */
import type { EntryKind } from "./entry.ts";

export interface EntryCommand {
  readonly id: `clan.${string}`;
  readonly title: string;
  /** The rows that have it; all with what it needs, where it does not say. */
  readonly kinds?: readonly EntryKind[];
  /** A note of `viewItem`: the row leads to a place, or to a folder; a command of clan runs for it, or ran. */
  readonly needs?: "written" | "on-disk" | "running" | "ran";
  /** A codicon: it is also a button in the row. */
  readonly icon?: string;
  /** Of the menu: VS Code shows them in order of their names, with a line between. */
  readonly group: "0_go" | "0_run" | "8_change" | "9_copy";
  /** The palette has it, too. */
  readonly inPalette?: true;
}

const named: readonly EntryKind[] = ["machine", "instance", "role", "generator", "generators"];

export const entryCommands = {
  goToDefinition: { id: "clan.goToDefinition", title: "Go to Definition", needs: "written", group: "0_go" },
  showDocumentation: {
    id: "clan.showDocumentation",
    title: "Show Documentation",
    kinds: named,
    needs: "written",
    group: "0_go",
  },
  reveal: { id: "clan.revealInExplorer", title: "Reveal in Explorer", needs: "on-disk", group: "0_go" },
  stop: { id: "clan.stopRun", title: "Stop", needs: "running", icon: "debug-stop", group: "0_run" },
  updateAffected: {
    id: "clan.updateAffectedHere",
    title: "Update Affected Machines…",
    kinds: ["affected"],
    icon: "cloud-upload",
    group: "0_run",
  },
  compareWith: {
    id: "clan.compareWith",
    title: "Compare With…",
    kinds: ["affected"],
    icon: "git-compare",
    group: "0_run",
  },
  refreshAffected: {
    id: "clan.refreshAffected",
    title: "Refresh",
    kinds: ["affected"],
    icon: "refresh",
    group: "0_run",
  },
  showTerminal: { id: "clan.showTerminalOfRun", title: "Show Terminal", needs: "ran", group: "0_run" },
  addMembers: {
    id: "clan.addMembers",
    title: "Add Machines or Tags…",
    kinds: ["instance", "role"],
    needs: "written",
    icon: "add",
    group: "8_change",
  },
  newGenerator: {
    id: "clan.newGenerator",
    title: "New Generator…",
    kinds: ["machine", "vars"],
    group: "8_change",
    inPalette: true,
  },
  rename: { id: "clan.rename", title: "Rename…", kinds: named, needs: "written", group: "8_change" },
  change: {
    id: "clan.change",
    title: "Add or Change…",
    kinds: ["machine", "instance", "role"],
    needs: "written",
    group: "8_change",
  },
  remove: {
    id: "clan.remove",
    title: "Remove…",
    kinds: ["machine", "instance"],
    needs: "written",
    group: "8_change",
  },
  copyName: { id: "clan.copyName", title: "Copy Name", kinds: named, group: "9_copy" },
  copyPath: { id: "clan.copyPath", title: "Copy Path", needs: "on-disk", group: "9_copy" },
} as const satisfies Record<string, EntryCommand>;

/** Kinds of rows, as a part of the `when` of a menu. */
export function onKinds(...kinds: readonly EntryKind[]): string {
  return `viewItem =~ /^clan\\.(${kinds.join("|")})\\b/`;
}

/** The `when` of the entry in the menus of rows. */
export function whenOf({ kinds, needs }: EntryCommand): string {
  const notes = needs === undefined ? [] : [`viewItem =~ / ${needs}\\b/`];
  return [...(kinds === undefined ? ["viewItem =~ /^clan\\./"] : [onKinds(...kinds)]), ...notes].join(" && ");
}
