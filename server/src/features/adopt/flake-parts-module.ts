/**
 * A flake-parts module with the clan, in the places a flake may take it from: a folder whose files are all imported, else
 * a list of imports that is written out.
 *
 *   imports = map (f: ./modules/flake-parts/${f}) (attrNames (readDir ./modules/flake-parts));   ->   modules/flake-parts/clan.nix
 */
import { parentPath, pathFrom } from "../../nix/path.ts";
import { append, appendElement } from "../../rules/edit.ts";
import type { TextEdit } from "../../rules/finding.ts";
import type { AttrSet, Expr, ListExpr, Node, Source } from "../../syntax/ast.ts";
import { walk } from "../../syntax/navigate.ts";
import { printPath } from "../../syntax/print-path.ts";
import { clanBindings, indentLines } from "./clan-text.ts";
import type { Way } from "./plan.ts";
import type { FlakeView } from "./read-flake.ts";
import type { AdoptRequest } from "./request.ts";

/** The likeliest first. `folder`: where the clan's files go, "" for the flake's own. */
export function flakePartsWays(view: FlakeView, request: AdoptRequest, folder: string): readonly Way[] {
  const { snapshot, root } = view;
  const text = moduleText(view, request, folder);
  const files = [...new Set(view.modules.flatMap((evaluated) => [...evaluated.files()]))].filter((file) =>
    file.startsWith(`${root}/`),
  );
  const folders = foldersOf(files, view);
  const free = (path: string): boolean => snapshot.fileType(path) === undefined;
  const automatic = folders
    .flatMap((each) => [`${each}/clan.nix`, `${each}/clan/default.nix`, `${each}/clan/flake-module.nix`])
    .filter(free)
    .map((path): Way => ({ edits: [], creates: new Map([[path, text]]) }));
  const sources = [`${root}/flake.nix`, ...files].flatMap((file) => snapshot.source(file) ?? []);
  const place = folders.map((each) => `${each}/clan.nix`).find(free) ?? `${root}/clan-module.nix`;
  const written = [...new Set(sources)].flatMap((source) => {
    const edit = importEdit(source, place);
    return edit === undefined ? [] : [{ edits: [edit], creates: new Map([[place, text]]) }];
  });
  return [...automatic, ...written];
}

/** Those with most modules first, the flake's own last. */
function foldersOf(files: readonly string[], { root, snapshot }: FlakeView): readonly string[] {
  const counts = new Map<string, number>();
  for (const file of files) {
    if (file === `${root}/flake.nix`) continue;
    const folder = parentPath(file);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
    // A folder for each module: `flake-modules/fmt/default.nix`.
    const above = parentPath(folder);
    if (above.startsWith(`${root}/`)) counts.set(above, (counts.get(above) ?? 0) + 0.5);
  }
  const known = ["modules/flake-parts", "flake-modules", "flake", "parts"].map((name) => `${root}/${name}`);
  for (const folder of known) if (snapshot.isDirectory(folder) && !counts.has(folder)) counts.set(folder, 0);
  const sorted = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([folder]) => folder);
  return [...sorted.filter((folder) => folder !== root), root];
}

/** In the first list of imports that names files, else in the module that `mkFlake` is given. */
function importEdit(source: Source, file: string): TextEdit | undefined {
  const path = printPath(pathFrom(parentPath(source.path), file));
  const list = findImports(source);
  if (list !== undefined) return appendElement(list, path);
  const module = findModule(source);
  return module && append(module, `imports = [ ${path} ];`);
}

function findImports(source: Source): ListExpr | undefined {
  let found: ListExpr | undefined;
  walk(source.root, (node) => {
    if (found !== undefined || node.kind !== "binding" || node.value.kind !== "list") return;
    if (node.path.length !== 1 || node.path[0]?.name !== "imports") return;
    const { elements } = node.value;
    if (elements.length === 0 || elements.some(isFlakeModule)) found = node.value;
  });
  return found;
}

/** `./x.nix`, `inputs.x.flakeModule` */
function isFlakeModule(element: Expr): boolean {
  if (element.kind === "path") return true;
  return (
    element.kind === "select" && element.path.some(({ name }) => name?.startsWith("flakeModule") === true)
  );
}

/** The set in `mkFlake { … } { … }`, or what the function there answers. */
function findModule(source: Source): AttrSet | undefined {
  let found: AttrSet | undefined;
  walk(source.root, (node: Node) => {
    if (found !== undefined || node.kind !== "apply" || node.fn.kind !== "apply") return;
    const { fn } = node.fn;
    if (fn.kind !== "select" || !/^(mkFlake|evalFlakeModule)$/.test(fn.path.at(-1)?.name ?? "")) return;
    let body: Expr = node.arg;
    while (body.kind === "lambda" || body.kind === "let") body = body.body;
    if (body.kind === "attrset") found = body;
  });
  return found;
}

function moduleText(view: FlakeView, request: AdoptRequest, folder: string): string {
  const directory = folder === "" ? undefined : `"\${self}${folder}"`;
  const args = directory === undefined ? "{ inputs, ... }:" : "{ inputs, self, ... }:";
  return [
    args,
    "{",
    "  imports = [ inputs.clan-core.flakeModules.default ];",
    "",
    "  clan = {",
    ...indentLines(clanBindings(request, "{ inherit inputs; }", directory), 4),
    "  };",
    "",
    `  # \`nix develop${hasShell(view) ? " .#clan" : ""}\` brings the command \`clan\`.`,
    "  perSystem =",
    "    { pkgs, inputs', ... }:",
    "    {",
    `      devShells.${hasShell(view) ? "clan" : "default"} = pkgs.mkShell {`,
    "        packages = [ inputs'.clan-core.packages.clan-cli ];",
    "      };",
    "    };",
    "}",
    "",
  ].join("\n");
}

/** It has a development shell already, which stays as it is. */
function hasShell({ flake, snapshot }: FlakeView): boolean {
  return [...flake.files].some(
    (file) => file.endsWith(".nix") && /\bdev(Shells?|shells?|env)\b/.test(snapshot.readFile(file) ?? ""),
  );
}
