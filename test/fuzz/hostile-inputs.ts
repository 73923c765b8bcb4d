/**
 * Files that ask for more time or memory than there is, or are no files: one entry a kind, each a clan of its own with
 * the file that a person opens. What is expected of all of them is the same: an answer.
 */
import { execFileSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { type Files, writeFiles } from "./write-files.ts";

export interface HostileInput {
  readonly name: string;
  /** Opened in the editor, relative to the clan's folder. */
  readonly opened: string;
  /** Writes the clan into an empty folder. What it returns ends what must go on meanwhile. */
  readonly write: (folder: string) => undefined | (() => void);
}

const flake = `{
  inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
  outputs = { self, clan-core, ... }: { clan = clan-core.lib.clan { inherit self; imports = [ ./clan.nix ]; }; };
}
`;
const machines = "inventory.machines = { web = { }; db = { }; };";
const doublingImports =
  "f = n: if n == 0 then { imports = [ ]; } else let x = f (n - 1); in { imports = [ x x ]; };";
const endless = "(let f = n: f (n + 1); in f 0)";
const doubled = (step: string, start: string) =>
  `(let go = n: x: if n == 0 then x else go (n - 1) (${step}); in go 40 ${start})`;

/** Files in place of those of a small clan. */
function files(name: string, opened: string, own: () => Files): HostileInput {
  return {
    name,
    opened,
    write: (folder) => {
      writeFiles(folder, { "flake.nix": flake, "clan.nix": `{ ${machines} }\n`, ...own() });
      return undefined;
    },
  };
}

const clan = (name: string, text: () => string) => files(name, "clan.nix", () => ({ "clan.nix": text() }));

/** An expression in a place of the clan that is evaluated. */
const value = (name: string, expression: string) =>
  clan(
    name,
    () => `{ lib, ... }: {
  ${machines}
  meta.description = ${expression};
  inventory.instances.a = { module.name = "sshd"; roles.server.machines.web = { }; };
}
`,
  );

const settings = (name: string, expression: string) =>
  clan(
    name,
    () => `{ lib, ... }: {
  ${machines}
  inventory.instances.a = { module.name = "users"; roles.default.machines.web.settings.v = ${expression}; };
}
`,
  );

/** A setting of a type that holds `t`, 40 times over. */
const type = (name: string, holding: string, written = "5") =>
  clan(
    name,
    () => `{ lib, ... }:
let
  inherit (lib) types;
  more = t: ${holding};
  t = lib.foldl' (t: _: more t) types.str (lib.range 1 40);
in {
  ${machines}
  inventory.instances.a = { module = { name = "own"; input = "self"; }; roles.r.machines.web.settings.v = ${written}; };
  modules.own = {
    _class = "clan.service";
    manifest.name = "own";
    roles.r = { interface.options.v = lib.mkOption { type = t; }; perInstance = { settings, ... }: { nixosModule.x = settings.v; }; };
  };
}
`,
  );

const machine = (name: string, text: string) =>
  files(name, "machines/web/configuration.nix", () => ({ "machines/web/configuration.nix": text }));

/** Each with a file, and a dependency on the one of that number. */
function generators(count: number, needs: (index: number) => number): string {
  const all = Array.from({ length: count }, (_, index) => {
    const needed = needs(index);
    const dependencies = needed < 0 ? "" : `dependencies = [ "g${needed}" ]; `;
    return `g${index} = { files.k = { }; ${dependencies}script = "touch $out/k"; };\n`;
  });
  return `{ clan.core.vars.generators = {\n${all.join("")}}; }\n`;
}

const script = (name: string, text: string) =>
  machine(name, `{ clan.core.vars.generators.g = { files.a = { }; script = ''\n${text}''; }; }\n`);

const nix = (name: string, text: () => string) => clan(name, () => `{ v = ${text()}; }\n`);
const many = (text: string, count: number) => text.repeat(count);
const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join("\n");

/** What is no file, in place of one. */
function special(name: string, path: string, make: (path: string) => undefined | (() => void)): HostileInput {
  return {
    name,
    opened: path === "clan.nix" ? "flake.nix" : "clan.nix",
    write: (folder) => {
      const read = path === "secret.txt" ? "meta.description = builtins.readFile ./secret.txt;" : "";
      const text = { "flake.nix": flake, "clan.nix": `{ ${machines} ${read} }\n` };
      const hostile = join(folder, path);
      writeFiles(
        folder,
        Object.fromEntries(
          Object.entries({ ...text, [`${path}.beside`]: "" }).filter(([name]) => name !== path),
        ),
      );
      return make(hostile);
    },
  };
}

const fifo = (path: string) =>
  special(`a FIFO as ${path}`, path, (at) => {
    execFileSync("mkfifo", [at]);
    return undefined;
  });
const zero = (path: string) =>
  special(`/dev/zero as ${path}`, path, (at) => {
    symlinkSync("/dev/zero", at);
    return undefined;
  });
const socket = (path: string) =>
  special(`a socket as ${path}`, path, (at) => {
    const server = createServer().listen(at);
    return () => server.close();
  });

const tree = ["flake.nix", "clan.nix", "flake.lock", "inventory.json", "machines/web/configuration.nix"];

export const hostileInputs: readonly HostileInput[] = [
  // An evaluation without end.
  machine("a machine's imports without end", `{ imports = ${endless}; }`),
  machine("imports that grow without end", "let f = n: { imports = [ (f (n + 1)) ]; }; in f 0"),
  machine("a machine that is nested without end", "let f = n: 1 + f (n + 1); in { x = f 0; }"),
  machine("a generator's script without end", `{ clan.core.vars.generators.a.script = ${endless}; }`),
  clan("a name without end", () => `{ ${machines} inventory.machines.\${toString ${endless}} = { }; }`),
  clan("imports that double 45 times", () => `let ${doublingImports} in f 45`),
  clan("imports that double 13 times", () => `let ${doublingImports} in f 13`),
  machine("a machine's imports that double 45 times", `let ${doublingImports} in f 45`),
  value("a description without end", endless),
  value("recursion without end", "let f = n: 1 + f (n + 1); in f 0"),
  // Values that explode.
  value("a text of 2,000,000,000 characters", '(lib.strings.replicate 2000000000 "a")'),
  value("a text doubled 40 times", doubled("x + x", '"ab"')),
  value("a list doubled 40 times", doubled("x ++ x", "[ 1 ]")),
  value("a text that interpolates itself", '"${let s = { __toString = self: "${self}"; }; in s}"'),
  value("sort of 400,000", "(lib.sort (a: b: a < b) (lib.genList (i: 400000 - i) 400000))"),
  value(
    "hashString of 200 times 4 MB",
    '(map (i: builtins.hashString "sha256" "${lib.strings.replicate 4000000 "a"}${toString i}") (lib.range 1 200))',
  ),
  settings("mkMerge doubled 45 times", doubled("lib.mkMerge [ x x ]", "1")),
  settings(
    "mkIf nested 100,000 times",
    "(let go = n: if n == 0 then 1 else lib.mkIf true (go (n - 1)); in go 100000)",
  ),
  value("lib.replicate 1000000000", "lib.replicate 1000000000 1"),
  value("lib.range 1 1000000000", "lib.range 1 1000000000"),
  value("replaceStrings of 400 MB", `builtins.replaceStrings [ "a" ] [ "aa" ] ${doubled("x + x", '"a"')}`),
  value("stringToCharacters of 5 MB", 'lib.stringToCharacters (lib.strings.replicate 5000000 "a")'),
  value("fromTOML of 50 MB", 'builtins.fromTOML (lib.strings.replicate 5000000 "a = 1\\n")'),
  value("a pattern that backtracks", 'builtins.match "((a*)*)*b" (lib.strings.replicate 3000 "a")'),
  value("a throw of 200 MB", 'throw (lib.strings.replicate 200000000 "a")'),
  settings("settings that hold each other", "(let s = { a = s; b = [ s s ]; }; in s)"),
  settings("settings as a list without end", "(let s = [ s s s s ]; in s)"),
  settings("settings of 500,000 elements", "(lib.range 1 400000)"),
  settings("wide lists in wide lists", "(let w = n: lib.genList (i: w (n + 1)) 1000; in w 0)"),
  settings(
    "wide sets in wide sets",
    "(let w = n: lib.genAttrs (map toString (lib.range 1 1000)) (i: w n); in w 0)",
  ),
  settings("wide lists of one set", "(let s = { a = lib.genList (i: s) 1000; }; in s)"),
  type("types of two that are the same", "types.either t (types.nullOr t)"),
  type("types of lists and sets of themselves", "types.either (types.listOf t) (types.attrsOf t)", "[ { } ]"),
  type(
    "submodules of two submodules",
    "types.submodule { options = { a = lib.mkOption { type = t; }; b = lib.mkOption { type = t; }; }; }",
    "{ a = { }; }",
  ),
  settings("settings 5,000 deep", `{ x${many(".a", 5_000)} = 1; }`),
  // Generators, and their scripts.
  machine(
    "2,000 generators in a chain",
    generators(2_000, (i) => i - 1),
  ),
  machine(
    "2,000 generators in a circle",
    generators(2_000, (i) => (i + 1) % 2_000),
  ),
  script("a script of 150 kB", many("cat $in/b/c > $out/a\n", 7_000)),
  script("a script of 500 kB", many("cat $in/b/c > $out/a\n", 25_000)),
  script(
    "4,000 variables in a script",
    Array.from({ length: 4_000 }, (_, i) => `echo $v${i} > $out/a\n`).join(""),
  ),
  script("4,000 paths in a word", `echo "${many("$out/a:", 4_000)}"`),
  script("a path of 50,000 folders", `cat $in/${many("a/", 50_000)} > $out/a`),
  script("5,000 nested substitutions", `${many("$(echo ", 5_000)}x${many(")", 5_000)} > $out/a`),
  script("8,000 nested expansions", `${many("''${a:-", 8_000)}${many("}", 8_000)} > $out/a`),
  script("20,000 unclosed substitutions", many('"$(', 20_000)),
  // Text that is large.
  nix("20 MB of a list", () => `[ ${many("a ", 10_000_000)}]`),
  nix("20 MB of one text", () => `"${many("a", 20_000_000)}"`),
  nix("20 MB of brackets", () => many("{[(", 7_000_000)),
  nix("4 MB of a list of sets", () => `[ ${many("{ a = [ b c ]; } ", 235_000)}]`),
  nix("3 MB of a list", () => `[ ${many("a ", 1_500_000)}]`),
  nix("3 MB of brackets", () => many("{[(", 1_000_000)),
  nix("900 kB of a list of sets", () => `[ ${many("{ a = [ b c ]; } ", 53_000)}]`),
  nix("750 kB of a list of sets", () => `[ ${many("{ a = [ b c ]; } ", 44_000)}]`),
  // Text that is odd.
  ...["+", "++", "-", "//", "->", "||"].map((operator) =>
    nix(`20,000 terms of ${operator}`, () => many(`1${operator}`, 20_000) + "1"),
  ),
  nix("a path of 30,000 folders", () => `./a${many("/a", 30_000)}`),
  nix("9,000 terms of ?", () => `a${many(" ? b", 9_000)}`),
  nix("20,000 selections with or", () => `a${many(".a or b", 20_000)}`),
  nix("60,000 bindings without a value", () => `{ ${many("a = ; ", 60_000)} }`),
  nix("a rec of 60,000 names", () => `rec { ${lines(60_000, (i) => `a${i} = 1;`)} }`),
  nix("a let of 60,000 names", () => `let ${lines(60_000, (i) => `a${i} = 1;`)} in 1`),
  nix("40,000 names in strings", () => `{ ${lines(40_000, (i) => `\${"a${i}"} = 1;`)} }`),
  nix("300,000 inherited names", () => `{ inherit ${lines(300_000, (i) => `a${i}`)}; }`),
  nix("20,000 selections", () => `a${many(".a", 20_000)}`),
  nix("10,000 calls", () => `f${many(" a", 10_000)}`),
  nix("100,000 functions", () => `${many("a: ", 100_000)}1`),
  ...[
    "(",
    "[",
    "{a=",
    "{",
    "/* ",
    '"',
    "''",
    '"${',
    "let ",
    "if ",
    "a: ",
    "with a; ",
    "assert ",
    "!",
    "a.",
    "a=",
    "<",
    "rec{",
    "x@{",
  ].flatMap((open) =>
    [10_000, 100_000].map((count) => nix(`${count} unclosed \`${open.trim()}\``, () => many(open, count))),
  ),
  ...[")", "]", "}", ";", "*/", "in ", "then ", "= ", "@", "\\", "$", "''", "\u0000", "\r", "é"].map(
    (close) => nix(`100,000 stray \`${JSON.stringify(close.trim())}\``, () => many(close, 100_000)),
  ),
  nix("100,000 nested parentheses", () => `${many("(", 100_000)}1${many(")", 100_000)}`),
  nix("100,000 nested lists", () => `${many("[", 100_000)}1${many("]", 100_000)}`),
  nix("100,000 nested sets", () => `${many("{a=", 100_000)}1${many(";}", 100_000)}`),
  nix("50,000 lists, a line each", () => `${many("[\n", 50_000)}1${many("]\n", 50_000)}`),
  nix("20,000 nested lets", () => `${many("let a = 1; in ", 20_000)}1`),
  nix("20,000 ifs", () => `${many("if a then b else ", 20_000)}1`),
  nix("10,000 nested interpolations", () => `${many('"${', 10_000)}1${many('}"', 10_000)}`),
  nix("100,000 comments", () => `${many("# a\n", 100_000)}1`),
  nix("90,000 equal names", () => `{ ${many("a = 1; ", 90_000)} }`),
  nix("100,000 undefined variables", () => `[ ${many("qwe ", 100_000)} ]`),
  // JSON and git.
  ...['["[', "[", '{"a":', '"', "{", "]", ","].map((open) =>
    files(`40,000 times ${open} in inventory.json`, "inventory.json", () => ({
      "inventory.json": many(open, 40_000),
    })),
  ),
  files("100,000 arrays in inventory.json", "inventory.json", () => ({
    "inventory.json": `${many("[", 100_000)}${many("]", 100_000)}`,
  })),
  files("inventory.json of 50 MB", "clan.nix", () => ({
    "inventory.json": `{"machines":{${many('"a":{"tags":["x"]},', 2_700_000)}"b":{}}}`,
  })),
  files("inventory.json of 7 MB", "clan.nix", () => ({
    "inventory.json": `{"machines":{${Array.from({ length: 350_000 }, (_, i) => `"m${i}":{"tags":["x"]}`).join()}}}`,
  })),
  files("inventory.json with 20,000 machines", "clan.nix", () => ({
    "inventory.json": `{"machines":{${Array.from({ length: 20_000 }, (_, i) => `"m${i}":{"tags":["x"]}`).join()}}}`,
  })),
  files("a flake.lock with 600,000 nodes", "flake.nix", () => ({
    "flake.lock": `{"version":7,"root":"root","nodes":{"root":{"inputs":{}},${Array.from({ length: 600_000 }, (_, i) => `"n${i}":{}`).join()}}}`,
  })),
  files("a flake.lock of links in a ring", "flake.nix", () => ({
    "flake.lock":
      '{"version":7,"root":"root","nodes":{"root":{"inputs":{"clan-core":["a"],"a":["clan-core"]}}}}',
  })),
  files("a .git file with 80 kB of blanks", "clan.nix", () => ({
    ".git": `gitdir:${many(" ", 80_000)}x${many(" ", 80_000)}`,
  })),
  files("a git index that is broken", "clan.nix", () => ({
    ".git/index": `DIRC\u0000\u0000\u0000\u0002\uffff\uffff\uffff\uffff${many("\u0001", 100_000)}`,
    ".git/HEAD": "ref: refs/heads/main\n",
  })),
  // Folders.
  files("10,000 machine folders", "clan.nix", () =>
    Object.fromEntries(
      Array.from({ length: 10_000 }, (_, i) => [`machines/m${i}/configuration.nix`, "{ }\n"]),
    ),
  ),
  files("10,000 empty machine folders", "clan.nix", () =>
    Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`machines/m${i}/.keep`, ""])),
  ),
  files("10,000 files imported", "clan.nix", () => ({
    "clan.nix": `{ ${machines} imports = map (n: ./parts + "/\${n}") (builtins.attrNames (builtins.readDir ./parts)); }`,
    ...Object.fromEntries(
      Array.from({ length: 10_000 }, (_, i) => [`parts/p${i}.nix`, `{ inventory.machines.m${i} = { }; }\n`]),
    ),
  })),
  {
    name: "links in a ring",
    opened: "clan.nix",
    write: (folder) => {
      writeFiles(folder, { "flake.nix": flake, "clan.nix": `{ imports = [ ./a ]; ${machines} }\n` });
      symlinkSync("b", join(folder, "a"));
      symlinkSync("a", join(folder, "b"));
      symlinkSync("..", join(folder, "up"));
      symlinkSync("machines", join(folder, "machines"));
      return undefined;
    },
  },
  // What is no file.
  ...tree.map(fifo),
  fifo("secret.txt"),
  fifo(".git/index"),
  ...tree.map(zero),
  zero("secret.txt"),
  zero(".git/index"),
  ...tree.map(socket),
  socket("secret.txt"),
];
