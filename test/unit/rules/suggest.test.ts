import { expect, test } from "vitest";
import { findSuggestion } from "../../../server/src/rules/words/suggest.ts";

test.each([
  ["sever", ["client", "server"], "server"],
  ["per", ["controller", "moon", "peer"], "peer"],
  ["prot", ["host", "port"], "port"],
  ["wbe", ["db", "web"], "web"],
  ["latpop", ["all", "laptop"], "laptop"],
  ["control", ["controller", "peer"], "controller"],
  ["Server", ["server"], "server"],
  ["zerotier-home", ["zerotier"], "zerotier"],
])("%s of %j -> %s", (written, possible, expected) => {
  expect(findSuggestion(written, possible)).toBe(expected);
});

test.each([
  ["db", ["web", "nas"]],
  ["moon", ["controller", "peer"]],
  ["nightly", ["borgbackup", "sshd"]],
  ["x", []],
])("%s of %j is near nothing", (written, possible) => {
  expect(findSuggestion(written, possible)).toBeUndefined();
});

test("of equally near names the first in order", () => {
  expect(findSuggestion("web3", ["web2", "web1"])).toBe("web1");
});
