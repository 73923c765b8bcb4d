/**
 * The edit that gives a flake a clan, in the way its outputs are made.
 *
 *   planAdoption(view, "flake-parts", request)   ->   flake.nix with the input, modules/flake-parts/clan.nix, machines/web/
 */
import { evaluateClans } from "../../clan/evaluate.ts";
import type { Clan } from "../../clan/model.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import type { TextEdit } from "../../rules/finding.ts";
import { withEdits } from "../rename/apply-edits.ts";
import type { Layout } from "./assessment.ts";
import { machineText } from "./clan-text.ts";
import { declaredTwice } from "./declared-twice.ts";
import { clanCoreInputEdit, flakeFileLines } from "./flake-inputs-edit.ts";
import { flakePartsWays } from "./flake-parts-module.ts";
import { hostsInFolders } from "./host-folders.ts";
import { moveHost } from "./move-host.ts";
import { newFlakeText } from "./new-flake.ts";
import { isOldNixpkgs } from "./nixpkgs-age.ts";
import { outputsWays } from "./outputs-edit.ts";
import { type FlakeView, readFlake } from "./read-flake.ts";
import type { AdoptPlan, AdoptRequest, Move, Refusal } from "./request.ts";
import { moveUnifiedHost } from "./unified-host.ts";
import { collectFiles } from "./written-options.ts";

/** One way to do it: edits of files that are there, and new files. */
export interface Way {
  readonly edits: readonly TextEdit[];
  readonly creates: ReadonlyMap<string, string>;
}

/** Folders that clan would take for its own. */
const OWN_FOLDERS = ["machines", "sops", "vars"];

/** Where the clan's files go, below the flake's folder: "" where nothing is in the way. */
function clanFolder({ snapshot, root }: FlakeView): string {
  // An empty folder, which git does not know, means nothing.
  const isTaken = OWN_FOLDERS.some((name) => collectFiles(snapshot, `${root}/${name}`).length > 0);
  if (!isTaken) return "";
  const free = ["clan", "clan-machines", "my-clan"].find(
    (name) => snapshot.fileType(`${root}/${name}`) === undefined,
  );
  return `/${free ?? "clan"}`;
}

/** The first way in which the clan is found with its machine. `folder`: where the clan's files go, "/clan" below the flake's. */
export function planAdoption(
  view: FlakeView,
  layout: Layout,
  request: AdoptRequest,
  folder: string = clanFolder(view),
): AdoptPlan | Refusal {
  const { snapshot, root, flake } = view;
  const machineFile = `${root}${folder}/machines/${request.machine.name}/configuration.nix`;
  const machine =
    snapshot.fileType(machineFile) === undefined ? [[machineFile, machineText(request)] as const] : [];
  if (layout === "none") {
    const files = new Map([[`${root}/flake.nix`, newFlakeText(request)], ...machine]);
    return { files, notes: [] };
  }
  const source = snapshot.source(`${root}/flake.nix`);
  if (source === undefined) return { reasons: ["flake.nix cannot be read."] };
  if (source.problems.length > 0) return { reasons: ["flake.nix has a syntax error. Mend that first."] };
  const leaveOut = isOldNixpkgs(flake.inputs) ? ["nixpkgs"] : [];
  const isGenerated = /do[- ]not[- ]edit/i.test(source.text.slice(0, 400));
  const flakeFile =
    isGenerated && view.flake.inputs.has("flake-file") ? flakeFileLines(flake.inputs, leaveOut) : [];
  if (isGenerated && flakeFile.length === 0)
    return {
      reasons: ["flake.nix is generated (it says so at its top): add clan-core where it is generated from."],
    };
  const input = clanCoreInputEdit(source, flake.inputs, leaveOut);
  if (input === undefined)
    return {
      reasons: [
        "The inputs of flake.nix are not written out as a set: the input clan-core cannot be added to them.",
      ],
    };
  const isFlakeParts = view.modules.length > 0;
  const declared = isFlakeParts ? declaredTwice(view) : undefined;
  if (declared !== undefined) return { reasons: [declared] };
  const ways = [
    ...(isFlakeParts ? flakePartsWays(view, request, folder, flakeFile) : []),
    ...(isGenerated ? [] : outputsWays(view, source, request, folder)),
  ];
  for (const { edits, creates } of ways) {
    const files = filesAfter(snapshot, [input, ...edits], new Map([...creates, ...machine]));
    const clan = findClan(withFiles(snapshot, files), root);
    if (clan?.machines.known.has(request.machine.name) === true)
      return withMoves(snapshot, root, { files, notes: notesOf(view, isGenerated) }, layout, request.move);
  }
  const failure = view.failure();
  if (failure !== undefined)
    return { reasons: [`flake.nix cannot be evaluated. Mend that first: ${failure}`] };
  return {
    reasons: [
      isFlakeParts
        ? "No place was found from which the flake would take a new flake-parts module: its `imports` are computed in a way that is not understood."
        : "The outputs of flake.nix are made in a way that is not understood: they should be a function whose result is a set.",
    ],
  };
}

