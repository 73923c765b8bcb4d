/**
 * The findings for people: each with its line, carets under the words, and what would mend it.
 *
 *   error[unknown-role]: The service `zerotier` has no role `controler`. …
 *     --> modules/clan.nix:12:9
 *      |
 *   12 |   roles.controler.machines.web = { };
 *      |         ^^^^^^^^^
 *      = help: Change to `controller`
 */
import { styleText } from "node:util";
import type { UnknownPart } from "../../clan/model.ts";
import { relativePath } from "../../nix/path.ts";
import type { Finding, Severity } from "../../rules/finding.ts";
import { type Place, Positions, type Report } from "./report.ts";

type Style = Parameters<typeof styleText>[0];

const styles: Readonly<Record<Severity, Style>> = {
  error: ["bold", "red"],
  warning: ["bold", "yellow"],
  information: ["bold", "blue"],
  hint: ["bold", "cyan"],
};

/** A longer line is cut around the word. */
const maximumWidth = 160;

/** Of a clan of which little is known, the first parts are told. */
const maximumReasons = 10;

export function reportText(report: Report): string {
  const printer = new TextPrinter(report);
  return [...report.findings.map((finding) => printer.finding(finding)), printer.summary()].join("\n");
}

class TextPrinter {
  private readonly positions: Positions;

  constructor(private readonly report: Report) {
    this.positions = new Positions(report.snapshot);
  }

  finding(finding: Finding): string {
    const { severity, code, message, related = [], fixes = [] } = finding;
    const { start } = this.positions.range(finding);
    const margin = " ".repeat(String(start.line + 1).length);
    const bar = this.paint("blue", `${margin} |`);
    return [
      `${this.paint(styles[severity], `${severity}[${code}]`)}${this.paint("bold", `: ${message}`)}`,
      `${margin}${this.paint("blue", "-->")} ${this.where(finding)}`,
      bar,
      ...this.excerpt(finding, margin),
      ...related.map(
        (place) => `${margin} ${this.paint("blue", "=")} note: ${place.message} (${this.where(place)})`,
      ),
      ...fixes
        .filter(({ optional }) => optional !== true)
        .map((fix) => `${margin} ${this.paint("blue", "=")} help: ${fix.title}`),
      "",
    ].join("\n");
  }

  summary(): string {
    const { findings, files, unknown } = this.report;
    const counts = (["error", "warning", "information", "hint"] as const).flatMap((severity) => {
      const count = findings.filter((finding) => finding.severity === severity).length;
      return count === 0 ? [] : [plural(count, severity === "information" ? "remark" : severity)];
    });
    const found = counts.length === 0 ? "No problems" : counts.join(", ");
    if (unknown.length === 0) return `${found} in ${plural(files, "file")}.\n`;
    const parts = plural(unknown.length, "part");
    const are = unknown.length === 1 ? "is" : "are";
    const more = unknown.length - maximumReasons;
    return [
      `${found} in what could be evaluated of ${plural(files, "file")}; ${parts} of the clan ${are} not known:`,
      ...unknown.slice(0, maximumReasons).map((part) => `  ${this.reason(part)}`),
      ...(more > 0 ? [`  … and ${more} more, see \`clan-ls inventory\``] : []),
      "",
    ].join("\n");
  }

  private reason({ path, reason, node }: UnknownPart): string {
    const place = node && { path: node.source.path, start: node.start, end: node.end };
    return `${path}: ${reason}${place === undefined ? "" : ` (${this.where(place)})`}`;
  }

  /** The first line of the place, and carets under its part of it. */
  private excerpt(finding: Finding, margin: string): string[] {
    const lines = this.positions.lines(finding.path);
    const { start, end } = this.positions.range(finding);
    const whole = lines.lineText(start.line);
    const cut = whole.length > maximumWidth ? Math.max(0, start.column - maximumWidth / 2) : 0;
    const line = whole.slice(cut, cut + maximumWidth);
    const from = start.column - cut;
    const to = Math.min(end.line === start.line ? end.column - cut : line.length, line.length);
    // Tabs stay tabs, so that the carets stand below the word however wide a tab is.
    const indent = line.slice(0, from).replace(/[^\t]/g, " ");
    const carets = this.paint(styles[finding.severity], "^".repeat(Math.max(1, to - from)));
    return [
      `${this.paint("blue", `${start.line + 1} |`)} ${line}`,
      `${this.paint("blue", `${margin} |`)} ${indent}${carets}`,
    ];
  }

  /** Columns from 1. */
  private where(place: Place): string {
    const { start } = this.positions.range(place);
    return `${relativePath(place.path, this.report.cwd)}:${start.line + 1}:${start.column + 1}`;
  }

  private paint(style: Style, text: string): string {
    return this.report.color ? styleText(style, text) : text;
  }
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
