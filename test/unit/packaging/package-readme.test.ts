/** Links of the README in the package. */
import { expect, it } from "vitest";
import { packageReadme } from "../../../scripts/lib/package-readme.mjs";

const text =
  "[All rules](docs/rules/README.md), [tasks](docs/commands.md#tasks), [clan](https://clan.lol), [below](#rules).";

it("leave what they say where no repository is known that has the files", () => {
  expect(packageReadme(text, {})).toBe("All rules, tasks, [clan](https://clan.lol), [below](#rules).");
});

it("pictures go with their line, unless they lie elsewhere", () => {
  const pictures = "one\n\n   ![a](docs/images/a.png)\n\ntwo\n\n![b](https://clan.lol/b.png)\n";
  expect(packageReadme(pictures, {})).toBe("one\n\ntwo\n\n![b](https://clan.lol/b.png)\n");
});

it("stay for vsce to mend where one is", () => {
  expect(packageReadme(text, { repository: "https://github.com/example/clan" })).toBe(text);
});
