import { describe, expect, test } from "vitest";
import { OccurrenceTables } from "../../../server/src/features/occurrences.ts";
import { applyEdits } from "../../../server/src/features/rename/apply-edits.ts";
import { moveFilesInSteps } from "../../../server/src/features/rename/moved-files.ts";
import { finish } from "../../../server/src/features/rename/rename.ts";
import { createEvaluate } from "../helpers/evaluate.ts";
import { queryAtCursor } from "../helpers/feature.ts";

/** `moves` below /clan, "a.nix -> b.nix". */
async function asked(fixture: string, ...moves: readonly string[]) {
  const { query } = await queryAtCursor(fixture.replace("{", "$0{"));
  const pairs = moves.map((move) => move.split(" -> ").map((path) => `/clan/${path}`));
  const found = finish(
    moveFilesInSteps(
      query,
      pairs.map(([from = "", to = ""]) => ({ from, to })),
      new OccurrenceTables(),
    ),
  );
  return { query, found };
}

/** The files that are changed, by their old path, and what else there is. */
async function moved(fixture: string, ...moves: readonly string[]) {
  const { query, found } = await asked(fixture, ...moves);
  const paths = [...new Set(found.edits.map(({ path }) => path))];
  const texts = paths.map((path) => {
    const edits = found.edits.filter((edit) => edit.path === path);
    return [path.slice("/clan/".length), applyEdits(query.snapshot.readFile(path) ?? "", edits).trim()];
  });
  return { files: Object.fromEntries(texts), moves: found.moves, kept: found.kept };
}

const clan = `
  { imports = [ ./modules/a.nix ./modules ]; inventory.machines.web = { }; }
  #- /clan/modules/a.nix
  { imports = [ ./b.nix ../lib/c.nix ]; }
  #- /clan/modules/b.nix
  { meta.description = builtins.readFile (./. + "/b.txt"); }
  #- /clan/modules/b.txt
  x
  #- /clan/modules/default.nix
  { }
  #- /clan/lib/c.nix
  { }
`;

describe("paths are mended", () => {
  test("to a file that gets another name", async () => {
    expect(await moved(clan, "modules/a.nix -> modules/z.nix")).toEqual({
      files: { "clan.nix": "{ imports = [ ./modules/z.nix ./modules ]; inventory.machines.web = { }; }" },
      moves: [],
      kept: undefined,
    });
    const { files } = await moved(clan, "modules/b.txt -> modules/y.txt");
    expect(files).toEqual({
      "modules/b.nix": '{ meta.description = builtins.readFile (./. + "/y.txt"); }',
    });
  });

  test("to and out of a file that goes elsewhere", async () => {
    const { files } = await moved(clan, "modules/a.nix -> lib/deep/a.nix");
    expect(files).toEqual({
      "clan.nix": "{ imports = [ ./lib/deep/a.nix ./modules ]; inventory.machines.web = { }; }",
      "modules/a.nix": "{ imports = [ ../../modules/b.nix ../c.nix ]; }",
    });
  });

  test("of several files that move together", async () => {
    const { files } = await moved(clan, "modules/a.nix -> lib/a.nix", "modules/b.nix -> lib/b.nix");
    expect(files).toEqual({
      "clan.nix": "{ imports = [ ./lib/a.nix ./modules ]; inventory.machines.web = { }; }",
      "modules/a.nix": "{ imports = [ ./b.nix ./c.nix ]; }",
      "modules/b.nix": '{ meta.description = builtins.readFile (../modules + "/b.txt"); }',
    });
  });

  test("to a folder whose default.nix gets another name, where it is imported", async () => {
    const folder = (text: string) => `
      ${text}
      #- /clan/modules/default.nix
      { }
      #- /clan/own parts/default.nix
      { }
    `;
    const imports = (path: string) =>
      `{ imports = [ ${path} ]; modules.x = ${path}; machines.a = import ${path}; machines.b = args.import ${path} { }; }`;
    const becomes = async (text: string, move: string) => (await moved(folder(text), move)).files["clan.nix"];
    expect(await becomes(imports("./modules"), "modules/default.nix -> modules/all.nix")).toBe(
      imports("./modules/all.nix"),
    );
    expect(await becomes(imports("./modules"), "modules/default.nix -> parts/default.nix")).toBe(
      imports("./parts"),
    );
    expect(await becomes(imports('(./. + "/own parts")'), "own parts/default.nix -> own parts/b.nix")).toBe(
      imports('(./. + "/own parts/b.nix")'),
    );
    const others = '{ x = builtins.readDir ./modules; y = ./modules + file; z = "${./modules}/a.nix"; }';
    expect(await becomes(others, "modules/default.nix -> modules/all.nix")).toBeUndefined();
    const own = await moved(
      "{ imports = [ ./modules/a ]; }\n#- /clan/modules/a/default.nix\n{ imports = [ ./b.nix ]; }\n#- /clan/modules/a/b.nix\n{ imports = [ ./. ]; }",
      "modules/a/default.nix -> modules/c.nix",
    );
    expect(own.files).toEqual({
      "clan.nix": "{ imports = [ ./modules/c.nix ]; }",
      "modules/a/default.nix": "{ imports = [ ./a/b.nix ]; }",
      "modules/a/b.nix": "{ imports = [ ../c.nix ]; }",
    });
  });

  test("to and out of a folder", async () => {
    expect((await moved(clan, "modules -> parts")).files).toEqual({
      "clan.nix": "{ imports = [ ./parts/a.nix ./parts ]; inventory.machines.web = { }; }",
    });
    expect((await moved(clan, "modules -> lib/modules")).files).toEqual({
      "clan.nix": "{ imports = [ ./lib/modules/a.nix ./lib/modules ]; inventory.machines.web = { }; }",
      "modules/a.nix": "{ imports = [ ./b.nix ../c.nix ]; }",
    });
  });

  test("not where they are written for the time after the move", async () => {
    const fixture = `
      { imports = [ ./lib/a.nix ]; }
      #- /clan/modules/deep/a.nix
      { imports = [ ./c.nix ]; }
      #- /clan/lib/c.nix
      { }
    `;
    expect((await moved(fixture, "modules/deep/a.nix -> lib/a.nix")).files).toEqual({});
  });

  test("not where nothing leads to what moves", async () => {
    expect(await moved(clan, "lib/d.nix -> e.nix")).toEqual({ files: {}, moves: [], kept: undefined });
  });
});

