/** `pkgs` that nothing binds: who may ask for it, and how. */
import { expect, test } from "vitest";
import { findingsOf } from "../helpers/check.ts";
import { parseFixture } from "../helpers/fixture.ts";

/** What the finding at `pkgs` says after "undefined variable", and its fixes. */
async function explained(text: string): Promise<[advice: string, ...fixes: string[]]> {
  const found = await findingsOf(parseFixture(text).files);
  const [one] = found.filter(({ finding }) => finding.message.includes("undefined variable 'pkgs'"));
  const { message = "", fixes = [] } = one?.finding ?? {};
  return [message.replace(/^.*undefined variable 'pkgs'\. ?/, ""), ...fixes.map(({ title }) => title)];
}

const clan = (part: string, files = "") =>
  `#- /clan.nix\n{ meta.name = "c"; inventory.machines.web = { }; ${part} }\n${files}`;
const service = (result: string) =>
  clan(`
  modules.s = { _class = "clan.service"; manifest.name = "s"; roles.r.perInstance = { ... }: { ${result} }; };
  inventory.instances.s = { module = { name = "s"; input = "self"; }; roles.r.machines.web = { }; };`);
const git = "environment.systemPackages = [ pkgs.git ];";
const argument = ["", "Add the argument `pkgs`"];
const ofClan = "Only modules of machines have `pkgs`, and this is one of the clan.";

test.each<[string, string, readonly string[]]>([
  ["a function", service(`nixosModule = { ... }: { ${git} };`), argument],
  ["a function for macOS", service(`darwinModule = { ... }: { ${git} };`), argument],
  ["a function in its imports", service(`nixosModule = { imports = [ ({ ... }: { ${git} }) ]; };`), argument],
  ["a function within it", service(`nixosModule.imports = [ ({ ... }: { ${git} }) ];`), argument],
  [
    "a set",
    service(`nixosModule = { ${git} };`),
    [
      "A module gets it as an argument: `nixosModule = { pkgs, ... }: { … }`.",
      "Make it a function of `pkgs`",
    ],
  ],
  [
    "a path into it",
    service(`nixosModule.${git}`),
    ["A module gets it as an argument: `nixosModule = { pkgs, ... }: { … }`."],
  ],
])("in a service's module for machines: %s", async (_name, text, expected) => {
  expect(await explained(text)).toEqual(expected);
});

test.each<[string, string, readonly string[]]>([
  ["a function", clan(`machines.web = { ... }: { ${git} };`), argument],
  ["nested", clan(`machines = { web = { ... }: { ${git} }; };`), argument],
  [
    "a set",
    clan(`machines.web = { ${git} };`),
    [
      "A module gets it as an argument: `machines.web = { pkgs, ... }: { … }`.",
      "Make it a function of `pkgs`",
    ],
  ],
  [
    "a set with a name in quotes",
    clan(`machines."web.1" = { ${git} };`),
    [
      'A module gets it as an argument: `machines."web.1" = { pkgs, ... }: { … }`.',
      "Make it a function of `pkgs`",
    ],
  ],
  [
    "a path into it",
    clan(`machines.web.${git}`),
    ["A module gets it as an argument: `machines.web = { pkgs, ... }: { … }`."],
  ],
  ["its file", clan("", `#- /machines/web/configuration.nix\n{ ... }: { ${git} }`), argument],
  [
    "its file without arguments",
    clan("", `#- /machines/web/configuration.nix\n{ ${git} }`),
    ["A module gets it as an argument: `{ pkgs, ... }: { … }`.", "Make it a function of `pkgs`"],
  ],
  [
    "a file it imports",
    clan(
      "",
      `#- /machines/web/configuration.nix\n{ imports = [ ./p.nix ]; }\n#- /machines/web/p.nix\n{ ... }: { ${git} }`,
    ),
    argument,
  ],
  // It may be imported as data.
  [
    "a file without arguments that it imports",
    clan(
      "",
      `#- /machines/web/configuration.nix\n{ imports = [ ./p.nix ]; }\n#- /machines/web/p.nix\n{ ${git} }`,
    ),
    ["A module gets it as an argument: `{ pkgs, ... }: { … }`."],
  ],
])("in a machine's module: %s", async (_name, text, expected) => {
  expect(await explained(text)).toEqual(expected);
});

test.each<[string, string]>([
  [
    "the clan's file",
    `#- /clan.nix\n{ ... }: { meta.name = pkgs.hello.name; inventory.machines.web = { }; }`,
  ],
  [
    "a function beside it",
    `#- /clan.nix\nlet f = { ... }: [ pkgs.git ]; in { meta.name = "c"; inventory.machines.web = { }; }`,
  ],
  ["what a machine is in the inventory", clan("inventory.machines.db = { ... }: { tags = [ pkgs.git ]; };")],
  ["the machines of a role", clan("inventory.instances.sshd.roles.server.machines.web.settings = pkgs.x;")],
  ["tags", clan("inventory.instances.sshd.roles.server.tags = [ pkgs.all ];")],
  [
    "a number",
    clan("inventory.instances.internet.roles.default = { machines.web = { }; settings.port = pkgs.port; };"),
  ],
  [
    "all packages",
    clan(
      `inventory.instances.p = { module.name = "packages"; roles.default = { machines.web = { }; settings.packages = [ pkgs ]; }; };`,
    ),
  ],
])("there is none in %s", async (_name, text) => {
  expect(await explained(text)).toEqual([ofClan]);
});

test.each([
  ["pkgs.git", '"git"'],
  ["pkgs.python3Packages.black", '"python3Packages.black"'],
])("where names of packages are meant: %s", async (written, name) => {
  const settings = `settings.packages = [ ${written} ];`;
  const text = clan(
    `inventory.instances.p = { module.name = "packages"; roles.default = { machines.web = { }; ${settings} }; };`,
  );
  expect(await explained(text)).toEqual([
    `${ofClan} Write the package's name: \`${name}\`.`,
    `Change to \`${name}\``,
  ]);
});

test("a file that nobody reads is not looked at", async () => {
  expect(await explained(clan("", `#- /p.nix\n{ ... }: { ${git} }`))).toEqual([""]);
});
