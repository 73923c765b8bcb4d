/**
 * `clan-ls eval FILE`: the value of a Nix file, printed as `nix-instantiate --eval` prints it.
 *
 *   clan-ls eval clan.nix --attr inventory.machines --strict   ->   { web = { tags = [ "srv" ]; }; }
 *   echo 'import ./a.nix' | clan-ls eval -              ->   the value of a.nix in the working directory
 */
import { BOUNDED, Evaluator } from "../nix/evaluator.ts";
import { printValue } from "../nix/print.ts";
import type { Eval } from "../nix/step.ts";
import { Thunk } from "../nix/thunk.ts";
import type { Failure, Value } from "../nix/value.ts";
import { RecordingHost } from "../project/recording-host.ts";
import { Workspace } from "../project/workspace.ts";
import type { Node } from "../syntax/ast.ts";
import { selectAttr } from "./attr-path.ts";
import { describeFailure } from "./eval-error.ts";
import { printJson } from "./eval-json.ts";
import { chooseFormat, parseOptions } from "./options.ts";
import { type Terminal, UsageError } from "./terminal.ts";

/** As Nix calls it. */
const INPUT_NAME = "«stdin»";

export async function runEval(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseOptions(
    args,
    {
      attr: { type: "string", short: "A" },
      strict: { type: "boolean" },
      json: { type: "boolean" },
      format: { type: "string" },
    },
    1,
  );
  const format = values.json === true ? "json" : chooseFormat(values.format, ["nix", "json"]);
  const [written] = positionals;
  if (written === undefined) throw new UsageError("eval needs a FILE; see clan-ls --help");
  const isInput = written === "-";
  const file = terminal.toPath(isInput ? INPUT_NAME : written);
  if (!isInput && terminal.fileSystem.fileType(file) === undefined)
    throw new UsageError(`there is no file ${written}`);

  // As for nix-instantiate, the code may read what the person may: there is no workspace to stay in.
  const workspace = new Workspace({
    fileSystem: terminal.fileSystem,
    parser: await terminal.loadParser(),
    roots: ["/"],
  });
  if (isInput) workspace.open(file, terminal.readInput());
  const host = new RecordingHost(workspace.snapshot());
  const evaluator = new Evaluator(host, {
    trace: (message) => terminal.printError(`${message}\n`),
    exact: true,
    budget: { ...BOUNDED, run: 2_000_000 },
  });
  const result = new Thunk(() => evaluateFile(evaluator.evalFile(file), values.attr));
  const outcome = values.strict === true ? evaluator.forceDeep(result) : evaluator.force(result);
  const broken = findSyntaxError(host, file);
  const failure = broken ?? (outcome.type === "failure" ? outcome : undefined);
  const printed = failure ?? print(evaluator, result, format);
  if (typeof printed === "string") terminal.print(`${printed}\n`);
  else {
    const text = describeFailure(printed);
    terminal.printError(isInput ? text.replaceAll(file, INPUT_NAME) : text);
  }
  return typeof printed === "string" ? 0 : 1;
}

function* evaluateFile(file: Thunk, attr: string | undefined): Eval<Value> {
  const value: Value = yield file;
  return attr === undefined ? value : yield* selectAttr(value, attr);
}

/** A file that cannot be read whole is refused, as Nix does, although much of it could be evaluated. */
function findSyntaxError(host: RecordingHost, file: string): Failure | undefined {
  for (const path of host.read) {
    const source = path === file || path.endsWith(".nix") ? host.source(path) : undefined;
    const problem = source?.problems[0];
    if (source === undefined || problem === undefined) continue;
    const node: Node = { kind: "error", source, start: problem.start, end: problem.end, children: [] };
    return { type: "failure", kind: "error", message: `syntax error: ${problem.message}`, origins: [node] };
  }
  return undefined;
}

function print(evaluator: Evaluator, value: Thunk, format: "nix" | "json"): string | Failure {
  return format === "json" ? printJson(evaluator, value) : printValue(value);
}
