/**
 * Which input is clan-core, and how far the catalogue speaks of its version.
 *
 *   clan-core, locked three years ago   ->   isClanCore, isOlderCore, isOtherCore
 */
import type { InputDeclaration } from "../project/flake-inputs.ts";
import { CATALOGUE_TIME } from "./catalogue/services.ts";

/** The input is clan-core: so its URL or lock says, or, without either, its name. */
export function isClanCore({ name, repository }: Pick<InputDeclaration, "name" | "repository">): boolean {
  return name === "clan-core" || /(^|\/)clan-core$/.test(repository ?? "");
}

/** How far from the version that the catalogue describes another one has much the same, in seconds. */
const SIMILAR = { newer: days(30), older: days(365) };

/** Services, as the catalogue has them, came to clan in 2025: a lock that is older says nothing. */
const FIRST_SERVICES = Date.UTC(2025, 0, 1) / 1000;

/** Whether it may have what the catalogue does not know: it is somebody's own copy, or of quite another time. */
export function isOtherCore({ repository, lock }: Pick<InputDeclaration, "repository" | "lock">): boolean {
  if (repository !== undefined && !/^((clan|clan-lol)\/)?clan-core$/.test(repository)) return true;
  const locked = lock?.locked?.lastModified ?? CATALOGUE_TIME;
  const isOlder = locked < CATALOGUE_TIME - SIMILAR.older && locked > FIRST_SERVICES;
  return locked > CATALOGUE_TIME + SIMILAR.newer || isOlder;
}

/** Whether it may still have what the catalogue says is gone. */
export function isOlderCore({ lock }: Pick<InputDeclaration, "lock">): boolean {
  return (lock?.locked?.lastModified ?? CATALOGUE_TIME) < CATALOGUE_TIME;
}

function days(count: number): number {
  return count * 24 * 60 * 60;
}
