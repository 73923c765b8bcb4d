/** Vars that a service reads by names it computes. */
import { expect, test } from "vitest";
import { checkFindings, findingTexts } from "../helpers/check.ts";
import { FLAKE_WITH_INPUTS } from "../helpers/flakes.ts";

/** A clan with a service `s` whose role gives the machine `a` these definitions. */
function service(definitions: string, more = ""): string {
  return `${FLAKE_WITH_INPUTS}
    #- /clan.nix
    { self, ... }: {
      meta.name = "x";
      modules.s = ./s.nix;
      inventory.machines.a = { };
      inventory.instances.i = { module = { name = "s"; input = "self"; }; roles.r.machines.a = { }; };
      ${more}
    }
    #- /s.nix
    { lib, ... }: {
      _class = "clan.service";
      manifest.name = "s";
      roles.r.perInstance = { instanceName, ... }: { nixosModule = { config, ... }: {
        clan.core.vars.generators."key-\${instanceName}" = { files.a = { }; script = "date > $out/a"; };
${definitions}
      }; };
    }`;
}

test("a generator or a file that is not there", async () => {
  await checkFindings(
    service(`
        x.path = config.clan.core.vars.generators."kye-\${instanceName}".files.a.path;
    #                                             ^^^^^^^^^^^^^^^^^^^^^ error[unknown-generator]: …has no generator \`kye-i\`.…`),
  );
  await checkFindings(
    service(`
        x.path = config.clan.core.vars.generators."key-\${instanceName}".files.b.path;
    #                                                                         ^ error[unknown-generator-file]: The generator has no file \`b\`.`),
  );
  await checkFindings(
    service(`
        x.paths = map (name: config.clan.core.vars.generators."key-\${instanceName}".files.\${name}.path) [ "a" "c" ];
    #                                                                                     ^^^^^^^ error[unknown-generator-file]: The generator has no file \`c\`.`),
  );
});

test("silent: what is there, has a fallback, or is not known", async () => {
  const generators = "config.clan.core.vars.generators";
  for (const [definitions, more] of [
    [`x.path = ${generators}."key-\${instanceName}".files.a.path;`, ""],
    [`x.path = ${generators}."no-\${instanceName}".files.a.path or null;`, ""],
    [
      `x = lib.mkIf (${generators} ? "no-\${instanceName}") { path = ${generators}."no-\${instanceName}".y; };`,
      "",
    ],
    [`x = lib.mkIf config.other.enable { path = ${generators}."no-\${instanceName}".y; };`, ""],
    // The answer to a prompt may be kept in a file, and prompts may be more than are known.
    ...[
      "p.persist = config.other.keep;",
      "${config.other.name}.persist = true;",
      "p = lib.mkIf config.other.on { persist = true; };",
    ].map(
      (prompt) =>
        [
          `imports = [ { clan.core.vars.generators."key-\${instanceName}".prompts = { ${prompt} }; } ]; x.path = ${generators}."key-\${instanceName}".files.\${lib.toLower "P"}.path;`,
          "",
        ] as const,
    ),
    // A module that is not seen may define generators.
    [`x.path = ${generators}."no-\${instanceName}".files.a.path;`, "machines.a = self.inputs.other.module;"],
    [
      `imports = [ { clan.core.vars.generators."key-\${instanceName}".files = config.other.files; } ]; x.path = ${generators}."key-\${instanceName}".files.b.path;`,
      "",
    ],
  ] as const)
    expect([definitions, await findingTexts(service(`        ${definitions}`, more))]).toEqual([
      definitions,
      [],
    ]);
});
