/** Clans that are larger than any: what is beyond a bound is unknown, with the bound as the reason, and never missing. */
import { expect, it } from "vitest";
import { evaluateClans } from "../../../server/src/clan/evaluate.ts";
import { collectUnknown } from "../../../server/src/clan/unread-files.ts";
import { collectFindings } from "../../../server/src/features/findings.ts";
import { MemoryFileSystem } from "../../../server/src/project/file-system.ts";
import { Workspace } from "../../../server/src/project/workspace.ts";
import { testParser } from "../helpers/parse.ts";

const parser = await testParser();

function open(files: readonly (readonly [string, string])[]) {
  const fileSystem = new MemoryFileSystem(new Map(files));
  const snapshot = new Workspace({ fileSystem, parser, roots: ["/clan"] }).snapshot();
  const clans = evaluateClans(snapshot);
  const findings = collectFindings(snapshot, clans).map(({ path, code }) => `${path} ${code}`);
  const [clan] = clans;
  if (clan === undefined) throw new Error("no clan");
  const unknown = collectUnknown(clan, snapshot).map(({ path, reason }) => `${path}: ${reason}`);
  return { clan, findings, unknown };
}

it("of machines with code of their own 1,000 are evaluated; nothing is claimed of the others", () => {
  const numbers = Array.from({ length: 1_010 }, (_, index) => String(index).padStart(4, "0"));
  const wrong =
    '{ clan.core.vars.generators.a = { script = "echo > $out/x"; files.x = { }; dependencies = [ "nope" ]; }; }';
  const { findings, unknown, clan } = open([
    ["/clan/clan.nix", '{ meta.name = "x"; }'],
    ...numbers.map((number) => [`/clan/machines/m${number}/configuration.nix`, "{ }"] as const),
    ["/clan/machines/m0001/configuration.nix", wrong],
    ["/clan/machines/m1005/configuration.nix", wrong],
    // What would be left over, if the machine were known to have no generator.
    ["/clan/vars/per-machine/m1005/a/x/value", ""],
    ["/clan/vars/shared/b/x/value", ""],
  ]);
  expect(findings).toEqual(["/clan/machines/m0001/configuration.nix unknown-generator"]);
  expect(unknown).toEqual(["machines: of machines with code of their own no more than 1000 are evaluated"]);
  expect(clan.vars.of("m1005").generators.open?.reason).toContain("no more than 1000");
});

it("a clan of 3,000 machines that are only written in clan.nix is evaluated as a whole", () => {
  const machines = Array.from({ length: 3_000 }, (_, index) => `m${index} = { tags = [ "t" ]; };`);
  const { findings, unknown } = open([
    [
      "/clan/clan.nix",
      `{ meta.name = "x"; inventory.machines = { ${machines.join(" ")} last.tagz = [ ]; }; }`,
    ],
  ]);
  expect(findings).toEqual(["/clan/clan.nix unknown-option"]);
  expect(unknown).toEqual([]);
});

it("of a list 20,000 elements are looked at; nothing is claimed of the others", () => {
  const { clan } = open([
    [
      "/clan/clan.nix",
      `{ lib, ... }: {
        meta.name = "x";
        inventory.machines.web.tags = map (n: "t\${toString n}") (lib.range 1 30000);
        inventory.machines.db.tags = map (n: "t\${toString n}") (lib.range 1 20000);
      }`,
    ],
  ]);
  const tags = (machine: string) => clan.tree.at("inventory", "machines", machine, "tags");
  expect(tags("web")?.children().size).toBe(20_000);
  expect(tags("web")?.open?.reason).toBe(
    "a list of 30000 elements is longer than the 20000 that are looked at",
  );
  expect(tags("db")?.children().size).toBe(20_000);
  expect(tags("db")?.open).toBeUndefined();
});

const sets = (count: number) => Array.from({ length: count }, (_, index) => `m${index} = { };`).join(" ");