describe("the folder of a machine", () => {
  const machines = `
    { inventory.machines.web = { }; inventory.instances.sshd.roles.server.machines.web = { }; }
    #- /clan/machines/web/configuration.nix
    { imports = [ ../web/disk.nix ]; }
    #- /clan/machines/web/disk.nix
    { }
    #- /clan/vars/per-machine/web/x/y/value
    1
  `;

  test("with another name renames it, and its other folders", async () => {
    expect(await moved(machines, "machines/web -> machines/db")).toEqual({
      files: {
        "clan.nix":
          "{ inventory.machines.db = { }; inventory.instances.sshd.roles.server.machines.db = { }; }",
        "machines/web/configuration.nix": "{ imports = [ ../db/disk.nix ]; }",
      },
      moves: [{ from: "/clan/vars/per-machine/web", to: "/clan/vars/per-machine/db" }],
      kept: undefined,
    });
  });

  test("with a name no machine can have has its paths mended", async () => {
    expect(await moved(machines, "machines/web -> machines/web.old")).toEqual({
      files: { "machines/web/configuration.nix": "{ imports = [ ../web.old/disk.nix ]; }" },
      moves: [],
      kept: expect.stringContaining("is not a hostname"),
    });
  });

  test("whose text has been renamed already needs nothing", async () => {
    const nothing = { files: {}, moves: [], kept: undefined };
    const text = "{ inventory.machines.db = { }; inventory.instances.sshd.roles.server.machines.db = { }; }";
    const folder = "\n#- /clan/machines/web/configuration.nix\n{ }";
    expect(await moved(`${text}${folder}`, "machines/web -> machines/db")).toEqual(nothing);
    const named = "{ inventory.instances.sshd.roles.server.machines.db = { }; }";
    expect(await moved(`${named}${folder}`, "machines/web -> machines/db")).toEqual(nothing);
  });

  test("that goes elsewhere has its paths mended", async () => {
    const { files, kept } = await moved(machines, "machines/web -> old/web");
    expect([files, kept]).toEqual([{}, undefined]);
  });
});

