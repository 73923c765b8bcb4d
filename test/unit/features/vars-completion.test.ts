import { expect, test } from "vitest";
import { checkCompletion, completionItem, completionLabels } from "./check-completion.ts";

/** A machine with two generators; what is given is the rest of its configuration. */
function machine(configuration: string): string {
  return `
    #- /clan/clan.nix
    { inventory.machines.web = { }; }
    #- /clan/machines/web/configuration.nix
    { config, pkgs, ... }:
    {
      clan.core.vars.generators.ca = {
        share = true;
        files."ca.pem".secret = false;
        files.key = { };
      };
      clan.core.vars.generators.db.files.password = { };
      ${configuration}
    }`;
}

/** Without those of clan itself. */
async function labels(configuration: string): Promise<string[]> {
  const found = await completionLabels(machine(configuration));
  return found.filter((label) => label !== "machine-id" && label !== "state-version");
}

test("generators, files and attributes in a path of the configuration", async () => {
  const generators = "config.clan.core.vars.generators";
  expect(await labels(`x = ${generators}.$0;`)).toEqual(["ca", "db"]);
  expect(await labels(`x = ${generators}.d$0`)).toEqual(["ca", "db"]);
  expect(await labels(`x = ${generators}.$0.files.key.path;`)).toEqual(["ca", "db"]);
  expect(await labels(`x = ${generators}.ca.files.$0`)).toEqual([`"ca.pem"`, "key"]);
  expect(await labels(`x = ${generators}.ca.files."ca.pem".$0;`)).toEqual(["path", "value", "exists"]);
  expect(await labels(`x = ${generators}.ca.files.key.$0;`)).toEqual(["path"]);
  expect(await labels(`x = let g = ${generators}; in g.$0;`)).toEqual(["ca", "db"]);
  expect(
    await labels(`x = let inherit (config.clan.core.vars) generators; in generators.ca.files.$0;`),
  ).toEqual([`"ca.pem"`, "key"]);
  expect(await labels(`x = let inherit (${generators}) $0; in 1;`)).toEqual(["ca", "db"]);
  expect(await labels(`x = with ${generators}; $0;`)).toEqual(["ca", "db", "config", "pkgs"]);
  expect(await labels(`x = with ${generators}; ca.files.$0;`)).toEqual([`"ca.pem"`, "key"]);
  expect(await labels("x = config.networking.$0;")).toEqual([]);
});

test("what can be read of a generator, its files first", async () => {
  const generators = "config.clan.core.vars.generators";
  const parts = [
    "files",
    "dependencies",
    "name",
    "prompts",
    "runtimeInputs",
    "script",
    "share",
    "validation",
  ];
  expect(await labels(`x = ${generators}.ca.$0;`)).toEqual(parts);
  expect(await labels(`x = ${generators}.ca.$0`)).toEqual(parts);
  expect(await labels(`x = ${generators}.ca.$0.key.path;`)).toEqual(parts);
  expect(await labels(`x = let g = ${generators}.ca; in g.f$0;`)).toEqual(parts);
  expect(await labels(`x = ${generators}.defined-later.f$0;`)).toEqual(parts);
  expect(await labels(`x = let inherit (${generators}.ca) $0; in 1;`)).toEqual(parts);
  expect(await labels(`x = ${generators}.none.files.$0;`)).toEqual([]);
  const files = await completionItem(machine(`x = ${generators}.ca.$0;`), "files");
  expect(files.insertText).toBe("files");
  expect(files.documentation?.()).toContain("clan.core.vars.generators.ca.files");
});

test("the text after one is chosen", async () => {
  const after = async (before: string, label: string, text: string) => {
    // What is expected is the file with the cursor alone.
    const expected = machine(text).split("inventory.machines.web = { }; }\n")[1] ?? "";
    await checkCompletion(machine(before), label, `\n${expected}`);
  };
  const path = "x = config.clan.core.vars.generators";
  await after(`${path}.ca.files.$0;`, `"ca.pem"`, `${path}.ca.files."ca.pem";`);
  await after(`${path}.$0`, "ca", `${path}.ca`);
});

test("dependencies, options and values of a generator", async () => {
  const at = (text: string) => `clan.core.vars.generators.web = { ${text} };`;
  expect(await labels(at(`dependencies = [ "$0" ];`))).toEqual(["ca", "db"]);
  expect(await labels(at(`dependencies = [ $0 ];`))).toContain(`"ca"`);
  expect((await labels(at("$0"))).slice(0, 7)).toEqual([
    "dependencies",
    "files",
    "prompts",
    "runtimeInputs",
    "script",
    "share",
    "validation",
  ]);
  expect(await labels(at("files.a.neededFor = $0;"))).toEqual([
    `"activation"`,
    `"partitioning"`,
    `"services"`,
    `"users"`,
    "config",
    "pkgs",
  ]);
  expect(await labels(at('prompts.a.type = "$0";'))).toContain("multiline-hidden");
  expect(await labels(at("files.a.$0 = 1;"))).toContain("mode");
});

