/** What is made of types that hold themselves does not hang on which of them was asked about first. */
import { expect, it } from "vitest";
import { eachOnce, sayingOnce } from "../../../server/src/modules/each-once.ts";
import { listOf } from "../../../server/src/modules/lazy-type.ts";
import type { OptionType } from "../../../server/src/modules/option-type.ts";

/** Two lists that hold each other. */
function rings(): [OptionType, OptionType] {
  const one: OptionType = listOf(() => other);
  const other: OptionType = listOf(() => one);
  return [one, other];
}

const words = () => {
  const say = sayingOnce((type): string => (type.kind === "listOf" ? `list of ${say(type.of)}` : type.kind));
  return say;
};

it("each is told from itself on, whichever was first", () => {
  const [one, other] = rings();
  const say = words();
  expect([say(one), say(other), say(one)]).toEqual(Array(3).fill("list of list of …"));
});

it("a long text is cut", () => {
  expect(sayingOnce(() => "x".repeat(3_000))({ kind: "bool" })).toBe(`${"x".repeat(2_000)}…`);
});

it("is made once, however often a type is held", () => {
  let made = 0;
  let type: OptionType = { kind: "str" };
  for (let depth = 0; depth < 40; depth++) {
    const of: OptionType = type;
    type = { kind: "coercedTo", from: of, to: of, coerce: undefined };
  }
  const count = eachOnce(0, (one: OptionType): number => {
    made++;
    return one.kind === "coercedTo" ? 1 + Math.max(count(one.from), count(one.to)) : 0;
  });
  expect(count(type)).toBe(40);
  expect(count(type)).toBe(40);
  expect(made).toBe(41);
});

it("what fails is tried again", () => {
  let fails = true;
  const make = eachOnce("…", () => {
    if (fails) throw new Error("not now");
    return "made";
  });
  const type: OptionType = { kind: "bool" };
  expect(() => make(type)).toThrow("not now");
  fails = false;
  expect(make(type)).toBe("made");
});
