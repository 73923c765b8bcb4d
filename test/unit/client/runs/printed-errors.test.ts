/** What went wrong, in what Nix (2.8 and 2.34), clan, Python and ssh print; the texts are as they print them. */
import { describe, expect, it } from "vitest";
import { failedPrefixes, printedErrors } from "../../../../client/src/runs/printed-errors.ts";

const copy = "/nix/store/0123456789abcdfghijklmnpqrsvwxyz-source";

/** Each error as "[prefix] message @ file:line:column …", its file in the store's copy of the flake without that. */
function errors(text: string): string[] {
  return printedErrors(text).map(({ prefix, message, places }) => {
    const named = places.map(({ path, line, column }) => `${path.replace(`${copy}/`, "")}:${line}:${column}`);
    return [prefix && `[${prefix}]`, message, named.length > 0 && "@", ...named].filter(Boolean).join(" ");
  });
}

describe("Nix", () => {
  it("says the message and its place", () => {
    expect(
      errors(`error: undefined variable 'undef'
       at ${copy}/modules/x.nix:12:5:
           11| let
           12|     undef
             |     ^
           13|
`),
    ).toEqual(["undefined variable 'undef' @ modules/x.nix:12:5"]);
  });

  it("says the message at the end of a trace, and the nearest places first", () => {
    expect(
      errors(`error:
       … while evaluating the attribute 'foo.bar'
         at ${copy}/a.nix:1:36:
            1| let f = x: x.foo.bar; in { error: "error: not this" }
             |                                    ^

       … while selecting an attribute
         at ${copy}/b.nix:2:12:
            1| let f = x: x.foo.bar;
             |            ^

       error: expected a set but found an integer: 1
`),
    ).toEqual(["expected a set but found an integer: 1 @ b.nix:2:12 a.nix:1:36"]);
  });

  it("prefers the place of the message to those of the trace", () => {
    expect(
      errors(`error:
       … while calling the 'import' builtin
         at ${copy}/a.nix:1:93:
            1| import ./b.nix
             | ^

       error: syntax error, unexpected ';'
       at ${copy}/b.nix:1:14:
            1| { a = 1; b = ; }
             |              ^
`),
    ).toEqual(["syntax error, unexpected ';' @ b.nix:1:14 a.nix:1:93"]);
  });

  it("keeps all lines of a message, with the files it names", () => {
    expect(
      errors(`error:
       … while evaluating the option \`a':

       (stack trace truncated; use '--show-trace' to show the full, detailed trace)

       error: A definition for option \`a' is not of type \`signed integer'. Definition values:
       - In \`${copy}/mm.nix': "x"
`),
    ).toEqual([
      `A definition for option \`a' is not of type \`signed integer'. Definition values:\n- In \`${copy}/mm.nix': "x" @ mm.nix:1:1`,
    ]);
  });

  it("is read in the words of older versions, too", () => {
    expect(
      errors(`error: value is an integer while a set was expected

       at ${copy}/a.nix:1:12:

            1| let f = x: x.foo.bar;
             |            ^
(use '--show-trace' to show detailed location information)
`),
    ).toEqual(["value is an integer while a set was expected @ a.nix:1:12"]);
  });

  it("fails to build", () => {
    expect(
      printedErrors(`error: Cannot build '/nix/store/0123456789abcdfghijklmnpqrsvwxyz-hello.drv'.
       Reason: builder failed with exit code 1.
error: 1 dependency of derivation '/nix/store/0123456789abcdfghijklmnpqrsvwxyz-web.drv' failed to build
`).map(({ message }) => message.split("\n")[0]),
    ).toEqual([
      "Cannot build '/nix/store/0123456789abcdfghijklmnpqrsvwxyz-hello.drv'.",
      "1 dependency of derivation '/nix/store/0123456789abcdfghijklmnpqrsvwxyz-web.drv' failed to build",
    ]);
  });

  it("draws in colours, and over a line that shows progress", () => {
    expect(
      errors(
        `[3/9 built]\r\x1b[K\x1b[31;1merror:\x1b[0m undefined variable '\x1b[35;1mx\x1b[0m'\r\n` +
          `       \x1b[34;1mat\x1b[0m ${copy}/x.nix:3:1:\r\n`,
      ),
    ).toEqual(["undefined variable 'x' @ x.nix:3:1"]);
  });
});

describe("clan", () => {
  it("prints of several machines at a time", () => {
    const text = [
      "\x1b[38;2;0;130;128m[db]\x1b[0m\x1b[31m error:\x1b[0m",
      "[web] copying path '/nix/store/a'",
      "[db]        … while evaluating the option `x':",
      "[web] error: disk full",
      `[db]        error: no such thing`,
      `[db]        at ${copy}/db.nix:4:2:`,
      "[web] failed with error: ",
      "[db] failed with error: whole command",
      "2 hosts failed with an error. Check the logs above",
    ].join("\r\n");
    expect(errors(text)).toEqual(["[db] no such thing @ db.nix:4:2", "[web] disk full"]);
    expect(failedPrefixes(text)).toEqual(["db", "web"]);
  });

  it("says itself what failed on a machine, where nothing else does", () => {
    expect(errors("[db] copying\n[db] failed with error: no route to db\n")).toEqual(["[db] no route to db"]);
  });

  it("writes its own errors in red", () => {
    const text =
      "\x1b[31mold\x1b[0m\r\nfetching\r\n\x1b[31mNo machine wb - Did you mean web?\r\nTry again\x1b[0m\r\n";
    expect(errors(text)).toEqual(["No machine wb - Did you mean web?\nTry again"]);
  });

  it("is not quoted where it wrote a whole command", () => {
    expect(errors("\x1b[31m\r\n===== Command =====\r\nnix build\x1b[0m\r\n")).toEqual([]);
  });

  it("does not take its arguments", () => {
    expect(
      errors("usage: clan machines update [-h]\nclan machines update: error: unrecognized arguments: --x\n"),
    ).toEqual(["unrecognized arguments: --x"]);
  });

  it("breaks", () => {
    const text = `Traceback (most recent call last):
  File "/nix/store/0123456789abcdfghijklmnpqrsvwxyz-clan-cli/lib/python3.13/site-packages/clan_cli/cli.py", line 471, in main
    args.func(args)
    ~~~~~~~~~^^^^^^
KeyError: 'web'
`;
    expect(errors(text)).toEqual(["KeyError: 'web'"]);
    // The first of two is the cause.
    expect(
      errors(`${text}\nDuring handling of the above exception, another exception occurred:\n\n${text}`)[0],
    ).toBe("KeyError: 'web'");
  });
});

it.each([
  "ssh: connect to host web port 22: Connection refused",
  "root@web: Permission denied (publickey).",
  "Host key verification failed.",
])("ssh says: %s", (line) => {
  expect(errors(`building\n${line}\n`)).toEqual([line]);
});

it.each([
  "",
  "building web\ndone\n",
  "\x1b[33mwarning: Git tree is dirty\x1b[0m\n",
  "checking for error: handling\n",
  `            3| error: "x"\n`,
  "[web] no error here\n",
])("takes nothing else for an error: %j", (text) => {
  expect(errors(text)).toEqual([]);
});