it("of a set with more than 6,000 machines none is known; nothing is claimed of them", () => {
  const { findings, unknown, clan } = open([
    [
      "/clan/clan.nix",
      `{ meta.name = "x"; inventory.machines = { ${sets(6_001)} }; inventory.instances.a = {
        module.name = "sshd"; roles.server.machines.nope = { }; roles.servr.machines.m1 = { }; }; }`,
    ],
  ]);
  expect([...clan.machines.known.keys()]).toEqual([]);
  expect(clan.machines.open?.reason).toBe("a set of 6001 names is larger than the 6000 that are looked at");
  expect(findings).toEqual(["/clan/clan.nix unknown-role"]);
  expect(unknown).toEqual([
    "inventory.machines: a set of 6001 names is larger than the 6000 that are looked at",
  ]);
});

const folder = (count: number, path: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => [path(index), "{ }"] as const);

it("a folder of more than 6,000 machines is not listed; nothing is claimed of them", () => {
  const { findings, clan } = open([
    [
      "/clan/clan.nix",
      '{ meta.name = "x"; inventory.instances.a = { module.name = "sshd"; roles.server.machines.nope = { }; }; }',
    ],
    ...folder(6_001, (index) => `/clan/machines/m${index}/configuration.nix`),
  ]);
  expect(clan.machines.open?.reason).toBe(
    "the folder /clan/machines has 6001 entries, more than the 6000 that are listed",
  );
  expect(findings).toEqual([]);
});

it("a folder of more than 6,000 files that code lists is unknown, and what comes of it", () => {
  const { findings, unknown } = open([
    [
      "/clan/clan.nix",
      `{ meta.name = "x"; imports = map (n: ./parts + "/\${n}") (builtins.attrNames (builtins.readDir ./parts));
         inventory.instances.a = { module.name = "sshd"; roles.server.machines.nope = { }; }; }`,
    ],
    ...folder(6_001, (index) => `/clan/parts/p${index}.nix`),
  ]);
  expect(findings).toEqual([]);
  expect(unknown.join()).toContain(
    "the folder /clan/parts has 6001 entries, more than the 6000 that are listed",
  );
});

it("folders without configuration.nix are named, however many; the first 20 can be moved", () => {
  const fileSystem = new MemoryFileSystem(
    new Map([
      ["/clan/clan.nix", '{ meta.name = "x"; }'],
      ...folder(30, (index) => `/clan/machines/m${index}/other.nix`),
    ]),
  );
  const snapshot = new Workspace({ fileSystem, parser, roots: ["/clan"] }).snapshot();
  const findings = collectFindings(snapshot, evaluateClans(snapshot));
  expect(findings.map(({ code }) => code)).toEqual(Array.from({ length: 30 }, () => "stray-machine"));
  expect(findings.filter(({ fixes }) => fixes?.length === 1)).toHaveLength(20);
});

it.each([
  ["builtins.readFile", '(./. + "/${lib.strings.replicate 20000 "a/"}x")'],
  ["builtins.pathExists", '(./. + "/${lib.strings.replicate 20000 "a/"}x")'],
  ["import", '(./. + "/${lib.strings.replicate 20000 "a/"}x.nix")'],
])("%s of a path that is longer than any file's is unknown, at once", (read, path) => {
  const { findings, clan } = open([
    [
      "/clan/clan.nix",
      `{ lib, ... }: { meta.name = "x"; meta.description = toString (${read} ${path}); inventory.machines.a = { }; }`,
    ],
  ]);
  expect(findings).toEqual([]);
  expect([...clan.machines.known.keys()]).toEqual(["a"]);
});

const doubling = "f = n: if n == 0 then { } else let x = f (n - 1); in { imports = [ x x ]; };";

it("of imports that double without end no more than 5,000 are looked at; nothing is claimed of what they define", () => {
  const { findings, unknown, clan } = open([
    [
      "/clan/clan.nix",
      `{ meta.name = "x"; imports = [ (let ${doubling} in f 45) ];
         inventory.instances.a = { module.name = "sshd"; roles.server.machines.nope = { }; }; }`,
    ],
  ]);
  expect(findings).toEqual([]);
  expect(clan.machines.open?.reason).toBe(
    "of modules that import each other no more than 5000 are looked at",
  );
  expect(unknown.join()).toContain("of modules that import each other no more than 5000 are looked at");
});

