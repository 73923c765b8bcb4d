/**
 * Sources that were given for inputs of a flake, and do nothing: Nix warns of a name that is no input, and fails where
 * there is no source.
 *
 *   { clan-cor = "/src/clan-core"; }   ->   "The flake has no input `clan-cor`, so what is given for it is not used. …"
 */
import type { FileSystem } from "../project/file-system.ts";
import type { InputOverrides } from "../project/flake-inputs.ts";
import type { Clan } from "./model.ts";

/** Sentences, by the names of the inputs. Of flakes whose inputs are not all known nothing is said. */
export function findUnusedOverrides(clans: readonly Clan[], overrides: InputOverrides): string[] {
  if (clans.length === 0 || clans.some(({ inputs }) => inputs.open !== undefined)) return [];
  const names = [...new Set(clans.flatMap(({ inputs }) => [...inputs.known.keys()]))].sort();
  return [...overrides.keys()]
    .filter((name) => !names.includes(name))
    .map((name) => {
      const known = names.map((one) => `\`${one}\``).join(", ");
      return `The flake has no input \`${name}\`, so what is given for it is not used. Inputs: ${known}.`;
    });
}

/** Sentences. `toPath` says which path a person means. */
export function findLostOverrides(
  files: Pick<FileSystem, "fileType">,
  toPath: (written: string) => string,
  overrides: InputOverrides,
): string[] {
  return [...overrides]
    .filter(([, path]) => files.fileType(toPath(path)) === undefined)
    .map(([name, path]) => `The source that is given for the input \`${name}\`, ${path}, is not there.`);
}
