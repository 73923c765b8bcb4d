/** What stands behind the builtins: bytes, patterns, JSON text, hashes, versions. */
import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byteLength, fromBytes, mend, toBytes } from "../../../../server/src/nix/builtins/byte-string.ts";
import { displayFloat } from "../../../../server/src/nix/builtins/display-float.ts";
import { parseFlakeRef } from "../../../../server/src/nix/builtins/flake-ref.ts";
import { formatHash, parseHash } from "../../../../server/src/nix/builtins/hash-format.ts";
import { JsonError, jsonFloat, parseJson, quoteJson } from "../../../../server/src/nix/builtins/json-text.ts";
import { type Groups, PosixRegex, RegexLimit } from "../../../../server/src/nix/builtins/posix-regex.ts";

describe("bytes", () => {
  it("counts UTF-8", () => {
    expect(["a", "é", "€", "😀"].map(byteLength)).toEqual([1, 2, 3, 4]);
  });

  it("comes back from bytes as it was", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => fromBytes(toBytes(text)) === text));
  });

  it("loses nothing when text is cut anywhere and joined again", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.nat(40), (text, at) => {
        const bytes = toBytes(text);
        return mend(fromBytes(bytes.slice(0, at)) + fromBytes(bytes.slice(at))) === text;
      }),
    );
  });
});

describe("patterns", () => {
  it("says when a search takes too long", () => {
    const regex = new PosixRegex("(a|a)*b");
    expect(() => regex.matchWhole("a".repeat(40))).toThrow(RegexLimit);
  });

  it("matches long texts without a deep stack", () => {
    expect(new PosixRegex("(a|b)*c").matchWhole(`${"ab".repeat(50_000)}c`)).toEqual(["b"]);
  });

  const nix = spawnSync("nix-instantiate", ["--version"]).status === 0;

  it.skipIf(!nix)("agrees with Nix on generated patterns", () => {
    const atom = fc.constantFrom("a", "b", ".", "[ab]", "[^a]", "^", "$");
    const { pattern } = fc.letrec<{ pattern: string; piece: string }>((tie) => ({
      pattern: fc
        .tuple(fc.array(tie("piece"), { minLength: 1, maxLength: 3 }), fc.option(tie("piece")))
        .map(([pieces, other]) => pieces.join("") + (other === null ? "" : `|${other}`)),
      piece: fc.oneof(
        { maxDepth: 1 },
        fc
          .tuple(atom, fc.constantFrom("", "", "*", "+", "?", "{1,2}"))
          .map(([piece, times]) => (piece === "^" || piece === "$" ? piece : piece + times)),
        fc
          .tuple(tie("pattern"), fc.constantFrom("", "*", "+", "?"))
          .map(([inner, times]) => `(${inner})${times}`),
      ),
    }));
    const cases = fc.sample(
      fc.tuple(pattern, fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 6 })),
      {
        numRuns: 300,
        seed: 7,
      },
    );
    const quoted = (text: string): string => JSON.stringify(text).replaceAll("$", "\\$");
    const code = cases.map(([source, text]) => {
      const args = `${quoted(source)} ${quoted(text)}`;
      return `[ (builtins.match ${args}) (builtins.split ${args}) ]`;
    });
    const { stdout } = spawnSync("nix-instantiate", ["--eval", "--strict", "--json", "-"], {
      input: `[ ${code.join("\n")} ]`,
      encoding: "utf8",
    });
    const plain = (groups: Groups | undefined) => groups?.map((group) => group ?? null) ?? null;
    const ours = cases.map(([source, text]) => {
      const regex = new PosixRegex(source);
      const parts = regex.split(text).map((part) => (typeof part === "string" ? part : plain(part)));
      return [plain(regex.matchWhole(text)), parts];
    });
    expect(ours).toEqual(JSON.parse(stdout));
  });
});

describe("JSON text", () => {
  it("reads what JSON.stringify writes", () => {
    fc.assert(
      fc.property(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), (text, number) => {
        const escaped = JSON.stringify(text).includes("\\u0000");
        if (!escaped) expect(parseJson(JSON.stringify(text))).toBe(text);
        const written = JSON.stringify(number);
        // Nix has no integers there, and refuses the text.
        if (number >= 2 ** 63 && number < 2 ** 64 && /^\d+$/.test(written))
          expect(() => parseJson(written)).toThrow("outside of Nix's integers");
        else expect(Number(parseJson(written))).toBe(number === 0 ? 0 : number);
      }),
      { examples: [["", 9.5e18]] },
    );
  });

  it("writes what JSON.parse reads", () => {
    fc.assert(fc.property(fc.string(), (text) => JSON.parse(quoteJson(text)) === text));
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) =>
        Object.is(JSON.parse(jsonFloat(number)), number),
      ),
    );
  });

  it("takes any depth", () => {
    const depth = 200_000;
    expect(parseJson("[".repeat(depth) + "]".repeat(depth))).toBeInstanceOf(Array);
  });

  it.each(["", "[1 2]", '{"a" 1}', "[1}", "tru", "+1", ".5", "1.", '"\t"', '"\\x"', '"\\u0000"', "1e999"])(
    "refuses %j",
    (text) => {
      expect(() => parseJson(text)).toThrow(JsonError);
    },
  );
});

it("shows floats as C++ does", () => {
  const shown = [0, -0, 1, 0.1, 1e6, 123456, 1234567, 1e-4, 1e-5, 2.5e300, Infinity, NaN, 0.1 + 0.2];
  expect(shown.map(displayFloat)).toEqual([
    "0",
    "-0",
    "1",
    "0.1",
    "1e+06",
    "123456",
    "1.23457e+06",
    "0.0001",
    "1e-05",
    "2.5e+300",
    "inf",
    "nan",
    "0.3",
  ]);
});

it("writes a hash in every base and reads it again", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
      for (const format of ["base16", "nix32", "base64"] as const) {
        const text = formatHash({ algorithm: "sha256", bytes }, format);
        expect(parseHash(text, "sha256").bytes).toEqual(bytes);
        expect(parseHash(`sha256:${text}`, undefined).bytes).toEqual(bytes);
      }
    }),
  );
});

it.each([
  ["github:NixOS/nixpkgs", { type: "github", owner: "NixOS", repo: "nixpkgs" }],
  ["gitlab:a/b/feature/x", { type: "gitlab", owner: "a", repo: "b", ref: "feature/x" }],
  ["flake:nixpkgs", { type: "indirect", id: "nixpkgs" }],
  ["/home/me/clan?dir=sub", { type: "path", path: "/home/me/clan", dir: "sub" }],
  ["git+file:///home/me/clan", { type: "git", url: "file:///home/me/clan" }],
  ["git+ssh://git@host/x?rev=abc", { type: "git", url: "ssh://git@host/x", rev: "abc" }],
  ["tarball+https://x/y", { type: "tarball", url: "https://x/y" }],
  ["https://x/y.json", { type: "file", url: "https://x/y.json" }],
  ["hg+https://x/y", undefined],
  ["./relative", undefined],
])("parses the flake reference %s", (text, expected) => {
  const parsed = parseFlakeRef(text);
  expect(parsed && Object.fromEntries(parsed)).toEqual(expected);
});
