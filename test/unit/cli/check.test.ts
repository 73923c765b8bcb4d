import { describe, expect, test } from "vitest";
import { MemoryFileSystem } from "../../../server/src/project/file-system.ts";
import { clanLs, clanLsOn } from "./terminal.ts";

const wrong = `
  #- /work/lab/clan.nix
  {
    inventory.machines.web = { };
    inventory.instances.sshd.roles = {
      sever.machines.web = { };
  \tclient.tags = [ "é" "al" ];
    };
  }
  #- /work/lab/flake.nix
  { inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz"; outputs = _: { }; }
`;

describe("exit codes", () => {
  test("0 without errors", async () => {
    expect(await clanLs(["check"], '{ meta.name = "x"; }')).toEqual({
      code: 0,
      out: "No problems in 1 file.\n",
      err: "",
      served: false,
    });
  });
  test("0 with warnings alone", async () => {
    const { code, out } = await clanLs(
      ["check"],
      '{ inventory.instances.sshd.roles.server.tags = [ "x" ]; }',
    );
    expect(code).toBe(0);
    expect(out).toContain("1 warning in 1 file.");
  });
  test("1 with errors", async () => {
    expect((await clanLs(["check", "lab"], wrong)).code).toBe(1);
  });
  test("1 where the flake cannot be read", async () => {
    const { code, out } = await clanLs(
      ["check"],
      "#- /work/flake.nix\n{ outputs = { self }: { clan = ; }; }",
    );
    expect(code).toBe(1);
    expect(out).toContain("error[syntax-error]");
  });
  test.each(["#- /work/README.md\nhello", "#- /work/flake.nix\n{ outputs = _: { packages = { }; }; }"])(
    "2 without a clan: %j",
    async (fixture) => {
      const { code, err } = await clanLs(["check"], fixture);
      expect(code).toBe(2);
      expect(err).toContain("nothing to check");
    },
  );
});

test("a clan.nix of another tool: why nothing is checked, and an empty report for what reads it", async () => {
  const fixture = `
    #- /work/hive/flake.nix
    { outputs = { self, ... }: { hive = import ./clan.nix { tags = [ "lab" ]; }; }; }
    #- /work/hive/clan.nix
    { tags ? [ ], ... }: { nodes.dns.tags = tags; }
  `;
  const text = await clanLs(["check", "hive"], fixture);
  expect([text.code, text.out]).toEqual([2, ""]);
  expect(text.err).toContain(
    "the flake of hive has no input clan-core and makes no clan, so its clan.nix is another tool's",
  );
  const json = await clanLs(["check", "hive", "--format", "json"], fixture);
  expect(json.code).toBe(2);
  expect(JSON.parse(json.out).diagnostics).toEqual([]);
});

describe("files", () => {
  const files = `
    #- /work/lab/flake.nix
    { inputs.clan-core.url = "x"; outputs = _: { }; }
    #- /work/lab/clan.nix
    { imports = [ ./a.nix ]; inventory.machine = { }; }
    #- /work/lab/a.nix
    { inventory.machines.web.tag = [ ]; }
    #- /work/lab/alone.nix
    { a = ; }
    #- /work/lab/notes.md
    { no Nix
    #- /work/other/flake.nix
    { outputs = _: { }; }
    #- /work/other/clan.nix
    { inventory.machine = { }; }
  `;
  const places = async (...args: string[]): Promise<string[]> => {
    const { code, out, err } = await clanLs(["check", "--format", "json", ...args], files);
    if (code === 2) return [err];
    return JSON.parse(out).diagnostics.map(
      ({ file, code: rule }: { file: string; code: string }) => `${file} ${rule}`,
    );
  };

  test("what is wrong in them, read as part of their clan", async () => {
    expect(await places("lab/a.nix")).toEqual(["a.nix unknown-option"]);
    expect(await places("lab/alone.nix", "lab/clan.nix", "lab/notes.md")).toEqual([
      "alone.nix syntax-error",
      "clan.nix unknown-option",
    ]);
    expect(await clanLs(["check", "lab/notes.md"], files)).toMatchObject({
      code: 0,
      out: expect.stringContaining("in 1 file"),
    });
  });

  test("of a project that is no flake, from its folder", async () => {
    const fixture = `
      { inventory.machines.web = { }; }
      #- /work/machines/web/configuration.nix
      { clan.core.vars.generators.a.fil = { }; }
    `;
    const { code, out } = await clanLs(["check", "machines/web/configuration.nix"], fixture);
    expect([code, out]).toEqual([1, expect.stringContaining("error[unknown-option]")]);
  });

  test("of several flakes, or beside a folder, are asked for one by one", async () => {
    expect(await places("lab/a.nix", "lab")).toEqual([
      "clan-ls: either one folder or files: lab is a folder; see clan-ls --help\n",
    ]);
    expect(await places("lab/a.nix", "other/clan.nix")).toEqual([
      "clan-ls: the files are of several flakes: /work/lab, /work/other; check one at a time\n",
    ]);
    expect(await places("lab/b.nix")).toEqual(["clan-ls: there is no file or folder lab/b.nix\n"]);
  });
});

