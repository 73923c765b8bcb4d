/** What scripts of generators do with their folders and variables: what is reported, and what cannot be known. */
import { describe, expect, test } from "vitest";
import { afterFix, checkFindings, findingTexts } from "../helpers/check.ts";

/** A machine with a generator `ca`, a key and its public half, and these. */
function machine(generators: string, beside = ""): string {
  return `
    {
      machines.web = { config, pkgs, lib, ... }: {
        ${beside}
        clan.core.vars.generators = {
          ca = { files.key = { }; files."key.pub".secret = false; script = "ssh-keygen -f $out/key"; };
${generators}
        };
      };
    }`;
}

/** The findings of a generator that depends on `ca`, has the files a and b, and a script of these lines. */
function script(lines: string, more = ""): string {
  return machine(`
          g = {
            dependencies = [ "ca" ];
            files.a = { };
            files.b = { };
            ${more}
            script = ''
              touch $out/a $out/b
              ${lines}
            '';
          };`);
}

describe("a script may write below $in: nothing is said about", () => {
  test.each([
    [
      "a file that ssh-keygen makes beside another",
      "ssh-keygen -s $in/ca/key -I x $in/ca/key.pub; cat $in/ca/key-cert.pub",
    ],
    ["a copy", "cp $in/ca/key $in/ca/copy; cat $in/ca/copy"],
    ["a copy into a folder of $in", "cp /etc/x $in/ca/; cat $in/ca/x"],
    ["what was moved", `mv "$in"/ca/key "$in/ca/old"; cat $in/ca/old`],
    ["a link", "ln -s $in/ca/key $in/ca/link; cat $in/ca/link"],
    ["a redirect", "date > $in/ca/when; cat $in/ca/when"],
    [
      "an option that names the output",
      "openssl pkey -in $in/ca/key -out $in/ca/key.pem; cat $in/ca/key.pem",
    ],
    ["an option with the name behind `=`", "step x --out=$in/ca/crt; cat $in/ca/crt"],
    ["tee", "date | tee $in/ca/log; cat $in/ca/log"],
    ["a folder of its own", "mkdir $in/tmp; date > $in/tmp/a; cat $in/tmp/a"],
    ["a folder that is copied", "cp -r $in/ca $in/work; cat $in/work/key"],
    ["a new key", "ssh-keygen -N x -f $in/ca/new; cat $in/ca/new $in/ca/new.pub"],
    ["a function of the script", "f() { date > $1; }; f $in/ca/x; cat $in/ca/x"],
    ["install with the folder first", "install -t $in/ca /etc/x; cat $in/ca/x"],
  ])("%s", async (_, lines) => {
    expect(await findingTexts(script(lines))).toEqual([]);
  });

  test.each([
    ["what is only read", "cat $in/ca/kye", "kye"],
    ["what a program signs with", "ssh-keygen -s $in/ca/kye $in/ca/key.pub", "kye"],
    ["what is copied out", "cp $in/ca/kye $out/a", "kye"],
    ["what ssh-keygen prints", "ssh-keygen -y -f $in/ca/kye > $out/a", "kye"],
    ["a file beside the one that is made", "cp $in/ca/key $in/ca/copy; cat $in/ca/cpoy", "cpoy"],
    ["another file where something is put into the folder", "cp /etc/x $in/ca; cat $in/ca/kye", "kye"],
    ["the input of openssl", "openssl pkey -in $in/ca/kye -out $out/a", "kye"],
  ])("but %s is reported", async (_, lines, word) => {
    expect(await findingTexts(script(lines))).toEqual([`unknown-generator-file: ${word}`]);
  });
});

