/**
 * A service of this flake without a name, which clan needs as soon as a role's settings are read.
 *
 *   modules.door = { manifest.description = "…"; roles.r.perInstance = { settings, ... }: …; }   ->   at `manifest`
 */
import type { Clan } from "../../clan/model.ts";
import type { OptionNode } from "../../modules/option-node.ts";
import type { Problem } from "../rule.ts";
import { servicesRead } from "./option-walk.ts";
import { at } from "./place.ts";
import { namePlaces } from "./written.ts";

export function* checkManifestNames(clan: Clan): Iterable<Problem> {
  for (const service of servicesRead(clan)) {
    const { module } = service;
    const manifest = module?.child("manifest");
    if (module === undefined || !lacksName(module, manifest)) continue;
    const node = (manifest && namePlaces(manifest)[0]) ?? service.declared[0];
    const message = `The service \`${service.name}\` needs \`manifest.name\`: Nix asks for it where its settings are read.`;
    if (node !== undefined) yield at(node, message);
  }
}

function lacksName(module: OptionNode, manifest: OptionNode | undefined): boolean {
  if (module.open !== undefined || manifest?.open !== undefined) return false;
  return manifest?.child("name") === undefined;
}
