/**
 * Nix's own language tests (`tests/functional/lang` of NixOS/nix), run against our parser and evaluator.
 *
 *   eval-okay-x.nix   must print what eval-okay-x.exp says, or have an Unknown where it differs
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { autoCall } from "../../server/src/nix/auto-call.ts";
import { toXml } from "../../server/src/nix/builtins/to-xml.ts";
import { Evaluator } from "../../server/src/nix/evaluator.ts";
import { expectAttrs, findAttr } from "../../server/src/nix/expect.ts";
import type { EvalHost } from "../../server/src/nix/host.ts";
import { attr, attrs, list, path, string, toThunk } from "../../server/src/nix/make.ts";
import { printValue } from "../../server/src/nix/print.ts";
import type { Eval } from "../../server/src/nix/step.ts";
import { Thunk } from "../../server/src/nix/thunk.ts";
import type { Attr, Outcome, Value } from "../../server/src/nix/value.ts";
import { parseNix } from "../../server/src/syntax/lower.ts";
import type { NixParser } from "../../server/src/syntax/parser.ts";
import { fileHost } from "../unit/helpers/file-host.ts";

export interface Result {
  readonly test: string;
  readonly verdict: "ok" | "unknown" | "different" | "skipped";
  /** Why it is unknown or skipped; or what was expected and what came. */
  readonly detail: string;
}

/** As Nix's own runner sets it. */
const ENVIRONMENT = new Map([
  ["HOME", "/fake-home"],
  ["TEST_VAR", "foo"],
]);

/** Tests that ask for what is no part of the language; each with the reason. */
const SKIPPED: Readonly<Record<string, string>> = {
  "eval-fail-abs-path-fatal": "a lint that is off unless asked for",
  "eval-fail-home-path-fatal": "a lint that is off unless asked for",
  "eval-fail-short-path-literal": "a lint that is off unless asked for",
  "eval-fail-url-literal": "a lint that is off unless asked for",
  "eval-okay-fromTOML-timestamps": "an experimental feature that is off unless asked for",
};

export class LangTests {
  private readonly host: EvalHost;
  private readonly names: readonly string[];

  constructor(
    private readonly parser: NixParser,
    private readonly directory: string,
  ) {
    this.host = fileHost(parser);
    this.names = readdirSync(directory)
      .filter((name) => name.endsWith(".nix"))
      .map((name) => basename(name, ".nix"))
      .sort();
  }

  run(): ReadonlyMap<string, readonly Result[]> {
    return new Map([
      ["eval-okay", this.each("eval-okay-", (test) => this.evalOkay(test))],
      ["eval-fail", this.each("eval-fail-", (test) => this.evalFail(test))],
      ["parse-okay", this.each("parse-okay-", (test) => this.parse(test, true))],
      ["parse-fail", this.each("parse-fail-", (test) => this.parse(test, false))],
    ]);
  }

  private each(prefix: string, check: (test: string) => Omit<Result, "test">): Result[] {
    return this.names
      .filter((name) => name.startsWith(prefix))
      .map((test) => {
        const reason = SKIPPED[test];
        return reason === undefined
          ? { test, ...check(test) }
          : { test, verdict: "skipped" as const, detail: reason };
      });
  }

  private evalOkay(test: string): Omit<Result, "test"> {
    const xml = this.read(`${test}.exp.xml`);
    const expected = xml ?? this.read(`${test}.exp`);
    if (expected === undefined) return { verdict: "skipped", detail: "it has no expected output" };
    const printed = this.evaluate(test, xml !== undefined).replaceAll(dirname(this.directory), "/pwd");
    if (printed.trimEnd() === expected.trimEnd()) return { verdict: "ok", detail: "" };
    const pattern = new RegExp(
      `^${printed
        .trimEnd()
        .split(UNKNOWN)
        .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
        .join("[^]*")}$`,
    );
    const reasons = [...new Set([...printed.matchAll(UNKNOWN)].map(([text]) => text))];
    return reasons.length > 0 && pattern.test(expected.trimEnd())
      ? { verdict: "unknown", detail: reasons.join(", ") }
      : { verdict: "different", detail: `expected ${brief(expected)}\n      got      ${brief(printed)}` };
  }