describe("variables that nothing sets", () => {
  test("are reported once, where bash stops", async () => {
    await checkFindings(
      script(
        `
              echo $secret $secret > $out/a
              #    ^^^^^^^ error[unset-variable]: Nothing sets \`$secret\`, and the script stops there. …
              echo "$greeting" | tr a b
              #     ^^^^^^^^^ error[unset-variable]
              cat <<EOF
              $inside
              #       ^^^ …
              EOF`.replace(/\n\s*#\s+\^\^\^ …/, ""),
      ).replace("$inside", ""),
    );
  });

  test.each([
    ["the answer to a prompt", "mkpasswd $pin", 'prompts.pin.type = "hidden";', ["unset-variable: $pin"]],
    [
      "the folder of prompts",
      "cat $prompt/pin",
      'prompts.pin.type = "hidden";',
      ["undeclared-prompt: $prompt"],
    ],
    [
      "the folder of prompts in capitals",
      `cat "$PROMPTS/pin"`,
      "prompts.pin = { };",
      ["undeclared-prompt: $PROMPTS"],
    ],
    ["the folder of inputs", "cat $IN/ca/key", "", ["unset-variable: $IN"]],
    ["the folder of outputs, for a file that is not declared", "date > $OUT/c", "", ["unset-variable: $OUT"]],
    ["one in capitals that is set in small letters", "pw=1; echo $PW", "", ["unset-variable: $PW"]],
    ["in braces", "echo ''${thing}", "", ["unset-variable: ''${thing}"]],
    ["in a here document", "cat <<EOF\n$thing\nEOF", "", ["unset-variable: $thing"]],
    ["in a substitution", `x=$(echo "$thing")`, "", ["unset-variable: $thing"]],
    ["in a loop's body", "for f in 1 2; do echo $f $g; done", "", ["unset-variable: $g"]],
    ["behind a pipe", "date | grep $thing", "", ["unset-variable: $thing"]],
    ["after `set -e`", "set -e; shopt -s nullglob; echo $thing", "", ["unset-variable: $thing"]],
    ["in capitals, of a prompt", "echo $PIN", "prompts.pin = { };", ["unset-variable: $PIN"]],
    ["like a folder, in the plural", "cat $inputs/ca/key", "", ["unset-variable: $inputs"]],
    ["like a folder, in one number", "date > $output/c", "", ["unset-variable: $output"]],
    ["like another folder", "date > $outs/c", "", ["unset-variable: $outs"]],
    ["like a folder, as it is said", "cat $input/ca/key", "", ["unset-variable: $input"]],
    ["like the folder of outputs, in the plural", "date > $outputs/c", "", ["unset-variable: $outputs"]],
  ])("%s", async (_, lines, more, expected) => {
    expect(await findingTexts(script(lines, more))).toEqual(expected);
  });

  test.each([
    ["set before", "x=1; echo $x"],
    ["read", "read -r line < /dev/stdin; echo $line"],
    ["read in a loop", "while IFS= read -r a b; do echo $a $b; done < /dev/null"],
    ["of a loop", "for f in a b; do echo $f; done"],
    ["of a loop with numbers", "for ((i=0;i<3;i++)); do echo $i; done"],
    ["of select", "select x in a b; do echo $x; done"],
    ["of arithmetic", "((n = 3)); echo $n"],
    ["declared", "declare -i n; echo $n; local q; echo $q"],
    ["printed into", "printf -v text %s a; echo $text"],
    ["of mapfile", "mapfile -t lines < /dev/null; echo $lines"],
    ["with a substitute", `echo "''\${thing:-none}"; echo $thing`],
    ["that is set where it is missing", ": ''${thing:=none}; echo $thing"],
    ["asked for", "if [[ -v thing ]]; then echo $thing; fi"],
    ["in a test", "if [ -n $thing ]; then true; fi"],
    ["in capitals", "echo $EDITOR $HOME"],
    ["of a shell for development", "echo $name $buildInputs $http_proxy"],
    ["of bash", "echo $RANDOM $$ $? $! $# $@ $1"],
    ["in single quotes", "awk '{ print $thing }'"],
    ["that is escaped", "echo \\$thing"],
    ["after `set +u`", "set +u; echo $thing"],
    ["after `set +o nounset`", "set +o nounset; echo $thing"],
    ["of a file that is sourced", "source /etc/os-release; echo $id"],
    ["of a file that is read with a dot", ". /etc/os-release; echo $id"],
    ["after an alias", `alias a=b; echo $id`],
    ["after an option of the shell that is not known", `set $flags; echo $id`],
    ["after `shopt -o`", "shopt -u -o nounset; echo $id"],
    ["exported", "export thing; echo $thing"],
    ["of other commands that set some", "typeset a; readonly b; let c=1; wait -p d; echo $a $b $c $d"],
    ["of getopts", "while getopts ab opt; do echo $opt; done"],
    ["of readarray", "readarray lines < /dev/null; echo $lines"],
    ["of an array", "names=(a b); echo $names"],
    ["of nixpkgs' own builders", "echo $src $stdenv $version $system $preBuildFlags $doCheck $_private"],
    ["of code that is evaluated", `eval "$(date)"; echo $id`],
    ["of code that Nix computes", "${pkgs.lib.foo}\n echo $id"],
    ["in a script with a mistake", "if true; then echo $id"],
    ["where Nix decides whether it runs", `if [ "\${toString config.x}" = a ]; then echo $id; fi`],
  ])("nothing is said about one %s", async (_, lines) => {
    const found = await findingTexts(script(lines));
    expect(
      found.filter((text) => text.startsWith("unset-variable") || text.startsWith("undeclared")),
    ).toEqual([]);
  });

  test("a misspelt `$out` is told at the files it was to hold", async () => {
    await checkFindings(
      machine(`
          db = {
            files.password = { };
            #     ^^^^^^^^ error[missing-output]: The script of \`db\` never writes \`$out/password\`, but \`$OUT/password\`: nothing sets \`$OUT\`.
            files.hash.secret = false;
            script = ''
              head -c 16 /dev/urandom > $OUT/password
              sha256sum < $out/password > $out/hash
            '';
          };`),
    );
  });

  test("the fix writes the folder's name everywhere", async () => {
    const fixed = await afterFix(script(`cat $prompt/pin; cat "''\${prompt}/pin"`, "prompts.pin = { };"));
    expect(fixed).toContain(`cat $prompts/pin; cat "$prompts/pin"`);
  });
});

test("what a script gets wrong is no error while all its files are there", async () => {
  await checkFindings(`
    #- /vars/per-machine/web/g/a/value
    x
    #- /vars/per-machine/web/o/b/value
    x
    #- /vars/per-machine/web/p/c/value
    x
    #- /clan.nix
    {
      machines.web.clan.core.vars.generators = {
        g = { files.a.secret = false; script = "date > $thing/a"; };
        #                                              ^^^^^^ information[unset-variable]
        o = { files.b.secret = false; script = "date > $OUT/b"; };
        #           ^ information[missing-output]
        p = { files.c.secret = false; prompts.q = { }; script = "cp $prompt/q $out/c"; };
        #                                                           ^^^^^^^ information[undeclared-prompt]
      };
    }`);
});

describe("files without a script", () => {
  test("are never written, unless clan keeps the answer to a prompt in them", async () => {
    await checkFindings(
      machine(`
          a = {
            files.one = { };
            #     ^^^ error[missing-output]: \`a\` has no \`script\`: nothing writes \`one\`.
            prompts.two.persist = true;
            files.two.mode = "0440";
            prompts.p = { };
          };
          b = { files.x.secret = false; script = ""; };
          #           ^ error[missing-output]`),
    );
  });

  test.each([
    [
      "a generator that may not exist",
      machine("a = lib.mkIf config.services.x.enable { files.one = { }; };"),
    ],
    [
      "a script that may be there",
      machine(`a = { files.one = { }; script = lib.mkIf config.services.x.enable "date > $out/one"; };`),
    ],
    ["a script that is computed", machine("a = { files.one = { }; script = pkgs.lib.foo; };")],
    ...[
      "let f = n: f (n + 1); in f 0",
      'builtins.seq (let f = n: f (n + 1); in f 0) "date > $out/one"',
      'if (let f = n: f (n + 1); in f 0) then "a" else "b"',
      'lib.mkIf (let f = n: f (n + 1); in f 0) "date"',
      'lib.strings.replicate 2000000000 "a"',
      'let f = n: if n == 0 then "touch $out/one" else f (n - 1); in f 5000000',
    ].map((script) => [
      `a script that is not evaluated to its end: ${script}`,
      machine(`a = { files.one = { }; script = ${script}; };`),
    ]),
    [
      "a file that was set by hand",
      `#- /vars/per-machine/web/a/one/value
x
${machine("a.files.one.secret = false;").replace("\n", "\n#- /clan.nix\n")}`,
    ],
    [
      "what is added to a generator of a service",
      `
      {
        inventory.machines.web = { };
        inventory.instances.wifi.roles.default.machines.web.settings.networks.home = { };
        machines.web.clan.core.vars.generators."wifi.home".files.extra = { };
      }`,
    ],
  ])("nothing is said about %s", async (_, text) => {
    expect(await findingTexts(text)).toEqual([]);
  });
});

describe("the folder of a generator", () => {
  test.each([
    "cp $in/ca $out/a",
    'cp -f "$in/ca" $out/a',
    "cp $in/ca/key.pub $in/ca $out",
    "cat $in/ca/ > $out/a",
    "base64 < $in/ca > $out/a",
    "x=$(sha256sum $in/ca); echo $x",
  ])("is no file: %s", async (lines) => {
    expect(await findingTexts(script(lines))).toEqual([
      expect.stringMatching(/^unknown-generator-file: "?\$in\/ca\/?"?$/),
    ]);
  });

  test("is told with what to write", async () => {
    await checkFindings(
      script(`cp $in/ca $out/a
    #            ^^^^^^ error[unknown-generator-file]: The files of \`ca\` are in this folder: write \`$in/ca/key\`.`),
    );
  });

  test.each([
    ["is copied as one", "cp -r $in/ca $out/a; cp -a $in/ca/ $out/b; cp --recursive $in/ca $out/x"],
    ["is copied with options that are not known", "opts=-r; cp $opts $in/ca $out/a"],
    ["is where something is copied to", "cp $out/a $in/ca"],
    ["is where something is copied to, by an option", "cp -t $in/ca $out/a"],
    ["is read where that may fail", "cat $in/ca || true; if cat $in/ca; then :; fi"],
    ["is asked for what is in it", "ls $in/ca; cat $in/ca/*; cat $in/ca/key"],
    ["is made anew", "mv $in/ca $in/old; date > $in/ca; cat $in/ca"],
    ["is read by a function of the script", "cat() { ls $1; }; cat $in/ca"],
    ["is that of something else", "in=/tmp; cat $in/ca"],
    ["is part of a text", 'cat "text of $in/ca"'],
  ])("silent: it %s", async (_, lines) => {
    expect((await findingTexts(script(lines))).filter((one) => !one.startsWith("unknown-command"))).toEqual(
      [],
    );
  });

  test("silent: of what the generator does not depend on, something else is told", async () => {
    const text = machine(`
          g = { files.a = { }; script = "cat $in/ca > $out/a"; };`);
    expect(await findingTexts(text)).toEqual(["undeclared-dependency: ca"]);
  });
});
