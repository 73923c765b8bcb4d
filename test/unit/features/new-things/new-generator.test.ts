/** A generator of what a person chose: where it can be written, and what is written there. */
import { describe, expect, it, test } from "vitest";
import { ClanCache } from "../../../../server/src/clan/clan-cache.ts";
import { collectFindings } from "../../../../server/src/features/findings.ts";
import { generatorPlaces } from "../../../../server/src/features/new-things/generator-places.ts";
import {
  type GeneratorChoice,
  type GeneratorKind,
  newGenerator,
} from "../../../../server/src/features/new-things/new-generator.ts";
import { snapshotOf } from "../../helpers/clan.ts";
import { applyEdits } from "../../helpers/edits.ts";
import { parseFixture } from "../../helpers/fixture.ts";

const web = "/workspace/machines/web/configuration.nix";

async function setUp(fixture: string) {
  const lines = fixture.split("\n").map((line) => line.replace(/^ {4}/, ""));
  const snapshot = await snapshotOf(parseFixture(lines.join("\n"), "/clan.nix").files);
  const { clansOf } = new ClanCache();
  const [clan] = clansOf(snapshot);
  if (clan === undefined) throw new Error("no clan");
  return {
    places: (machine?: string) =>
      generatorPlaces(clan, snapshot, machine).map(({ path, machines, isNew }) =>
        [path.slice("/workspace/".length), ...machines, ...(isNew ? ["(new)"] : [])].join(" "),
      ),
    add(choice: Partial<GeneratorChoice>) {
      const { proposal, problems } = newGenerator(clan, snapshot, clansOf, {
        path: web,
        name: "wifi",
        kind: "token",
        share: false,
        ...choice,
      });
      const changed = new Map(proposal?.creates ?? []);
      for (const { path } of proposal?.edits ?? [])
        changed.set(
          path,
          applyEdits(snapshot.readFile(path) ?? "", proposal?.edits.filter((one) => one.path === path) ?? []),
        );
      const after = [...changed].reduce((state, [path, text]) => state.with(path, text), snapshot);
      return {
        problems,
        changed: Object.fromEntries(changed),
        /** What is wrong then. */
        findings: collectFindings(after, clansOf(after)).map(({ message }) => message),
      };
    },
  };
}

const home = `
    { meta.name = "x"; inventory.machines = { web = { }; db = { }; nb = { }; }; }
    #- /machines/web/configuration.nix
    { pkgs, ... }:
    {
      imports = [ ../../modules/base.nix ];
    }
    #- /machines/db/configuration.nix
    { imports = [ ../../modules/base.nix ../../modules/odd.nix ]; }
    #- /modules/base.nix
    { config, ... }: {
      options = { };
      config = {
        networking.domain = "x";
      };
    }
    #- /modules/odd.nix
    { lib, ... }: lib.mkIf true { }
`;

test("the places are the modules that machines read, those of a machine alone first, and a file that is not there yet", async () => {
  const { places } = await setUp(home);
  expect(places()).toEqual([
    "machines/db/configuration.nix db",
    "machines/web/configuration.nix web",
    "machines/nb/configuration.nix nb (new)",
    "modules/base.nix db web",
  ]);
  expect(places("web")).toEqual(["machines/web/configuration.nix web", "modules/base.nix db web"]);
});

describe("the text", () => {
  test.each<GeneratorKind>(["token", "password", "ssh-key", "prompt"])(
    "of a %s has nothing wrong in it",
    async (kind) => {
      const { add } = await setUp(home);
      for (const share of [false, true])
        for (const path of [
          web,
          "/workspace/machines/db/configuration.nix",
          "/workspace/machines/nb/configuration.nix",
        ]) {
          const { problems, changed, findings } = add({ kind, share, path });
          expect(problems).toEqual([]);
          expect(findings).toEqual([]);
          expect(changed[path]).toContain("clan.core.vars.generators.wifi = {");
          expect(changed[path]?.includes("share = true;")).toBe(share);
          expect(changed[path]?.includes("pkgs, ")).toBe(kind !== "prompt" || path === web);
        }
    },
  );

  it("stands last in the module", async () => {
    const { add } = await setUp(home);
    expect(add({}).changed).toEqual({
      [web]: `{ pkgs, ... }:
{
  imports = [ ../../modules/base.nix ];
  clan.core.vars.generators.wifi = {
    files.token = { };
    runtimeInputs = [ pkgs.openssl ];
    script = ''
      openssl rand -hex 32 | tr -d '\\n' > "$out/token"
    '';
  };
}
`,
    });
  });

  it("stands in config, where the module has that, and has pkgs asked for", async () => {
    const { add } = await setUp(home);
    const { changed } = add({ path: "/workspace/modules/base.nix", kind: "ssh-key" });
    expect(changed["/workspace/modules/base.nix"]).toContain(`{ pkgs, config, ... }: {
  options = { };
  config = {
    networking.domain = "x";
    clan.core.vars.generators.wifi = {
`);
  });
});

describe("nothing is added", () => {
  it("of a name that a machine has already", async () => {
    const { add } = await setUp(
      home.replace('networking.domain = "x";', "clan.core.vars.generators.wifi = { };"),
    );
    expect(add({})).toMatchObject({ changed: {}, problems: ["web has a generator wifi already."] });
  });

  it("to a file that is no module of a machine", async () => {
    const { add, places } = await setUp(
      '\n    { meta.name = "x"; inventory.machines.web = { }; machines.web = { networking.domain = "x"; }; }\n',
    );
    expect(places()).not.toContain("clan.nix web");
    for (const path of ["/workspace/clan.nix", "/workspace/gone.nix"])
      expect(add({ path })).toMatchObject({ changed: {}, problems: [] });
  });

  it("beside what is computed", async () => {
    const { add } = await setUp(
      home.replace(
        "imports = [ ../../modules/base.nix ];\n    }",
        "clan.core.vars.generators = import ./g.nix;\n    }",
      ),
    );
    expect(add({}).changed).toEqual({});
  });
});