  private evalFail(test: string): Omit<Result, "test"> {
    const file = join(this.directory, `${test}.nix`);
    const [problem] = this.host.source(file)?.problems ?? [];
    const printed = problem ? `error: ${problem.message}` : this.evaluate(test, false);
    if (printed.startsWith("error:")) return { verdict: "ok", detail: printed };
    const verdict = printed.search(UNKNOWN) >= 0 ? "unknown" : "different";
    return { verdict, detail: `got ${brief(printed)}` };
  }

  private parse(test: string, valid: boolean): Omit<Result, "test"> {
    const file = join(this.directory, `${test}.nix`);
    const { problems } = parseNix(this.parser, file, readFileSync(file, "utf8"));
    const detail = problems.map((problem) => problem.message).join(" ");
    return { verdict: (problems.length === 0) === valid ? "ok" : "different", detail };
  }

  /** What `nix-instantiate --eval --strict` would print, with the flags of the test. */
  private evaluate(test: string, xml: boolean): string {
    const flags = (this.read(`${test}.flags`) ?? "").split(/\s+/);
    const evaluator = new Evaluator(this.host, {
      globals: new Map([["__nixPath", this.searchPath(flags)]]),
      environment: ENVIRONMENT,
      exact: true,
    });
    const file = evaluator.evalFile(join(this.directory, `${test}.nix`));
    const { args, attrPath } = this.callFlags(flags, evaluator);
    const root = new Thunk(() => select(file, attrPath, args));
    const whole = evaluator.forceDeep(root);
    if (whole.type === "failure") return `error: ${whole.message}`;
    if (!xml) return printValue(root);
    const text: Outcome = evaluator.force(new Thunk(() => toXml(root)));
    return text.type === "string" ? text.value : `«unknown: ${text.type}»`;
  }

  private callFlags(flags: readonly string[], evaluator: Evaluator) {
    const args = new Map<string, Attr>();
    let attrPath: string[] = [];
    for (const [index, flag] of flags.entries()) {
      const [name = "", text = ""] = flags.slice(index + 1);
      if (flag === "--argstr") args.set(name, attr(Thunk.of(string(text))));
      if (flag === "-A") attrPath = name.split(".");
      if (flag === "--arg") {
        const file = join(dirname(this.directory), "arg.nix");
        args.set(name, attr(evaluator.evalSource(parseNix(this.parser, file, text))));
      }
    }
    return { args, attrPath };
  }

  /** `-I` entries, then NIX_PATH as Nix's own runner sets it. */
  private searchPath(flags: readonly string[]): Value {
    const entries = flags.filter((_, index) => flags[index - 1] === "-I");
    const base = dirname(this.directory);
    return list(
      [...entries, "lang/dir3", "lang/dir4"].map((entry) => {
        const [prefix, directory] = entry.includes("=") ? entry.split("=") : ["", entry];
        return toThunk(attrs({ prefix: string(prefix ?? ""), path: path(join(base, directory ?? "")) }));
      }),
    );
  }

  private read(name: string): string | undefined {
    const file = join(this.directory, name);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  }
}

const UNKNOWN = /«unknown: [^»]*»/g;

function* select(file: Thunk, names: readonly string[], args: ReadonlyMap<string, Attr>): Eval<Value> {
  let value = yield* autoCall(yield file, args);
  for (const name of names) {
    const found = findAttr(expectAttrs(value), name);
    if (found === undefined) throw new Error(`the test has no attribute ${name}`);
    value = yield* autoCall(yield found, args);
  }
  return value;
}

function brief(text: string): string {
  const line = text.trimEnd();
  return line.length > 600 ? `${line.slice(0, 600)}…` : line;
}
