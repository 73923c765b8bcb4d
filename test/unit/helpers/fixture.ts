/**
 * Fixtures written inline: several files in one template string, with cursors.
 *
 *   parseFixture(`
 *     #- /flake.nix
 *     { outputs = _: { }; }
 *     #- /clan.nix
 *     { inventory.$0 = { }; }
 *   `)
 *   -> files { /flake.nix, /clan.nix }, markers { "$0" -> { path: "/clan.nix", offset: 12 } }
 *
 * The indentation all lines share is taken off; text before the first `#- /path` is `/clan.nix`.
 */

export interface Marker {
  readonly path: string;
  /** UTF-16 offset into the file's text, markers taken out. */
  readonly offset: number;
}

export interface Fixture {
  /** Absolute path -> text without markers, in the order written. */
  readonly files: ReadonlyMap<string, string>;
  /** `$0` … `$9`, by their written form. */
  readonly markers: ReadonlyMap<string, Marker>;
}

/** The files and cursors of a template string. Throws if one marker is written twice. */
export function parseFixture(text: string, firstPath = "/clan.nix"): Fixture {
  const files = new Map<string, string>();
  const markers = new Map<string, Marker>();
  for (const [path, lines] of splitSections(dedent(text), firstPath)) {
    let plain = "";
    for (const part of lines.join("\n").split(/(\$\d)/)) {
      if (!/^\$\d$/.test(part)) {
        plain += part;
        continue;
      }
      if (markers.has(part)) throw new Error(`the fixture has ${part} twice`);
      markers.set(part, { path, offset: plain.length });
    }
    files.set(path, plain);
  }
  return { files, markers };
}

/** The only cursor, `$0`. Throws if the fixture has none. */
export function cursorOf(fixture: Fixture): Marker {
  const marker = fixture.markers.get("$0");
  if (marker === undefined) throw new Error("the fixture has no $0");
  return marker;
}

function splitSections(lines: readonly string[], firstPath: string): Map<string, string[]> {
  const sections = new Map<string, string[]>();
  let current: string[] | undefined;
  for (const line of lines) {
    const header = /^#- (\/.*\S)\s*$/.exec(line);
    if (header?.[1] !== undefined) {
      current = [];
      sections.set(header[1], current);
    } else {
      if (current === undefined) {
        current = [];
        sections.set(firstPath, current);
      }
      current.push(line);
    }
  }
  for (const section of sections.values()) if (section.at(-1) !== "") section.push("");
  return sections;
}

/** Lines without the leading empty line, the blank last line and the shared indentation. */
function dedent(text: string): string[] {
  const lines = text.split("\n");
  if (lines[0]?.trim() === "") lines.shift();
  if (lines.at(-1)?.trim() === "") lines.pop();
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const shared = indents.length === 0 ? 0 : Math.min(...indents);
  return lines.map((line) => line.slice(shared));
}
