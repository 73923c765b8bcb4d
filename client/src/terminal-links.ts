/**
 * Places in what clan, Nix and Python print are links of the terminal. Pure; terminal-link-provider.ts shows them.
 *
 *   placesInLine("  at /nix/store/…-source/modules/x.nix:12:5:")
 *     ->   [{ start: 5, length: 53, path: "/nix/store/…-source/modules/x.nix", inSource: "modules/x.nix", line: 12, column: 5 }]
 */
export interface PrintedPlace {
  /** Of the words in the line, in UTF-16. */
  readonly start: number;
  readonly length: number;
  readonly path: string;
  /** Of a file in the store's copy of a flake: its path there. It is a file of the clan only if the clan has it. */
  readonly inSource: string | undefined;
  /** From 1, as they are printed. */
  readonly line: number;
  readonly column: number;
}

const patterns = [
  // Python: File "/…/clan_cli/x.py", line 12, in f
  /File "(?<path>\/[^"]+)", line (?<line>\d+)/g,
  // Nix between quotes, where a path may have blanks: in file '/…', In `/…/mod.nix'.
  /[`'‘«](?<path>\/[^`'’»]+?)(?::(?<line>\d+)(?::(?<column>\d+))?)?['’»]/g,
  // Nix: at /…/x.nix:12:5
  /(?<![\w/.@:~»-])(?<path>\/[^\s:'"`’«»()[\]{},;]+):(?<line>\d+)(?::(?<column>\d+))?/g,
];

/** What a line longer than this says is not looked at: it is no message of a place. */
const longestLine = 4000;

/** In order of the line; none overlaps another. */
export function placesInLine(text: string): PrintedPlace[] {
  if (text.length > longestLine) return [];
  const found: PrintedPlace[] = [];
  for (const pattern of patterns) {
    for (const match of text.matchAll(pattern)) {
      const { path = "", line = "1", column = "1" } = match.groups ?? {};
      const start = match.index + match[0].indexOf(path);
      const end = match.index + match[0].replace(/['’»]$/, "").length;
      const overlaps = found.some((other) => start < other.start + other.length && other.start < end);
      if (overlaps) continue;
      const place = { start, length: end - start, path, inSource: pathInSource(path) };
      found.push({ ...place, line: Number(line), column: Number(column) });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** "modules/x.nix" for "/nix/store/<hash>-source/modules/x.nix". Undefined where it is no file of such a copy, or leads out of it. */
export function pathInSource(path: string): string | undefined {
  const inSource = /^\/nix\/store\/[a-z0-9]{32}-source\/(.+)$/.exec(path)?.[1];
  return inSource?.split("/").includes("..") ? undefined : inSource;
}