test("text", async () => {
  const { out } = await clanLs(["check", "lab"], wrong);
  expect(out).toBe(
    [
      "error[unknown-role]: The service `sshd` has no role `sever`. Did you mean `server`? Roles: `client`, `server`.",
      " --> lab/clan.nix:4:5",
      "  |",
      "4 |     sever.machines.web = { };",
      "  |     ^^^^^",
      "  = help: Change to `server`",
      "",
      "warning[unknown-tag]: No machine has the tag `é`. Tags: `all`, `darwin`, `nixos`.",
      " --> lab/clan.nix:5:19",
      "  |",
      '5 | \tclient.tags = [ "é" "al" ];',
      "  | \t                 ^",
      "",
      "warning[unknown-tag]: No machine has the tag `al`. Did you mean `all`? Tags: `all`, `darwin`, `nixos`.",
      " --> lab/clan.nix:5:23",
      "  |",
      '5 | \tclient.tags = [ "é" "al" ];',
      "  | \t                     ^^",
      "  = help: Change to `all`",
      "",
      "1 error, 2 warnings in 2 files.",
      "",
    ].join("\n"),
  );
});

test("text: that not everything is known, of a flake whose outputs nobody can read, too", async () => {
  const flake = (outputs: string) => `
    #- /work/flake.nix
    {
      inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
      inputs.kit.url = "github:someone/kit";
      outputs = inputs: ${outputs};
    }`;
  const { code, out } = await clanLs(["check"], flake("inputs.kit.lib.mkFlake { inherit inputs; }"));
  const why = "the outputs of the flake: input ‘kit’ may add outputs";
  expect([code, out]).toEqual([
    0,
    `${[
      "No problems in what could be evaluated of 1 file; 2 parts of the clan are not known:",
      `  inventory.instances: ${why}`,
      `  inventory.machines: ${why}`,
    ].join("\n")}\n`,
  ]);
  const inventory = await clanLs(["inventory"], flake("inputs.kit.lib.mkFlake { inherit inputs; }"));
  expect(inventory.out).toContain("the outputs of the flake: input ‘kit’ may add outputs");
});

test("text in colour", async () => {
  const { out } = await clanLs(["check", "lab"], wrong, true);
  expect(out).toContain("\u001b[31m^^^^^");
});

test("json", async () => {
  const { out } = await clanLs(["check", "lab", "--format", "json"], wrong);
  const { version, root, diagnostics } = JSON.parse(out);
  expect([version, root, diagnostics.length]).toEqual([1, "/work/lab", 3]);
  expect(diagnostics[0]).toEqual({
    file: "clan.nix",
    range: { start: { line: 3, character: 4 }, end: { line: 3, character: 9 } },
    severity: "error",
    code: "unknown-role",
    message: expect.stringContaining("has no role `sever`"),
  });
  expect(JSON.parse((await clanLs(["check", "--format=json"], "{ }")).out)).toEqual({
    version: 1,
    root: "/work",
    diagnostics: expect.any(Array),
  });
});

test("github: from the working directory, with escapes", async () => {
  const { out } = await clanLs(["check", "lab", "--format", "github"], wrong);
  expect(out.split("\n")[0]).toBe(
    "::error file=lab/clan.nix,line=4,endLine=4,col=5,endColumn=10,title=unknown-role::" +
      "The service `sshd` has no role `sever`. Did you mean `server`? Roles: `client`, `server`.",
  );
});

