/** How clan is found: by the setting, on PATH, through direnv; and what is offered where it is not. */
import { describe, expect, it, test } from "vitest";
import { allowsEnvrc, clanVersion, findClan, waysThroughNix } from "../../../../client/src/clan-cli/find.ts";
import type { Programs } from "../../../../client/src/platform.ts";

const folder = "/home/me/$(x) a b";

/** `there`: programs on PATH; `outputs`: what a command line prints, where it succeeds. What was run is `runs`. */
function world(there: readonly string[], outputs: Readonly<Record<string, string>> = {}) {
  const runs: string[][] = [];
  const programs: Programs = {
    runClanLs: () => Promise.reject(new Error("nobody compares here")),
    find: async (program) => (there.includes(program) ? `/bin/${program}` : undefined),
    async run(file, vector, cwd) {
      runs.push([file, ...vector, cwd]);
      const stdout = outputs[[file, ...vector].join(" ")];
      return { exitCode: stdout === undefined ? 1 : 0, stdout: stdout ?? "", stderr: "" };
    },
  };
  return { programs, runs };
}

const allowed = { "/bin/direnv status": "Found RC path /home/me/.envrc\nFound RC allowed 0\n" };
const hasClan = { ...allowed, [`/bin/direnv exec ${folder} clan --help`]: "usage" };

describe("where clan is", () => {
  it("is what the setting says, and nothing else where that is not there", async () => {
    const { programs, runs } = world(["clan", "mine", "direnv"], hasClan);
    expect(await findClan(programs, ["mine", "--x"], folder)).toEqual(["/bin/mine", "--x"]);
    expect(await findClan(programs, ["gone"], folder)).toBeUndefined();
    expect(runs).toEqual([]);
  });

  it("is on PATH before it is asked of direnv", async () => {
    const { programs, runs } = world(["clan", "direnv"], hasClan);
    expect(await findClan(programs, undefined, folder)).toEqual(["/bin/clan"]);
    expect(runs).toEqual([]);
  });

  it("is in the environment of an .envrc that is allowed; the folder stays one word", async () => {
    const { programs, runs } = world(["direnv"], hasClan);
    expect(await findClan(programs, undefined, folder)).toEqual(["/bin/direnv", "exec", folder, "clan"]);
    expect(runs.at(-1)).toEqual(["/bin/direnv", "exec", folder, "clan", "--help", folder]);
  });

  it("is not in one that is not allowed: of it only the status is asked", async () => {
    const { programs, runs } = world(["direnv"], {
      ...hasClan,
      "/bin/direnv status": "Found RC allowed 1\n",
    });
    expect(await findClan(programs, undefined, folder)).toBeUndefined();
    expect(runs).toEqual([["/bin/direnv", "status", folder]]);
  });

  it("is not in one without clan, nor without direnv", async () => {
    expect(await findClan(world(["direnv"], allowed).programs, undefined, folder)).toBeUndefined();
    expect(await findClan(world([]).programs, undefined, folder)).toBeUndefined();
  });
});

test.each([
  ["Found RC allowed 0", true],
  ["Found RC allowed true", true],
  ["Found RC allowed 1", false],
  ["Found RC allowed 2", false],
  ["Found RC allowed false", false],
  ["Loaded RC allowed 0\nNo .envrc found", false],
  ["No .envrc or .env found", false],
])("%j of direnv status: allowed is %s", (status, expected) => {
  expect(allowsEnvrc(`direnv exec path /bin/direnv\n${status}\n`)).toBe(expected);
});

describe("what is offered through nix", () => {
  const lock = (name: string, locked: object) =>
    JSON.stringify({
      root: "r",
      nodes: { r: { inputs: { nixpkgs: "n", [name]: "c" } }, n: {}, c: { locked } },
    });
  const develop = ["nix", "develop", "-c", "clan"];
  const run = (name: string) => ["nix", "run", "--inputs-from", ".", `${name}#clan-cli`, "--"];

  test.each<[string, string | undefined, readonly string[][]]>([
    [
      "by its url",
      lock("core", { url: "https://git.clan.lol/clan/clan-core/archive/main.tar.gz" }),
      [develop, run("core")],
    ],
    ["by its repository", lock("clan", { owner: "clan", repo: "clan-core" }), [develop, run("clan")]],
    ["of another url", lock("clan", { url: "https://example.org/clan-core-fork" }), [develop]],
    ["of a name that nix would take for something else", lock("--x", { repo: "clan-core" }), [develop]],
    ["in a lock that is none", "{ nodes", [develop]],
    ["in a lock without nodes", '{ "root": "r", "nodes": null }', [develop]],
    ["without a lock", undefined, [develop]],
  ])("clan-core %s", (_, text, expected) => {
    expect(waysThroughNix(text)).toEqual(expected);
  });
});

describe("the version of clan", () => {
  const help = (url: string) => `usage: clan [-h]\n\nOnline reference for the clan cli tool: ${url}\n`;
  const ask = (vector: readonly string[], printed?: string) => {
    const { programs, runs } = world(
      [],
      printed === undefined ? {} : { [[...vector, "--help"].join(" ")]: printed },
    );
    const version = clanVersion(programs, vector, folder, new AbortController().signal);
    return version.then((answer) => [answer, runs]);
  };

  it.each([
    ["https://clan.lol/docs/26.05/reference/cli", "26.05"],
    ["https://clan.lol/docs/unstable/reference/cli", "unstable"],
    ["https://docs.clan.lol/reference/cli", undefined],
  ])("is in the links of its help: %s", async (url, version) => {
    expect(await ask(["/bin/clan"], help(url))).toEqual([version, [["/bin/clan", "--help", folder]]]);
  });

  it("is asked with the arguments that come before clan's own", async () => {
    const vector = ["/bin/direnv", "exec", folder, "clan"];
    expect(await ask(vector, help("https://clan.lol/docs/25.11/"))).toEqual([
      "25.11",
      [[...vector, "--help", folder]],
    ]);
  });

  it("is not known where clan fails", async () => {
    expect(await ask(["/bin/clan"])).toEqual([undefined, [["/bin/clan", "--help", folder]]]);
  });

  it("is not asked of one that Nix may have to fetch", async () => {
    expect(await ask(["/bin/nix", "develop", "-c", "clan"], help("https://clan.lol/docs/26.05/"))).toEqual([
      undefined,
      [],
    ]);
  });
});
