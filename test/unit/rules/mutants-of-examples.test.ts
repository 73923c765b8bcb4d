/** Mutants of the examples: beside those of small clans, so that both can be tried at once. */
import { test } from "vitest";
import { checkMutants, clans } from "./check-mutants.ts";

test.each(clans.filter(({ name }) => ["homelab", "nix-config"].includes(name)))("$name", checkMutants);
