import { describe, expect, test } from "vitest";
import { withUndeclared } from "../../../server/src/modules/undeclared.ts";
import { printBrief } from "../../../server/src/nix/print-brief.ts";
import { evaluateFixture } from "../helpers/modules.ts";

const undeclared = withUndeclared({ options: new Map() });

/** `config.<path>` of the modules, in a line. */
async function valueAt(path: string, module: string, more = "{ }"): Promise<string> {
  const { root } = await evaluateFixture(
    `#- /main.nix
{ config, ... }: { imports = [ ./a.nix ./b.nix ]; probe.value = config.${path}; }
#- /a.nix
${module}
#- /b.nix
${more}
`,
    undeclared,
  );
  const value = root.at("probe", "value")?.value() ?? expect.fail("no probe");
  return value.type === "failure" ? `fails: ${value.message}` : printBrief(value);
}

const UNKNOWN = printBrief({
  type: "unknown",
  reason: "the module that declares this option is not evaluated",
});

describe("the value of an option that is declared elsewhere", () => {
  test("is what is written, if it is one thing", async () => {
    expect(await valueAt("services.web.enable", "{ services.web.enable = true; }")).toBe("true");
    expect(
      await valueAt(
        "services.web.enable",
        "{ services.web.enable = true; }",
        "{ services.web.enable = true; }",
      ),
    ).toBe("true");
    expect(await valueAt("a", "{ lib, ... }: { a = lib.mkForce 1; }", "{ a = 2; }")).toBe("1");
  });

  test("is not known where others may say more, or something else", async () => {
    expect(await valueAt("services.db.enable", "{ services.web.enable = true; }")).toBe(UNKNOWN);
    expect(await valueAt("a", "{ lib, ... }: { a = lib.mkDefault 1; }")).toBe(UNKNOWN);
    expect(await valueAt("a", "{ a = 1; }", "{ a = 2; }")).toBe(UNKNOWN);
    expect(await valueAt("a.b", "{ lib, config, ... }: { a = lib.mkIf config.c.enable { b = 1; }; }")).toBe(
      UNKNOWN,
    );
  });

  test("is a set or a list that may hold more", async () => {
    const { root } = await evaluateFixture(
      "{ config, lib, ... }: { a.b = [ 1 ]; a.c.d = 1; probe.names = lib.attrNames config.a.c; probe.list = config.a.b; }",
      undeclared,
    );
    expect(root.at("probe", "names")?.value()).toMatchObject({ type: "list", open: { type: "unknown" } });
    expect(root.at("probe", "list")?.value()).toMatchObject({ type: "list", open: { type: "unknown" } });
  });
});

test("a condition around a level may ask for another option of the same level", async () => {
  const modules = "{ config, lib, ... }: { a = lib.mkIf config.a.on { b = 1; }; }";
  expect(await valueAt("a.b", modules, "{ a.on = true; }")).toBe("1");
  expect(await valueAt("a.b", modules, "{ a.on = false; }")).toBe(UNKNOWN);
  const declared =
    "{ config, lib, ... }: { options.a.on = lib.mkOption { }; config.a = lib.mkIf config.a.on { b = 1; }; }";
  expect(await valueAt("a.b", declared, "{ a.on = true; }")).toBe("1");
});

test("beside options that a module declares, others are accepted", async () => {
  const module = "{ lib, ... }: { options.a.b = lib.mkOption { default = 1; }; config.a.c = 2; }";
  expect(await valueAt("a.b", module)).toBe("1");
  expect(await valueAt("a.c", module)).toBe("2");
  expect(await valueAt("a.d", module)).toBe(UNKNOWN);
});
