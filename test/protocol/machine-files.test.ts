/**
 * What a person asks in the files of machines, of a server that has answered other questions before: in the
 * configuration of a machine, in a module that several import, and after edits there.
 */
import { describe, expect, test } from "vitest";
import {
  CodeLensRequest,
  CompletionRequest,
  DefinitionRequest,
  DocumentSymbolRequest,
  HoverRequest,
  InlayHintRequest,
  ReferencesRequest,
  SemanticTokensRequest,
} from "vscode-languageserver/node";
import { seedOfTest, shuffled } from "../unit/helpers/shuffle.ts";
import { type TestClient, uriOf } from "./client.ts";
import { useClients } from "./clients.ts";

const start = useClients();

/** Modules with a mark where something is asked: `HERE`. */
const generators = (text: string) => `{ config, ... }:
{
  clan.core.vars.generators.ca = { share = true; files."ca.pem".secret = false; files.key = { }; };
  clan.core.vars.generators.web = {
    dependencies = [ "ca" ];
    files.cert = { };
    prompts.pin.type = "hidden";
    script = "cat $in/ca/key > $out/cert";
  };
  clan.core.vars.generators.other = { ${text} };
}
`;

const clan = `
#- /clan/flake.nix
{
  inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
  outputs = { self, clan-core, ... }: {
    inherit (clan-core.lib.clan { inherit self; imports = [ ./clan.nix ]; }) config nixosConfigurations;
  };
}
#- /clan/clan.nix
{ inventory.machines = { web = { }; db = { }; }; inventory.instances.sshd.roles.server.tags.all = { }; }
#- /clan/machines/web/configuration.nix
${generators("")}
#- /clan/machines/db/configuration.nix
{ imports = [ ../../modules/shared.nix ]; }
#- /clan/machines/mail/configuration.nix
{ imports = [ ../../modules/shared.nix ]; }
#- /clan/modules/shared.nix
${generators("")}
`;

const files = ["/clan/machines/web/configuration.nix", "/clan/modules/shared.nix"];

/** Where to ask, and what must be among the answers. */
const asked: readonly [string, string, readonly string[]][] = [
  ["options of a generator", "▮", ["dependencies", "files", "prompts", "script", "share"]],
  ["options of a half-written one", "files.a = { }; sh▮", ["share"]],
  ["names of dependencies", 'dependencies = [ "▮" ];', ["ca", "web"]],
  ["types of prompts", 'prompts.a.type = "▮";', ["hidden", "line", "multiline-hidden"]],
  ["when a file is needed", 'files.a.neededFor = "▮";', ["activation", "partitioning", "services", "users"]],
  ["generators a script reads", 'script = "cat $in/▮";', ["ca", "web"]],
  ["files of a generator in a script", 'script = "cat $in/ca/▮";', ["ca.pem", "key"]],
  ["files that a script writes", 'files.a = { }; script = "echo > $out/▮";', ["a"]],
  ["prompts in a script", 'prompts.b = { }; script = "cat $prompts/▮";', ["b"]],
  ["generators in the configuration", "files.a.owner = config.clan.core.vars.generators.▮;", ["ca", "web"]],
];

const ca = 'clan.core.vars.generators.ca = { files."ca.pem".secret = false; files.key = { }; };';
const loop = "clan.core.vars.generators = lib.";
const endless = "let f = n: f (n + 1); in f 0";

/** Whole modules, where options are not simply written one below the other. */
const computed: readonly [string, string, readonly string[]][] = [
  ["args.config…", `args: { ${ca} x = args.config.clan.core.vars.generators.▮; }`, ["ca"]],
  [
    "files behind args.config…",
    `{ lib, ... }@args: { ${ca} x = args.config.clan.core.vars.generators.ca.files.▮; }`,
    ["ca.pem", "key"],
  ],
  [
    "inherit (config…)",
    `{ config, ... }: let inherit (config.clan.core.vars) generators; in { ${ca} x = generators.ca.files.▮; }`,
    ["ca.pem", "key"],
  ],
  [
    "mapAttrs'",
    `{ lib, ... }: { ${loop}mapAttrs' (n: _: lib.nameValuePair "g-\${n}" { dependencies = [ "▮" ]; }) { x = 1; y = 2; }; }`,
    ["g-x", "g-y"],
  ],
  [
    "genAttrs",
    `{ lib, ... }: { ${loop}genAttrs [ "a" "b" ] (n: { files.k = { }; script = "date > $out/▮"; }); }`,
    ["k"],
  ],
  ["options in genAttrs", `{ lib, ... }: { ${loop}genAttrs [ "a" ] (n: { ▮ }); }`, ["files", "script"]],
  [
    "listToAttrs",
    `{ lib, ... }: { ${loop}listToAttrs (map (name: { inherit name; value = { prompts.p.type = "▮"; }; }) [ "a" ]); }`,
    ["hidden", "line"],
  ],
  [
    "forEach",
    `{ lib, ... }: { ${loop}listToAttrs (lib.forEach [ "a" ] (n: lib.nameValuePair n { files.k = { }; script = "> $out/▮"; })); }`,
    ["k"],
  ],
  [
    "concatStringsSep",
    `{ lib, ... }: { ${ca} clan.core.vars.generators.w.script = lib.concatStringsSep "\\n" [ "set -e" "cat $in/ca/▮" ]; }`,
    ["ca.pem", "key"],
  ],
  [
    "a script kept in a let",
    `{ lib, ... }: let s = "echo > $out/▮"; in { clan.core.vars.generators.w = { files.o = { }; script = s + "b"; }; }`,
    ["o"],
  ],
  [
    "imports without end",
    `{ lib, ... }: { imports = ${endless}; ${ca} clan.core.vars.generators.w.dependencies = [ "▮" ]; }`,
    ["ca"],
  ],
  [
    "a list that is still open, on one line",
    `{ ... }: { clan.core.vars.generators = { ca.share = true; w = { dependencies = [ ▮ }; }; }`,
    ["ca"],
  ],
  [
    "a list that is still open, on several",
    `{ ... }: {\n clan.core.vars = {\n generators = {\n ca.share = true;\n w = {\n dependencies = [ ▮ };\n };\n };\n };\n}`,
    ["ca"],
  ],
];

