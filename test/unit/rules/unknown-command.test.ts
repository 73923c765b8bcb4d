/** Commands of scripts that nothing brings. */
import { describe, expect, test } from "vitest";
import { checkFindings, filesAfterFix, findingTexts } from "../helpers/check.ts";

function generator(lines: string): string {
  return `
    {
      machines.web = { pkgs, lib, helpers, ... }: {
        clan.core.vars.generators.a = {
          files.x = { };
${lines}
        };
      };
    }`;
}

test("without the package in runtimeInputs, each once", async () => {
  await checkFindings(
    generator(`
          runtimeInputs = [ ];
          script = ''
            openssl rand -hex 32 > $out/x
    #       ^^^^^^^ error[unknown-command]: Nothing brings \`openssl\`: …Add \`pkgs.openssl\` to \`runtimeInputs\`.
            openssl rand -hex 32 | sed s/a/b/ > $out/x
    #                              ^^^ error[unknown-command]: …\`pkgs.gnused\`…
          '';`),
  );
  await checkFindings(
    generator(`
          runtimeInputs = [ pkgs.jq pkgs.coreutils ];
          script = "for i in 1 2; do ssh-keygen -t ed25519 -N '' -f $out/x; done";
    #                                ^^^^^^^^^^ error[unknown-command]: …\`pkgs.openssh\`…`),
  );
  await checkFindings(
    generator(`
          runtimeInputs = with pkgs; [ openssl pwgen ];
          script = ''
            hash=$(echo a | mkpasswd -s)
    #                       ^^^^^^^^ error[unknown-command]
            echo "$hash" > $out/x
          '';`),
  );
});

test("the fix adds the package", async () => {
  const after = await filesAfterFix(
    `#- /clan.nix${generator('          runtimeInputs = [ ];\n          script = "jq -n . > $out/x";')}`,
  );
  expect(after).toContain("runtimeInputs = [ pkgs.jq ];");
  const added = await filesAfterFix(
    `#- /clan.nix${generator('          runtimeInputs = [ pkgs.age ];\n          script = "jq -n . > $out/x";')}`,
  );
  expect(added).toContain("runtimeInputs = [ pkgs.age pkgs.jq ];");
});

describe("nothing is said about", () => {
  const silent: Readonly<Record<string, string>> = {
    "what the package brings": 'runtimeInputs = [ pkgs.openssl ]; script = "openssl rand 8 > $out/x";',
    "what one of several packages brings":
      'runtimeInputs = [ pkgs.mawk pkgs.whois pkgs.yq-go ]; script = "awk 1 | mkpasswd -s | yq . > $out/x";',
    "coreutils, and what belongs to the shell":
      'runtimeInputs = [ ]; script = "printf %s \\"$(date | base64)\\" > $out/x";',
    "a package that is not known": 'runtimeInputs = [ pkgs.busybox ]; script = "sed 1p > $out/x";',
    "packages that are computed": 'runtimeInputs = helpers.inputs; script = "jq -n . > $out/x";',
    "packages that may be there":
      'runtimeInputs = lib.mkIf helpers.on [ pkgs.jq ]; script = "jq -n . > $out/x";',
    "more packages elsewhere": 'runtimeInputs = [ pkgs.age ] ++ helpers.inputs; script = "jq -n . > $out/x";',
    "a program by its path": 'runtimeInputs = [ ]; script = "${pkgs.jq}/bin/jq -n . > $out/x";',
    "a function of the script": 'runtimeInputs = [ ]; script = "jq() { echo 1; }; jq > $out/x";',
    "a PATH of the script":
      'runtimeInputs = [ ]; script = "export PATH=$PATH:${pkgs.jq}/bin; jq -n . > $out/x";',
    "a PATH for one command": 'runtimeInputs = [ ]; script = "env PATH=${pkgs.jq}/bin jq -n . > $out/x";',
    "code that Nix puts in": 'runtimeInputs = [ ]; script = "${helpers.setup}\\njq -n . > $out/x";',
    "code that is read": 'runtimeInputs = [ ]; script = "source ${helpers.file}; jq -n . > $out/x";',
    "what is asked for first":
      'runtimeInputs = [ ]; script = "if command -v jq; then jq -n .; fi; date > $out/x";',
    ...Object.fromEntries(
      ["eval $x", ". ${helpers.file}", "alias jq=yq", "hash -p /x jq", "nix shell", "nix-shell", "$tool"].map(
        (line) => [
          `what there may be after ${line}`,
          `runtimeInputs = [ ]; script = ''\n${line}\njq -n . > $out/x\n'';`,
        ],
      ),
    ),
    ...Object.fromEntries(
      ["pkgs.mine.jq", "(helpers.jq 1)", "(pkgs.callPackage ./jq.nix { })", "helpers.tools.jq", "./jq"].map(
        (element) => [
          `a package written ${element}`,
          `runtimeInputs = [ ${element} ]; script = "jq -n . > $out/x";`,
        ],
      ),
    ),
    "what is asked for with `type`":
      'runtimeInputs = [ ]; script = "type jq && jq -n .; which yq; yq . > $out/x";',
    "a script that is broken": 'runtimeInputs = [ ]; script = "jq -n . > $out/x; if";',
    "a test or the value of a variable":
      'runtimeInputs = [ ]; script = "jq=1; [ jq = jq ] && date > $out/x";',
    "what may fail": 'runtimeInputs = [ ]; script = "jq -n . || true; date > $out/x";',
    "generators without any runtimeInputs": 'script = "jq -n . > $out/x";',
    "a command of any package": 'runtimeInputs = [ ]; script = "my-tool > $out/x";',
  };
  test.each(Object.entries(silent))("%s", async (_, text) => {
    expect(await findingTexts(generator(`          ${text}`))).toEqual([]);
  });

  test("a generator that may not exist", async () => {
    const text = generator('          runtimeInputs = [ ]; script = "jq -n . > $out/x";').replace(
      "generators.a = {",
      "generators.a = lib.mkIf helpers.on {",
    );
    expect(await findingTexts(text)).toEqual([]);
  });
});
