/** How the input clan-core is written into a flake.nix: like its other inputs, and following those that are the same. */
import { expect, test } from "vitest";
import { clanCoreInputEdit } from "../../../../server/src/features/adopt/flake-inputs-edit.ts";
import { readFlake } from "../../../../server/src/features/adopt/read-flake.ts";
import { fixtureRoot, snapshotOf } from "../../helpers/clan.ts";
import { applyEdits } from "../../helpers/edits.ts";

const outputs = "outputs = _: { };";

/** The text of the flake.nix afterwards; undefined where it is left alone. */
async function written(text: string, leaveOut: readonly string[] = []): Promise<string | undefined> {
  const snapshot = await snapshotOf(new Map([["/flake.nix", text]]));
  const source = snapshot.source(`${fixtureRoot}/flake.nix`) ?? expect.fail("there is no flake");
  const edit = clanCoreInputEdit(source, readFlake(snapshot, fixtureRoot).flake.inputs, leaveOut);
  return edit && applyEdits(text, [edit]);
}

/** What follows what: "nixpkgs=pkgs". */
async function follows(inputs: string, leaveOut: readonly string[] = []): Promise<string[]> {
  const after = (await written(`{ ${inputs} ${outputs} }`, leaveOut)) ?? "";
  expect(after).toContain('clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";');
  return [...after.matchAll(/inputs\.([\w-]+)\.follows = "(.*?)";/g)].map(
    ([, core, own]) => `${core}=${own}`,
  );
}

test.each([
  ["nixpkgs", "github:NixOS/nixpkgs/nixos-unstable"],
  ["flake-parts", "github:hercules-ci/flake-parts"],
  ["nix-darwin", "github:nix-darwin/nix-darwin"],
  ["disko", "github:nix-community/disko"],
  ["sops-nix", "github:Mic92/sops-nix"],
  ["systems", "github:nix-systems/default"],
  ["treefmt-nix", "github:numtide/treefmt-nix"],
])("%s of the flake is that of clan-core, by its name", async (name, url) => {
  expect(await follows(`inputs.${name}.url = "${url}";`)).toEqual([`${name}=${name}`]);
  expect(await follows(`inputs.${name}.url = "${url}";`, [name])).toEqual([]);
});

test.each([
  ["disko", "github:nix-community/disko"],
  ["systems", "github:nix-systems/default"],
])("and %s by another name, as it is the same repository", async (name, url) => {
  expect(await follows(`inputs.mine.url = "${url}";`)).toEqual([`${name}=mine`]);
});

test.each([
  ["another nixpkgs than the flake's own", `inputs.stable.url = "github:NixOS/nixpkgs/nixos-24.05";`],
  ["an input that is only called so", `inputs.disko.url = "github:me/dotfiles";`],
  ["a repository whose name only ends so", `inputs.x.url = "github:me/my-disko";`],
  ["other systems", `inputs.systems.url = "github:nix-systems/x86_64-linux";`],
])("clan-core follows not %s", async (_name, input) => {
  expect(await follows(input)).toEqual([]);
});

test("of two of one repository the one that is called as clan-core calls it", async () => {
  const [a, b] = ["a", "disko"].map((name) => `inputs.${name}.url = "github:nix-community/disko";`);
  expect(await follows(`${a} ${b}`)).toEqual(["disko=disko"]);
});

const disko = 'url = "github:nix-community/disko";';
const url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";

test("it is written as most of the others are", async () => {
  expect(await written(`{\n  inputs = {\n    disko.${disko}\n  };\n  ${outputs}\n}\n`)).toBe(
    `{\n  inputs = {\n    disko.${disko}\n    clan-core.url = "${url}";\n    clan-core.inputs.disko.follows = "disko";\n  };\n  ${outputs}\n}\n`,
  );
  expect(await written(`{\n  inputs = {\n    disko = { ${disko} };\n  };\n  ${outputs}\n}\n`)).toMatch(
    /clan-core = \{\n\s+url = ".*";\n\s+inputs\.disko\.follows = "disko";\n\s+\};/,
  );
  expect(await written(`{\n  inputs.disko.${disko}\n  ${outputs}\n}\n`)).toBe(
    `{\n  inputs.disko.${disko}\n  inputs.clan-core.url = "${url}";\n  inputs.clan-core.inputs.disko.follows = "disko";\n  ${outputs}\n}\n`,
  );
});

test("half of them written one way are not most", async () => {
  const half = `{\n  inputs = {\n    a.url = "x";\n    disko = { ${disko} };\n  };\n  ${outputs}\n}\n`;
  expect(await written(half)).toContain(`clan-core.url = "${url}";`);
});

test("without inputs it comes first", async () => {
  expect(await written(`{\n  ${outputs}\n}\n`)).toBe(
    `{\n  inputs.clan-core.url = "${url}";\n\n  ${outputs}\n}\n`,
  );
});

test.each([
  ["inputs that are no set", `{ inputs = import ./inputs.nix; ${outputs} }`],
  ["a flake that is no set", `let x = 1; in { ${outputs} }`],
  ["an empty one", "{ }"],
])("nothing is written into %s", async (_name, text) => {
  expect(await written(text)).toBeUndefined();
});
