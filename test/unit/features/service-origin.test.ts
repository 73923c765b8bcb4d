/** What hover says of where a service is known from. */
import { expect, test } from "vitest";
import { catalogue } from "../../../server/src/clan/catalogue/services.ts";
import { describeService } from "../../../server/src/features/describe.ts";

const sshd = catalogue.get("sshd") ?? expect.fail("the catalogue has no sshd");

test.each([
  ["self", "Read from this flake's source."],
  ["input", "Read from the source of a flake input."],
  ["catalogue", "From the bundled catalogue of clan-core's services."],
  ["nix", "From `nix eval`."],
] as const)("a service from %s", (origin, sentence) => {
  const text = describeService({ ...sshd, origin });
  expect(text).toContain(`_${sentence}_`);
  expect(text).not.toContain("differs");
});

test("a nearer source that says other things than the catalogue", () => {
  const server = sshd.roles.get("server") ?? expect.fail("sshd has no server");
  const text = describeService({
    ...sshd,
    origin: "input",
    roles: new Map([["server", server]]),
    catalogued: sshd,
  });
  expect(text).toContain("It differs from the bundled catalogue:\n- role `client` is gone");
});
