/**
 * The key strokes with which a person writes a text, and what VS Code adds by itself: closing brackets and quotes,
 * typed over when the person comes to them, and the indentation after Enter.
 *
 *   strokesOf("{ a }")   ->   {▮}   { ▮}   { a▮}   { a ▮}   { a }▮
 */

export interface Stroke {
  /** The whole document after it. */
  readonly text: string;
  /** Where the cursor is then: all before it is the text that is written. */
  readonly cursor: number;
}

/** What VS Code closed by itself and is not typed over yet. */
interface Closing {
  readonly closer: string;
  /** With the line break in front of it, after Enter between the two brackets. */
  readonly text: string;
}

const brackets: ReadonlyMap<string, string> = new Map([
  ["{", "}"],
  ["[", "]"],
  ["(", ")"],
]);
/** Before anything else nothing is closed: what VS Code takes where a language says nothing (`autoCloseBefore`). */
const closesBefore = { bracket: /^($|['"`\s;:.,=}\])>])/, quote: /^($|[\s;:.,=}\])>])/ };

/** In the order of typing; the last one is the text itself. */
export function* strokesOf(target: string): Generator<Stroke> {
  const open: Closing[] = [];
  const after = () =>
    open
      .toReversed()
      .map(({ text }) => text)
      .join("");
  let at = 0;
  while (at < target.length) {
    const top = open.at(-1);
    const blank = /^\s*/.exec(target.slice(at))?.[0].length ?? 0;
    if (top !== undefined && target.startsWith(top.closer, at) && top.text === top.closer) {
      open.pop();
      at += top.closer.length;
    } else if (target[at] === "\n" || target.startsWith("\r\n", at)) {
      const isLeft = top !== undefined && target.startsWith(top.closer, at + blank);
      if (isLeft) open.pop();
      else if (top !== undefined && top.text === top.closer && goesDown(top, target.slice(0, at))) {
        const indentation = /[^\n]*$/.exec(target.slice(0, at))?.[0].match(/^[ \t]*/)?.[0] ?? "";
        open[open.length - 1] = { ...top, text: `\n${indentation}${top.closer}` };
      }
      at += blank + (isLeft ? top.closer.length : 0);
    } else {
      const closer = closerOf(target, at);
      at++;
      const before = brackets.has(target[at - 1] ?? "") ? closesBefore.bracket : closesBefore.quote;
      if (closer !== undefined && before.test(after())) open.push({ closer, text: closer });
    }
    yield { text: target.slice(0, at) + after(), cursor: at };
  }
  if (open.length > 0) yield { text: target, cursor: target.length };
}

/** Whether Enter moves the closing one to a line of its own: between the two, and not in `""`. */
function goesDown({ closer }: Closing, before: string): boolean {
  if (closer === "''") return /[=([]\s*''$/.test(before);
  return brackets.get(/\S(?=\s*$)/.exec(before)?.[0] ?? "") === closer;
}

/** What VS Code writes after the character, by our language-configuration.json. */
function closerOf(target: string, at: number): string | undefined {
  const char = target[at] ?? "";
  const bracket = brackets.get(char);
  if (bracket !== undefined) return bracket;
  const around = surroundings(target.slice(0, at));
  if (around !== "code") return undefined;
  if (char === '"') return /\w$/.test(target.slice(0, at)) ? undefined : '"';
  return char === "'" && target[at - 1] === "'" ? "''" : undefined;
}

/** In what a text ends, by VS Code's tokens: `${ }` in a string is code again. */
function surroundings(before: string): "code" | "string" | "comment" {
  // From the outside in: the strings, comments and brackets that are open.
  const open: string[] = [];
  const token = /''['$\\]|\$\$|\\[\s\S]|\${|\/\*|\*\/|''|["#\n{}]/g;
  for (const [found] of before.matchAll(token)) {
    const top = open.at(-1);
    if (top === "#" || top === "/*") {
      if (found === (top === "#" ? "\n" : "*/")) open.pop();
    } else if (top === '"' || top === "''") {
      if (found === top) open.pop();
      else if (found === "${") open.push(found);
    } else if (found === "}") open.pop();
    else if (['"', "''", "#", "/*", "{", "${"].includes(found)) open.push(found);
  }
  const top = open.at(-1);
  if (top === "#" || top === "/*") return "comment";
  return top === '"' || top === "''" ? "string" : "code";
}