describe("names that cannot stand in a path literal", () => {
  const odd = [
    "my parts",
    "a@b",
    "~x",
    "a#b",
    "a=b",
    "(a)",
    "it's",
    'say "x"',
    "$" + "{x}",
    "a$b",
    "é",
    "日本",
    "a\\b",
  ];

  test.each(odd)("a folder and a file %s", async (name) => {
    const fixture = `
      { imports = [ ./parts/extra.nix (./parts + "/more.nix") parts/extra.nix ]; inventory.machines.web = { }; }
      #- /clan/parts/extra.nix
      { meta.description = builtins.readFile ../parts/extra.nix; }
      #- /clan/parts/more.nix
      { }
    `;
    const folder = await targets(fixture, `parts -> ${name}`);
    expect(folder).toEqual([`/clan/${name}/extra.nix`, `/clan/${name}/more.nix`, `/clan/${name}/extra.nix`]);
    const file = await targets(fixture, `parts/extra.nix -> parts/${name}.nix`);
    expect(file).toEqual([`/clan/parts/${name}.nix`, "/clan/parts/more.nix", `/clan/parts/${name}.nix`]);
    const deep = await targets(fixture, `parts -> ${name}/deep`);
    expect(deep).toEqual([
      `/clan/${name}/deep/extra.nix`,
      `/clan/${name}/deep/more.nix`,
      `/clan/${name}/deep/extra.nix`,
    ]);
  });

  test.each(odd)("and back from a folder %s", async (name) => {
    const written = JSON.stringify(`/${name}/extra.nix`).replaceAll("${", "\\${");
    const put = JSON.stringify(name).replaceAll("${", "\\${");
    const fixture = `
      { imports = [ (./. + ${written}) ./$\{${put}}/extra.nix ]; inventory.machines.web = { }; }
      #- /clan/${name}/extra.nix
      { }
    `;
    for (const to of ["parts", "lib/parts"]) {
      const found = await targets(fixture, `${name} -> ${to}`);
      expect(found).toEqual([`/clan/${to}/extra.nix`, `/clan/${to}/extra.nix`]);
    }
  });

  test("as people write it", async () => {
    const fixture = `
      { self, ... }: let n = "extra"; in { imports = [ ./parts/extra.nix (./parts + "/more.nix") ./parts/\${n}.nix "\${self}/parts/more.nix" ]; inventory.machines.web = { }; }
      #- /clan/parts/extra.nix
      { }
      #- /clan/parts/more.nix
      { }
    `;
    const { files } = await moved(fixture, "parts -> my parts");
    expect(files).toEqual({
      "clan.nix":
        '{ self, ... }: let n = "extra"; in { imports = [ (./. + "/my parts/extra.nix") ((./. + "/my parts") + "/more.nix") ./${"my parts"}/${n}.nix "${self}/my parts/more.nix" ]; inventory.machines.web = { }; }',
    });
  });

  test("in the parentheses that are there", async () => {
    const fixture = `
      { imports = [ (./. + "/say \\"x\\".nix") ]; inventory.machines.web = { }; }
      #- /clan/say "x".nix
      { }
    `;
    const { files } = await moved(fixture, 'say "x".nix -> my parts.nix');
    expect(files).toEqual({
      "clan.nix": '{ imports = [ (./. + "/my parts.nix") ]; inventory.machines.web = { }; }',
    });
  });

  test("a name that goes on in a computed part is left alone", async () => {
    const fixture = `
      { lib, ... }: let n = ""; in { imports = [ ./parts\${n}/extra.nix (./. + "/parts\${n}/extra.nix") (./. + "parts") ]; inventory.machines.web = { }; }
      #- /clan/parts/extra.nix
      { }
    `;
    expect((await moved(fixture, "parts -> lib")).files).toEqual({});
  });

  test("the folder of a machine", async () => {
    const fixture = `
      { inventory.machines.web = { }; machines.db.imports = [ ./machines/web/disk.nix ]; inventory.machines.db = { }; }
      #- /clan/machines/web/disk.nix
      { }
    `;
    expect((await moved(fixture, "machines/web -> machines/web old")).files).toEqual({
      "clan.nix":
        '{ inventory.machines.web = { }; machines.db.imports = [ (./machines + "/web old/disk.nix") ]; inventory.machines.db = { }; }',
    });
  });
});

/** Where the imports of clan.nix lead after a move, as they evaluate. */
async function targets(fixture: string, move: string): Promise<readonly string[]> {
  const { files } = await moved(fixture, move);
  const evaluate = await createEvaluate("/clan");
  const printed = evaluate(`builtins.toJSON (map toString (${files["clan.nix"] ?? "null"}).imports)`);
  return JSON.parse(JSON.parse(printed.replaceAll("\\$", "$")));
}

describe("a machine's own module that goes where clan does not look for it", () => {
  const fixture = `
    { inventory.machines = { web = { }; db = { }; }; }
    #- /clan/machines/web/configuration.nix
    { }
    #- /clan/machines/db/configuration.nix
    { }
    #- /clan/machines/db/more.nix
    { }
  `;

  test.each([
    [
      "machines -> hosts",
      [
        "clan imports machines/<name>/configuration.nix by its place. Import the moved file yourself, or 2 machines will be without it.",
      ],
    ],
    [
      "machines/web -> hosts/web",
      [
        "clan imports machines/web/configuration.nix by its place. Import the moved file yourself, or web will be without it.",
      ],
    ],
    [
      "machines/web/configuration.nix -> machines/web/main.nix",
      [
        "clan imports machines/web/configuration.nix by its place. Import the moved file yourself, or web will be without it.",
      ],
    ],
    ["machines/db/more.nix -> machines/db/others.nix", []],
  ])("is told of: %s", async (move, notes) => {
    expect((await asked(fixture, move)).found.notes).toEqual(notes);
  });

  test("not where the machine is renamed with it", async () => {
    const { found } = await asked(fixture, "machines/web -> machines/www");
    expect(found.notes.join()).not.toContain("by its place");
  });

  test("nor where its text has been renamed already", async () => {
    const renamed = fixture.replace("web = {", "www = {");
    const { found } = await asked(renamed, "machines/web -> machines/www");
    expect(found).toMatchObject({ edits: [], notes: [] });
  });
});
