/**
 * Where the clan's vars lie on disk, by the store its settings name.
 *
 *   a secret file `key` of the generator `ca` of web, in the sops store
 *   ->  vars/per-machine/web/ca/key/secret
 *
 * Of a secret only the path is ever looked at.
 */
import type { OptionNode } from "../../modules/option-node.ts";
import { resolvePath } from "../../nix/path.ts";

/** `machine` is undefined for a generator that is shared. */
export interface GeneratorPlace {
  readonly machine: string | undefined;
  readonly generator: string;
}

/** `elsewhere`: in a password store, or one of the clan's own, of which the repository shows nothing. */
export type SecretStore = "sops" | "age" | "elsewhere";

export class VarsFolders {
  constructor(
    /** The clan's folder. */
    private readonly directory: string,
    readonly secretStore: SecretStore,
  ) {}

  /** Folders of generators: those of the machine, or the shared ones. */
  roots(machine: string | undefined): readonly string[] {
    const inner = machine === undefined ? "shared" : `per-machine/${machine}`;
    return [this.path(`vars/${inner}`), this.path(`secrets/clan-vars/${inner}`)];
  }

  /** Folders with one folder for each machine. */
  machineRoots(): readonly string[] {
    return [this.path("vars/per-machine"), this.path("secrets/clan-vars/per-machine")];
  }

  publicValue(at: GeneratorPlace, file: string): string {
    return this.path(`vars/${placeOf(at)}/${file}/value`);
  }

  validationHash(at: GeneratorPlace): string {
    return this.path(`vars/${placeOf(at)}/.validation-hash`);
  }

  /** Undefined where it is not in the repository. */
  secret(at: GeneratorPlace, file: string): string | undefined {
    switch (this.secretStore) {
      case "sops":
        return this.path(`vars/${placeOf(at)}/${file}/secret`);
      case "age":
        return this.path(`secrets/clan-vars/${placeOf(at)}/${file}/${file.split("/").at(-1)}.age`);
      case "elsewhere":
        return undefined;
    }
  }

  private path(relative: string): string {
    return resolvePath(this.directory, relative);
  }
}

/** What `clan.vars.settings.secretStore` says; sops where nothing does. */
export function readSecretStore(tree: OptionNode): SecretStore {
  const settings = tree.at("vars", "settings");
  const option = settings?.child("secretStore");
  if (option === undefined) return (settings ?? tree).open === undefined ? "sops" : "elsewhere";
  const store = option.string();
  return store === "sops" || store === "age" ? store : "elsewhere";
}

function placeOf({ machine, generator }: GeneratorPlace): string {
  return machine === undefined ? `shared/${generator}` : `per-machine/${machine}/${generator}`;
}
