/**
 * A flake-parts module with the clan, in the places a flake may take it from: a folder whose files are all imported, else
 * a list of imports that is written out.
 *
 *   imports = map (f: ./modules/flake-parts/${f}) (attrNames (readDir ./modules/flake-parts));   ->   modules/flake-parts/clan.nix
 */
import { isWithin, parentPath, pathFrom } from "../../nix/path.ts";
import type { TextEdit } from "../../rules/finding.ts";
import { append, appendElement } from "../../rules/fix/edit.ts";
import type { AttrSet, Binding, Expr, ListExpr, Node, Source } from "../../syntax/ast.ts";
import { walk } from "../../syntax/navigate.ts";
import { printPath } from "../../syntax/print-path.ts";
import { clanBindings, indentLines } from "./clan-text.ts";
import { isOperand } from "./outputs-function.ts";
import type { Way } from "./plan.ts";
import type { FlakeView } from "./read-flake.ts";
import type { AdoptRequest } from "./request.ts";

/** The likeliest first. `folder`: where the clan's files go, "" for the flake's own; `more`: further lines of the module. */
export function flakePartsWays(
  view: FlakeView,
  request: AdoptRequest,
  folder: string,
  more: readonly string[] = [],
): readonly Way[] {
  const { snapshot, root } = view;
  const text = moduleText(view, request, folder, more);
  const files = [...new Set(view.modules.flatMap((evaluated) => [...evaluated.files()]))].filter((file) =>
    file.startsWith(`${root}/`),
  );
  const folders = foldersOf(files, view);
  const free = (path: string): boolean => snapshot.fileType(path) === undefined;
  const automatic = folders
    .flatMap((each) => [`${each}/clan.nix`, `${each}/clan/default.nix`, `${each}/clan/flake-module.nix`])
    .filter(free)
    .map((path): Way => ({ edits: [], creates: new Map([[path, text]]) }));
  const place = folders.map((each) => `${each}/clan.nix`).find(free) ?? `${root}/clan-module.nix`;
  // The list that is kept in the same folder comes first.
  const candidates = [`${parentPath(place)}/default.nix`, `${root}/flake.nix`, ...files, ...view.flake.files];
  const sources = [...new Set(candidates)]
    .filter((file) => file.endsWith(".nix") && isWithin(file, root))
    .flatMap((file) => snapshot.source(file) ?? []);
  const written = sources.flatMap((source) => {
    const edits = importEdits(source, place);
    return edits === undefined ? [] : [{ edits, creates: new Map([[place, text]]) }];
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
  const known = ["modules/flake-parts", "modules/flake", "flake-modules", "flake", "parts"].map(
    (name) => `${root}/${name}`,
  );
  for (const folder of known) if (snapshot.isDirectory(folder) && !counts.has(folder)) counts.set(folder, 0);
  const sorted = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([folder]) => folder);
  return [...sorted.filter((folder) => folder !== root), root];
}

/** In the first list of imports that names files, else in what `mkFlake` is given. */
function importEdits(source: Source, file: string): readonly TextEdit[] | undefined {
  const path = printPath(pathFrom(parentPath(source.path), file));
  const list = findImports(source);
  if (list !== undefined) return [appendElement(list, path)];
  const given = findGiven(source);
  if (given === undefined) return undefined;
  const module = moduleSet(given);
  if (module === undefined) {
    // A path, or a call: one of two modules then.
    const [open, close] = given.kind === "apply" || given.kind === "lambda" ? ["(", ")"] : ["", ""];
    const isWrapped = open !== "" && source.text.slice(0, given.start).trimEnd().endsWith("(");
    return isWrapped
      ? around(given, "{ imports = [ (", `) ${path} ]; }`)
      : around(given, `{ imports = [ ${open}`, `${close} ${path} ]; }`);
  }
  const imports = module.bindings.find(
    (each): each is Binding =>
      each.kind === "binding" && each.path.length === 1 && each.path[0]?.name === "imports",
  )?.value;
  if (imports === undefined) return [append(module, `imports = [ ${path} ];`)];
  if (imports.kind === "list") return [appendElement(imports, path)];
  return imports.kind === "binary" || isOperand(imports)
    ? around(imports, "", ` ++ [ ${path} ]`)
    : around(imports, "(", `) ++ [ ${path} ]`);
}

function around({ source, start, end }: Expr, before: string, behind: string): readonly TextEdit[] {
  const { path } = source;
  return [
    ...(before === "" ? [] : [{ path, start, end: start, text: before }]),
    { path, start: end, end, text: behind },
  ];
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

/** `mkFlake { … } given` */
function findGiven(source: Source): Expr | undefined {
  let found: Expr | undefined;
  walk(source.root, (node: Node) => {
    if (found !== undefined || node.kind !== "apply" || node.fn.kind !== "apply") return;
    const { fn } = node.fn;
    const name = fn.kind === "select" ? fn.path.at(-1)?.name : fn.kind === "identifier" ? fn.name : undefined;
    if (/^(mkFlake|evalFlakeModule)$/.test(name ?? "")) found = node.arg;
  });
  return found;
}

/** The set that the module is, or what the function there answers. */
function moduleSet(given: Expr): AttrSet | undefined {
  let body = given;
  while (body.kind === "lambda" || body.kind === "let") body = body.body;
  return body.kind === "attrset" ? body : undefined;
}

function moduleText(view: FlakeView, request: AdoptRequest, folder: string, more: readonly string[]): string {
  const directory = folder === "" ? undefined : `"\${self}${folder}"`;
  const args = directory === undefined ? "{ inputs, ... }:" : "{ inputs, self, ... }:";
  return [
    args,
    "{",
    "  imports = [ inputs.clan-core.flakeModules.default ];",
    "",
    ...(more.length === 0 ? [] : [...indentLines(more, 2), ""]),
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
