/**
 * What a flake input is, whichever way its reference is written.
 *
 *   "github:hercules-ci/flake-parts"                             ->   "hercules-ci/flake-parts"
 *   "https://git.clan.lol/clan/clan-core/archive/main.tar.gz"    ->   "clan/clan-core"
 */
import { parseFlakeRef } from "../nix/builtins/flake-ref.ts";
import type { LockedReference } from "./flake-lock.ts";

/** "owner/repo" in lower case; an indirect reference ("nixpkgs") is its name alone. Undefined for others. */
export function repositoryOf(url: string): string | undefined {
  const reference = parseFlakeRef(url);
  if (reference === undefined) return undefined;
  const text = (name: string): string | undefined => {
    const value = reference.get(name);
    return typeof value === "string" ? value : undefined;
  };
  return repositoryOfParts(text("owner"), text("repo"), text("url"), text("id"));
}

/** As `repositoryOf`, of an entry of flake.lock. */
export function repositoryOfLocked(reference: LockedReference): string | undefined {
  return repositoryOfParts(reference.owner, reference.repo, reference.url, reference.id);
}

function repositoryOfParts(
  owner: string | undefined,
  repo: string | undefined,
  url: string | undefined,
  id: string | undefined,
): string | undefined {
  if (owner !== undefined && repo !== undefined) return `${owner}/${repo}`.toLowerCase();
  if (url !== undefined) return repositoryOfUrl(url);
  return id?.toLowerCase();
}

function repositoryOfUrl(url: string): string | undefined {
  const path = url.replace(/^[a-z+]*:\/\/[^/]*/, "").replace(/[?#].*$/, "");
  // Channels are nixpkgs: https://nixos.org/channels/nixpkgs-unstable/nixexprs.tar.xz
  if (/\/nixexprs\.tar/.test(path)) return "nixos/nixpkgs";
  const segments = path.split("/").filter((segment) => segment !== "");
  // Forges serve archives at /api/v1/repos/OWNER/REPO/archive/… and /OWNER/REPO/archive/….
  const start = segments.indexOf("repos") + 1;
  const archive = segments.findIndex((segment) => segment === "archive" || segment === "-");
  // FlakeHub has /f/OWNER/REPO/VERSION.
  const from = segments[0] === "f" ? 1 : start;
  const [owner, repo] = archive > 0 ? segments.slice(archive - 2, archive) : segments.slice(from, from + 2);
  if (owner === undefined || repo === undefined) return undefined;
  return `${owner}/${repo.replace(/\.git$/, "")}`.toLowerCase();
}

/** The directory a path reference names, relative to the flake's; undefined if it is no path. */
export function pathOfReference(url: string): string | undefined {
  if (url.startsWith("path:")) return url.slice("path:".length).replace(/[?#].*$/, "");
  return /^\.{1,2}(\/|$)/.test(url) || url.startsWith("/") ? url.replace(/[?#].*$/, "") : undefined;
}
