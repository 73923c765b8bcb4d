/** What of CHANGELOG.md becomes a release. */
import { expect, it } from "vitest";
import { releaseSection } from "../../../scripts/lib/changelog.mjs";

const text = `# Changes

## 0.2.0 (unreleased)

### Checking

- More.

## 0.1.0 (2026-01-01)

- The first.
`;

it("dates the section of the version, and gives what it says", () => {
  expect(releaseSection(text, "0.2.0", "2026-11-29")).toEqual({
    text: text.replace("0.2.0 (unreleased)", "0.2.0 (2026-11-29)"),
    notes: "### Checking\n\n- More.\n",
  });
});

it("takes the last section to its end", () => {
  const only = "## 0.1.0 (unreleased)\n- The first.\n";
  expect(releaseSection(only, "0.1.0", "2026-11-29").notes).toBe("- The first.\n");
});

it("is refused without a section, for one that is released, and for one that says nothing", () => {
  expect(() => releaseSection(text, "0.3.0", "2026-11-29")).toThrow("no section `## 0.3.0 (unreleased)`");
  expect(() => releaseSection(text, "0.1.0", "2026-11-29")).toThrow("no section `## 0.1.0 (unreleased)`");
  expect(() => releaseSection("## 0.1.0 (unreleased)\n\n", "0.1.0", "2026-11-29")).toThrow(
    "says nothing below",
  );
});