/** Hosts that move into the clan that the flake has; undefined where they did. */
export function planMoves(
  { snapshot, root }: FlakeView,
  layout: Layout,
  clan: Clan,
  hosts: readonly Move[],
): AdoptPlan | Refusal | undefined {
  const pending = hosts.filter(({ name }) => !clan.machines.known.has(name));
  return pending.length === 0
    ? undefined
    : withMoves(snapshot, root, { files: new Map(), notes: [] }, layout, pending);
}

/** One host after the other, each in the state that the one before leads to. */
function withMoves(
  snapshot: Snapshot,
  root: string,
  plan: AdoptPlan,
  layout: Layout,
  hosts: readonly Move[],
): AdoptPlan | Refusal {
  const files = new Map(plan.files);
  for (const host of hosts) {
    const state = withFiles(snapshot, files);
    const clan = findClan(state, root);
    if (clan === undefined) return { reasons: ["The clan would not be found in the flake."] };
    const way = wayToMove(readFlake(state, root), layout, clan, host);
    if ("reasons" in way) return way;
    for (const [path, text] of filesAfter(state, way.edits, way.creates)) files.set(path, text);
  }
  return { files, notes: plan.notes };
}

/** As the host is made: by a call that is found, else by its place. */
function wayToMove(view: FlakeView, layout: Layout, clan: Clan, move: Move): Way | Refusal {
  const { name } = move;
  const written = hostsInFolders(view, layout).filter((host) => host.name === name);
  const isIn = (hostClass: "nixos" | "darwin"): boolean =>
    written.some((host) => host.class === hostClass) ||
    view.membersOf(`${hostClass}Configurations`).has(name);
  if (isIn("nixos") && isIn("darwin"))
    return {
      reasons: [
        `There are two hosts \`${name}\`, of NixOS and of macOS, and a clan has one machine of a name: give one another name first.`,
      ],
    };
  const placed = written.find((host) => host.class !== "home");
  if (placed === undefined) {
    const edits = moveHost(view, clan, move);
    return "reasons" in edits ? edits : { edits, creates: new Map() };
  }
  if (layout === "nixos-unified") return moveUnifiedHost(view, clan, placed, move);
  return {
    reasons: [
      `\`${name}\` cannot be moved: ${layout} makes it of \`${placed.file}\` and of modules that it finds by itself. Import the file in the machine's configuration, and move it out of its folder.`,
    ],
  };
}

export function withFiles(snapshot: Snapshot, files: ReadonlyMap<string, string>): Snapshot {
  return [...files].reduce((state, [path, text]) => state.with(path, text), snapshot);
}

/** The clan of the folder itself. */
export function findClan(snapshot: Snapshot, root: string): Clan | undefined {
  return evaluateClans(snapshot).find((clan) => clan.root === root && clan.entryPoints.length > 0);
}

function filesAfter(
  snapshot: Snapshot,
  edits: readonly TextEdit[],
  creates: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const sorted = [...edits].sort((a, b) => a.start - b.start);
  const edited = withEdits(snapshot, sorted);
  const paths = [...new Set(sorted.map(({ path }) => path))];
  return new Map([...paths.map((path) => [path, edited.readFile(path) ?? ""] as const), ...creates]);
}

function notesOf(view: FlakeView, isGenerated: boolean): string[] {
  const notes = [];
  if (isOldNixpkgs(view.flake.inputs))
    notes.push(
      "nixpkgs is older than clan needs, 25.11: update it before the first command of clan, which uses it for its machines. Until then clan-core keeps one of its own; let it follow yours afterwards.",
    );
  if (isGenerated)
    notes.push(
      "flake.nix is generated by flake-file: the module of the clan declares the input, too. `nix run .#write-flake` writes it anew.",
    );
  return notes;
}
