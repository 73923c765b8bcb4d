import fc from "fast-check";
import { expect, test } from "vitest";
import type { StringExpr } from "../../../server/src/syntax/ast.ts";
import { parseNix } from "../../../server/src/syntax/lower.ts";
import type { ShellCommand, ShellScript, ShellWord } from "../../../server/src/syntax/shell/ast.ts";
import { testParser } from "../helpers/parse.ts";

const parser = await testParser();

/** The string that is the file, and the script in it. */
function read(nix: string): { readonly string: StringExpr; readonly script: ShellScript } {
  const source = parseNix(parser, "/a.nix", nix);
  if (source.root.kind !== "string" || source.script === undefined) throw new Error("not a string");
  return { string: source.root, script: source.script(source.root) };
}

function showWord({ parts }: ShellWord): string {
  return parts
    .map((part) => {
      if (part.kind === "text") return part.text.replaceAll(" ", "_").replaceAll("\n", "⏎");
      if (part.kind === "variable") return `<${part.name}>`;
      return part.kind === "hole" ? "◌" : `<…${part.variables.join("")}>`;
    })
    .join("");
}

function show({ name, args, values, redirects, isOptional }: ShellCommand): string {
  const words = [
    ...values.map((value) => `=${showWord(value)}`),
    ...(name === undefined ? [] : [showWord(name)]),
    ...args.map(showWord),
    ...redirects.map(({ operator, word }) => `${operator}${showWord(word)}`),
  ];
  return `${isOptional ? "? " : ""}${words.join(" ")}`;
}

/** The script as an indented string of Nix, which it is the same as. */
function commands(script: string): string[] {
  const found = read(`''\n${script}\n''`).script;
  return [...found.commands.map(show), ...(found.broken ? ["broken"] : [])];
}

test.each([
  [`cat "$in"/ca/key > "$out/copy"`, ["cat <in>/ca/key ><out>/copy"]],
  [`cat ''\${in}/a\\ b 'x y' "p q"`, ["cat <in>/a_b x_y p_q"]],
  [`a | b && c || d`, ["? a", "? b", "? c", "d"]],
  [`openssl req -out $out/x 2> /dev/null >>$out/log`, ["openssl req -out <out>/x >/dev/null >><out>/log"]],
  // What follows a target is no target, whatever the grammar takes it for.
  [`echo > "$out"/x.a one two`, ["echo one two ><out>/x.a"]],
  [
    `a | b | tr -d '=' > "$out/one"\n\n# next\nc 64 | d | tr -d '=' > $out/two`,
    ["a", "b", "tr -d =", "><out>/one", "c 64", "d", "tr -d =", "><out>/two"],
  ],
  [`x &> $out/all; y >& $out/both`, ["x &><out>/all", "y >&<out>/both"]],
  ["echo $(cat $in/a/b) `pwd`", ["echo <…> <…>", "cat <in>/a/b", "pwd"]],
  [`for f in key pub; do touch "$out/$f"; done`, ["key pub", "touch <out>/<f>"]],
  [`f() { echo > "$1"; }; f $out/a`, ["echo ><1>", "f <out>/a"]],
  [`x=$out/y z=1 cmd; export A="$out"`, ["=<out>/y =1 cmd", "=<out> export"]],
  [`[ -s "$prompts/k" ] || exit 1`, ["? test <prompts>/k", "exit 1"]],
  [`if [[ -f $in/a/b ]]; then cat $in/a/b; fi`, ["? test <in>/a/b", "cat <in>/a/b"]],
  [`( cd $out; touch a ) > log`, ["cd <out>", "touch a", ">log"]],
  [`touch "$out"/{a,b} $out/*`, ["touch <out>/<…>a,b<…> <out>/<…>"]],
  [`echo "$out"/$i.key "\\$in" '$in'`, ["echo <out>/<…>i.key $in $in"]],
  [`echo \${out%/} \${x:-$out/y}`.replaceAll("${", "''${"), ["echo <…out> <…xout>"]],
  [`case $x in a) cp a $out;; esac`, ["<x>", "a", "cp a <out>"]],
  [`while read -r l; do :; done < $in/a/b`, ["? read -r l", ":", "<<in>/a/b"]],
  [`! x; # $out/comment`, ["? x"]],
  [`tee <<< "$x"`, ["tee <<<<x>"]],
  [`a=(1 $out/x)`, ["=1 =<out>/x"]],
  [`diff <(cat $in/a/b) >(tee $out/c)`, ["diff <…> <…>", "cat <in>/a/b", "tee <out>/c"]],
  [`echo "unclosed`, ["echo", "broken"]],
])("%s", (script, expected) => {
  expect(commands(script)).toEqual(expected);
});

