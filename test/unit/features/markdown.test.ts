import { expect, it } from "vitest";
import { code, codeBlock, codeText, prose } from "../../../server/src/features/markdown.ts";

it.each([
  ["**bold**, _soft_ and `code`", "**bold**, _soft_ and `code`"],
  ["- a\n- b", "- a\n- b"],
  ["see [the manual](https://clan.lol/docs)", "see [the manual](https://clan.lol/docs)"],
  ["`<name>` and `[ 1 ]`", "`<name>` and `[ 1 ]`"],
  ["[run](command:workbench.action.quit)", "\\[run](command:workbench.action.quit)"],
  ["[run](COMMAND:x)", "\\[run](COMMAND:x)"],
  ["[file](file:///etc/passwd)", "\\[file](file:///etc/passwd)"],
  ["[a][b]\n\n[b]: command:x", "\\[a]\\[b]\n\n\\[b]: command:x"],
  ["![](https://example.org/seen.png)", "\\!\\[](https://example.org/seen.png)"],
  ["[![x](https://e.org/i.png)](command:x)", "\\[\\!\\[x](https://e.org/i.png)](command:x)"],
  ['<a href="command:x">y</a>', '\\<a href="command:x">y\\</a>'],
  ["<command:x>", "\\<command:x>"],
  // Escapes that would take away ours.
  ["\\[x](command:y)", "\\[x](command:y)"],
  ["\\\\[x](command:y)", "\\\\\\[x](command:y)"],
  // What only looks like code.
  ["\\`[x](command:y)`", "\\`\\[x](command:y)`"],
  ["``[x](command:y)`", "``\\[x](command:y)`"],
  ["`a\n\n[x](command:y)`", "`a\n\n\\[x](command:y)`"],
  ["|a|b|\n|-|-|\n|`a | [x](command:y)`|", "|a|b|\n|-|-|\n|`a | \\[x](command:y)`|"],
  ["[a](https://e.org) [b](command:c)", "[a](https://e.org) \\[b](command:c)"],
])("prose: %s", (text, shown) => {
  expect(prose(text)).toBe(shown);
});

it("code ends where it ends, whatever it holds", () => {
  expect(code("a`b")).toBe("`a'b`");
  expect(codeText("a\n```\n[x](command:y)")).toBe("\n````nix\na\n```\n[x](command:y)\n````");
  expect(codeBlock("text", "`````")).toBe("``````text\n`````\n``````");
});
