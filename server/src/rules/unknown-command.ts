/**
 * A script runs a command that nothing brings.
 *
 *   script = "openssl rand 8 > $out/key";   without `runtimeInputs`   ->   error at `openssl`
 */
import type { Clan } from "../clan/model.ts";
import { type MissingCommand, missingCommands } from "../clan/vars/missing-commands.ts";
import type { Generator } from "../clan/vars/model.ts";
import type { Fix } from "./finding.ts";
import { addToListFix, varsOfMachines } from "./fix/vars-fix.ts";
import type { Problem, Rule } from "./rule.ts";
import { isDone } from "./unset-variable.ts";

export const unknownCommand: Rule = {
  code: "unknown-command",
  severity: "error",
  summary: "The script of a generator runs a command that nothing brings.",
  *checkClan(clan: Clan): Iterable<Problem> {
    for (const vars of varsOfMachines(clan))
      for (const generator of vars.generators.known.values())
        if (!generator.conditional) yield* check(generator, clan);
  },
};

function* check(generator: Generator, clan: Clan): Iterable<Problem> {
  for (const command of missingCommands(generator)) {
    const { name, path, start, end } = command;
    const message =
      `Nothing brings \`${name}\`: the script runs with coreutils and \`runtimeInputs\` alone. ` +
      `Add \`pkgs.${command.package}\` to \`runtimeInputs\`.`;
    yield {
      path,
      start,
      end,
      message,
      isRemark: isDone(generator, clan),
      fixes: inputFix(generator, command),
    };
  }
}

/** Only where `pkgs` is at hand, as far as the text of the file tells. */
function inputFix({ option, script }: Generator, { package: name }: MissingCommand): Fix[] {
  const hasPackages = /[{,]\s*pkgs\s*[,?}]/.test(script?.source.text ?? "");
  return hasPackages ? addToListFix(option, "runtimeInputs", `pkgs.${name}`, "code") : [];
}
