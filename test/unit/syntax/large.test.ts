/** Texts that the parser has no room or no time for are not parsed, and say so; one that ends it harms no other. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { Parser } from "web-tree-sitter";
import { NixDocument } from "../../../server/src/syntax/document.ts";
import { parseJsonSource } from "../../../server/src/syntax/json.ts";
import { parseNix } from "../../../server/src/syntax/lower.ts";
import { walk } from "../../../server/src/syntax/navigate.ts";
import { parseShell } from "../../../server/src/syntax/shell/parse.ts";
import { TextSize } from "../../../server/src/syntax/too-large.ts";
import { testParser } from "../helpers/parse.ts";

const parser = await testParser();
const read = (text: string) => parseNix(parser, "/clan.nix", text);

describe("is not parsed", () => {
  it.each([
    [
      "more characters",
      `"${"a".repeat(5_000_000)}"`,
      "a file of 5000002 characters is larger than the 4000000",
    ],
    [
      "more words",
      `[ ${"a ".repeat(400_000)}]`,
      "a file of 400002 names, numbers and signs is larger than the 400000",
    ],
    ["more brackets", "{a=".repeat(20_001), "a file with 20001 brackets open at once"],
    [
      "more brackets that are closed",
      `${"[(".repeat(10_001)}1${")]".repeat(10_001)}`,
      "20002 brackets open at once",
    ],
    [
      "more bindings without an end",
      "{ a = ".repeat(15_001).concat("a=".repeat(15_001)),
      "30002 `=` that no `;` ends",
    ],
    ["more signs", "{[(".repeat(300_000), "a file of 900000 names, numbers and signs"],
    ["sums in a row", `1${"+1".repeat(5_000)}`, "a row of 5000 operators"],
    ["a path in a row", `{ a${".b".repeat(5_000)} = 1; }`, "a row of 5000 operators"],
    ["names with dashes", `[ ${"abc-def".repeat(5_000)} ]`, "a row of 5000 operators"],
  ])("%s", (_, text, why) => {
    const { root, problems } = read(text);
    expect(root).toMatchObject({ kind: "error", reason: expect.stringContaining(why) });
    expect(problems).toEqual([]);
  });

  it("JSON likewise", () => {
    const { root } = parseJsonSource("/inventory.json", `[${"1,".repeat(400_000)}1]`);
    expect(root).toMatchObject({ kind: "error", reason: expect.stringContaining("a file of 800003 names") });
  });
});

describe("is not parsed once an edit has made it so, and is again after the next", () => {
  const row = "+1".repeat(2_500);
  it.each([
    ["a bracket more", "(".repeat(20_000), 7, 7, "("],
    ["an `=` more", "a=".repeat(30_000), 60_000, 60_000, "="],
    ["a `;` less", `{ ${"a=".repeat(30_001)};`, 60_004, 60_005, ""],
    ["a word more", `[ ${"a ".repeat(399_997)}]`, 2, 2, "a b "],
    ["a name split in two", `[ ${"abc ".repeat(399_998)}]`, 3, 4, "+"],
    ["two rows that become one", `1${row} ${row}`, 5_001, 5_002, ""],
    ["two rows joined by a name", `1${row} ${row}`, 5_001, 5_002, "_"],
    ["more characters", `"${"a".repeat(3_999_998)}"`, 5, 5, "a"],
  ])("%s", (_, text, start, end, more) => {
    const first = TextSize.of(text);
    const edited = text.slice(0, start) + more + text.slice(end);
    const then = first.after({ start, oldEnd: end, newEnd: start + more.length }, edited);
    const last = then.after({ start, oldEnd: start + more.length, newEnd: end }, text);
    expect([first, then, last].map((size) => size.isTooLarge)).toEqual([false, true, false]);
  });

  it("by many small edits", () => {
    let text = "{ }";
    let size = TextSize.of(text);
    for (let count = 1; count <= 20_001; count += 100) {
      const change = { start: 1, oldEnd: 1, newEnd: 101 };
      text = `{${"[".repeat(100)}${text.slice(1)}`;
      size = size.after(change, text);
      expect(size.isTooLarge).toBe(TextSize.of(text).isTooLarge);
    }
    expect(size.isTooLarge).toBe(true);
  });
});

describe("is parsed", () => {
  it.each([
    [
      "a megabyte and more of machines",
      `{ ${'web = { tags = [ ]; description = "one of many machines"; };\n'.repeat(20_000)}}`,
    ],
    ["sums with spaces", `1${" + 1".repeat(5_000)}`],
    ["a long name", "a".repeat(100_000)],
    ["as many `=` that end", `{ ${"a.b.c = 1;".repeat(31_000)} }`],
    ["text in base 64", `"${"QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo+YWJj/".repeat(20_000)}"`],
    ["brackets beside each other", `[ ${"[ ( { } ) ] ".repeat(20_001)}]`],
    ["a long line of a comment", `# ${"-".repeat(2_000)}\n1`],
  ])("%s", (_, text) => {
    expect(read(text).root.kind).not.toBe("error");
  });
});

describe("comments that nothing closes", () => {
  it("the first is what is wrong, however many there are", () => {
    const { problems } = read(`{ a = 1; ${"/* b ".repeat(10_000)}`);
    expect(problems.map(({ message }) => message)).toEqual([
      "This `{` is never closed.",
      "This comment is never closed.",
    ]);
  });

  it("what looks like them in strings stays what it is", () => {
    const globs = `[ ${'"/etc/*" '.repeat(50)}]`;
    const { root, problems } = read(globs);
    expect(problems).toEqual([]);
    expect(root).toMatchObject({ kind: "list" });
    expect(
      JSON.stringify(root.kind === "list" ? root.elements.at(-1) : undefined, ["parts", "text"]),
    ).toContain("/etc/*");
  });
});

describe("a parser that comes to its end", () => {
  afterEach(() => void vi.restoreAllMocks());
  const end = (times: number) => {
    const spy = vi.spyOn(Parser.prototype, "parse");
    for (let i = 0; i < times; i++)
      spy.mockImplementationOnce(() => {
        throw new WebAssembly.RuntimeError("Aborted()");
      });
  };

  it("is made anew, and reads the text", () => {
    end(1);
    expect(read("{ a = 1; }").root.kind).toBe("attrset");
  });

  it("a text that ends the new one, too, is not known, and others are", () => {
    end(2);
    expect(read("{ a = 1; }")).toMatchObject({
      problems: [],
      root: { reason: "the parser came to its end" },
    });
    expect(read("{ a = 1; }").root.kind).toBe("attrset");
  });

  it("open documents go on, the one that was edited and others", () => {
    const [edited, other] = ["/a.nix", "/b.nix"].map((path) => new NixDocument(parser, path, "{ a = 1; }"));
    if (edited === undefined || other === undefined) throw new Error("unreachable");
    edited.edit([{ start: 6, end: 7, text: "2" }]);
    end(4);
    expect(edited.source.root).toMatchObject({ reason: "the parser came to its end" });
    edited.edit([{ start: 6, end: 7, text: "[ ]" }]);
    other.edit([{ start: 6, end: 7, text: "{ }" }]);
    expect([edited, other].map(({ source: { text, root } }) => [text, root.kind])).toEqual([
      ["{ a = [ ]; }", "attrset"],
      ["{ a = { }; }", "attrset"],
    ]);
    edited.dispose();
    other.dispose();
  });

  it("a script is one that cannot be read", () => {
    const { root } = read('"echo a"');
    if (root.kind !== "string") throw new Error("unreachable");
    end(2);
    expect(parseShell(parser, root)).toMatchObject({ broken: true, commands: [] });
  });
});

describe("code that is nested deeper than what is read", () => {
  const outside = "{ a = 1; b = ";
  it.each([
    ["functions", "x: ".repeat(40_000)],
    ["with", "with x; ".repeat(40_000)],
    ["negations", "!".repeat(40_000)],
  ])("%s: it is unknown, what is around it is not, and none of it is a mistake", (_, code) => {
    const { root, problems } = read(`${outside}${code}1; }`);
    expect(problems).toEqual([]);
    if (root.kind !== "attrset") throw new Error(root.kind);
    expect(root.bindings.map(({ kind }) => kind)).toEqual(["binding", "binding"]);
    const reasons: (string | undefined)[] = [];
    walk(root, (node) => node.kind === "error" && reasons.push(node.reason));
    expect(new Set(reasons)).toEqual(
      new Set(["code that is nested deeper than the 30000 levels that are read"]),
    );
  });

  it("20,000 of them are read", () => {
    const { root } = read(`${outside}${"x: ".repeat(20_000)}1; }`);
    let errors = 0;
    walk(root, ({ kind }) => kind === "error" && errors++);
    expect(errors).toBe(0);
  });
});

describe("mistakes in large numbers", () => {
  it("of functions that nothing ends the first is wrong", () => {
    const { problems } = read(`{ v = ${"a: ".repeat(30_000)}`);
    expect(problems[0]).toMatchObject({ start: 0, message: "This `{` is never closed." });
  });
});
