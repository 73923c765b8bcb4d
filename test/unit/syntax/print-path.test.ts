/** What is written is the path, as the evaluator and as Nix read it (`npm run conformance` asks Nix about `+` and paths). */
import fc from "fast-check";
import { expect, test } from "vitest";
import { printInString, printPath } from "../../../server/src/syntax/print-path.ts";
import { createEvaluate } from "../helpers/evaluate.ts";

const evaluate = await createEvaluate("/clan/sub");

test.each([
  ["./parts/extra.nix", "./parts/extra.nix"],
  ["./my parts/extra.nix", '(./. + "/my parts/extra.nix")'],
  ["./parts/extra copy.nix", '(./parts + "/extra copy.nix")'],
  ["../é.nix", '(../. + "/é.nix")'],
  ["../../lib/a@b", '(../../lib + "/a@b")'],
  ["/etc/a b", '(/etc + "/a b")'],
  ["/a b", '(/. + "/a b")'],
  ["./a${b}", '(./. + "/a\\${b}")'],
])("the path %s is written %s", (path, written) => {
  expect(printPath(path)).toBe(written);
});

const name = fc
  .string({ unit: fc.constantFrom(...`ab.+_- @~#=('"$\{}\\é日`), minLength: 1, maxLength: 5 })
  .filter((text) => !/^\.+$/.test(text));

test("any names lead where they say", () => {
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 3 }), (names) => {
      const expected = evaluate(
        `builtins.toJSON ${JSON.stringify(`/clan/${names.join("/")}`).replaceAll("${", "\\${")}`,
      );
      expect(evaluate(`builtins.toJSON (toString ${printPath(`../${names.join("/")}`)})`)).toBe(expected);
    }),
  );
});

test("any names in strings of both forms", () => {
  fc.assert(
    fc.property(name, (text) => {
      const expected = evaluate(JSON.stringify(`x/${text}/`).replaceAll("${", "\\${"));
      expect(evaluate(`"x/${printInString(text, false)}/"`)).toBe(expected);
      expect(evaluate(`''x/${printInString(text, true)}/''`)).toBe(expected);
    }),
    { examples: [["'${a"], ["'''${a"], ["$${a"]] },
  );
});
