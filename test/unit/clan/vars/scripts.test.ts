import { expect, test } from "vitest";
import { collectWrites, mayWrite } from "../../../../server/src/clan/vars/script-writes.ts";
import type { StringExpr } from "../../../../server/src/syntax/ast.ts";
import { parseNix } from "../../../../server/src/syntax/lower.ts";
import type { ShellScript } from "../../../../server/src/syntax/shell/ast.ts";
import { clanOf } from "../../helpers/clan.ts";
import { testParser } from "../../helpers/parse.ts";

const parser = await testParser();

function scriptOf(text: string): ShellScript {
  const source = parseNix(parser, "/a.nix", `''\n${text}\n''`);
  const script = source.script?.(source.root as StringExpr);
  if (script === undefined) throw new Error("not a script");
  return script;
}

/** Names with `*` where more may follow; the reason why the set is open. */
function writes(text: string): string[] {
  const { names, open } = collectWrites(scriptOf(text));
  return [
    ...[...names].map(([name, mayFollow]) => `${name}${mayFollow ? "*" : ""}`),
    ...(open === undefined ? [] : [`… ${open}`]),
  ];
}

test.each([
  [`openssl rand -hex 32 | tr -d '\\n' > "$out"/key`, ["key"]],
  [`openssl req -keyout "$out/ca.key" -out ''\${out}/ca.pem`, ["ca.key", "ca.pem"]],
  [`wg genkey | tee $out/private | wg pubkey > $out/public`, ["private", "public"]],
  [`ssh-keygen -t ed25519 -N "" -f $out/id`, ["id*"]],
  [`cp "$prompts/token" $out/token; cat $out/other`, ["token"]],
  [`cp $in/ca/ca.pem "$in"/ca/key $out/`, ["ca.pem", "key"]],
  [`install -m 600 a $out; ln -s b $out/c; touch $out/d`, ["600", "a", "c", "d"]],
  [`cat > $out/env <<EOF\nA=$out/not-written\nEOF`, ["env"]],
  [`mkdir -p $out/bin; echo x >> $out/bin/tool`, ["bin", "bin/tool"]],
  [`f=$out/key; wg genkey > "$f"`, ["key*"]],
  [`gen() { wg genkey > "$1"; }; gen $out/key`, ["key*"]],
  [`cd "$out"; openssl genrsa > key; touch ./cert`, ["genrsa", "key", "cert"]],
  [`\${pkgs.openssl}/bin/openssl rand 8 > $out/x`, ["x"]],
  [`if true; then echo a; else echo b; fi > $out/either`, ["either"]],
  [`( set -x; date 2> $out/log )`, ["log"]],
  // A name with blanks, or paths in a longer text: both may be meant.
  [`touch "$out/x y" "$out"/'p q' $out/a\\ b`, ["x y", "x", "p q", "p", "a b", "a"]],
  [`sed -n "w $out/x" y`, ["x"]],
  [`f() { date; } > $out/when; f`, ["when"]],
  [`cd $out; touch -- -x`, ["--", "-x"]],
])("writes: %s", (text, expected) => {
  expect(writes(text)).toEqual(expected);
});

test.each([
  ["a program nobody knows", `my-generator --all`],
  ["a program that is computed", `\${lib.getExe pkgs.x} a`],
  ["arguments that are computed", `openssl req \${lib.concatStringsSep " " flags}`],
  ["code that is computed", `\${common}\nwg genkey > $out/key`],
  ["the folder for a program", `step ca init --path "$out"`],
  ["the folder in a variable", `dir=$out; touch $dir/a`],
  ["names that are computed", `for f in a b; do touch "$out/$f"; done`],
  ["names of Nix that are computed", `touch $out/\${name}-key`],
  ["braces", `touch $out/{a,b}`],
  ["a shell in the shell", `bash -c 'wg genkey > $out/key'`],
  ["a program in quotes", `awk 'BEGIN { print 1 > ENVIRON["out"] "/key" }'`],
  ["a sourced file", `source ./lib.sh`],
  ["folders that are copied", `cp -r keys $out`],
  ["another \\$out", `out=$(mktemp -d); touch $out/a`],
  ["a name below the folder above", `touch $out/a/../b`],
  ["a relative name that is computed", `cd $out; touch $name`],
  ["a target that is computed", `wg genkey > \${target}`],
  ["a name with a blank that is computed", `touch "$out/a $i"`],
  ["a path that goes up", `touch ../out/a`],
  ["a folder that goes up", `cd $in; cd ../out; touch $name`],
  ["a link to the folder", `ln -s $out here; touch here/a`],
  ["a folder in its place", `rmdir $out; mv tmp $out`],
  ["a folder whose name is printed", `cd "$(dirname "$out/x")"; touch a`],
  ["a here document that the grammar takes for words", `cat <<E > $out/a\n\\$x\nE`],
  ["what cannot be read", `if true; then touch $out/a`],
])("anything may be written: %s", (_, text) => {
  expect(writes(text).at(-1)).toMatch(/^… /);
});

test("a file in a folder, and what a program adds to a name", () => {
  const writes = collectWrites(
    scriptOf("ssh-keygen -f $out/id; mv keys $out/db; wg genkey > $out/a; touch $out/b/c/d"),
  );
  expect(writes.open).toBeUndefined();
  const may = ["id", "id.pub", "db/x", "db", "b", "b/c", "b/c/d", "b/c/d/e"];
  const never = ["a.pub", "key", "i", "dbx", "b/c/x", "b/cc", "c"];
  expect(may.filter((name) => !mayWrite(writes, name))).toEqual([]);
  expect(never.filter((name) => mayWrite(writes, name))).toEqual([]);
});

test("references in scripts, at their words", async () => {
  const text = `
    {
      machines.web = { pkgs, ... }: { clan.core.vars.generators = {
        ca.files."ssh/key" = { };
        web = {
          files.cert = { };
          dependencies = [ "ca" ];
          prompts.pin = { };
          script = ''
            sign "$in"/ca/ssh/key --pin "$(cat $prompts/pin)" > ''\${out}/cert
            \${pkgs.coreutils}/bin/cat $in/\${"x"}/a $in/ca-\${"x"} $in/other/a $prompts 'in $in/quoted/a'
            [ -e $in/maybe/b ] && cp $in/maybe/b $out/cert/chain
          '';
        };
      }; };
    }`;
  const clan = await clanOf(text);
  const { references } = clan.vars.of("web");
  const shown = references.map(({ how, generator, file, prompt, conditional }) =>
    [how, prompt?.name ?? generator.name, file?.name, conditional ? "?" : undefined]
      .filter(Boolean)
      .join(" "),
  );
  expect(shown).toEqual([
    "dependency ca",
    "script-in ca ssh/key",
    "script-prompt pin",
    "script-out web cert",
    "script-in other a",
    "script-in maybe b ?",
    "script-in maybe b ?",
    "script-out web cert",
  ]);
  const script = clan.vars.of("web").generators.known.get("web")?.script?.source.text ?? "";
  const words = references.flatMap(({ how, generator, file, prompt }) =>
    how === "dependency" ? [] : [generator, file, prompt].flatMap((place) => place ?? []),
  );
  for (const { name, start, end } of words)
    expect([name, "$in", "$out", "''${out}", "$prompts", '"$in"']).toContain(script.slice(start, end));
});
