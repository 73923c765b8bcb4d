/**
 * The store paths of derivations, computed as Nix does: from what is built, not from where that is stored.
 * Nothing is written or built.
 *
 *   new Derivations().instantiate(recipe)   ->   { drvPath: "/nix/store/…-a.drv", outputs: { out: "/nix/store/…-a" } }
 *
 * The rules are those of the Nix manual's chapters on store derivations and on store paths.
 */
import { digest, formatHash, type Hash } from "./builtins/hash-format.ts";
import { compareText } from "./order.ts";
import { derivationOutputPath, fixedOutputPath, textPath } from "./store-path.ts";

/** A derivation before its output paths are known. */
export interface Recipe {
  readonly name: string;
  readonly outputs: readonly string[];
  /** Of a fixed-output derivation, whose one output is `out`. */
  readonly fixed: { readonly hash: Hash; readonly recursive: boolean } | undefined;
  /** The outputs used of each derivation, by the path of the latter. */
  readonly inputs: ReadonlyMap<string, ReadonlySet<string>>;
  /** Other store paths it uses. */
  readonly sources: ReadonlySet<string>;
  readonly system: string;
  readonly builder: string;
  readonly args: readonly string[];
  /** Without the outputs' paths, which are added. */
  readonly env: ReadonlyMap<string, string>;
}

export interface Instance {
  readonly drvPath: string;
  readonly outputs: ReadonlyMap<string, string>;
}

/** What a derivation that uses this one is named after: one hash, or one for each output. */
type Identity = string | ReadonlyMap<string, string>;

interface Output {
  readonly path: string;
  /** Both empty unless the output is fixed. */
  readonly method: string;
  readonly hash: string;
}

/** The derivations of one evaluation; one must be instantiated before another can use it. */
export class Derivations {
  private readonly identities = new Map<string, Identity>();

  /** Undefined if it uses a derivation that has not been instantiated here. */
  instantiate(recipe: Recipe): Instance | undefined {
    const inputs = this.identify(recipe.inputs);
    if (inputs === undefined) return undefined;
    const outputs = recipe.fixed ? fixedOutputs(recipe, recipe.fixed) : namedOutputs(recipe, inputs);
    const references = [...recipe.sources, ...recipe.inputs.keys()].sort(compareText);
    const drvPath = textPath(`${recipe.name}.drv`, unparse(recipe, outputs, recipe.inputs), references);
    this.identities.set(drvPath, identityOf(recipe, outputs, inputs));
    return { drvPath, outputs: new Map([...outputs].map(([name, { path }]) => [name, path])) };
  }

  /** The inputs with derivations named by identity, so that how they are written does not matter. */
  private identify(inputs: Recipe["inputs"]): Map<string, Set<string>> | undefined {
    const identified = new Map<string, Set<string>>();
    const add = (hash: string, output: string): void => {
      identified.set(hash, (identified.get(hash) ?? new Set()).add(output));
    };
    for (const [drvPath, used] of inputs) {
      const identity = this.identities.get(drvPath);
      if (identity === undefined) return undefined;
      for (const output of used) {
        if (typeof identity === "string") add(identity, output);
        else add(identity.get(output) ?? "", "out");
      }
    }
    return identified;
  }
}

function fixedOutputs(
  recipe: Recipe,
  { hash, recursive }: NonNullable<Recipe["fixed"]>,
): Map<string, Output> {
  const path = fixedOutputPath(recipe.name, hash, recursive);
  const method = `${recursive ? "r:" : ""}${hash.algorithm}`;
  return new Map([["out", { path, method, hash: formatHash(hash, "base16") }]]);
}

function namedOutputs(recipe: Recipe, inputs: ReadonlyMap<string, ReadonlySet<string>>): Map<string, Output> {
  const hash = sha256(unparse(recipe, unnamed(recipe), inputs));
  return new Map(
    recipe.outputs.map((name) => [
      name,
      { path: derivationOutputPath(recipe.name, name, hash), method: "", hash: "" },
    ]),
  );
}

function unnamed(recipe: Recipe): Map<string, Output> {
  return new Map(recipe.outputs.map((name) => [name, { path: "", method: "", hash: "" }]));
}

function identityOf(
  recipe: Recipe,
  outputs: ReadonlyMap<string, Output>,
  inputs: ReadonlyMap<string, ReadonlySet<string>>,
): Identity {
  if (!recipe.fixed) return sha256(unparse(recipe, outputs, inputs));
  return new Map(
    [...outputs].map(([name, { path, method, hash }]) => [
      name,
      sha256(`fixed:out:${method}:${hash}:${path}`),
    ]),
  );
}

/** The text of a `.drv` file. */
function unparse(
  recipe: Recipe,
  outputs: ReadonlyMap<string, Output>,
  inputs: ReadonlyMap<string, ReadonlySet<string>>,
): string {
  const env = new Map(recipe.env);
  for (const [name, { path }] of outputs) env.set(name, path);
  const fields = [
    sequence(
      sorted(outputs).map(([name, { path, method, hash }]) => tuple([name, path, method, hash].map(quote))),
    ),
    sequence(
      sorted(inputs).map(([path, used]) =>
        tuple([quote(path), sequence([...used].sort(compareText).map(quote))]),
      ),
    ),
    sequence([...recipe.sources].sort(compareText).map(quote)),
    // Nix escapes nothing here.
    `"${recipe.system}"`,
    quote(recipe.builder),
    sequence(recipe.args.map(quote)),
    sequence(sorted(env).map((pair) => tuple(pair.map(quote)))),
  ];
  return `Derive${tuple(fields)}`;
}

function sorted<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].sort(([a], [b]) => compareText(a, b));
}

function tuple(parts: readonly string[]): string {
  return `(${parts.join(",")})`;
}

function sequence(parts: readonly string[]): string {
  return `[${parts.join(",")}]`;
}

const ESCAPES: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function quote(text: string): string {
  return `"${text.replace(/["\\\n\r\t]/g, (found) => ESCAPES[found] ?? `\\${found}`)}"`;
}

function sha256(text: string): string {
  return formatHash(digest("sha256", text), "base16");
}
