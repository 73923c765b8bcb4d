/**
 * How the outputs of a flake are made.
 *
 *   inputs.snowfall-lib.mkFlake { … }   ->   snowfall
 */
import type { Layout } from "./assessment.ts";
import type { FlakeView } from "./read-flake.ts";

/** Frameworks, the outermost first: the repository of their input, and what of it makes outputs. */
const FRAMEWORKS: readonly {
  readonly layout: Layout;
  readonly repository: RegExp;
  readonly makes: string;
}[] = [
  {
    layout: "nixos-unified",
    repository: /nixos-(unified|flake)$/,
    makes: "\\.(lib\\.mkFlake|flakeModules?)\\b",
  },
  { layout: "snowfall", repository: /(^|\/)snowfall-lib$|^snowfallorg\/lib$/, makes: "\\.mk(Flake|Lib)\\b" },
  { layout: "ez-configs", repository: /(^|\/)ez-configs$/, makes: "\\.flakeModules?\\b" },
  { layout: "flake-utils-plus", repository: /(^|\/)flake-utils-plus$/, makes: "\\.lib\\.mkFlake\\b" },
  { layout: "blueprint", repository: /(^|\/)blueprint$/, makes: "\\s*(\\{|inputs\\b|args\\b)" },
  { layout: "den", repository: /(^|\/)den$/, makes: "\\.(flakeModules?|flakeOutputs)\\b" },
];

const HOST_OUTPUTS = ["nixosConfigurations", "darwinConfigurations", "homeConfigurations"];

export function layoutOf({ snapshot, root, flake, modules, membersOf, outputNames }: FlakeView): Layout {
  if (flake.file === undefined) return "none";
  // Evaluates the outputs: which files are read, and whether flake-parts does it, is known then.
  const names = outputNames();
  const text = readAll(snapshot, flake.files, root);
  for (const { layout, repository, makes } of FRAMEWORKS) {
    const inputs = [...flake.inputs.values()].filter(
      (input) => repository.test(input.repository ?? "") || repository.test(input.name),
    );
    if (inputs.some(({ name }) => isUsed(name, makes, text))) return layout;
  }
  if (modules.length > 0 || /\bflake-parts\.lib\.mkFlake\b/.test(text)) return "flake-parts";
  if (names.size > 0 || HOST_OUTPUTS.some((output) => membersOf(output).size > 0)) return "lib";
  return "unknown";
}

/** Beyond being declared among the inputs. */
function isUsed(name: string, makes: string, text: string): boolean {
  return new RegExp(`(?<![\\w-])${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}${makes}`).test(text);
}

function readAll(snapshot: FlakeView["snapshot"], files: ReadonlySet<string>, root: string): string {
  return [...files]
    .filter((path) => path.startsWith(`${root}/`) && path.endsWith(".nix"))
    .map((path) => snapshot.readFile(path) ?? "")
    .join("\n");
}