test("paths in scripts", async () => {
  const at = (script: string) => `clan.core.vars.generators.web = {
        dependencies = [ "db" ];
        files.cert = { };
        prompts.pin = { };
        script = ''
          ${script}
        '';
      };`;
  expect(await labels(at("cat $in/$0"))).toEqual(["db", "ca"]);
  expect(await labels(at(`cat "$in"/ca/$0 > $out/cert`))).toEqual(["ca.pem", "key"]);
  expect(await labels(at("cat ''${in}/ca/k$0"))).toEqual(["ca.pem", "key"]);
  expect(await labels(at(`cat x > "$out/$0"`))).toEqual(["cert"]);
  expect(await labels(at("cat $prompts/$0"))).toEqual(["pin"]);
  expect(await labels(at("cat $other/$0"))).toEqual([]);
});

test.each([
  ["args@{ ... }:", "args.config"],
  ["args@{ config, ... }:", "args.config"],
  ["{ ... }@args:", "args.config"],
  ["args:", "args.config"],
  ["args: let inherit (args) config; in", "config"],
  ["args: let cfg = args.config; in", "cfg"],
  ["args: with args;", "config"],
])("generators, where the arguments of the module have one name: %s", async (head, config) => {
  const module = (body: string): string => `
    #- /clan/clan.nix
    { inventory.machines.web = { }; }
    #- /clan/machines/web/configuration.nix
    ${head} { clan.core.vars.generators.ca.files.key = { }; ${body} }`;
  expect(await completionLabels(module(`x = ${config}.clan.core.vars.generators.$0`))).toContain("ca");
  expect(await completionLabels(module(`x = ${config}.clan.core.vars.generators.ca.files.$0;`))).toEqual([
    "key",
  ]);
});

test("not those of this machine, where a function is called with another one", async () => {
  const text = machine("x = map (m: m.config.clan.core.vars.generators.$0) [ ];");
  expect(await completionLabels(text.replace("{ config, pkgs, ... }:", "args:"))).toEqual([]);
});

test.each([
  'lib.concatStringsSep "\\n" [ "cat $in/$0" ]',
  'lib.concatLines [ "cat $in/$0 > x" "b" ]',
  '"a" + "cat $in/$0" + "b"',
  "'' a '' + '' cat $in/$0 ''",
  'lib.optionalString config.x.enable "cat $in/$0"',
  '"a ${lib.optionalString config.x.enable "cat $in/$0"}"',
  'if config.x.enable then "a" else "cat $in/$0"',
  '"${pkgs.writeShellScript "x" "cat $in/$0"}"',
  'lib.getExe (pkgs.writeShellApplication { name = "x"; text = "cat $in/$0"; })',
  'lib.concatMapStrings (f: "cat $in/$0 ${f}") config.x.files',
  'lib.mkMerge [ "a" (lib.mkBefore "cat $in/$0") ]',
  'let part = "cat $in/$0"; in part + "b"',
])("in a script that is put together of parts: %s", async (script) => {
  const text = machine(`clan.core.vars.generators.g = { dependencies = [ "ca" ]; script = ${script}; };`);
  const found = await completionLabels(text.replace("{ config, pkgs, ... }", "{ config, lib, pkgs, ... }"));
  expect(found.slice(0, 2)).toEqual(["ca", "db"]);
});

test.each([
  ["s", "a string is it"],
  ['s + "b"', "it begins with a string"],
  ['"a ${s} b"', "a string is put into it"],
  ['lib.concatLines [ "set -e" s ]', "a string is a line of it"],
  ["wrap s", "a function makes it of a string"],
])("in a script that is %s: %s that is kept elsewhere", async (script) => {
  const generators = (text: string) => `
    #- /clan/clan.nix
    { inventory.machines.web = { }; }
    #- /clan/machines/web/configuration.nix
    { lib, ... }: let s = ${text}; wrap = t: "set -e; ${"$"}{t}"; in {
      clan.core.vars.generators.a = { files.x = { }; script = "date > $out/x"; };
      clan.core.vars.generators.b = { files.y = { }; script = ${script}; };
    }`;
  expect(await completionLabels(generators('"echo > $out/$0"'))).toEqual(["y"]);
  expect(await completionLabels(generators("'' set -e; echo > $out/$0 ''"))).toEqual(["y"]);
  expect(await completionLabels(generators('"b"').replace('"b"', '"b"; other = "echo > $out/$0"'))).toEqual(
    [],
  );
});

test.each([
  "let f = n: f (n + 1); in f 0",
  "let f = n: [ n ] ++ f (n + 1); in f 0",
  "let module = n: { imports = [ (module (n + 1)) ]; }; in [ (module 0) ]",
])("beside imports without end: %s", async (imports) => {
  const path = "x = config.clan.core.vars.generators.$0;";
  expect(await labels(`imports = ${imports}; ${path}`)).toEqual(["ca", "db"]);
  expect(await labels(`imports = ${imports}; clan.core.vars.generators.ca.pr$0`)).toContain("prompts");
  const clan = `{ imports = ${imports}; inventory.machines.web = { }; inventory.instances.sshd.roles.$0 }`;
  expect(await completionLabels(`#- /clan/clan.nix\n${clan}`)).toEqual(["client", "server"]);
});

test.each(["}", "} }", "};", "}; }; }", ") ]"])(
  "dependencies, where the file of the clan ends in %s",
  async (stray) => {
    const found = await completionLabels(`
      #- /clan/clan.nix
      { inventory.machines.web = { }; }
      ${stray}
      #- /clan/machines/web/configuration.nix
      { clan.core.vars.generators = { ca.files.k = { }; b.dependencies = [ "$0" ]; }; }`);
    expect(found).toContain("ca");
  },
);