test("sarif: each result has its rule, and its place from 1", async () => {
  const { out } = await clanLs(["check", "lab", "--format", "sarif"], wrong);
  const { version, runs } = JSON.parse(out);
  const [{ tool, results, originalUriBaseIds }] = runs;
  expect([version, originalUriBaseIds.CLAN.uri]).toEqual(["2.1.0", "file:///work/lab/"]);
  expect(tool.driver.rules).toContainEqual(
    expect.objectContaining({ id: "unknown-role", helpUri: "file:///docs/rules/unknown-role.md" }),
  );
  expect(results[0]).toMatchObject({
    ruleId: "unknown-role",
    level: "error",
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: "clan.nix", uriBaseId: "CLAN" },
          region: { startLine: 4, startColumn: 5, endLine: 4, endColumn: 10 },
        },
      },
    ],
  });
});

describe("a folder below the flake", () => {
  const below = (top: string) => `
    #- /work/lab/flake.nix
    { inputs.clan-core.url = "x"; outputs = _: { }; }
    #- /work/lab/clan.nix
    { inventory.machines.web = { }; inventory.instances.sshd.roles.sever = { }; }
    #- ${top}/.git/HEAD
    ref: refs/heads/main
    #- /work/lab/machines/web/configuration.nix
    { }
    #- /work/lab/docs/a/b/readme.md
    text
  `;

  test.each(["lab/machines", "lab/machines/web", "lab/docs/a/b"])(
    "as Nix does, the clan above %s is read",
    async (folder) => {
      for (const top of ["/work", "/work/lab"]) {
        const { code, out, err } = await clanLs(["check", folder, "--format", "json"], below(top));
        expect(code).toBe(1);
        expect(JSON.parse(out)).toMatchObject({
          root: "/work/lab",
          diagnostics: expect.arrayContaining([
            expect.objectContaining({ file: "clan.nix", code: "unknown-role" }),
          ]),
        });
        expect(err).toBe(`clan-ls: reading the clan in /work/lab, above ${folder}\n`);
      }
    },
  );

  test.each(["inventory", "vars"])("also for %s", async (command) => {
    const { code, out } = await clanLs([command, "lab/machines/web", "--format", "json"], below("/work"));
    expect(code).toBe(0);
    expect(Object.keys(JSON.parse(out).machines)).toEqual(["web"]);
  });

  test("not where a repository begins in between", async () => {
    const { code, err } = await clanLs(["check", "lab/machines/web"], below("/work/lab/machines"));
    expect(code).toBe(2);
    expect(err).toContain("nothing to check: lab/machines/web has no flake.nix");
  });

  test("not where the folder has clans below it", async () => {
    const fixture = `${below("/work")}
    #- /work/lab/examples/one/clan.nix
    { inventory.machines.one = { }; }
    `;
    const { out, err } = await clanLs(["inventory", "lab/examples"], fixture);
    expect(Object.keys(JSON.parse(out).machines)).toEqual(["one"]);
    expect(err).toBe("");
  });

  test("a flake above without a clan", async () => {
    const { code, err } = await clanLs(
      ["check", "lab"],
      "#- /work/flake.nix\n{ outputs = _: { }; }\n#- /work/lab/x.nix\n{ }",
    );
    expect(code).toBe(2);
    expect(err).toContain("neither lab nor /work, the flake above, has a clan");
  });
});

describe("a fault of ours in one of several clans", () => {
  const clan = "{ inventory.machines.web = { }; inventory.instances.sshd.roles.sever.machines.web = { }; }";
  const opened = (broken: readonly string[]) => {
    const files = new MemoryFileSystem({ "/work/a/clan.nix": clan, "/work/b/clan.nix": clan });
    const readFile = files.readFile.bind(files);
    files.readFile = (path) => {
      if (broken.includes(path)) throw new TypeError("x is not a function");
      return readFile(path);
    };
    return files;
  };

  test("is told, and leaves the others", async () => {
    const { code, out, err } = await clanLsOn(opened(["/work/b/clan.nix"]), ["check"]);
    expect(err).toBe(
      "clan-ls: the clan in /work/b could not be read, which is a fault of clan-ls: x is not a function\n",
    );
    expect(out).toContain("a/clan.nix");
    expect(out).not.toContain("b/clan.nix");
    expect(code).toBe(1);
  });

  test("is no success, where no clan is left", async () => {
    const { code, out, err } = await clanLsOn(opened(["/work/a/clan.nix", "/work/b/clan.nix"]), ["check"]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("the clan in /work/a could not be read");
  });
});
