/** Attribute paths that are half written, above another binding. */
import { expect, test } from "vitest";
import { parseNix } from "../../../server/src/syntax/lower.ts";
import { checkFindings, findingTexts } from "../helpers/check.ts";
import { testParser } from "../helpers/parse.ts";
import { sketch } from "../helpers/sketch.ts";

const parser = await testParser();

test("a half-written `roles.` above another role is the only mistake", async () => {
  await checkFindings(`
    {
      meta.name = "x";
      inventory.machines.a = { };
      inventory.instances.zerotier = {
        roles.
    #        ^ error[syntax-error]: Expected a name after \`.\`.
        roles.controller.machines.a = { };
      };
    }
  `);
});

test("several of them, in sets and above others", async () => {
  expect(
    await findingTexts(`
      {
        meta.name = "x";
        inventory.machines.a = { };
        inventory.instances.zerotier.roles = {
          controller.machines.a = { };
          peer.
          moon.
          # the machines
          peer.machines.a = { };
        };
      }
    `),
  ).toEqual(["syntax-error: .", "syntax-error: ."]);
});

const whole: Readonly<Record<string, string>> = {
  "a path that goes on further right": "{\n  a.\n    b = 1;\n}",
  "a text of lines that end with a dot": "{\n  a = ''\n  one.\n  two\n  '';\n}",
  "a selection over two lines": "{\n  a = x.\n  y;\n}",
  "a comment": "{\n  # a.\n  b = 1;\n}",
};

test.each(Object.entries(whole))("%s is as Nix reads it", (_name, text) => {
  const source = parseNix(parser, "/x.nix", text);
  expect(source.problems).toEqual([]);
});

test("what is left keeps its place", () => {
  const { root, text } = parseNix(parser, "/x.nix", "{\n  a.\n  b.c = 1;\n}");
  expect(sketch(root)).toBe(sketch(parseNix(parser, "/x.nix", "{ b.c = 1; }").root));
  const [binding] = root.kind === "attrset" ? root.bindings : [];
  expect(binding && text.slice(binding.start, binding.end)).toBe("b.c = 1;");
});
