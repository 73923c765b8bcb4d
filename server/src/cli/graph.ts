/**
 * `clan-ls graph [DIR]`: a picture of the clan, for READMEs.
 *
 *   clan-ls graph --format mermaid   ->   flowchart LR …
 */
import { toGraph } from "../features/graph/clan-graph.ts";
import { toDot } from "../features/graph/dot.ts";
import { toMermaid } from "../features/graph/mermaid.ts";
import { toSvg } from "../features/graph/svg.ts";
import { chooseClan, openClans } from "./open-clans.ts";
import { chooseFormat, parseOptions, takeOverrides } from "./options.ts";
import type { Terminal } from "./terminal.ts";

const formats = { mermaid: toMermaid, dot: toDot, svg: toSvg } as const;

export async function runGraph(args: readonly string[], terminal: Terminal): Promise<number> {
  const { rest, overrides } = takeOverrides(args);
  const { values, positionals } = parseOptions(rest, { format: { type: "string" } }, 1);
  const format = chooseFormat(values.format, ["mermaid", "dot", "svg"]);
  const clan = chooseClan(await openClans(positionals[0], terminal, overrides));
  terminal.print(formats[format](toGraph(clan)));
  return 0;
}
