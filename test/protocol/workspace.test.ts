/** Files and folders come, change and go. */
import { describe, expect, test } from "vitest";
import {
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  FileChangeType,
} from "vscode-languageserver/node";
import { type ClanSummary, filesNotification, inventoryRequest } from "../../shared/requests.ts";
import { gitIndex } from "../unit/helpers/git-index.ts";
import { uriOf } from "./client.ts";
import { clan, codesOf, file, isClean, isNotClean, useClients } from "./clients.ts";

const start = useClients();

describe("the workspace", () => {
  test("an ignore file, and files of any kind that are read, change what is there", async () => {
    const client = await start(`
      #- /clan/flake.nix
      { outputs = { self, clan-core }: { clan = clan-core.lib.clan { inherit self; imports = [ ./clan.nix ]; }; }; }
      #- /clan/clan.nix
      { meta.name = builtins.readFile ./name.txt; inventory.machines.web = { }; imports = [ ./local.nix ]; }
      #- /clan/local.nix
      { }
    `);
    const tell = (path: string) =>
      client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
        changes: [{ uri: uriOf(path), type: FileChangeType.Changed }],
      });
    client.files.write("/clan/.git/index", gitIndex(["flake.nix", "clan.nix", "name.txt"]));
    await tell("/clan/.git/index");
    client.open("/clan/clan.nix");
    const codes = async () => codesOf(await client.diagnostics("/clan/clan.nix", isNotClean)).sort();
    expect(await codes()).toEqual(["evaluation-error", "untracked-file"]);
    client.files.write("/clan/name.txt", "x");
    await tell("/clan/name.txt");
    await expect.poll(codes).toEqual(["untracked-file"]);
    client.files.write("/clan/.gitignore", "local.nix");
    await tell("/clan/.gitignore");
    await expect.poll(codes).toEqual(["evaluation-error"]);
  });

  test("files that change on disk are read again", async () => {
    const client = await start(clan, {
      capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } },
    });
    await client.diagnostics(file, isNotClean);
    expect(client.registered).toMatchObject([
      {
        method: "workspace/didChangeWatchedFiles",
        registerOptions: { watchers: expect.arrayContaining([{ globPattern: "**/*" }]) },
      },
    ]);
    client.files.write(file, "{ }");
    await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [{ uri: uriOf(file), type: FileChangeType.Changed }],
    });
    await client.diagnostics(file, isClean);
  });

  test("a clan below the folder is found with the document that is opened", async () => {
    const client = await start(`
      #- /clan/flake.nix
      { inputs.clan-core.url = "x"; outputs = _: { }; }
      #- /clan/lab/flake.nix
      { inputs.clan-core.url = "x"; outputs = _: { }; }
      #- /clan/lab/clan.nix
      { inventory.instances.sshd.roles.clint = { }; }
    `);
    client.open("/clan/lab/clan.nix");
    const found = await client.diagnostics("/clan/lab/clan.nix", isNotClean);
    expect(codesOf(found)).toEqual(["unknown-role"]);
  });

  test("the flake above the opened folder is read, and the person told", async () => {
    const client = await start(
      `
        #- /repo/.git/HEAD
        x
        #- /repo/clan/flake.nix
        { inputs.clan-core.url = "x"; outputs = _: { }; }
        #- /repo/clan/clan.nix
        { inventory.machines.web = { }; inventory.instances.sshd.roles.clint = { }; }
        #- /repo/clan/machines/web/configuration.nix
        { clan.core.vars.generators.x = { files.k = { }; dependencies = [ "nope" ]; script = "echo > $out/k"; }; }
      `,
      { folders: ["/repo/clan/machines"] },
    );
    expect(codesOf(await client.diagnostics("/repo/clan/clan.nix", isNotClean))).toEqual(["unknown-role"]);
    const configuration = "/repo/clan/machines/web/configuration.nix";
    client.open(configuration);
    expect(codesOf(await client.diagnostics(configuration, isNotClean))).toEqual(["unknown-generator"]);
    expect(client.messages).toEqual([
      "Reading the flake in /repo/clan, above the opened folder /repo/clan/machines.",
    ]);
  });

  test("a document outside of all folders is read with its flake", async () => {
    const client = await start(clan, { folders: [] });
    client.open(file);
    expect(codesOf(await client.diagnostics(file))).toEqual(["unknown-role"]);
  });

  test("git's index is watched where it is, as long as a folder of the repository is open", async () => {
    const client = await start(
      "#- /repo/.git/index\n\n#- /repo/.git/HEAD\nref: x\n#- /repo/clan/clan.nix\n{ }",
      {
        folders: ["/repo/clan"],
        capabilities: {
          workspace: {
            workspaceFolders: true,
            didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
          },
        },
      },
    );
    const watchers = () => client.registered.map(({ registerOptions }) => registerOptions.watchers);
    const outer = [{ globPattern: { baseUri: uriOf("/repo/.git"), pattern: "index" } }];
    await expect.poll(watchers).toContainEqual(outer);
    const folder = { uri: uriOf("/repo/clan"), name: "clan" };
    await client.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, {
      event: { added: [], removed: [folder] },
    });
    await expect.poll(watchers).not.toContainEqual(outer);
  });

  test("each folder has its own clan, and one below another is not read twice", async () => {
    const client = await start(
      `
      #- /a/clan.nix
      { meta.name = "a"; inventory.machines.web = { }; }
      #- /a/b/clan.nix
      { meta.name = "b"; inventory.machines.db = { }; }
      #- /c/clan.nix
      { meta.name = "c"; inventory.instances.sshd.roles.server.machines.web = { }; }
      `,
      { folders: ["/a", "/a/b", "/c"] },
    );
    const found = await client.diagnostics("/c/clan.nix", isNotClean);
    expect(codesOf(found)).toEqual(["unknown-machine"]);
    const clans = await client.connection.sendRequest<ClanSummary[]>(inventoryRequest);
    expect(clans.map(({ name, machines }) => [name, machines.map((machine) => machine.name)])).toEqual([
      ["a", ["web"]],
      ["b", ["db"]],
      ["c", []],
    ]);
  });

  test("folders come and go", async () => {
    const client = await start(clan, {
      folders: ["/other"],
      capabilities: { workspace: { workspaceFolders: true } },
    });
    const folder = { uri: uriOf("/clan"), name: "clan" };
    await client.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, {
      event: { added: [folder], removed: [] },
    });
    await client.diagnostics(file, isNotClean);
    await client.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, {
      event: { added: [], removed: [folder] },
    });
    await client.diagnostics(file, isClean);
  });

  test("files are handed in where the server cannot read them", async () => {
    const client = await start(clan, { withoutFiles: true });
    const text = client.files.readFile(file) ?? "";
    await client.connection.sendNotification(filesNotification, { files: { [uriOf(file)]: text } });
    await client.diagnostics(file, isNotClean);
    await client.connection.sendNotification(filesNotification, { files: { [uriOf(file)]: null } });
    await client.diagnostics(file, isClean);
  });

  test("files may be those of another file system", async () => {
    const capabilities = { workspace: { workspaceFolders: true } };
    const client = await start(clan, { withoutFiles: true, folders: [], capabilities });
    const uri = "vscode-vfs://github/clan/clan.nix";
    await client.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, {
      event: { added: [{ uri: "vscode-vfs://github/clan", name: "clan" }], removed: [] },
    });
    await client.connection.sendNotification(filesNotification, {
      files: { [uri]: '{ meta.name = "home"; }' },
    });
    const clans = await client.connection.sendRequest<ClanSummary[]>(inventoryRequest);
    expect(clans.map(({ root, name }) => [root, name])).toEqual([["vscode-vfs://github/clan", "home"]]);
  });
});