test("here documents, with what comes after their first word", () => {
  expect(commands(`cat > "$out/env" <<EOF\nX=$(cat $in/ca/key) $out\nEOF\ntouch a`)).toEqual([
    "cat ><out>/env <<X=<…>_<out>⏎",
    "cat <in>/ca/key",
    "touch a",
  ]);
  expect(commands(`cat <<'EOF' > $out/x\n$in/y\nEOF`)).toEqual(["cat ><out>/x <<$in/y⏎"]);
  expect(commands(`cat <<EOF | tee "$out/a"\n$in/y\nEOF`)).toEqual(["cat <<<in>/y⏎", "tee <out>/a"]);
});

test("interpolations are holes, and what hangs on one may not run", () => {
  expect(commands(`\${pkgs.x}/bin/y "\${a}-b" > $out/\${c}`)).toEqual(["◌/bin/y ◌-b ><out>/◌"]);
  expect(commands(`if [ -n "\${a}" ]; then cat $in/x/y; fi`)).toEqual(["? test ◌", "? cat <in>/x/y"]);
});

test("functions and variables of the script", () => {
  const { script } = read(`"f() { read -r a; }; for b in 1; do c=2; done; local d=3"`);
  expect([...script.functions]).toEqual(["f"]);
  expect([...script.assigned].filter((name) => !name.startsWith("-"))).toEqual(["a", "b", "c", "d"]);
});

/** What the text parts of all words are in the file. */
function written({ string, script }: ReturnType<typeof read>): string[] {
  return script.commands
    .flatMap(({ args }) => args)
    .flatMap(({ parts }) => parts)
    .map(({ start, end }) => string.source.text.slice(start, end));
}

test("offsets are those of the Nix file, across indentation and escapes", () => {
  expect(
    written(read(`''\n    echo one\n\n      x two\\\n    three ''\${four}''\\tfive "'''six" seven ''`)),
  ).toEqual(["one", "two", "three", "''${four}", "five", "'''", "'''", "six", "seven"]);
  expect(written(read(`''\n    a one\n      b two\n\n   \n    c three ''$four\n  ''`))).toEqual([
    "one",
    "two",
    "three",
    "''$four",
  ]);
  expect(written(read(`"a one\\nb \\"two\\"\\tthree \\\${four} \${five}/six"`))).toEqual([
    "one",
    "two",
    "three",
    "\\${four}",
    "${five}",
    "/six",
  ]);
});

test("any text is read without an exception", () => {
  const piece = fc.constantFrom(
    "$out",
    "${",
    "}",
    '"',
    "'",
    "`",
    "$(",
    ")",
    "((",
    "<<EOF\n",
    "EOF\n",
    "if ",
    "then ",
    "fi ",
    "for x in ",
    "do ",
    "done ",
    ">",
    "|",
    "&",
    ";",
    " ",
    "\\",
    "a",
    "/",
    "[[ ",
    "]]",
    "case x in ",
    "esac",
    "{",
    "=",
    "(",
    "#",
    "*",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = JSON.stringify(pieces.join("")).replaceAll("${", "\\${");
      const { string, script } = read(text);
      const words = script.commands.flatMap(({ args, values, redirects }) => [
        ...args,
        ...values,
        ...redirects.map(({ word }) => word),
      ]);
      for (const { start, end } of words.flatMap(({ parts }) => parts))
        expect(string.start <= start && start <= end && end <= string.end).toBe(true);
    }),
    { numRuns: 300 },
  );
});