const everything = {
  start: { line: 0, character: 0 },
  end: { line: 99, character: 0 },
};

/** Whatever an editor asks meanwhile, in some order. */
async function askOtherwise(client: TestClient): Promise<void> {
  const { connection } = client;
  const places = [...files, "/clan/clan.nix", "/clan/flake.nix"].map((path) => ({
    textDocument: { uri: uriOf(path) },
    position: { line: 2, character: 12 },
  }));
  const questions = places.flatMap((at) => [
    () => connection.sendRequest(CompletionRequest.type, at),
    () => connection.sendRequest(HoverRequest.type, at),
    () => connection.sendRequest(CodeLensRequest.type, at),
    () => connection.sendRequest(DocumentSymbolRequest.type, at),
    () => connection.sendRequest(SemanticTokensRequest.type, at),
    () => connection.sendRequest(InlayHintRequest.type, { ...at, range: everything }),
    () => connection.sendRequest(ReferencesRequest.type, { ...at, context: { includeDeclaration: true } }),
  ]);
  for (const ask of shuffled(questions, seedOfTest()).slice(0, 10)) await ask();
}

/** The text with a `▮` in it, and where that stood. */
function marked(text: string) {
  const before = (text.split("▮")[0] ?? "").split("\n");
  const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  return { text: text.replace("▮", ""), position };
}

async function labelsAt(client: TestClient, path: string, body: string): Promise<string[]> {
  return labelsIn(client, path, generators(body));
}

async function labelsIn(client: TestClient, path: string, module: string): Promise<string[]> {
  const { text, position } = marked(module);
  client.change(path, text);
  const textDocument = { uri: uriOf(path) };
  const answer = await client.connection.sendRequest(CompletionRequest.type, { textDocument, position });
  return (Array.isArray(answer) ? answer : (answer?.items ?? [])).map(({ label }) =>
    label.replaceAll('"', ""),
  );
}

describe.each(files)("in %s", (path) => {
  test.each(asked)("%s are completed", async (_, body, expected) => {
    const client = await start(clan);
    client.open(path);
    await askOtherwise(client);
    expect(await labelsAt(client, path, body)).toEqual(expect.arrayContaining([...expected]));
    expect(client.log).toEqual([]);
  });

  test("modules that compute what they define are completed while the file is edited", async () => {
    const client = await start(clan);
    client.open(path);
    for (const [name, module, expected] of shuffled(computed, seedOfTest())) {
      const labels = await labelsIn(client, path, module);
      expect({ name, labels }).toEqual({ name, labels: expect.arrayContaining([...expected]) });
      await askOtherwise(client);
    }
    expect(client.log).toEqual([]);
  });

  test("all of it is completed while the file is edited", async () => {
    const client = await start(clan);
    client.open(path);
    for (const [name, body, expected] of shuffled(asked, seedOfTest())) {
      const labels = await labelsAt(client, path, body);
      expect({ name, missing: expected.filter((label) => !labels.includes(label)) }).toEqual({
        name,
        missing: [],
      });
      await askOtherwise(client);
    }
  });

  test("a generator is explained, and found where it is defined", async () => {
    const client = await start(clan);
    client.open(path);
    await askOtherwise(client);
    for (const space of ["", " ", "\n  "]) {
      const { text, position } = marked(generators(`${space}dependencies = [ "c▮a" ];`));
      client.change(path, text);
      const at = { textDocument: { uri: uriOf(path) }, position };
      const hover = await client.connection.sendRequest(HoverRequest.type, at);
      expect(JSON.stringify(hover?.contents)).toContain("generator ca");
      const found = await client.connection.sendRequest(DefinitionRequest.type, at);
      const defined = {
        uri: uriOf(path),
        range: expect.objectContaining({ start: { line: 2, character: 28 } }),
      };
      expect(found).toContainEqual(defined);
    }
  });
});
