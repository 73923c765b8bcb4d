/** Links of the README in the package. */
import { expect, it } from "vitest";
import { packageReadme } from "../../../scripts/lib/package-readme.mjs";

const text =
  "[All rules](docs/rules/README.md), [tasks](docs/commands.md#tasks), [clan](https://clan.lol), [below](#rules).";

it("leave what they say where no repository is known that has the files", () => {
  expect(packageReadme(text, {})).toBe("All rules, tasks, [clan](https://clan.lol), [below](#rules).");
});

it("stay for vsce to mend where one is", () => {
  expect(packageReadme(text, { repository: "https://github.com/example/clan" })).toBe(text);
});
