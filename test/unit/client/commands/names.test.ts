/** What may be typed for a command, and what is sent back with a reason. */
import { expect, it } from "vitest";
import {
  generatorProblem,
  hostProblem,
  machineProblem,
  newMachineProblem,
  templateProblem,
  varProblem,
} from "../../../../client/src/commands/names.ts";

function check(problem: (name: string) => string | undefined, right: string[], wrong: string[]) {
  expect(right.filter((name) => problem(name) !== undefined)).toEqual([]);
  expect(wrong.filter((name) => problem(name) === undefined)).toEqual([]);
}

it("a new machine has a hostname that is not there yet", () => {
  check(
    (name) => newMachineProblem(name, ["db"]),
    ["web", "web-2", "7", "a".repeat(63)],
    ["", "db", "-web", "web-", "web.home", "we b", "web\n", "wéb", "--template", "a".repeat(64)],
  );
});

it("a machine that cannot be seen has a name that is no option", () => {
  check(machineProblem, ["web", "web_2"], ["", "-y", "a\nb", "${x}"]);
});

it("a host is what ssh connects to, and no option of it", () => {
  check(
    hostProblem,
    [
      "",
      "web",
      "root@10.0.0.7",
      "root@web.home:2222",
      "me@[fe80::1%eth0]:22",
      "ssh://root@web",
      "web?Port=22",
    ],
    ["-oProxyCommand=id", "root@-oProxyCommand=id", "-l@web", "a b", "a;b", "$(id)", "a\nb", "${x}", "a@b@c"],
  );
});

it("a template has a name, perhaps of a flake", () => {
  check(templateProblem, ["new-machine", "github:me/clan#web", ".#web"], ["", "-t", "a b", "a\nb", "${x}"]);
});

it("a var has a generator and a file, a generator a name", () => {
  check(varProblem, ["ca/key", "a b/c.pem"], ["", "ca", "/key", "ca/", "a/b/c", "-g/key", "a/b\n", "${x}/y"]);
  check(generatorProblem, ["ca", "zerotier-web"], ["", "-r", "ca/key", "a\nb", "${x}"]);
});