it("imports that double to fewer are all read", () => {
  const { clan } = open([
    [
      "/clan/clan.nix",
      `{ meta.name = "x"; imports = [ (let ${doubling} in f 11) ]; inventory.machines.a = { }; }`,
    ],
  ]);
  expect([...clan.machines.known.keys()]).toEqual(["a"]);
  expect(clan.machines.open).toBeUndefined();
});

it("of imports of a machine that double, likewise", () => {
  const { findings, clan } = open([
    ["/clan/clan.nix", '{ meta.name = "x"; inventory.machines.a = { }; }'],
    [
      "/clan/machines/a/configuration.nix",
      `{ imports = [ (let ${doubling} in f 45) ];
         clan.core.vars.generators.g = { dependencies = [ "nope" ]; files.x = { }; script = "touch $out/x"; }; }`,
    ],
  ]);
  expect(findings).toEqual([]);
  expect(clan.vars.of("a").generators.open).toBeDefined();
});

const settings = (value: string) =>
  open([
    [
      "/clan/clan.nix",
      `{ lib, ... }: { meta.name = "x"; inventory.machines.web = { }; inventory.instances.a = {
         module.name = "users"; roles.default.machines.web.settings.user = ${value}; }; }`,
    ],
  ]);

it.each([
  ["lib.mkMerge [ x x ]", "fewer than 50,000 parts", 10, ["/clan/clan.nix type-mismatch"]],
  ["lib.mkMerge [ x x ]", "more than 50,000 parts", 45, []],
])("%s of %s", (step, _, times, wanted) => {
  const { findings } = settings(
    `(let go = n: x: if n == 0 then x else go (n - 1) (${step}); in go ${times} 1)`,
  );
  expect(findings).toEqual(wanted);
});

it("of a set with more than 20,000 names nothing is known; it is no mistake", () => {
  const names = (count: number) => Array.from({ length: count }, (_, index) => `n${index} = 1;`).join(" ");
  const { findings, clan } = open([
    ["/clan/clan.nix", `{ meta.name = "x"; inventory.tags = { }; specialArgs = { ${names(20_001)} }; }`],
  ]);
  expect(findings).toEqual([]);
  const node = clan.tree.at("specialArgs");
  expect(node?.children().size).toBe(0);
  expect(node?.open?.reason).toBe("a set of 20001 names is larger than the 20000 that are looked at");
});

it("of more than 1,000 mistakes of a kind in a file the last says that more are not listed", () => {
  const list = (count: number) => Array.from({ length: count }, (_, index) => `n${index}x`).join(" ");
  const messages = (count: number) => {
    const fileSystem = new MemoryFileSystem(
      new Map([
        ["/clan/clan.nix", `{ meta.name = "x"; v = [ ${list(count)} ]; inventory.machnes = { }; }`],
        ["/clan/machines/web/configuration.nix", "{ imports = [ nope ]; }"],
      ]),
    );
    const snapshot = new Workspace({ fileSystem, parser, roots: ["/clan"] }).snapshot();
    return collectFindings(snapshot, evaluateClans(snapshot)).filter(
      ({ code }) => code === "evaluation-error",
    );
  };
  const all = messages(1_000);
  expect(all).toHaveLength(1_001);
  expect(all.some(({ message }) => message.includes("are not listed"))).toBe(false);
  const more = messages(3_000);
  expect(more).toHaveLength(1_001);
  expect(more.at(-2)?.message).toMatch(
    /'n\d+x'\. For text, write `"n\d+x"`\. More mistakes of this kind in the file are not listed\.$/,
  );
  // Another file has its own.
  expect(more.at(-1)?.path).toBe("/clan/machines/web/configuration.nix");
});
