/**
 * `clan-ls check [DIR | FILE...]`: all rules over the clans at a folder, or over the one that files are in.
 *
 *   runCheck(["examples/homelab"], terminal)  ->  0 without an error, 1 with one
 *   runCheck(["machines/web/disk.nix"], terminal)  ->  reports what is wrong in that file
 */
import { collectUnknown } from "../clan/unread-files.ts";
import { collectFindings } from "../features/findings.ts";
import { isWithin, resolvePath } from "../nix/path.ts";
import { messageOf } from "../nix/thrown.ts";
import { findProjectRoot } from "../project/project-root.ts";
import { beginnings, openClans } from "./open-clans.ts";
import { chooseFormat, parseOptions, takeOverrides } from "./options.ts";
import { reportGithub } from "./report/github.ts";
import { reportJson } from "./report/json.ts";
import type { Report } from "./report/report.ts";
import { reportSarif } from "./report/sarif.ts";
import { reportText } from "./report/text.ts";
import { type Terminal, UsageError } from "./terminal.ts";

const formats: Readonly<Record<string, (report: Report) => string>> = {
  text: reportText,
  json: reportJson,
  sarif: reportSarif,
  github: reportGithub,
};

export async function runCheck(args: readonly string[], terminal: Terminal): Promise<number> {
  const { rest, overrides } = takeOverrides(args);
  const { values, positionals } = parseOptions(
    rest,
    { format: { type: "string" } },
    Number.POSITIVE_INFINITY,
  );
  const format = chooseFormat(values.format, ["text", "json", "sarif", "github"]);
  const named = findNamedFiles(positionals, terminal);
  const folder = named === undefined ? positionals[0] : findRootOf(named, terminal);
  const { cwd, color, version, documentation } = terminal;
  const print = (found: Pick<Report, "root" | "snapshot" | "findings" | "files" | "unknown">): void =>
    terminal.print(formats[format]?.({ ...found, cwd, color, version, documentation }) ?? "");
  const opened = await openClans(folder, terminal, overrides, (none) => {
    // What reads the report gets an empty one; a person only reads why.
    if (format !== "text") print({ ...none, findings: [], files: 0, unknown: [] });
  });
  const { root, snapshot, clans, projectFiles } = opened;
  const others = [...projectFiles, ...(named ?? []).filter(isCode)];
  let { isWhole } = opened;
  const all = collectFindings(snapshot, clans, others, {}, (what, thrown) => {
    isWhole = false;
    terminal.printError(`clan-ls: ${what} could not be finished: ${messageOf(thrown)}\n`);
  });
  const findings = named === undefined ? all : all.filter(({ path }) => named.includes(path));
  const read = new Set(named ?? [...projectFiles, ...clans.flatMap((clan) => [...clan.files])]);
  const files = [...read].filter((path) => snapshot.fileType(path) === "regular").length;
  const unknown = clans.flatMap((clan) => collectUnknown(clan, snapshot));
  print({ root, snapshot, findings, files, unknown });
  if (findings.some((finding) => finding.severity === "error")) return 1;
  return isWhole ? 0 : 2;
}

/** Absolute paths; undefined where a folder, or nothing, is named. Throws UsageError where something is not there. */
function findNamedFiles(written: readonly string[], { fileSystem, toPath }: Terminal): string[] | undefined {
  const isFolder = (name: string): boolean => fileSystem.readDir(toPath(name)) !== undefined;
  const folder = written.find(isFolder);
  if (folder !== undefined && written.length > 1)
    throw new UsageError(`either one folder or files: ${folder} is a folder; see clan-ls --help`);
  const missing = written.find((name) => name !== folder && fileSystem.fileType(toPath(name)) === undefined);
  if (missing !== undefined) throw new UsageError(`there is no file or folder ${missing}`);
  return folder !== undefined || written.length === 0 ? undefined : written.map(toPath);
}

/** The project the person works in, if all files are in it; else the flake of the files. */
function findRootOf(paths: readonly string[], { fileSystem, cwd }: Terminal): string {
  const here = findProjectRoot(fileSystem, resolvePath(cwd, "flake.nix"), []) ?? cwd;
  const isProject = beginnings.some((name) => fileSystem.fileType(resolvePath(here, name)) !== undefined);
  if (isProject && paths.every((path) => isWithin(path, here))) return here;
  const roots = new Set(paths.map((path) => findProjectRoot(fileSystem, path, []) ?? here));
  const [root = here, ...others] = roots;
  if (others.length > 0)
    throw new UsageError(`the files are of several flakes: ${[...roots].join(", ")}; check one at a time`);
  return root;
}

/** A hook may name any file: others have no errors that are found here. */
function isCode(path: string): boolean {
  return path.endsWith(".nix") || path.endsWith("/inventory.json");
}
