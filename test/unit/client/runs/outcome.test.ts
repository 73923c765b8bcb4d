/** Which machines of a run failed and which are done, and the error in one line. */
import { expect, it } from "vitest";
import { outcomeOf, shortMessage } from "../../../../client/src/runs/outcome.ts";

function outcome(text: string, named: readonly string[], all?: readonly string[]): unknown {
  const { failures, done } = outcomeOf(text, named, all);
  return { failures: failures.map(({ machine, error }) => [machine, error.message]), done };
}

const several = "[db] error: disk full\n[db] failed with error: …\n[mail] failed with error: no route\n";

it("tells the machines that failed from those that are done", () => {
  expect(outcome(several, ["db", "mail", "web"])).toEqual({
    failures: [
      ["db", "disk full"],
      ["mail", "no route"],
    ],
    done: ["web"],
  });
});

it("does not say of machines that nobody named that they are done", () => {
  expect(outcome(several, [], ["db", "mail", "web"])).toMatchObject({ done: [] });
});

it("knows a machine by the letters of its name that clan prints", () => {
  const long = "storage-server-in-the-basement";
  expect(outcome("[storage-server-in-th] failed with error: full\n", [long, "web"])).toEqual({
    failures: [[long, "full"]],
    done: ["web"],
  });
});

it("says of a run that ended before its machines only what is wrong", () => {
  expect(outcome("error: one\nerror: two\n", ["db", "web"])).toEqual({
    failures: [[undefined, "one"]],
    done: [],
  });
  expect(outcome("error: one\n", ["db"])).toEqual({ failures: [["db", "one"]], done: [] });
  expect(outcome("[web] error: one\n", ["db", "web"])).toEqual({ failures: [["web", "one"]], done: [] });
});

it("takes other words in brackets for no machine", () => {
  expect(outcome("[localhost] error: one\n[localhost] failed with error: x\n", ["db", "web"])).toEqual({
    failures: [[undefined, "one"]],
    done: [],
  });
});

it("knows nothing where nothing was printed", () => {
  expect(outcome("", ["db"])).toEqual({ failures: [], done: [] });
});

it.each([
  ["undefined variable 'x'", "undefined variable 'x'"],
  ["No machine wb.\nTry again", "No machine wb"],
  ["\nFailed assertions:\n\n- no root", "Failed assertions: - no root"],
  ["Failed assertions:", "Failed assertions"],
  ["x".repeat(300), `${"x".repeat(200)}…`],
])("is short in a message: %j", (message, expected) => {
  expect(shortMessage({ message, prefix: undefined, places: [] })).toBe(expected);
});
