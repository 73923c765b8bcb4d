/** Command line arguments, read by Node's parser; whatever is wrong with them is a `UsageError`. */
import { type ParseArgsConfig, parseArgs } from "node:util";
import { UsageError } from "./terminal.ts";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** Options may come before and after the positional arguments. Throws UsageError. */
export function parseOptions<O extends Options>(args: readonly string[], options: O, maximum = 0) {
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: maximum > 0, strict: true });
    const extra = parsed.positionals[maximum];
    if (extra !== undefined) throw new UsageError(`unexpected argument ${extra}; see clan-ls --help`);
    return parsed;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // Its messages go on with advice about Node's own programming interface.
    throw new UsageError(`${error.message.split(". ")[0]}; see clan-ls --help`);
  }
}

/** The format asked for, or the first. Throws UsageError with the formats there are. */
export function chooseFormat<F extends string>(asked: string | undefined, formats: readonly [F, ...F[]]): F {
  const found = asked === undefined ? formats[0] : formats.find((format) => format === asked);
  if (found === undefined)
    throw new UsageError(`there is no format ${asked}; there are: ${formats.join(", ")}`);
  return found;
}

/**
 * The flake inputs whose source lies elsewhere, as `--override-input NAME PATH` says once or more (Nix's own way
 * to say it), and the other arguments. Throws UsageError.
 */
export function takeOverrides(args: readonly string[]): {
  readonly rest: readonly string[];
  readonly overrides: ReadonlyMap<string, string>;
} {
  const rest = [...args];
  const overrides = new Map<string, string>();
  for (;;) {
    const at = rest.indexOf("--override-input");
    if (at === -1) return { rest, overrides };
    const [, name, path] = rest.splice(at, 3);
    if (name === undefined || path === undefined)
      throw new UsageError("--override-input needs a NAME and a PATH; see clan-ls --help");
    overrides.set(name, path);
  }
}
